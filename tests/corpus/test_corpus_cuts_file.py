"""The cuts of a day: what a table says of them, and what is wrong with it, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.corpus.cuts_file import Cut, read_cuts, rows_given, rows_of
from indexer.corpus.layers import clip
from indexer.model.transcript import Block, Document

EVERY_TEN_S = [10.0 * place for place in range(1_000)]
LAST_S = 10_000.0


def read(text: str) -> tuple[list[Cut], list[str]]:
    cuts, problems = read_cuts(rows_of(text, "cortes.tsv"), EVERY_TEN_S, LAST_S)
    return list(cuts), [str(problem) for problem in problems]


def test_seconds_and_clocks_are_read_in_any_order_of_columns() -> None:
    text = "\ufefftitulo\tmesa\tinicio_s\tfin_s\r\n# receso\r\nUna mesa\t\t0:10\t1:02:03\r\n\tmesa-2\t3800,5\t\r\n"
    cuts, problems = read(text)
    assert problems == []
    assert [(cut.start_s, cut.end_s, cut.session, cut.title) for cut in cuts] == [
        (10.0, 3723.0, "", "Una mesa"),
        (3800.5, None, "mesa-2", ""),
    ]


def test_a_mesa_without_an_end_goes_on_to_the_next_one() -> None:
    cuts, _ = read("0\t\tmesa-1\n100\t\tmesa-2\n")
    assert [cut.end_s for cut in cuts] == [100.0, None]


@pytest.mark.parametrize(
    ("lines", "place", "fault"),
    [
        ("0:00\t0:30\tmesa-1\n0:20\t1:00\tmesa-2", 2, "se enciman"),
        ("5:00\t6:00\tmesa-1\n1:00\t2:00\tmesa-2", 2, "va hacia atrás"),
        ("5:00\t4:00\tmesa-1", 1, "que no es después"),
        ("9:00:00\t\tmesa-1", 1, "9:00:00 queda fuera del archivo, que termina en 2:46:40"),
        ("0:00\t9:00:00\tmesa-1", 1, "9:00:00 queda fuera"),
        ("0:00\t1:00\t\t", 1, "no dice de qué mesa es"),
        ("0:00\t0:99\tmesa-1", 1, "«0:99» no es un tiempo"),
        ("\t1:00\tmesa-1", 1, "falta el tiempo en que empieza"),
        ("0:00;1:00;mesa-1", 1, "no tiene columnas"),
        ("0:01\t0:02\tmesa-1", 1, "entre 0:01 y 0:02 no se dice nada"),
    ],
)
def test_a_cut_that_is_no_good_is_told_with_its_line(lines: str, place: int, fault: str) -> None:
    problems = read(lines)[1]
    assert len(problems) == 1
    assert problems[0].startswith(f"cortes.tsv:{place}: ")
    assert fault in problems[0]


def test_every_fault_is_told_at_once_in_the_order_of_the_lines() -> None:
    problems = read("0:00\t1:00\tmesa-1\n0:30\t\tmesa-2\nx\t\tmesa-3\n8:00:00\t\tmesa-4\n")[1]
    assert [problem.split(":")[1] for problem in problems] == ["2", "3", "4"]


@pytest.mark.parametrize("given", [None, [], "x", [None], [{}], [{"mesa": "a"}]])
def test_what_is_no_list_of_cuts_is_refused_in_words(given: object) -> None:
    assert read_cuts(rows_given(given), EVERY_TEN_S, LAST_S)[1]


@settings(max_examples=25)
@given(st.lists(st.integers(0, 999), min_size=2, max_size=20, unique=True), st.data())
def test_whatever_the_cuts_no_cue_is_lost_within_them_and_none_is_in_two_mesas(
    places: list[int], data: st.DataObject
) -> None:
    edges = sorted(places)
    open_ends = data.draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    rows = [
        {"inicio_s": 10 * start, "fin_s": None if open_end else 10 * end, "mesa": f"mesa-{place}"}
        for place, (start, end, open_end) in enumerate(zip(edges, edges[1:], open_ends, strict=False))
    ]
    cuts, problems = read_cuts(rows_given(rows), EVERY_TEN_S, LAST_S)
    assert problems == ()
    day = Document(tuple(Block(f"dicho {second}", second) for second in EVERY_TEN_S), captions=True)
    said = [block for cut in cuts for block in clip(day, cut.start_s, cut.end_s).blocks]
    last = cuts[-1].end_s
    assert said == [
        block for block in day.blocks if block.start_s >= 10 * edges[0] and (last is None or block.start_s < last)
    ]
