"""A word typed without its accents, or said by captions without them, meets its stem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.lexicon import Lexicon
from indexer.language.spanish import stem


def lexicon(*words: str) -> Lexicon:
    made = Lexicon()
    for word in words:
        made.add(word)
    return made


@pytest.mark.parametrize("word", ["secretaría", "también", "energía", "Michoacán", "interés", "autonomías", "anunció"])
def test_a_word_without_accents_meets_the_word_with_them(word: str) -> None:
    typed = word.translate(str.maketrans("áéíóú", "aeiou"))
    assert stem(word) in lexicon(word).stems(typed)


@pytest.mark.parametrize("word", ["secretaría", "también", "capacitación", "interés"])
def test_a_word_with_accents_meets_captions_without_them(word: str) -> None:
    said = word.translate(str.maketrans("áéíóú", "aeiou"))
    assert Lexicon.index_stem(said) in lexicon(said).stems(word)


@pytest.mark.parametrize("typed", ["capacitacion", "comision", "politica", "garantia", "tecnologias"])
def test_a_word_that_the_collection_lacks_meets_its_family_by_rule(typed: str) -> None:
    accented = {
        "capacitacion": "capacitación",
        "comision": "comisión",
        "politica": "política",
        "garantia": "garantía",
        "tecnologias": "tecnologías",
    }[typed]
    assert stem(accented) in Lexicon().stems(typed)


def test_the_rule_leaves_words_alone_that_the_collection_knows_without_accent() -> None:
    assert lexicon("historia").stems("historia") == {stem("historia")}


def test_words_of_enye_and_n_never_meet() -> None:
    known = lexicon("año", "ano", "peña", "pena")
    assert not known.stems("año") & known.stems("ano")
    assert not known.stems("peña") & known.stems("pena")


def test_only_what_is_useful_is_kept() -> None:
    assert lexicon("casilla", "PREP", "2027", "elección").forms == {}


@given(st.lists(st.text("aeiouáíóñnrcs", min_size=1, max_size=8)))
def test_it_survives_being_written_whatever_the_order_of_the_words(words: list[str]) -> None:
    known = lexicon(*words)
    read = Lexicon.from_json(known.to_json())
    assert read.forms == known.forms
    assert all(read.stems(word) == known.stems(word) for word in words)
    assert all(stem(word) in known.stems(word) for word in words)


def test_words_in_another_order_write_the_same_text() -> None:
    words = ["secretaria", "secretaría", "energía", "energia", "también"]
    assert lexicon(*words).to_json() == lexicon(*reversed(words)).to_json()


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', "no"])
def test_what_is_no_lexicon_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own message or ours
        Lexicon.from_json(text)
