"""Page models of the concordance."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.results import Hit
from search_app.asking.spelling import Spelling
from search_app.shown.page_parts import Link, Pager


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One occurrence in its context.

    Attributes:
        left: What stands before the keyword, in three parts where lines are sorted by the word next to it: up to that
            word, the word, the rest. Otherwise all of it is the first part.
        keyword: As written.
        right: What stands behind it, in the same way.
        hit: Where it was found.
        spoken: Whether it is of a transcript.
        place: Mesa or event.
        clock: When it is said.
        url: Where the fragment stands marked on its page.
    """

    left: tuple[str, str, str]
    keyword: str
    right: tuple[str, str, str]
    hit: Hit
    spoken: bool
    place: str
    clock: str | None
    url: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """The page of a concordance.

    Attributes:
        summary: Totals in words; empty where nothing was asked for.
        explained: What is counted, where that is not plain.
        chosen: Filters in force, each with the address without it.
        kept: Parameters that the form keeps.
        search: The same search among the results.
    """

    text: str
    summary: str
    explained: str | None
    coverage: str
    notices: tuple[str, ...]
    spelling: Spelling
    chosen: tuple[Link, ...]
    orders: tuple[Link, ...]
    order: str
    lines: tuple[ConcordanceLine, ...]
    pager: Pager
    kept: tuple[tuple[str, str], ...]
    search: Link | None
