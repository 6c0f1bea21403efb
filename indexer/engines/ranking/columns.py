"""The values of each facet as integer columns, to be counted with ``bincount``."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.ranking.arrays import Integers, Mask
from indexer.engines.ranking.derived import Derived
from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS, Facet

_FEW = 9
"""Fewer fragments than a so-many-th of what all different sets hold are counted one by one."""
_FEW_SETS = 8
"""So few are counted by comparing: ``bincount`` waits for itself where it adds to one place again and again."""
_MANY_A_PAGE = 8
"""From so many fragments per page on, those of a page are told by where it begins and ends among them."""


def column_numbers(rows: Sequence[Integers], size: int) -> dict[str, Integers]:
    """Return the arrays of a column: which set of values each passage has; where a set may hold several, what it holds.

    There are few different sets: thousands of passages are counted by a set, and then dozens of sets by a value.

    Args:
        rows: Per value, the passages that have it, ascending.
        size: The number of passages in the index.
    """
    fragments = np.concatenate([np.zeros(0, dtype=np.int64), *rows])
    codes = np.repeat(np.arange(len(rows)), [row.size for row in rows])
    many = np.bincount(fragments, minlength=size)
    if many.max(initial=0) <= 1:
        sets = np.full(size, len(rows), dtype=np.int64)
        sets[fragments] = codes
        return {"sets": sets}
    held = codes[fragments.argsort(kind="stable")].tolist()
    kinds: dict[tuple[int, ...], int] = {}
    ends = many.cumsum().tolist()
    own = (tuple(held[end - count : end]) for end, count in zip(ends, many.tolist(), strict=True))
    of = [kinds.setdefault(kind, len(kinds)) for kind in own]
    return {
        "sets": np.array(of, dtype=np.int64),
        "codes": np.array([code for kind in kinds for code in kind], dtype=np.int64),
        "many": np.array([len(kind) for kind in kinds], dtype=np.int64),
    }


class Column:
    """One facet.

    Attributes:
        values: What the parameter takes, in the order in which equal counts are shown.
    """

    def __init__(self, facet: Facet, derived: Derived, catalogue: Catalogue) -> None:
        self.values = derived.values[facet.name]
        self._facet = facet
        self._catalogue = catalogue
        # By passage, its set of values. Where no passage has several values: a value, or the number after the last
        # one for none. Else each set has ``many`` of the ``codes``.
        # As small numbers: a search reads all over the column, and so it stays near the processor.
        sets = derived.numbers[f"{facet.name}.sets"]
        self._sets = sets.astype(np.min_scalar_type(int(sets.max(initial=0))))
        self._codes = derived.numbers.get(f"{facet.name}.codes")
        self._many = derived.numbers.get(f"{facet.name}.many", np.ones(len(self.values) + 1, dtype=np.int64))
        self._last = self._many.cumsum()
        self._edges: Integers | None = derived.numbers["page_edges"] if facet.of_page else None

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """How each value is called."""
        labels = self._facet.labels(self._catalogue)
        return tuple(labels.get(value, value) for value in self.values)

    @cached_property
    def _all(self) -> Integers:
        return self._counted(np.bincount(self._sets, minlength=self._many.size))

    def counts(self, fragments: Integers) -> Integers:
        """Return how many of the fragments have each value."""
        if fragments.size == self._sets.size:
            return self._all
        size, edges = self._many.size, self._edges
        if edges is not None and fragments.size > _MANY_A_PAGE * edges.size:
            found = np.diff(fragments.searchsorted(edges))
            there = found.nonzero()[0]
            return self._counted(np.bincount(self._sets[edges[there]], found[there], size).astype(np.int64))
        sets = self._sets[fragments]
        if size <= _FEW_SETS:
            return self._counted(np.array([np.count_nonzero(sets == kind) for kind in range(size)]))
        if self._codes is not None and _FEW * sets.size < self._codes.size:
            return np.bincount(self._codes[self._rows(sets)[0]], minlength=len(self.values))
        return self._counted(np.bincount(sets, minlength=size))

    @cached_property
    def _holding(self) -> tuple[Integers, Integers, Integers]:
        """The sets that hold each value, value by value; the values that any holds, and where those of each begin."""
        assert self._codes is not None
        codes = self._codes.astype(np.min_scalar_type(len(self.values)))  # small numbers are sorted in one pass
        sets = np.arange(self._many.size).repeat(self._many)[codes.argsort(kind="stable")]
        many = np.bincount(codes, minlength=len(self.values))
        there = many.nonzero()[0]
        return sets, there, (many.cumsum() - many)[there]

    def _counted(self, sets: Integers) -> Integers:
        """How many passages have each value, where so many have each set."""
        if self._codes is None:
            return sets[:-1]
        holding, there, starts = self._holding
        found = np.zeros(len(self.values), dtype=np.int64)
        if there.size:
            # Half as wide: where a search matches much, this is the largest array that it makes.
            found[there] = np.add.reduceat(sets.astype(np.int32)[holding], starts, dtype=np.int32)
        return found

    def codes_of(self, fragments: Integers) -> tuple[Integers, Integers]:
        """Return a row per value of a fragment: the index of the fragment in the list, the index of the value."""
        sets = self._sets[fragments]
        if self._codes is None:
            there = np.flatnonzero(sets < len(self.values))
            return there, sets[there].astype(np.int64)
        rows, many = self._rows(sets)
        return np.arange(fragments.size).repeat(many), self._codes[rows]

    def _rows(self, sets: Integers) -> tuple[Integers, Integers]:
        """Where the values of sets stand in ``codes``, and how many each set has."""
        many = self._many[sets]
        ends = many.cumsum()
        return np.arange(ends[-1] if ends.size else 0) + (self._last[sets] - ends).repeat(many), many

    def having(self, wanted: Iterable[int], fragments: Integers, *, or_none: bool = False) -> Mask:
        """Return which of the fragments have any of the wanted values (indexes) or, with ``or_none``, no value."""
        chosen = np.zeros(len(self.values) + 1, dtype=np.bool_)
        chosen[list(wanted)] = True
        if self._codes is None:
            chosen[-1] = or_none
        else:
            held = np.arange(self._many.size).repeat(self._many)[chosen[self._codes]]
            chosen = (self._many == 0) & or_none
            chosen[held] = True
        return np.asarray(chosen[self._sets[fragments]])


Columns = Mapping[str, Column]
"""By the name of the facet."""


def columns(derived: Derived, catalogue: Catalogue) -> Columns:
    """Return every facet of an index."""
    return {name: Column(facet, derived, catalogue) for name, facet in FACETS.items()}
