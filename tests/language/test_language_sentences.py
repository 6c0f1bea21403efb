"""Sentences of a paragraph, by rules that look only at what is near."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.sentences import ends_in_question, sentences

PIECES = st.lists(
    st.sampled_from(
        [
            "Gracias.",
            "¿Sí?",
            "El Dr. Ruiz habló.",
            "No.",
            "art. 5",
            "3.5",
            "etc.",
            "«Bien.»",
            "y luego",
            "Plan B.",
            "…",
            "1.",
        ]
    ),
    max_size=12,
)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Buenos días.", "Gracias, consejera."],
        ["¿Qué pasó?", "¡Nada!", "Seguimos."],
        ["El Dr. Juan A. López y la Mtra. Ruiz hablaron.", "Luego votaron."],
        ["El C. Presidente abrió la sesión.", "La Lic. Pérez dio cuenta."],
        ["Lo dice el art. 41, fracc. V.", "También el núm. 3 del acuerdo."],
        ["Viene de EE. UU. y de la C. P. del Estado.", "Es cierto."],
        ["Costó 3.5 millones.", "Fueron 1,500 boletas."],
        ["No.", "Sí.", "El acuerdo No. 5 se aprueba."],
        ["Después se aprobó el Plan B.", "El debate siguió."],
        ["Dijo «así es.»", "Y calló (por fin.)", "Luego habló."],
        ["Pues… no sé.", "Espere...", "Ahora sí."],
        ["1. Primero las boletas.", "2. Después las actas."],
        ["Boletas, actas, etc. y más.", "Urnas, mamparas, etc.", "Todo llegó."],
        ["Lo pidió la SEP.", "Fue en sep. de 2025."],
        ["LA LIC. RUIZ Y EL DR. PAZ LLEGARON.", "HABLARON."],
        ["sin un solo punto"],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(expected: list[str]) -> None:
    assert parts(" ".join(expected)) == expected


def test_words_in_lower_case_with_full_stops_are_parted_too() -> None:
    assert parts("hola a todas. ahora empezamos.") == ["hola a todas.", "ahora empezamos."]


def test_a_question_goes_on_in_lower_case() -> None:
    assert parts("¿Y ahora? dijo él.") == ["¿Y ahora? dijo él."]


@given(PIECES, st.sampled_from([" ", "  ", "\n"]))
def test_sentences_hold_every_character_but_space_once(pieces: list[str], space: str) -> None:
    text = space + space.join(pieces)
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join(parts(text)).replace(" ", "").replace("\n", "") == "".join("".join(pieces).split())


@given(PIECES, PIECES)
def test_an_edit_moves_only_the_boundaries_near_it(before: list[str], after: list[str]) -> None:
    anchor = (
        "Esta es una oración cualquiera de muchas palabras que nadie tocó. Y esta es otra, que tampoco cambió nadie."
    )
    old, new = (" ".join([*pieces, anchor]) for pieces in (before, after))
    ends = [{len(text) - end for _, end in sentences(text)} for text in (old, new)]
    near = len(anchor) - 30
    assert {end for end in ends[0] if end < near} == {end for end in ends[1] if end < near}


def test_a_paragraph_of_nothing_has_no_sentence() -> None:
    assert sentences("") == sentences(" \n ") == []


@pytest.mark.parametrize(
    "text",
    ["¿Qué pasó?", "Dígame: «¿cuándo?»", "¿Cuándo y dónde? Muchas gracias, consejera presidenta.", "¿Qué?\nGracias."],
)
def test_a_text_ends_in_a_question_with_thanks_behind_it_or_without(text: str) -> None:
    assert ends_in_question(text)


@pytest.mark.parametrize("text", ["", "Gracias.", "¿Qué pasó? Nada que valga la pena contar.", "Preguntó qué pasó"])
def test_a_text_that_says_more_after_its_question_does_not_end_in_it(text: str) -> None:
    assert not ends_in_question(text)
