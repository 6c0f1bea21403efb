"""Facets of a result: counted without the facet's own filter, the largest first."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.columns import Column, Columns, Mask
from indexer.engines.whoosh.filters import Selection
from indexer.index.results import FacetValue

MOST_VALUES = 20


def facets(columns: Columns, matched: Mask, selection: Selection) -> dict[str, tuple[FacetValue, ...]]:
    """Every facet over the fragments that the words match."""
    return {name: _values(column, matched & selection.without(name)) for name, column in columns.items()}


def _values(column: Column, mask: Mask) -> tuple[FacetValue, ...]:
    counts = column.counts(mask)
    order = np.argsort(-counts, kind="stable")
    order = order[: np.count_nonzero(counts)]
    shown = order[:MOST_VALUES].tolist()
    values = [FacetValue(column.values[code], column.labels[code], int(counts[code])) for code in shown]
    rest = int(counts[order[MOST_VALUES:]].sum())
    if rest:
        values.append(FacetValue(None, "otros", rest))
    return tuple(values)
