"""Percentiles, agreement and the page that ``make bench`` writes, against values worked out by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bench_children import ENGINES, Child, EngineFailed
from benchmarks.bench_classes import present
from benchmarks.bench_goals import goals
from benchmarks.bench_markdown import figure, table
from benchmarks.bench_measures import agreement, percentile, ratios, summary
from benchmarks.bench_processes import cpu_of, run
from benchmarks.bench_rows import Found, Question, Row, write_rows
from benchmarks.bench_table import page

FTS5 = next(engine for engine in ENGINES if engine.key == "fts5")


def test_a_percentile_is_a_value_that_was_seen() -> None:
    hundred = [float(value) for value in range(100, 0, -1)]
    assert [percentile(hundred, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert percentile([3.0], 0.99) == 3
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.sampled_from([0.5, 0.95, 0.99]))
def test_so_large_a_share_does_not_exceed_its_percentile(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


def test_the_fastest_is_one_time_itself() -> None:
    assert ratios({"a": 2.0, "b": 1.0, "c": 5.0}) == {"a": 2, "b": 1, "c": 5}
    assert ratios({}) == {}


def test_engines_agree_by_matches_first_ten_facets_and_marks() -> None:
    mine = [Found(10, [1, 2, 3, 4], 0, {1: 6, 2: 4}), Found(0, [], 0, {})]
    theirs = [Found(5, [1, 2, 9, 8], 3, {1: 5}), Found(5, [7], 1, {})]
    assert agreement(mine, theirs) == {"hits": 1.0, "top": 0.5, "counted": 0.5, "marked": 0.8}


@pytest.mark.parametrize(
    ("value", "shown"), [(0.01234, "0.0123"), (1.234, "1.23"), (45.67, "45.7"), (123.4, "123"), (12345.6, "12,346")]
)
def test_a_figure_has_three_digits(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_a_bar_does_not_break_a_table() -> None:
    assert table(("a", "b"), [("x|y", "z")]) == "| a | b |\n| --- | --- |\n| x\\|y | z |\n"


def test_what_was_not_measured_is_said_and_never_good() -> None:
    assert {goal.good for goal in goals(_results())} == {None}
    assert {goal.seen for goal in goals(_results())} == {"not measured"}


def test_a_goal_is_held_against_tantivy_as_documented_and_told_against_both() -> None:
    results = _results()
    results["sizes"]["10000"] = _size(consta=0.3, documents=0.2, leanest=0.05)
    first = goals(results)[0]
    assert first.good is True
    assert first.seen == "a 1.5× (6×)"
    results["sizes"]["10000"] = _size(consta=0.5, documents=0.2, leanest=0.05)
    assert goals(results)[0].good is False


def test_what_a_question_costs_after_idleness_is_told_and_held_against_fts5() -> None:
    results = _results()
    results["sizes"]["10000"] = _size(consta=0.3, documents=0.2, leanest=0.05)
    cold = {"consta": {"15": {"first": 0.5, "next": 0.1}}, "fts5": {"15": {"first": 0.25, "next": 0.2}}}
    results["sizes"]["10000"]["cold"] = cold
    said = next(goal for goal in goals(results) if goal.what.startswith("cold") and "10,000" in goal.what)
    assert (said.seen, said.good) == ("the first 2.0×; p50 of the next 0.5×", False)
    assert "| Consta | 0.500 | 0.100 |" in page(results)
    cold["consta"]["15"]["first"] = 0.25
    assert next(goal for goal in goals(results) if goal.what == said.what).good is True


def test_the_page_has_a_row_an_engine_and_says_what_is_missing() -> None:
    results = _results()
    results["sizes"]["10000"] = _size(consta=0.3, documents=0.2, leanest=0.05)
    results["missing"] = {"Xapian": "no module; to have it: apt install python3-xapian"}
    text = page(results)
    assert "| Consta | 0.300 / 0.300 / 0.300 (6.00×) | – |" in text
    assert "| tantivy | 0.0500 / 0.0500 / 0.0500 (1.00×) | – |" in text
    assert "| missing: Xapian | no module; to have it: apt install python3-xapian |" in text
    assert "| failed: pages, 1,500 | RuntimeError: no answer |" in text
    assert "| – | server start to first answer, 100,000 | 0.7 s | not measured |" in text
    assert all(line.count("|") == 8 for line in text.splitlines() if line.startswith("| tantivy"))


def test_an_engine_builds_and_answers_in_a_child(tmp_path: Path) -> None:
    texts = ("El cómputo distrital empezó ayer.", "Nadie habló de casillas.", "Otro computo, otras casillas.")
    rows = tmp_path / "rows.tsv"
    write_rows((Row(at, at // 2, at % 2, at, text) for at, text in enumerate(texts)), rows)
    folder = tmp_path / "index"
    folder.mkdir()
    with Child(FTS5) as child:
        built = child.do("build", rows=str(rows), size=3, folder=str(folder))
        child.do("open", folder=str(folder), question=Question(("casillas",)))
        spent = child.do("ask", kind="a", questions=[Question(("cómputo",)), Question(("nada",))])
        found = child.do("found", kind="e", questions=[Question(("casillas",), mesa=1)])
        with pytest.raises(EngineFailed, match="AttributeError"):
            child.do("nonsense")
    assert built["disk_mb"] > 0
    assert len(spent["ns"]) == 2
    assert spent["empty"] == 1
    assert found == [[1, [2], 0, {"0": 1, "1": 1}]]


def test_an_engine_that_is_not_there_is_missing_with_its_cure() -> None:
    tantivy = next(engine for engine in ENGINES if engine.key == "tantivy")
    there = present(Path("/nowhere/python"), [FTS5, tantivy])
    assert [engine.key for engine in there.engines] == ["fts5"]
    assert "make bench" in there.missing["tantivy"]


def test_a_command_is_watched_from_outside() -> None:
    cost = run(["json.tool", "--help"])
    assert cost.status == 0
    assert "usage" in cost.output
    assert cost.cpu > 0


@pytest.mark.skipif(sys.platform != "linux", reason="a clock for another process is Linux's")
def test_the_clock_of_a_process_only_goes_on() -> None:
    import os

    before = cpu_of(os.getpid())
    sum(range(200_000))
    assert cpu_of(os.getpid()) > before > 0


def _size(**p50: float) -> dict[str, Any]:
    keys = {"consta": "consta", "documents": "tantivy:documents", "leanest": "tantivy"}
    times = {keys[name]: {"a": summary([value])} for name, value in p50.items()}
    found: dict[str, Any] = {key: {} for key in ("build", "open", "memory", "agreement", "failed")}
    return {**found, "times": times, "questions": 1}


def _results() -> dict[str, Any]:
    return {
        "date": "2026-01-02 03:04 UTC",
        "seed": 7,
        "machine": {"cores": "2"},
        "revision": "abc",
        "texts": "invented",
        "versions": {},
        "missing": {},
        "sizes": {},
        "pipeline": {},
        "pages": {},
        "service": {},
        "shapes": {},
        "failed": {"pages, 1,500": "RuntimeError: no answer"},
        "load": [0.1, 0.2],
        "wall_s": 60.0,
    }
