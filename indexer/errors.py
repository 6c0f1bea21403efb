"""The one tree of errors. Every message is in Spanish and says what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "aviso"]


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
    """Anything that Consta says to a person instead of a traceback."""


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


class CorpusError(ConstaError):
    """The corpus cannot be worked with at all, or an order about it is refused."""


class UpdateInProgress(ConstaError):
    """Another update holds the lock of the index."""


class IndexMissing(ConstaError):
    """There is no published generation at this place."""


class IndexDamaged(ConstaError):
    """A generation does not match its manifest."""


class QueryRejected(ConstaError):
    """A search that is answered with a 400: too long, or a parameter that is no number or date."""
