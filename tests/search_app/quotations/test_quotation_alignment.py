"""The alignment finds the fewest changes: held against the plainest table of edits there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.quotations.alignment import Alignment, align

WORDS = st.lists(st.sampled_from(["uno", "dos", "tres", "no", "sí", "si", "casa"]), max_size=14)
QUOTED = st.lists(st.sampled_from(["uno", "dos", "tres", "no", "sí", "si", "casa"]), min_size=1, max_size=6)
NONE: frozenset[int] = frozenset()


def fewest(quoted: list[str], text: list[str]) -> int:
    """The cost of the best place, one cell at a time."""
    row = [0] * (len(text) + 1)
    for at, word in enumerate(quoted, 1):
        above, row = row, [5 * at]
        for column, other in enumerate(text, 1):
            change = 0 if word == other else 2 if {word, other} == {"sí", "si"} else 5
            row.append(min(above[column] + 5, row[-1] + 4, above[column - 1] + change))
    return min(row)


def cost(place: Alignment, quoted: list[str], text: list[str]) -> int:
    costs = {"igual": 0, "falta": 4, "sobra": 5, "omite": 0}
    return sum(
        costs[step] if step != "cambia" else 2 if {quoted[at], text[said]} == {"sí", "si"} else 5
        for step, at, said in place.steps
    )


@given(QUOTED, WORDS)
def test_the_best_place_has_the_fewest_changes(quoted: list[str], text: list[str]) -> None:
    places = align(quoted, NONE, text, len(quoted), 1)
    if places:
        assert cost(places[0], quoted, text) == fewest(quoted, text)
    else:
        assert fewest(quoted, text) >= 5 * len(quoted) or not text


@given(QUOTED, WORDS, st.integers(0, 6))
def test_every_step_is_what_it_says(quoted: list[str], text: list[str], most: int) -> None:
    covered: list[int] = []
    for place in align(quoted, NONE, text, most, 5):
        assert place.edits <= most
        assert [at for step, at, _ in place.steps if step in ("igual", "cambia", "sobra")] == list(range(len(quoted)))
        there = [said for step, _, said in place.steps if step in ("igual", "cambia", "falta")]
        assert there == list(range(place.start, place.end))
        assert all(
            (quoted[at] == text[said]) == (step == "igual")
            for step, at, said in place.steps
            if step in ("igual", "cambia")
        )
        covered += there
    assert len(covered) == len(set(covered)), "places do not overlap"


@given(WORDS, QUOTED, WORDS)
def test_what_is_there_is_found_without_a_change(before: list[str], quoted: list[str], after: list[str]) -> None:
    places = align(quoted, NONE, [*before, *quoted, *after], 0, 20)
    assert places
    assert all(place.edits == 0 for place in places)


@given(QUOTED, WORDS, QUOTED)
def test_what_a_quotation_leaves_out_is_no_change(first: list[str], left_out: list[str], second: list[str]) -> None:
    text = ["empieza", *first, *left_out, *second, "acaba"]
    (place,) = align([*first, *second], frozenset({len(first)}), text, 0, 1)
    assert place.edits == 0
    assert {step for step, _, _ in place.steps} <= {"igual", "omite"}


def test_every_place_is_found() -> None:
    text = ["no", "lo", "sé", "y", "no", "lo", "sé", "pero", "no", "lo", "vi"]
    assert [place.start for place in align(["no", "lo", "sé"], NONE, text, 0, 9)] == [0, 4]
    assert len(align(["no", "lo", "sé"], NONE, text, 0, 1)) == 1


@pytest.mark.parametrize(("quoted", "text"), [([], ["a"]), (["a"], [])])
def test_nothing_stands_nowhere(quoted: list[str], text: list[str]) -> None:
    assert align(quoted, NONE, text, 3, 3) == []
