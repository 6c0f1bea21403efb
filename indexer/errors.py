"""The one tree of errors. Every message is in Spanish and says what is wrong, where, and how to mend it."""

import contextlib
import errno
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from indexer.program import STAFF

Severity = Literal["error", "aviso"]

_REASONS = {
    errno.EACCES: "permiso denegado",
    errno.EPERM: "el sistema no lo permite",
    errno.EROFS: "el disco es de solo lectura",
    errno.ENOSPC: "el disco está lleno",
    errno.ENOMEM: "no alcanza la memoria",
    errno.EDQUOT: "se agotó el espacio que tiene asignado",
    errno.ENOENT: "ya no está ahí",
    errno.EEXIST: "ya existe",
    errno.EISDIR: "hay una carpeta en su lugar",
    errno.ENOTDIR: "hay un archivo donde debía haber una carpeta",
    errno.EIO: "el disco falla",
    errno.EBUSY: "otro programa lo está usando",
    errno.ELOOP: "es un enlace que da vueltas",
    errno.EMFILE: "hay demasiados archivos abiertos",
    errno.ENFILE: "hay demasiados archivos abiertos",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
    errno.ENOLCK: "no hay bloqueos disponibles",
    errno.EADDRINUSE: "ya está en uso",
    errno.EADDRNOTAVAIL: "no es una dirección de esta máquina",
}


_PERMISSION = "dé permiso sobre esa carpeta y sus archivos al usuario que ejecuta Consta (chown, chmod)"
_CURES = {
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.EROFS: "monte ese disco con escritura",
    errno.ENOSPC: "libere espacio",
    errno.EDQUOT: "libere espacio",
}
_NO_MEMORY = (
    "can't start new thread", "failed to map segment from shared object", "error return without exception set",
)  # fmt: skip
"""What Python and the loader of libraries say where they raise no ``MemoryError``."""


def reason(error: OSError) -> str:
    """Why the system refused, in Spanish."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def cure(error: OSError) -> str:
    """What to do about it, in Spanish."""
    return _CURES.get(error.errno or 0, "revise el disco y los permisos")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of the corpus or the index, as staff read it.

    Attributes:
        path: What it is about: a path relative to the corpus, with ``/``; may carry ``:line``.
        fault: What is wrong, in Spanish, without a full stop.
        cure: What to do or write instead, in Spanish, without a full stop.
        severity: ``error`` makes the exit code 1; ``aviso`` does not.
    """

    path: str
    fault: str
    cure: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}: {self.fault}: {self.cure}"


class ConstaError(Exception):
    """Anything that Consta says to a person instead of a traceback.

    Attributes:
        details: What a program is told beside the message (``--json``).
    """

    details: Mapping[str, object] = MappingProxyType({})


class ReadError(ConstaError):
    """A file cannot be read as what it claims to be.

    Attributes:
        fault: What is wrong with it.
        cure: How to mend it.
    """

    def __init__(self, fault: str, cure: str) -> None:
        super().__init__(f"{fault}: {cure}")
        self.fault = fault
        self.cure = cure

    def problem(self, path: str) -> Problem:
        """The same fault, bound to the path of the file."""
        return Problem(path, self.fault, self.cure)


class SettingInvalid(ConstaError):
    """A setting that cannot be used: which, where it was said, and what to write instead. Wrong usage (exit code 2)."""


class CorpusError(ConstaError):
    """The corpus cannot be worked with at all, or an order about it is refused."""


def refuse(fault: str, cure: str) -> CorpusError:
    """An order about the corpus that is refused."""
    return CorpusError(f"{fault}: {cure}")


class TooLittleMemory(ConstaError):
    """The system has no more memory to give."""


@contextlib.contextmanager
def memory_errors() -> Iterator[None]:
    """A block in which a lack of memory becomes ``TooLittleMemory``, however Python and the system put it."""
    try:
        yield
    except ConstaError:
        raise
    except Exception as error:
        if not _lacks_memory(error):
            raise
        traceback.clear_frames(error.__traceback__)  # what they hold is needed to go on
        raise TooLittleMemory(
            "No alcanzó la memoria. Lo ya guardado y lo publicado siguen ahí: cierre otros programas, o permita a "
            "Consta usar más memoria, y repita la orden"
        ) from error


def _lacks_memory(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if any(words in str(error) for words in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


class UpdateInProgress(ConstaError):
    """Another update holds the lock of the index."""


class IndexMissing(ConstaError):
    """There is no published generation at this place."""


class IndexDamaged(ConstaError):
    """A generation does not match its manifest, or cannot be read.

    Args:
        place: Its folder, or one of its files.
        what: What is wrong with it, as the predicate of a sentence.
    """

    def __init__(self, place: object, what: str) -> None:
        super().__init__(
            f"El índice {place} {what}. Los textos del acervo no se han tocado: "
            f"vuelva a construirlo con: {STAFF} actualizar"
        )


class QueryRejected(ConstaError):
    """A search that is answered with a 400: too long, or a parameter that is no number or date."""


class EngineUnavailable(ConstaError):
    """The server that keeps the index does not answer, or answers in part: to ask again may help."""


class NotOffered(ConstaError):
    """The engine that was chosen does not do what was asked."""

    def __init__(self, what: str) -> None:
        """``what`` it does not do, in Spanish, without a full stop."""
        super().__init__(f"El motor opensearch todavía no ofrece {what}. Con CONSTA_MOTOR=whoosh se tiene.")
