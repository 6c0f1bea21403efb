"""Phrases are found by comparing fragments first, or positions at once, as by comparing all positions of all words."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.engines import engine
from indexer.engines.ranking.phrases import Phrases, phrase
from tests.engines import random_search
from tests.engines.shelf import Shelf


@pytest.mark.parametrize(("seed", "several"), [(3, 0), (11, 16_000)])
def test_phrases_are_found_as_by_all_positions(
    tmp_path: Path, seed: int, several: int, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.ranking.phrases.SEVERAL", several)
    rng = random.Random(seed)
    shelf = Shelf(tmp_path, engine())
    random_search.grown(rng, shelf, 3)
    index = engine().open(shelf.folders[-1])
    request.addfinalizer(index.close)
    reader, passages, sums = index._reader, index._passages, index._sums
    phrases = Phrases(passages, sums)
    words = [word for word, _ in index.terms("", 1_000)]
    found = 0
    for _ in range(600):
        typed = [reader.term("exact", rng.choice(words)) for _ in range(rng.choice((1, 2, 2, 3, 4)))]
        plain = phrase([word.positions for word in typed])
        assert np.array_equal(phrases.starts(typed), plain), f"seed {seed}"
        found += len(typed) > 1 and plain.size > 0
    assert found > 20, f"seed {seed}: too few phrases that are there at all"


def test_no_words_are_nowhere(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shelf = Shelf(tmp_path, engine())
    shelf.write(random_search.collection(random.Random(1)).changes())
    index = engine().open(shelf.folders[-1])
    request.addfinalizer(index.close)
    phrases = Phrases(index._passages, index._sums)
    assert phrases.starts([]).size == 0
    assert phrases.starts([index._reader.term("exact", "nadieloha"), index._reader.term("exact", "dicho")]).size == 0
