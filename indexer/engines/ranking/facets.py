"""Counts by the values of facets: the largest of each, beside results; every one of a facet, or of two, as a table."""

from collections.abc import Collection
from functools import cached_property

import numpy as np

from indexer.engines.ranking.arrays import RUN, Integers, distinct
from indexer.engines.ranking.columns import Column, Columns
from indexer.engines.ranking.filters import Selection
from indexer.engines.ranking.passages import Passages
from indexer.index.facets import MOST_VALUES
from indexer.index.results import Counted, CountedValue, CountedValues, FacetValue, Tally


def facets(
    columns: Columns, wanted: Collection[str] | None, matched: Integers, found: Integers, selection: Selection
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the facets of a result; each is counted without its own filter.

    Args:
        wanted: The names of the facets; None for all.
        matched: The fragments that the words match, before any filter.
        found: The fragments that all filters leave.
    """
    return {
        name: _largest(column, selection.without(name, matched) if name in selection.chosen else found)
        for name, column in columns.items()
        if wanted is None or name in wanted
    }


def _largest(column: Column, fragments: Integers) -> tuple[FacetValue, ...]:
    if not column.values:
        return ()
    every = column.counts(fragments)
    codes = (every != 0).nonzero()[0]
    counts = every[codes]
    total = int(counts.sum())
    if codes.size > MOST_VALUES:
        # Only what is shown is put in order: the first of the least frequent ones among it. (To sort thousands of bare
        # numbers takes numpy a seventh of the time of ``np.partition``.)
        least = np.sort(counts)[-MOST_VALUES]
        more = (counts > least).nonzero()[0]
        chosen = np.concatenate((more, (counts == least).nonzero()[0][: MOST_VALUES - more.size]))
        codes, counts = codes[chosen], counts[chosen]
    order = (-counts).argsort(kind="stable")
    values = [
        FacetValue(column.values[code], column.labels[code], count)
        for code, count in zip(codes[order].tolist(), counts[order].tolist(), strict=True)
    ]
    rest = total - int(counts.sum())
    if rest:
        values.append(FacetValue(None, "otros", rest))
    return tuple(values)


def crosstab(passages: Passages, everything: Integers, facet: Column, by: Column | None = None) -> Counted:
    """Count fragments, words and turns per value of a facet, or per pair of values of two.

    A fragment without a value of the facet is counted under None, so that the counts of a facet of which a fragment has
    one value at most (all but topics and mentions) add up to the total.
    """
    total = _Tallies(passages, everything, np.zeros(everything.size, dtype=np.int64), 1)[0]
    fragments, codes = _rows(facet, everything)
    values = _values(passages, facet, fragments, codes)
    if by is None:
        return Counted(total, values)
    others, second = _rows(by, everything)
    width = len(by.values) + 1
    fragments, pairs = _joined(fragments, codes, others, second, width)
    kinds, pairs = np.unique(pairs, return_inverse=True)
    found = _Tallies(passages, fragments, pairs, kinds.size)
    named, other_names = (*facet.values, None), (*by.values, None)
    return Counted(
        total,
        values,
        _values(passages, by, others, second),
        {(named[kind // width], other_names[kind % width]): found[at] for at, kind in enumerate(kinds.tolist())},
    )


def _rows(column: Column, everything: Integers) -> tuple[Integers, Integers]:
    """These fragments and their values, by fragment; the code after the last value means that it has none."""
    rows, codes = column.codes_of(everything)
    without = np.ones(everything.size, dtype=np.bool_)
    without[rows] = False
    none = np.flatnonzero(without)
    rows = np.concatenate([rows, none])
    codes = np.concatenate([codes, np.full(none.size, len(column.values), dtype=np.int64)])
    order = np.argsort(rows, kind="stable")
    return everything[rows[order]], codes[order]


def _joined(
    fragments: Integers, codes: Integers, others: Integers, second: Integers, width: int
) -> tuple[Integers, Integers]:
    """Each value of a fragment with each of its other values, as one number."""
    starts, stops = np.searchsorted(others, fragments), np.searchsorted(others, fragments, side="right")
    times = stops - starts
    before = np.cumsum(times) - times
    at = np.repeat(starts - before, times) + np.arange(int(times.sum()))
    return np.repeat(fragments, times), np.repeat(codes * width, times) + second[at]


def _values(passages: Passages, column: Column, fragments: Integers, codes: Integers) -> CountedValues:
    tallies = _Tallies(passages, fragments, codes, len(column.values) + 1)
    there = np.flatnonzero(tallies.fragments)
    codes_there = there.tolist()

    def row(at: int) -> CountedValue:
        code = codes_there[at]
        label = column.labels[code] if code < len(column.values) else ""
        return CountedValue(values[at], label, tallies[code])

    values = list(map((*column.values, None).__getitem__, codes_there))
    return CountedValues(values, tallies.fragments[there].tolist(), tallies.words[there].tolist(), row)


class _Tallies:
    """Per code, the tally of the fragments (ascending) that have it. What pages seldom read is counted when it is."""

    def __init__(self, passages: Passages, fragments: Integers, codes: Integers, size: int) -> None:
        self._passages, self._of, self._codes, self._size = passages, fragments, codes, size
        self.fragments = np.bincount(codes, minlength=size)
        self.words = np.bincount(codes, weights=passages.words[fragments], minlength=size).astype(np.int64)

    def __getitem__(self, code: int) -> Tally:
        first = int(self._first[code])
        if first < 0:
            return Tally(0, 0, 0)
        place = self._passages.page_at(int(self._passages.page[first])).id, int(self._passages.number[first])
        turns, inferred = (int(counts[code]) for counts in self._turns)
        return Tally(int(self.fragments[code]), int(self.words[code]), turns, place, inferred)

    @cached_property
    def _first(self) -> Integers:
        first = np.full(self._size, -1, dtype=np.int64)
        first[self._codes[::-1]] = self._of[::-1]  # of several, the one assigned last stands
        return first

    @cached_property
    def _turns(self) -> tuple[Integers, Integers]:
        """Turns, and those of them whose speaker is inferred. A turn is a run; it counts once per code."""
        run = self._passages.first[self._of] >> RUN
        span = int(run.max(initial=0)) + 1
        turns = self._codes * span + run
        guessed = distinct(turns[self._passages.inferred[self._of]]) // span
        return np.bincount(distinct(turns) // span, minlength=self._size), np.bincount(guessed, minlength=self._size)
