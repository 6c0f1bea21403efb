"""The seam: what Consta asks of an index. One contract test suite holds every engine to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.index.catalogue import Catalogue
from indexer.index.query import Query
from indexer.index.results import Counted, Health, Overview, Page, Ranking, Results
from indexer.model import PageId
from indexer.model.passage import Passage


@dataclass(frozen=True, slots=True)
class PagePassages:
    """The fragments of one page, ready to be indexed, in reading order; consumed once, may be lazy."""

    page: PageId
    passages: Iterable[Passage]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new generation is made of.

    Attributes:
        catalogue: The whole new catalogue; its ``pages`` are exactly the pages that will be there.
        pages: The pages that changed, each whole; consumed once, may be lazy.
        fresh: True to write everything anew, with no link to the last generation (``pages`` then holds every
            page); no deleted text stays behind in any file.
    """

    catalogue: Catalogue
    pages: Iterable[PagePassages]
    fresh: bool = False


class SearchIndex(Protocol):
    """A published generation, open for reading. Safe to use from several threads at once."""

    @property
    def folder(self) -> Path:
        """The generation's folder."""

    def search(self, query: Query) -> Results:
        """Answer a query. Never raises for what a person typed."""

    def ranked(self, query: Query) -> Ranking:
        """The same answer as ``search`` by the names of the fragments alone: no text is read, nothing is marked."""

    def counted(self, query: Query, facet: str, by: str | None = None) -> Counted:
        """Count the full matches of a query by the values of a facet, or of two; no value is left out.

        Args:
            query: Its order and its slice do not matter.
            facet: The name of a facet (``indexer.index.facets``).
            by: Name of a second one.
        """

    def passage(self, page: PageId, number: int) -> Passage | None:
        """One fragment."""

    def stretch(self, page: PageId, start: int, stop: int) -> tuple[Passage, ...]:
        """The fragments of a page whose ``order`` is from ``start`` up to and without ``stop``; fewer at the end."""

    def session(self, page: PageId, query: Query | None = None) -> Page | None:
        """A whole page (of a session or of an event), with marks where a query is given."""

    def overview(self) -> Overview:
        """Events, sessions, topics with counts, redirects, withdrawals."""

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Indexed words (folded) that begin so, with the number of fragments that hold them, most frequent first."""

    def words(self, prefix: str, limit: int, *, with_fictitious: bool = False) -> tuple[tuple[str, int], ...]:
        """Content words that begin so, as the texts mostly write them, with the fragments that hold them.

        The most frequent first, one of each stem; those of fictitious events only where they are asked for.
        """

    def health(self) -> Health:
        """Edition, last good build, warnings."""

    def pinned(self) -> AbstractContextManager[SearchIndex]:
        """One generation for several questions whose answers have to fit together."""

    def close(self) -> None:
        """Let go of files and locks."""


class Engine(Protocol):
    """How an engine is written and opened. ``indexer.engines`` is the only registry."""

    name: str

    def write(self, folder: Path, previous: Path | None, changes: Changes) -> None:
        """Write a generation into ``folder``.

        Args:
            folder: Empty where ``previous`` is None; else it holds hard links to every file of ``previous``, none of
                which may be written in place.
            previous: The folder of the last generation, or None for a fresh one.
            changes: What to write.
        """

    def open(self, folder: Path, on_close: Callable[[], None] | None = None) -> SearchIndex:
        """Open a generation whose manifest was verified."""
