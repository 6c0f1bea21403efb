"""The collections and the public addresses that ``make bench`` times, and how they are judged."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bench_addresses import ASKED, Address, Given, Reach, addresses, addresses_of
from benchmarks.bench_collections import SHAPES, Shape, build_collection, write_collection
from benchmarks.bench_goals import goals
from benchmarks.bench_passages import invented_sentences
from benchmarks.bench_shapes import Server, measured_page
from benchmarks.bench_shapes_table import grows, heavy, over, shapes_section
from indexer.corpus.snapshot import read_corpus
from indexer.engines.live import LiveIndex
from search_app.web.application import create_app

SMALL = {shape.key: replace(shape, sessions=8, event_sessions=2, fragments=(4, 6)) for shape in SHAPES}


@pytest.fixture(scope="module")
def pool() -> list[str]:
    """Sentences of invented words: no data from outside is needed."""
    return list(itertools.islice(invented_sentences(7), 3_000))


@pytest.fixture(scope="module")
def index(pool: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published collection of described sessions."""
    folder = tmp_path_factory.mktemp("anos")
    build_collection(SMALL["anos"], folder, pool, 7)
    return folder / "indice"


@pytest.mark.parametrize("shape", SMALL.values(), ids=SMALL)
def test_the_first_half_of_a_collection_is_the_collection_of_half_its_size(
    shape: Shape, pool: list[str], tmp_path: Path
) -> None:
    write_collection(shape, tmp_path / "whole", pool, 7)
    write_collection(shape.half(), tmp_path / "half", pool, 7)
    whole, half = _texts(tmp_path / "whole"), _texts(tmp_path / "half")
    assert half.items() < whole.items()
    assert len([path for path in half if path.endswith("mesa.toml")]) == 4
    assert not [problem for problem in read_corpus(tmp_path / "whole").problems if problem.severity == "error"]


def test_a_described_session_has_speakers_topics_and_times(index: Path) -> None:
    live = LiveIndex(index)
    try:
        given = Given(create_app(live), 7)
    finally:
        live.close()
    assert all(given.facets[name] for name in ("persona", "entidad", "menciona", "tema", "evento", "mesa"))
    assert given.announced


def test_every_public_address_is_asked_and_answers(index: Path) -> None:
    live = LiveIndex(index)
    try:
        app = create_app(live)
        found = addresses_of(app, Given(app, 7))
        kept = {"/descargas/<edicion>"}  # no edition is kept there
        assert {address.name.partition(",")[0] for address in found} == set(ASKED) - kept
        client = app.test_client()
        for path in (path for address in found for path in address.paths):
            with client.get(path) as answer:
                assert answer.status_code == 200, path
    finally:
        live.close()


def test_a_public_address_without_arguments_ends_the_run(index: Path) -> None:
    live = LiveIndex(index)
    try:
        app = create_app(live)
        app.add_url_rule("/nueva/<mesa>", "reading.another", lambda mesa: mesa)
        given = Given(app, 7)
        with pytest.raises(LookupError, match="/nueva/<mesa>"):
            addresses_of(app, given)
    finally:
        live.close()


def test_a_page_is_timed_weighed_and_held_against_another_collection(index: Path) -> None:
    with ExitStack() as stack:
        servers = [Server(stack, index), Server(stack, index)]
        home = measured_page(Address("/", ("/",)), servers)
        with pytest.raises(RuntimeError, match="/personas/nadie: 404"):
            servers[0].ask("/personas/nadie")
    assert home["cpu_ms"] > 0
    assert home["doubled"] > 0
    assert home["html"]
    assert home["gzip_kb"] < home["kb"]


def test_the_same_index_and_seed_are_asked_the_same(index: Path) -> None:
    assert addresses(index, 7) == addresses(index, 7)
    assert addresses(index, 7) != addresses(index, 8)


def test_a_page_over_its_figure_is_marked_in_the_table_and_missed_in_the_figures() -> None:
    fine, slow = _page(cpu_ms=3.0), _page(cpu_ms=5.0, doubled=1.5, kb=250.0)
    assert not any(judged(fine) for judged in (over, grows, heavy))
    assert over(slow)
    assert grows(slow)
    assert heavy(slow)
    assert not over(_page(cpu_ms=5.0, reach=Reach.PAGE))
    assert not grows(_page(cpu_ms=0.5, doubled=1.5))  # of half a millisecond the clock knows no better
    assert not grows(_page(cpu_ms=90.0, doubled=2.0, reach=Reach.STREAMED))
    text = "\n".join(shapes_section(_shapes(slow)))
    assert "| `/buscar` | 3.00 | **5.00** **(1.50×)** 9.00 | 20.0 (5.00) | **250** (5.00) |" in text
    seen = {goal.what: goal for goal in goals(_results(slow))}
    assert seen["results page, CPU p50, 16,000 sessions"].good is False
    assert seen["any page, 16,000 sessions"].seen == "/buscar 250 KB"
    assert seen["any page to itself over half, 16,000 sessions"].good is False
    assert seen["any page, 2,000 sessions"].good is None
    assert {goal.good for goal in goals(_results(fine)) if "16,000" in goal.what and "session" in goal.what} == {
        True,
        None,
    }


def _texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.*")
        if path.is_file()
    }


def _page(*, cpu_ms: float, doubled: float = 1.0, kb: float = 20.0, reach: Reach = Reach.RESULTS) -> dict[str, Any]:
    return {
        "reach": reach,
        "cpu_ms": cpu_ms,
        "first_ms": 9.0,
        "kb": kb,
        "gzip_kb": 5.0,
        "html": True,
        "doubled": doubled,
    }


def _shapes(page: dict[str, Any]) -> dict[str, Any]:
    shape = {
        "shown": "16,000", "sessions": 16_000, "fragments": 24_000, "built_cpu_s": {}, "memory_mb": 1.0,
        "opening_cpu_s": 0.3, "start_s": 1.0, "start_cpu_s": 1.0, "first_search_ms": 1.0, "pages": {"/buscar": page},
    }  # fmt: skip
    return {"shipped": {"/buscar": _page(cpu_ms=3.0)}, "shapes": {"pequenas": shape}}


def _results(page: dict[str, Any]) -> dict[str, Any]:
    return {"sizes": {}, "pages": {}, "pipeline": {}, "service": {}, "shapes": _shapes(page)}
