"""Pairs of words are worth the same whether all of their places are compared or those that may hold both."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engines import engine
from indexer.engines.whoosh import scorer
from indexer.index.query import Query, Word
from tests.engines import random_search
from tests.engines.shelf import Shelf


@pytest.mark.parametrize("seed", [3, 11])
def test_pairs_are_found_where_both_words_are(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    rng = random.Random(seed)
    collection = random_search.collection(rng)
    shelf = Shelf(tmp_path, engine())
    shelf.write(collection.changes())
    for _ in range(3):
        collection, touched = random_search.updated(rng, collection)
        shelf.write(collection.changes(touched))
    index = engine().open(shelf.folders[-1])
    request.addfinalizer(index.close)
    words = sorted(word for word, _ in index.terms("", 1_000))
    queries = [
        Query((Word(a), Word(b)), correct=False, limit=50) for a, b in (rng.sample(words, 2) for _ in range(150))
    ]

    def answers(many: int) -> list[object]:
        monkeypatch.setattr(scorer, "MANY", many)
        return [[(hit.page, hit.passage.number, round(hit.score, 9)) for hit in index.search(q).hits] for q in queries]

    everywhere = answers(1 << 30)
    assert answers(0) == everywhere, f"seed {seed}"
    assert _paired(everywhere, answers, monkeypatch)


def _paired(with_pairs: list[object], answers: Callable[[int], list[object]], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether pairs made a difference at all."""
    monkeypatch.setattr(scorer, "PAIR", 0.0)
    return answers(0) != with_pairs
