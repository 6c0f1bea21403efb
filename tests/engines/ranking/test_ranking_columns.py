"""Counts of a facet are those of looking at each fragment, however few or many there are, and of how many pages."""

import datetime as dt
import random

import numpy as np
import pytest

from indexer.engines.ranking.columns import Column, column_numbers
from indexer.engines.ranking.derived import Derived
from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS

SIZE = 2_000
EDGES = np.array([0, 0, 300, 310, 310, 1_200, SIZE])
"""Of pages; two of them are empty."""


@pytest.mark.parametrize("found", [0, 5, 90, 700, 1_900, SIZE])
@pytest.mark.parametrize(
    ("name", "values", "most"), [("mesa", 5, 1), ("tipo", 3, 1), ("persona", 60, 1), ("tema", 40, 6)]
)
def test_values_are_counted_as_by_looking_at_each_fragment(name: str, values: int, most: int, found: int) -> None:
    print("seed", seed := 31)
    draw = random.Random(f"{seed} {name} {found}")
    if FACETS[name].of_page:
        of_page = [draw.sample(range(values), draw.randint(0, most)) for _ in EDGES[1:]]
        held = [kept for kept, many in zip(of_page, np.diff(EDGES), strict=True) for _ in range(many)]
    else:
        held = [draw.sample(range(values - 1), draw.randint(0, most)) for _ in range(SIZE)]  # the last: nobody has it
    rows = [np.array([at for at in range(SIZE) if value in held[at]], dtype=np.int64) for value in range(values)]
    numbers = {f"{name}.{key}": array for key, array in column_numbers(rows, SIZE).items()} | {"page_edges": EDGES}
    column = Column(
        FACETS[name],
        Derived(numbers, {name: tuple(map(str, range(values)))}),
        Catalogue("", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), ""),
    )
    fragments = sorted(draw.sample(range(SIZE), found))
    counts = column.counts(np.array(fragments, dtype=np.int64)).tolist()
    assert counts == [sum(value in held[at] for at in fragments) for value in range(values)]
