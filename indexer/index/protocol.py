"""What Consta asks of an index, whatever the engine. One contract test suite holds every engine to it."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.errors import Problem
from indexer.index.catalogue import Catalogue
from indexer.index.company import Contrast, ContrastAsked, Lines, LinesAsked
from indexer.index.query import Query
from indexer.index.results import Counted, Health, Overview, Page, Ranking, Results
from indexer.model import PageId
from indexer.model.passage import Passage


@dataclass(frozen=True, slots=True)
class PagePassages:
    """The passages of one page in reading order, ready to be indexed; they may be lazy, and are consumed once."""

    page: PageId
    passages: Iterable[Passage]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new generation is made of.

    Attributes:
        catalogue: The whole new catalogue; its ``pages`` are exactly those that the generation will have.
        pages: The pages that changed, each whole; they may be lazy, and are consumed once.
        fresh: True to write everything anew, with no link to the last generation. ``pages`` then holds every page,
            and no file keeps a deleted text.
        purge: True to leave no deleted text in any file, though what did not change is not written anew.
        before: The last whole generation, also where ``fresh``: what is costly to make of a text is taken over from it.
        told: Called with done and in all while something costly is made of the texts.
    """

    catalogue: Catalogue
    pages: Iterable[PagePassages]
    fresh: bool = False
    purge: bool = False
    before: Path | None = None
    told: Callable[[int, int], object] = lambda done, total: None


class SearchIndex(Protocol):
    """A published generation, open for reading. Safe to use from several threads at once."""

    @property
    def folder(self) -> Path:
        """The folder of the generation."""

    def search(self, query: Query) -> Results:
        """Answer a query. Never raises for what a person typed."""

    def ranked(self, query: Query) -> Ranking:
        """Answer as ``search`` does, by the names of the passages alone: no text is read, nothing is marked."""

    def lines(self, query: Query, asked: LinesAsked) -> Lines:
        """Return the occurrences of what a query marks in its full matches, or of a word there; none is left out."""

    def contrast(self, query: Query, asked: ContrastAsked) -> Contrast:
        """Return the words that are more frequent near what a query marks, or in its full matches, than in the rest."""

    def counted(self, query: Query, facet: str, by: str | None = None, *, partial: bool = False) -> Counted:
        """Count the full matches of a query per value of a facet, or per pair of values of two; no value is left out.

        Args:
            query: Its order and its slice do not matter.
            facet: The name of a facet (``indexer.index.facets``).
            by: The name of a second one.
            partial: Whether partial matches count as well, as in the facets of ``search``.
        """

    def passage(self, page: PageId, number: int) -> Passage | None:
        """Return one passage; None where there is none."""

    def stretch(self, page: PageId, start: int, stop: int) -> tuple[Passage, ...]:
        """Return the passages of a page whose ``order`` is from ``start`` up to ``stop``, ``stop`` excluded."""

    def session(self, page: PageId, query: Query | None = None) -> Page | None:
        """Return a whole page (of a session or of an event); with a query, what it matches is marked."""

    def overview(self) -> Overview:
        """Return events, sessions, topics with counts, redirects, withdrawals."""

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Return indexed words (folded) with a prefix and how many passages hold each, the most frequent first."""

    def words(self, prefix: str, limit: int, *, with_fictitious: bool = False) -> tuple[tuple[str, int], ...]:
        """Return content words with a prefix, as the texts mostly write them, and how many passages hold each.

        The most frequent come first, one per stem. Words of fictitious events come only where somebody asks for them.
        """

    def people(self, words: str, *, with_fictitious: bool = False) -> tuple[str, ...]:
        """Return the speakers whom a filter by these words means: of a whole name, or of whole words of one."""

    def health(self) -> Health:
        """Return edition, last good build, warnings."""

    def pinned(self) -> "AbstractContextManager[SearchIndex]":
        """Hold one generation, for several questions whose answers must fit together."""

    def close(self) -> None:
        """Close files and let go of locks."""


class Engine(Protocol):
    """Writes and opens generations. ``indexer.engines`` is the only registry.

    Attributes:
        by_block: Ends of the names of large files of which an open index checks each block when it first reads it, or
            that it never reads.
    """

    by_block: tuple[str, ...]

    @property
    def name(self) -> str:
        """Names the engine and the format of its files. An index of another name is rebuilt."""

    def faults(self) -> tuple[Problem, ...]:
        """Return what the engine was told to use and cannot; it goes on without."""

    def outdated(self, folder: Path) -> bool:
        """Return whether it would write a generation otherwise by now, though no text changed."""

    def write(self, folder: Path, previous: Path | None, changes: Changes) -> None:
        """Write a generation into ``folder``.

        Args:
            folder: Empty where ``previous`` is None. Else it holds hard links to every file of ``previous``; none of
                them may be written in place.
            previous: The folder of the last generation, or None for a fresh one.
            changes: What to write.
        """

    def open(self, folder: Path, on_close: Callable[[], None] | None = None) -> SearchIndex:
        """Open a generation whose manifest was verified."""
