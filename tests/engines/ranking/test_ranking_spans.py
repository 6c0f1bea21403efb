"""What is marked is looked up once for all passages that are shown, and is what stands in each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.engines import engine
from indexer.engines.ranking.postings import Postings
from indexer.index.query import AnyOf, Prefix, Query
from tests.engines import random_search
from tests.engines.shelf import Shelf


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Any]:
    """A random collection of several segments."""
    shelf = Shelf(tmp_path, engine())
    random_search.grown(random.Random(5), shelf, 3)
    opened = engine().open(shelf.folders[-1])
    yield opened
    opened.close()


@pytest.mark.parametrize("field", ["exact", "concept"])
def test_occurrences_in_some_passages_are_those_that_each_passage_has(index: Any, field: str) -> None:
    rng = random.Random(7)
    terms = {term for term, _ in index._store.terms(field)}
    every = len(index._passages)
    found = 0
    for term in sorted(terms):
        postings: Postings = index._reader.term(field, term)
        asked = np.array(sorted(rng.sample(range(every), rng.randrange(every))), dtype=np.int64)
        rows, firsts, lasts = postings.inside(asked)
        plain = [
            (at, position)
            for at, passage in enumerate(asked.tolist())
            for position in postings.positions[index._passages.at(postings.positions) == passage].tolist()
        ]
        assert sorted(zip(rows.tolist(), firsts.tolist(), strict=True)) == plain
        assert (lasts >= firsts).all()
        found += len(plain)
    assert found > 8, "too few occurrences"


def test_each_term_is_looked_up_once_however_many_passages_are_shown(
    index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    inside = Postings.inside
    monkeypatch.setattr(Postings, "inside", lambda term, asked: (calls.append(asked.size), inside(term, asked))[1])
    prefixes = AnyOf(tuple(Prefix(letters) for letters in sorted({word[:3] for word, _ in index.terms("", 1_000)})))
    counted = []
    for limit in (2, 12):
        calls.clear()
        hits = index.search(Query((prefixes,), limit=limit)).hits
        assert len(hits) == limit
        assert all(hit.marks for hit in hits)
        counted.append(len(calls))
    assert counted[0] == counted[1] > 2
