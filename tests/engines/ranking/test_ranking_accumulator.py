"""Lists of fragments put together: the same whether they are short or long beside the index."""

from __future__ import annotations

import random

import numpy as np
import pytest

from indexer.engines.ranking.accumulator import Accumulator


@pytest.mark.parametrize("most", [3, 60, 300])
def test_a_union_has_each_fragment_of_any_list_once_in_order(most: int) -> None:
    rng, sums = random.Random(most), Accumulator(300)
    for _ in range(40):
        lists = [sorted(rng.sample(range(300), rng.randrange(most))) for _ in range(rng.randrange(5))]
        found = sums.union([np.array(one, dtype=np.int64) for one in lists])
        assert found.tolist() == sorted(set().union(*lists)), most
