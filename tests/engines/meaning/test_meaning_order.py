"""Meaning orders the first hundred results as well, and nothing else changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.meaning.model import Model
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.index.protocol import SearchIndex
from indexer.index.query import AnyOf, Filters, Phrase, Prefix, Query, Word
from indexer.index.results import Hit, Results
from tests.engines.shelf import Shelf
from tests.engines.test_engine_corrected_texts import forum
from tests.tiny_model import tiny_model

SEED = 20261130
SENSE = ("norte", "sur", "este", "oeste")
WORDS = {word: tuple(9.0 * (at == place) for place in range(4)) for at, word in enumerate(SENSE)}
ASKED = Query((Word("voto"), Word("urna")), raw="voto urna norte", limit=300, meaning=True, expand=False, correct=False)
"""Words alone order by «voto» and «urna»; what the model knows of the text as typed is «norte»."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sentido")


@pytest.fixture(scope="module")
def model(place: Path) -> Model:
    return Model(tiny_model(place / "modelo", WORDS))


@pytest.fixture(scope="module")
def index(place: Path, model: Model) -> Iterator[SearchIndex]:
    chance = random.Random(SEED)
    said = []
    for at in range(220):
        asked = (["voto"], ["urna"], ["voto", "urna"])[at % 3]
        said.append(" ".join([*chance.choices(["y", *SENSE], k=chance.randint(4, 12)), *asked]))
    shelf = Shelf(place / "indice", WhooshEngine(place / "modelo"))
    collection = forum(*said, turns=tuple(range(len(said))))
    yield shelf.open(collection.changes())
    shelf.close()


def names(found: Results) -> list[int]:
    return [hit.passage.number for hit in found.hits]


def totals(hits: tuple[Hit, ...], model: Model) -> dict[int, float]:
    """As the decision has it: z-scores of both, added, among the full and among the partial of the first hundred."""
    found: dict[int, float] = {}
    for full in (True, False):
        part = [hit for hit in hits[:100] if hit.full is full]
        likeness = [model.passage(hit.passage.text).astype(np.float16) @ model.query(ASKED.raw) for hit in part]
        total = np.zeros(len(part))
        for values in (np.array([hit.score for hit in part]), np.array(likeness, dtype=np.float64)):
            total += (values - values.mean()) / (values.std() if np.ptp(values) > 1e-6 else 1)
        found |= zip([hit.passage.number for hit in part], total.tolist(), strict=True)
    return found


def test_the_first_hundred_are_ordered_by_both_among_full_and_among_partial(index: SearchIndex, model: Model) -> None:
    without, found = index.search(replace(ASKED, meaning=False)), index.search(ASKED)
    assert 0 < found.total_full < 100 < found.total_partial
    total = totals(without.hits, model)
    assert set(names(found)[:100]) == set(total)
    for part in (slice(0, found.total_full), slice(found.total_full, 100)):
        both = np.array([total[number] for number in names(found)[part]])
        assert (np.diff(both) < 1e-4).all(), SEED
        assert np.ptp(both) > 1
    assert names(found)[:100] != names(without)[:100]
    assert names(found)[100:] == names(without)[100:]
    assert [hit.full for hit in found.hits] == [hit.full for hit in without.hits]
    assert found.by_meaning
    assert not without.by_meaning


def test_totals_facets_marks_and_scores_are_those_of_the_words(index: SearchIndex) -> None:
    without, found = index.search(replace(ASKED, meaning=False)), index.search(ASKED)
    assert (found.total_full, found.total_partial, found.facets) == (
        without.total_full,
        without.total_partial,
        without.facets,
    )
    assert sorted(found.hits, key=lambda hit: hit.passage.number) == sorted(
        without.hits, key=lambda hit: hit.passage.number
    )


@pytest.mark.parametrize("size", [1, 7, 64, 100, 150])
def test_pages_of_any_size_are_slices_of_one_order(index: SearchIndex, size: int) -> None:
    whole = index.search(ASKED)
    pages = [index.search(replace(ASKED, offset=start, limit=size)) for start in range(0, 220, size)]
    assert [number for page in pages for number in names(page)] == names(whole)
    assert [hit.full for page in pages for hit in page.hits] == [hit.full for hit in whole.hits]
    assert [page.by_meaning for page in pages] == [start < 100 for start in range(0, 220, size)]
    assert [number for _, number in index.ranked(ASKED).fragments] == names(whole)


@pytest.mark.parametrize(
    "unlike",
    [
        {"meaning": False},
        {"clauses": (Word("voto"),)},
        {"clauses": (Word("voto"), Word("de"), Word("la"))},
        {"clauses": (Word("voto"), Word("urna"), Phrase(("norte",)))},
        {"clauses": (Word("voto"), AnyOf((Word("urna"), Word("sur"))))},
        {"clauses": (Word("voto"), Word("urna"), Prefix("nort"))},
        {"excluded": (Word("sur"),)},
        {"also": (Filters({"tipo": ("transcripcion",)}),)},
        {"order": "cronologico"},
        {"order": "reciente"},
        {"limit": 0},
        {"offset": 100},
        {"clauses": (), "raw": ""},
    ],
    ids=str,
)
def test_what_a_reader_says_exactly_is_ordered_by_words_alone(
    index: SearchIndex, unlike: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = replace(ASKED, **unlike)  # type: ignore[arg-type]
    monkeypatch.setattr(Model, "_vector", None)
    found = index.search(query)
    assert not found.by_meaning
    assert names(found) == names(index.search(replace(query, meaning=False)))


def test_filters_of_the_page_leave_meaning_in_use(index: SearchIndex) -> None:
    found = index.search(replace(ASKED, filters=Filters({"tipo": ("transcripcion",)})))
    assert found.by_meaning
    assert names(found) == names(index.search(ASKED))
