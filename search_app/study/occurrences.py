"""The occurrences of a search with the text around them, found by their number or sorted by what stands beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from indexer.index import orders
from indexer.index.protocol import SearchIndex
from indexer.index.query import Query
from indexer.index.results import Hit, Results
from indexer.language.collation import alphabetical
from indexer.language.spanish import tokens
from indexer.model import Kind, PageId
from indexer.model.passage import Passage

MOST = 5_000
"""Occurrences that are sorted; of more, the first in the order of the sessions."""
WIDTH = 64
"""Characters of context on each side."""
NEIGHBOURS = 3
"""Words on one side by which lines are sorted."""


class Turns:
    """Reads fragments beside others as they are needed, each once. For one request."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._known: dict[tuple[PageId, int], Passage | None] = {}

    def before(self, hit: Hit, at: int, width: int) -> str:
        """About ``width`` characters that end where ``hit``'s text is at ``at``: whole words, on one line."""
        text, passage = _line(hit.passage.text[:at]), hit.passage
        while len(text) <= width and (previous := self._beside(hit.page, passage, -1)) is not None:
            text, passage = f"{_line(previous.text).rstrip()} {text.lstrip()}", previous
        if len(text) <= width:
            return text
        cut = len(text) - width
        begin = text.find(" ", cut - 1)  # a word that the cut falls into is left out
        return text[begin + 1 :] if 0 <= begin < len(text) - 1 else text[cut:]

    def after(self, hit: Hit, at: int, width: int) -> str:
        """The same of what follows."""
        text, passage = _line(hit.passage.text[at:]), hit.passage
        while len(text) <= width and (following := self._beside(hit.page, passage, 1)) is not None:
            text, passage = f"{text.rstrip()} {_line(following.text).lstrip()}", following
        if len(text) <= width:
            return text
        end = text.rfind(" ", 0, width + 1)
        return text[:end] if end > 0 else text[:width]

    def _beside(self, page: PageId, passage: Passage, step: int) -> Passage | None:
        """The fragment next to another one, where both are of one turn."""
        order = passage.order + step
        if (page, order) not in self._known:
            found = self._index.stretch(page, order, order + 1)
            self._known[page, order] = found[0] if found else None
        beside = self._known[page, order]
        return beside if beside and (beside.kind, beside.turn) == (passage.kind, passage.turn) else None


def _line(text: str) -> str:
    """On one line, spaces at the ends kept as one."""
    line = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if text[-1:].isspace() and line else ''}"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One mark of a fragment."""

    hit: Hit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The occurrences of a search, in the order of the sessions: all of them or, of ``total``, those of one page.

    Attributes:
        occurrences: ``MOST`` at most.
        total: How many there are, up to ``MOST``.
        fragments: In how many fragments.
        more: Whether there are further ones.
        results: Of the search, without its hits.
    """

    occurrences: tuple[Occurrence, ...]
    total: int
    fragments: int
    more: bool
    results: Results


def occurrences(index: SearchIndex, query: Query, start: int = 0, size: int = MOST) -> Found:
    """The marks in the fragments that match in full, ``size`` from ``start`` on: the others are only counted."""
    counts = index.marks(query)
    ends = list(accumulate(counts))
    total = min(ends[-1] if ends else 0, MOST)
    start = min(start, total)
    stop = min(start + size, total)
    first, last = bisect_right(ends, start), bisect_left(ends, stop)
    limit = last + 1 - first if start < stop else 0
    results = index.search(replace(query, order=orders.CHRONOLOGICAL, offset=first, limit=limit, facets=()))
    before = ends[first - 1] if first else 0
    there = [Occurrence(hit, *mark) for hit in results.hits for mark in hit.marks]
    fragments = sum(count > 0 for count in counts)
    more = bool(ends) and ends[-1] > MOST
    return Found(tuple(there[start - before : stop - before]), total, fragments, more, replace(results, hits=()))


def arranged(found: Sequence[Occurrence], order: str, turns: Turns) -> list[Occurrence]:
    """The occurrences in another of ``ORDERS``; those that are equal stay in the order of the sessions."""
    match order:
        case "izquierda":
            return sorted(found, key=lambda one: _neighbours(one, turns, before=True))
        case "derecha":
            return sorted(found, key=lambda one: _neighbours(one, turns, before=False))
        case _:
            return sorted(found, key=_speaker)


def _neighbours(one: Occurrence, turns: Turns, *, before: bool) -> tuple[str, str, str]:
    """The words next to an occurrence, the nearest first; none where the turn begins or ends there."""
    if before:
        words = tokens(turns.before(one.hit, one.start, WIDTH))[::-1]
    else:
        words = tokens(turns.after(one.hit, one.end, WIDTH))
    return alphabetical(" ".join(word.text for word in words[:NEIGHBOURS]))


def _speaker(one: Occurrence) -> tuple[bool, tuple[str, str, str]]:
    person = one.hit.passage.person if one.hit.passage.kind is Kind.TRANSCRIPT else None
    return person is None, alphabetical(person or "")
