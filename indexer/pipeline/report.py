"""What an update or a review tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.errors import Problem
from indexer.index.catalogue import Catalogue

Progress = Callable[[int, int, str], None]
"""Called with pages done, pages in all, and the page at work."""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of ``actualizar`` or ``revisar``.

    Attributes:
        problems: Errors and warnings, sorted by path.
        catalogue: Of the generation that serves now; None when there is none.
        changed: Pages written anew.
        removed: Pages that are no longer there.
        published: False when there was nothing to do, or nothing to publish.
        older_left: True when a reader still held an older generation that had to go (after a withdrawal).
    """

    problems: tuple[Problem, ...]
    catalogue: Catalogue | None
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    published: bool = False
    older_left: bool = False

    @property
    def failed(self) -> bool:
        """True when any problem is an error: the exit code is then 1."""
        return any(problem.severity == "error" for problem in self.problems)
