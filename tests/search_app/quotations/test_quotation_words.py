"""What counts as a word of a quotation, and which differences of form do not count."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryRejected
from search_app.quotations.typed import LONGEST, read_quotation
from search_app.quotations.words import punctuation, undivided, words


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Está bien", "esta bien"), ("más", "mas"), ("el año", "el ano"), ("quince", "15"), ("3.5", "35"),
        ("1,500", "1,600"), ("1/2", "12"), ("1/2", "1-2"), ("2023-2024", "2023 2024"), ("bajó -5", "bajó 5"),
        ("subió .5", "subió 5"), ("10%", "10"), ("$500", "500"), ("9:30", "9.30"), ("15M", "15 M"), ("2do", "2 do"),
        ("I.N.E.", "I N E"), ("no lo sé", "no lo se"), ("ciudadan@s", "ciudadanas"), ("1.500", "1500"),
    ],
)  # fmt: skip
def test_what_is_another_word_is_never_taken_for_the_same(one: str, other: str) -> None:
    assert forms(one) != forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("¡No, señor!", "no señor"), ("1,500 actas", "1500 actas"), ("I.N.E.", "INE"), ("10 %", "10%"),
        ("2023–2024", "2023-2024"), ("cómputo\n distrital", "Cómputo distrital"), ("o\u00adficio", "oficio"),
        (unicodedata.normalize("NFD", "señaló"), "señaló"), ("oﬁcio", "oficio"),
    ],
)  # fmt: skip
def test_what_is_only_written_otherwise_is_the_same_words(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("“", '"'), (" «", ' "'), ("…", "..."), (" — ", "-"), ("--", "–"), ("\n", " "), ("\u00a0", " ")]
)
def test_the_shape_of_marks_and_white_space_is_no_punctuation(one: str, other: str) -> None:
    assert punctuation(one) == punctuation(other)


def test_a_comma_is_no_full_stop() -> None:
    assert len({punctuation(mark) for mark in (", ", ". ", "; ", "? ", " ", "...", '" ')}) == 7


@pytest.mark.parametrize(
    ("text", "one"),
    [("candidatas/os", True), ("10 %", True), ("político-electoral", True), ("hola, adiós", False), ("dos tres", False),
     ("dijo—sí", False)],
)  # fmt: skip
def test_parts_of_one_word_are_known(text: str, one: bool) -> None:
    left, right = words(text)
    assert undivided(text, left, right) is one


@given(st.text(max_size=200))
def test_words_stand_in_order_where_they_say(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        at = word.end


def test_marks_of_omission_part_a_quotation() -> None:
    (quotation,) = read_quotation("el programa […] llegó tarde (...) según [sic] dijo [ . . . ]")
    assert [word.form for word in quotation.words] == ["el", "programa", "llegó", "tarde", "según", "dijo"]
    assert quotation.parts == ((0, 2), (2, 4), (4, 6))


def test_a_bare_ellipsis_is_read_both_ways() -> None:
    paused, parted = read_quotation("pues… no lo sé")
    assert (paused.parts, parted.parts) == (((0, 4),), ((0, 1), (1, 4)))


def test_a_quotation_that_is_too_long_is_refused_with_what_to_do() -> None:
    assert read_quotation("a " * (LONGEST // 2))
    with pytest.raises(QueryRejected, match=r"5,000 caracteres: coteje una parte"):
        read_quotation("ab " * LONGEST)
