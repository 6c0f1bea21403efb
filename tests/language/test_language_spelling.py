"""Words near a mistyped one, and which of them was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.spelling import Near, Spellings, correctable, likeliest, one_edit

FORMS = {
    "capacitacion": 90, "electoral": 400, "eleccion": 300, "presupuesto": 40, "votacion": 80, "vocacion": 3,
    "calle": 20, "callo": 1, "queso": 2, "paquete": 60, "paquetes": 70, "jornada": 55, "horas": 30, "zonas": 12,
    "espanol": 1, "español": 9, "casa": 10, "cara": 10,
}  # fmt: skip
WORDS = st.text("abcdeñ", min_size=1, max_size=9)


def mended(typed: str, forms: dict[str, int] = FORMS) -> str | None:
    spellings = Spellings(forms)
    return likeliest(spellings.near(typed), lambda form: forms[form], lambda form: forms[form])


def distance(one: str, other: str) -> int:
    """Optimal string alignment, by the textbook."""
    rows = [list(range(len(other) + 1))]
    for i in range(1, len(one) + 1):
        rows.append([i] + [0] * len(other))
        for j in range(1, len(other) + 1):
            changed = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("capasitacion", "capacitacion"),
        ("capacitacin", "capacitacion"),
        ("cappacitacion", "capacitacion"),
        ("capaictacion", "capacitacion"),
        ("presupuedto", "presupuesto"),
        ("botacion", "votacion"),
        ("caye", "calle"),
        ("keso", "queso"),
        ("pakete", "paquete"),
        ("ornada", "jornada"),
        ("oras", "horas"),
        ("sonas", "zonas"),
    ],
)
def test_slips_of_the_hand_and_of_spelling_are_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


def test_n_for_ñ_is_a_cheap_slip() -> None:
    assert mended("espanol", {"español": 9, "espanto": 9}) == "español"


def test_what_is_near_nothing_has_no_answer() -> None:
    assert mended("xilofono") is None


def test_of_two_neighbours_as_likely_the_more_frequent_was_meant() -> None:
    assert mended("vobacion") == "votacion"
    assert mended("vobacion", {**FORMS, "votacion": 1, "vocacion": 50}) == "vocacion"


def test_a_likely_slip_beats_a_somewhat_more_frequent_word() -> None:
    assert mended("bentana", {"ventana": 10, "pentana": 15}) == "ventana"


def test_the_order_in_which_forms_came_changes_nothing() -> None:
    one, other = Spellings(FORMS), Spellings(reversed(FORMS))
    assert one.near("paqete") == other.near("paqete")


def test_forms_that_are_not_to_be_shown_are_passed_over() -> None:
    near = Spellings(FORMS).near("vobacion")
    assert likeliest(near, lambda form: 0 if form == "votacion" else 1, lambda form: 99) == "vocacion"
    assert likeliest(near, lambda form: 0, lambda form: 99) is None


@pytest.mark.parametrize("form", ["tres"[:3], "2024", "a1b2", "x" * 25, "", "ciudadan@s"])
def test_short_long_and_numbered_words_are_not_for_correcting(form: str) -> None:
    assert not correctable(form)


def test_numbers_and_short_words_are_nobody_s_correction() -> None:
    assert (
        Spellings(["202", "tres1", "los", "mesa"]).near("mess")
        == [Near(*near) for near in one_edit("mess") if near[0] == "mesa"][:1]
    )


def test_two_errors_are_found_in_long_words_that_keep_their_first_letter() -> None:
    spellings = Spellings(FORMS)
    assert [near.form for near in spellings.near_twice("capasitasion")] == ["capacitacion"]
    assert spellings.near_twice("xapasitacion") == []
    assert spellings.near_twice("jrnda") == []


@given(st.sets(WORDS, max_size=12), WORDS)
def test_two_errors_are_counted_as_by_the_textbook(forms: set[str], typed: str) -> None:
    long = {"aaaaa" + form for form in forms}
    asked = "aaaaa" + typed + "bbb"
    found = {near.form for near in Spellings(long).near_twice(asked)}
    assert found == {form for form in long if form != asked and distance(form, asked) <= 2}


@given(WORDS, WORDS)
def test_every_single_edit_is_found(typed: str, other: str) -> None:
    if typed != other and distance(typed, other) == 1 and correctable(other):
        assert other in {form for form, _ in one_edit(typed)}
        assert [near.form for near in Spellings([other]).near(typed)] == [other]


@pytest.mark.parametrize("typed", ["votasion", "llave", "hueco", "xquzh"])
@pytest.mark.parametrize("most", [0.4, 0.5, 0.8, 1.0, 1.4])
def test_a_bound_leaves_out_what_is_dearer_and_nothing_else(typed: str, most: float) -> None:
    spellings = Spellings(form for form, _ in one_edit(typed))
    near = spellings.near(typed)
    assert {price for _, price in near} > {price for _, price in near if price <= most} != set()
    assert spellings.near(typed, most) == [one for one in near if one.price <= most]


def test_hostile_words_cost_little_and_find_nothing() -> None:
    spellings = Spellings(FORMS)
    assert spellings.near("a" * 24) == []
    assert spellings.near_twice("ж" * 24) == []
    assert Spellings([]).near_twice("capacitacion") == []
    assert likeliest([], FORMS.__getitem__, FORMS.__getitem__) is None
    assert likeliest([Near("calle", 1.0)], FORMS.__getitem__, FORMS.__getitem__) == "calle"
