"""What the child process asks of an engine. Standard library alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.bench_rows import Found, Question, Row


class Engine(Protocol):
    """One engine, in a child process of its own; its module makes one with ``make(variant)``.

    Attributes:
        classes: Those it can answer.
    """

    classes: str

    def version(self) -> dict[str, str]:
        """What is measured, by name."""

    def build(self, rows: Iterable[Row], folder: Path) -> dict[str, Any]:
        """Write an index into an empty folder, in the state in which it is to be asked.

        Returns:
            What is to be said of it besides time, disk and memory.
        """

    def open(self, folder: Path) -> None:
        """Open it."""

    def ask(self, kind: str, question: Question) -> int:
        """Answer, as a program would use it. This is what is timed. Returns how many of the ten there are."""

    def found(self, kind: str, question: Question) -> Found:
        """The same answer with what is needed to compare engines."""
