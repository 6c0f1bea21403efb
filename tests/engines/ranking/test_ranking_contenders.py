"""What is left unscored, because it cannot reach the page, changes no answer; pairs of words count in it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.engines import engine
from indexer.engines.ranking import ranker, scorer
from indexer.index.query import Query, Word
from tests.engines import random_search
from tests.engines.shelf import Shelf


@pytest.mark.parametrize("seed", [3, 11])
def test_a_page_is_the_same_when_what_cannot_reach_it_is_left_unscored(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    rng = random.Random(seed)
    shelf = Shelf(tmp_path, engine())
    random_search.grown(rng, shelf, 3)
    index = engine().open(shelf.folders[-1])
    request.addfinalizer(index.close)
    counts = dict(index.terms("", 1_000))
    words = sorted(counts, key=counts.__getitem__)
    rare, common = words[:40], words[-12:]
    queries = [
        Query(
            (*map(Word, rng.sample(rare, rng.choice((0, 1)))), *map(Word, rng.sample(common, rng.choice((1, 2))))),
            correct=False,
            limit=limit,
        )
        for limit in (1, 2, 5)
        for _ in range(120)
    ]
    unscored = 0
    finished = ranker.Ranker._finished

    def counted(self: ranker.Ranker, found: ranker.Matched, fragments: np.ndarray, own: np.ndarray) -> np.ndarray:
        nonlocal unscored
        unscored += found.fragments.size - fragments.size
        return finished(self, found, fragments, own)

    monkeypatch.setattr(ranker.Ranker, "_finished", counted)

    def answers(many: int) -> list[object]:
        nonlocal unscored
        unscored = 0
        monkeypatch.setattr(ranker, "MANY", many)
        monkeypatch.setattr(ranker, "VERY_MANY", many)
        monkeypatch.setattr(ranker, "FEW", 1)
        return [[(hit.page, hit.passage.number, round(hit.score, 9)) for hit in index.search(q).hits] for q in queries]

    everything = answers(1 << 30)
    before = unscored
    assert answers(0) == everything, f"seed {seed}"
    assert unscored > before, f"seed {seed}: nothing was left unscored"

    monkeypatch.setattr(scorer, "BIGRAM", 0.0)
    assert answers(0) != everything, f"seed {seed}: pairs made no difference"


@pytest.mark.parametrize("size", [1, 40, 1_200, 3_000, 20_011])
def test_as_many_as_asked_for_reach_the_score_that_is_told(size: int) -> None:
    rng = np.random.default_rng(size)
    for count in {1, min(10, size), min(100, size), size}:
        for scores in (rng.random(size), rng.integers(1, 4, size).astype(np.float64), np.sort(rng.random(size))):
            reached = ranker._reached(scores, count)
            assert np.count_nonzero(scores >= reached) >= count
