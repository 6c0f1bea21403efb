"""Facets of a result: counted without the facet's own filter, the largest first."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from indexer.engines.whoosh.columns import Column, Columns
from indexer.engines.whoosh.filters import Selection
from indexer.engines.whoosh.positions import Integers
from indexer.index.results import FacetValue

MOST_VALUES = 20


def facets(
    columns: Columns, wanted: Collection[str] | None, matched: Integers, found: Integers, selection: Selection
) -> dict[str, tuple[FacetValue, ...]]:
    """Facets over the fragments that the words match.

    Args:
        wanted: Their names; None for all.
        matched: The fragments before any filter.
        found: Those that all filters leave.
    """
    return {
        name: _values(column, selection.without(name, matched) if name in selection.chosen else found)
        for name, column in columns.items()
        if wanted is None or name in wanted
    }


def _values(column: Column, fragments: Integers) -> tuple[FacetValue, ...]:
    counts = column.counts(fragments)
    order = np.argsort(-counts, kind="stable")
    order = order[: np.count_nonzero(counts)]
    shown = order[:MOST_VALUES]
    values = [
        FacetValue(column.values[code], column.labels[code], count)
        for code, count in zip(shown.tolist(), counts[shown].tolist(), strict=True)
    ]
    rest = int(counts[order[MOST_VALUES:]].sum())
    if rest:
        values.append(FacetValue(None, "otros", rest))
    return tuple(values)
