"""A model that turns texts into vectors: a folder with ``model.onnx`` and ``tokenizer.json``.

Only this module imports onnxruntime and tokenizers, the extra ``consta[sentido]``, and only when a model is opened.
Nothing is downloaded.
"""

import functools
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.durable import sha256_of
from indexer.errors import Problem, reason

Vector = npt.NDArray[np.float32]
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
LONGEST = 512
"""Tokens of a text that count, where ``tokenizer.json`` does not say how many."""


class Model:
    """An open model. Safe to share between threads.

    Attributes:
        name: The SHA-256 of its files, in hex: vectors of different models cannot be compared.
        size: How many numbers a vector has.
    """

    def __init__(self, folder: Path) -> None:
        """Load it. Anything may be raised."""
        weights = sorted({folder / MODEL, *folder.glob(f"{MODEL}*")})  # large ones have a second file
        sums = [sha256_of(path) for path in (*weights, folder / TOKENIZER)]
        import onnxruntime
        import tokenizers

        self.name = hashlib.sha256("".join(sums).encode()).hexdigest()
        self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        if self._tokenizer.truncation is None:
            self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4  # what goes wrong is raised
        self._session: Any = onnxruntime.InferenceSession(str(folder / MODEL), options, ["CPUExecutionProvider"])
        self._inputs = [each.name for each in self._session.get_inputs()]
        # Kept for the further pages of a question.
        self.query = functools.lru_cache(256)(lambda text: self._vector(f"query: {text}"))
        tried = self.query("¿Quién habla?")
        self.size = tried.size
        if tried.ndim != 1 or not np.isfinite(tried).all() or not tried.any():
            raise ValueError("no vector per token")

    def passage(self, text: str) -> Vector:
        """Return the vector of a text, of length 1. The words before it are those of E5 (arXiv 2402.05672, app. B)."""
        return self._vector(f"passage: {text}")

    def _vector(self, text: str) -> Vector:
        """The mean over the tokens of what the last layer says of each, of length 1."""
        read = self._tokenizer.encode(text.encode("utf-8", "replace").decode())
        known = {"input_ids": read.ids, "attention_mask": read.attention_mask, "token_type_ids": read.type_ids}
        given = {name: np.array([known[name]], dtype=np.int64) for name in self._inputs}
        mean: Vector = self._session.run(None, given)[0][0].mean(axis=0, dtype=np.float32)
        return mean / (np.linalg.norm(mean) or np.float32(1))


@functools.cache
def opened(folder: Path) -> Model | Problem:
    """Return the model of a folder, loaded once per process; where it cannot be used, what staff are told."""
    cure = f"ponga ahí {MODEL} y {TOKENIZER} de un mismo modelo, como multilingual-e5-small, o quite el ajuste"
    try:
        return Model(folder)
    except OSError as error:
        fault = f"no se puede leer ({Path(error.filename or folder).name}: {reason(error)})"
    except ImportError as error:
        fault = f"necesita un paquete que no está instalado ({error.name})"
        cure = "instálelo con: pip install 'consta[sentido]', o quite el ajuste"
    except Exception as error:  # both libraries raise classes of their own, and plain ones
        fault = f"no se puede usar ({type(error).__name__})"
    said = f"el modelo de sentido_modelo {fault}; se sigue sin él, solo por las palabras"
    return Problem(str(folder), said, cure, "aviso")
