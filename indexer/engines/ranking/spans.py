"""Where the words of a clause stand in the passages that are shown: asked once for all of them, not passage by passage.

A clause of many prefixes has thousands of terms; of each, the few passages that are shown are looked up together.
"""

from collections.abc import Callable, Sequence

import numpy as np

from indexer.engines.ranking.arrays import NOWHERE, Integers, Mask, contains
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.postings import Postings

Spans = tuple[Integers, Integers, Integers]
"""Of each span: which of the passages asked for holds it (from 0), its first position, its last one."""
SpansIn = Callable[[Integers], Spans]
"""The spans in some passages, which are ascending."""


def by_passage(clauses: Sequence[SpansIn], passages: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Return first and last position of what several clauses mark, by passage; nothing of passages without any."""
    asked = np.array(sorted(passages), dtype=np.int64)
    rows, firsts, lasts = any_of(clauses)(asked)
    found: dict[int, list[tuple[int, int]]] = {}
    for passage, first, last in zip(asked[rows].tolist(), firsts.tolist(), lasts.tolist(), strict=True):
        found.setdefault(passage, []).append((first, last))
    return found


def merged(clauses: Sequence[SpansIn], passages: Passages, asked: Integers) -> Spans:
    """Return the marks in some passages (ascending), each with its passage: spans that share a word are one mark."""
    rows, firsts, lasts = any_of(clauses)(asked)
    begins = passages.first[asked]
    lasts = np.minimum(lasts, (begins + passages.words[asked] - 1)[rows])
    order = firsts.argsort(kind="stable")  # of one clause they are sorted already, which this kind sees at once
    rows, firsts, lasts = rows[order], firsts[order], lasts[order]
    inside = (firsts >= begins[rows]) & (firsts <= lasts)
    rows, firsts, lasts = rows[inside], firsts[inside], lasts[inside]
    new = np.ones(rows.size, dtype=np.bool_)
    new[1:] = firsts[1:] > np.maximum.accumulate(lasts)[:-1]
    at = new.nonzero()[0]
    return asked[rows[at]], firsts[at], np.maximum.reduceat(lasts, at) if at.size else NOWHERE


def any_of(clauses: Sequence[SpansIn]) -> SpansIn:
    """Mark what any of several clauses marks."""
    return lambda fragments: _joined([spans(fragments) for spans in clauses])


def of_terms(terms: Sequence[Postings]) -> SpansIn:
    """Mark each occurrence of some terms."""
    return lambda fragments: _joined([term.inside(fragments) for term in terms])


def of_phrase(passages: Passages, firsts: Integers, lasts: Integers) -> SpansIn:
    """Mark what begins in a passage, of all that stands from ``firsts``, sorted, up to ``lasts``."""

    def spans(fragments: Integers) -> Spans:
        begins = passages.first[fragments]
        rows, at = _between(firsts, begins, begins + passages.words[fragments])
        return rows, firsts[at], lasts[at]

    return spans


def scattered(windows: SpansIn, words: Sequence[Integers]) -> SpansIn:
    """Mark the single words, by their sorted positions, within each window."""

    def spans(fragments: Integers) -> Spans:
        rows, firsts, lasts = windows(fragments)
        found = []
        for positions in words:
            window, at = _between(positions, firsts, lasts + 1)
            found.append((rows[window], positions[at], positions[at]))
        return _joined(found)

    return spans


def of_words(words: Sequence[Postings], exact: Sequence[Postings], typed: int) -> SpansIn:
    """Mark words wherever they stand; where several were typed as one and stand as typed, only these.

    Args:
        words: The terms of each word.
        exact: Where the words begin as typed.
        typed: How many were typed.
    """
    if typed == 1:
        return of_terms([*words, *exact])

    def as_typed(fragments: Integers) -> Spans:
        rows, firsts, _ = of_terms(exact)(fragments)
        return rows, firsts, firsts + (typed - 1)

    return rather(as_typed, of_terms(words))


def rather(first: SpansIn, second: SpansIn) -> SpansIn:
    """Mark one thing, and in the passages that lack it another one."""

    def spans(fragments: Integers) -> Spans:
        found = first(fragments)
        lacking = np.ones(fragments.size, dtype=np.bool_)
        lacking[found[0]] = False
        return _joined([found, _only(second(fragments), lacking)])

    return spans


def within(passages: Integers, spans: SpansIn) -> SpansIn:
    """Mark only in some passages, which are ascending."""
    return lambda fragments: _only(spans(fragments), contains(passages, fragments))


def _joined(parts: Sequence[Spans]) -> Spans:
    if len(parts) == 1:
        return parts[0]
    found = [part for part in parts if part[0].size]
    rows, firsts, lasts = (np.concatenate(each) for each in zip(*found, strict=True)) if found else (NOWHERE,) * 3
    return rows, firsts, lasts


def _only(spans: Spans, kept: Mask) -> Spans:
    """The spans of the passages that are kept."""
    keep = kept[spans[0]]
    return spans[0][keep], spans[1][keep], spans[2][keep]


def _between(positions: Integers, begins: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Which of the sorted positions lie from each beginning up to its end: the row of each, and its index."""
    low = positions.searchsorted(begins)
    counts = positions.searchsorted(ends) - low
    at = np.arange(int(counts.sum())) + (low - (counts.cumsum() - counts)).repeat(counts)
    return np.arange(counts.size).repeat(counts), at
