"""The vectors of the fragments of a generation: ``sentido.bin``, written anew with each and never read whole.

Layout: the model (its SHA-256) and how many numbers a vector has; then per fragment, in the order of the sessions, the
first bytes of the SHA-256 of its text and its vector in float16, of nothing but zeros where it could not be made.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from indexer.engines.meaning.model import Model, Vector
from indexer.generations.checked_file import CheckedFile

FILE = "sentido.bin"
_HEAD = np.dtype([("model", "V32"), ("size", "<u4")])
_KEY_BYTES = 16


def _row(size: int) -> np.dtype[np.void]:
    return np.dtype([("text", f"V{_KEY_BYTES}"), ("vector", "<f2", (size,))])


class Vectors:
    """The vectors of an open generation. Safe to share between threads."""

    def __init__(self, folder: Path, sums: bytes = b"") -> None:
        """Map the file of a generation; ``sums`` as for ``CheckedFile``.

        Raises:
            OSError: There is none.
            ValueError: It is too short.
        """
        self._file = CheckedFile(folder / FILE, sums)
        head = np.frombuffer(self._file.read(0, _HEAD.itemsize), _HEAD, count=1)[0]
        self.model = head["model"].tobytes().hex()
        self._row = _row(int(head["size"]))

    def likeness(self, question: Vector, fragments: Sequence[int]) -> Vector:
        """Return the cosine of a question to each of some fragments.

        Raises:
            IndexDamaged: A block is not as it was written.
        """
        size = self._row.itemsize
        starts = (_HEAD.itemsize + fragment * size for fragment in fragments)
        rows = b"".join(self._file.read(start, start + size) for start in starts)
        vectors = np.frombuffer(rows, self._row)["vector"]
        found: Vector = vectors.astype(np.float32) @ question
        return found

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def model_of(folder: Path | None) -> str:
    """The model of the vectors of a generation, by its SHA-256; empty where it has none."""
    if folder is None or not (folder / FILE).is_file():
        return ""
    with (folder / FILE).open("rb") as file:
        return file.read(32).hex()


def remove(folder: Path) -> None:
    """Take away the vectors of a generation that is being made: a hard link to those of the one before may be there."""
    (folder / FILE).unlink(missing_ok=True)


def write(
    folder: Path, before: Path | None, texts: Iterable[str], model: Model | None, told: Callable[[int], object]
) -> None:
    """Write the vectors of a generation: those of texts that the one before has are taken over, the others are made.

    Args:
        folder: Of the generation.
        before: The generation before, or None.
        texts: Of all fragments, in order.
        model: None where it cannot be used now: then nothing is made, and what the generation before has is kept.
        told: Called with the place of each text whose vector is made.
    """
    remove(folder)
    name, size, known = (model.name, model.size, {}) if model else ("", 0, {})
    old = model_of(before)
    if before is not None and old and (model is None or old == name):
        held = (before / FILE).read_bytes()
        name, size = old, int(np.frombuffer(held, _HEAD, count=1)["size"][0])
        rows = np.frombuffer(held, _row(size), offset=_HEAD.itemsize)
        made = rows[rows["vector"].any(axis=1)]
        known = dict(zip(made["text"].tolist(), made["vector"], strict=True))
    if not name:
        return
    with (folder / FILE).open("wb") as file:
        file.write(np.array((bytes.fromhex(name), size), _HEAD).tobytes())
        for place, text in enumerate(texts):
            key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES]
            if key not in known and model is not None:
                told(place)
                known[key] = model.passage(text)
            row = np.zeros((), _row(size))
            row["text"], row["vector"] = key, known.get(key, 0)
            file.write(row.tobytes())
