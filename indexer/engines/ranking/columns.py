"""The values of each facet as integer columns, to be counted with ``bincount``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.ranking.arrays import Integers, Mask, contains
from indexer.engines.ranking.derived import Derived
from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS, Facet

_FEW = 8
"""A column that has not so many times more rows than there are fragments is counted from its rows."""


def column_numbers(rows: Sequence[Integers], size: int) -> dict[str, Integers]:
    """Return the arrays of a column.

    Args:
        rows: Per value, the passages that have it, ascending.
        size: The number of passages in the index.
    """
    fragments = np.concatenate([np.zeros(0, dtype=np.int64), *rows])
    ends = np.cumsum([row.size for row in rows], dtype=np.int64)
    codes = np.repeat(np.arange(len(rows)), [row.size for row in rows])
    many = np.bincount(fragments, minlength=size)
    if many.max(initial=0) <= 1:
        single = np.full(size, len(rows), dtype=np.int64)
        single[fragments] = codes
        return {"single": single}
    by_fragment = codes[np.argsort(fragments, kind="stable")]
    return {"fragments": fragments, "ends": ends, "codes": by_fragment, "many": many, "last": np.cumsum(many)}


class Column:
    """One facet.

    Attributes:
        values: What the parameter takes, in the order in which equal counts are shown.
    """

    def __init__(self, facet: Facet, derived: Derived, catalogue: Catalogue) -> None:
        self.values = derived.values[facet.name]
        self._facet = facet
        self._catalogue = catalogue
        # Where each passage has one value at most: its value, by passage. Else, by value, the passages that have it
        # (``fragments``, up to ``ends``), and by passage its values (``codes``, as ``many`` as end at ``last``).
        self._size = derived.numbers["page"].size
        self._single = derived.numbers.get(f"{facet.name}.single")
        if self._single is None:
            self._fragments, self._ends, self._codes, self._many, self._last = (
                derived.numbers[f"{facet.name}.{name}"] for name in ("fragments", "ends", "codes", "many", "last")
            )

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return self._facet.labels(self._catalogue)

    @cached_property
    def _all(self) -> Integers:
        if self._single is not None:
            return np.bincount(self._single, minlength=len(self.values) + 1)[:-1]
        return np.bincount(self._codes, minlength=len(self.values))

    def label(self, code: int) -> str:
        """Return how a value is called."""
        return self._labels.get(self.values[code], self.values[code])

    def counts(self, fragments: Integers) -> Integers:
        """Return how many of the fragments have each value."""
        if fragments.size == self._size:
            return self._all
        if self._single is not None:
            return np.bincount(self._single[fragments], minlength=len(self.values) + 1)[:-1]
        if self._fragments.size < _FEW * fragments.size:
            there = np.zeros(self._size, dtype=np.bool_)
            there[fragments] = True
            return np.add.reduceat(there[self._fragments], self._ends - np.diff(self._ends, prepend=0), dtype=np.int64)
        return np.bincount(self._codes[self._rows(fragments)[0]], minlength=len(self.values))

    def codes_of(self, fragments: Integers) -> tuple[Integers, Integers]:
        """Return a row per value of a fragment: the index of the fragment in the list, the index of the value."""
        if self._single is not None:
            codes = self._single[fragments]
            there = np.flatnonzero(codes < len(self.values))
            return there, codes[there]
        rows, many = self._rows(fragments)
        return np.repeat(np.arange(fragments.size), many), self._codes[rows]

    def _rows(self, fragments: Integers) -> tuple[Integers, Integers]:
        """Where the values of the fragments stand in ``codes``, and how many each fragment has."""
        many = self._many[fragments]
        ends = np.cumsum(many)
        return np.arange(ends[-1] if ends.size else 0) + np.repeat(self._last[fragments] - ends, many), many

    def having(self, wanted: Iterable[int], fragments: Integers, *, or_none: bool = False) -> Mask:
        """Return which of the fragments have any of the wanted values (indexes) or, with ``or_none``, no value."""
        if self._single is not None:
            flags = np.zeros(len(self.values) + 1, dtype=np.bool_)
            flags[list(wanted)] = True
            flags[-1] = or_none
            return np.asarray(flags[self._single[fragments]])
        keep = self._many[fragments] == 0 if or_none else np.zeros(fragments.size, dtype=np.bool_)
        for code in wanted:
            keep |= contains(self._fragments[self._ends[code - 1] if code else 0 : self._ends[code]], fragments)
        return keep


Columns = Mapping[str, Column]
"""By the name of the facet."""


def columns(derived: Derived, catalogue: Catalogue) -> Columns:
    """Return every facet of an index."""
    return {name: Column(facet, derived, catalogue) for name, facet in FACETS.items()}
