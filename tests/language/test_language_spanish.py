"""Folding, tokens, stems and slugs: the same for a text and for a query."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.spanish import FUNCTION_WORDS, LONGEST_TOKEN, fold, slug, stem, tokens

SPANISH = st.text("aábcdeéfghiíjlmnñoópqrstuúüvxyzAÁEÉÍNÑOÓSÚÜ0123456789 .,:;/()@-'’º¿?¡!+\u00ad", max_size=60)


def forms(text: str) -> list[str]:
    return [token.form for token in tokens(text)]


def test_folding_takes_accents_off_and_keeps_the_letter_enye() -> None:
    assert fold("Año de la CAPACITACIÓN, ¿qué pingüino?") == "año de la capacitacion, ¿que pinguino?"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_decomposed_text_folds_alike(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(max_size=80) | SPANISH)
def test_every_token_is_a_slice_of_the_given_text_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert end <= token.start < token.end
        assert token.form
        end = token.end


@given(SPANISH)
def test_decomposed_text_gives_the_same_forms_and_offsets_of_its_own(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    found = tokens(decomposed)
    assert [token.form for token in found] == forms(unicodedata.normalize("NFC", text))
    assert all(decomposed[token.start : token.end] == token.text for token in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-2024", ["2023", "2024"]),
        ("2023–2024", ["2023", "2024"]),
        ("1.º 1º 1° 1o 1o. 1er 1ER", ["1o"] * 7),
        ("1.ª 1ª 1a 1a. 1ra", ["1a"] * 5),
        ("2do 3ra 25 °C 25°C 3.5 de 2 a 3", ["2o", "3a", "25", "c", "25", "c", "3.5", "de", "2", "a", "3"]),
        ("m² Ⅳ ＰＲＥＰ", ["m2", "iv", "prep"]),
        ("político-electoral", ["politico", "electoral"]),
        ("INE/OPLE", ["ine", "ople"]),
        ("ciudadan@s y compañer@.", ["ciudadan@s", "y", "compañer@"]),
        ("todxs", ["todxs"]),
        ("candidatas/os del partido", ["candidatas", "del", "partido"]),
        ("niñas/os", ["niñas"]),
        ("consejero(a)s y CANDIDATO(A)", ["consejero", "y", "candidato"]),
        ("los/las", ["los", "las"]),
        ("1,500 boletas", ["1500", "boletas"]),
        ("1,234,567.50", ["1234567.50"]),
        ("3.5 millones", ["3.5", "millones"]),
        ("a las 9:30, artículo 41.", ["a", "las", "9:30", "articulo", "41"]),
        ("4.12.2025", ["4", "12", "2025"]),
        ("I.N.E. y P.R.E.P.", ["ine", "y", "prep"]),
        ("correo@ieem.org.mx", ["correo", "ieem", "org", "mx"]),
        ("PRD's", ["prd"]),
        ("INE/O\u0301", ["ine", "o"]),
        ("3º y 3o.", ["3o", "y", "3o"]),
        ("elec\u00adción", ["eleccion"]),
        ("oﬁcial", ["oficial"]),
        ("snake_case", ["snake", "case"]),
        ("«¿Qué?» — ¡no!", ["que", "no"]),
        ("", []),
        ("*** \ud800 \x00", []),
    ],
)
def test_words_and_numbers_are_told_apart_as_people_search_them(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize("letter", ["a", "é", "e\u0301"])
def test_a_word_without_end_is_cut_at_the_same_letter_however_it_is_typed(letter: str) -> None:
    [token] = tokens(letter * 50_000)
    assert len(token.form) == LONGEST_TOKEN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("capacitación", "capacitaciones"),
        ("capacitación", "capacitar"),
        ("elección", "ELECCIONES"),
        ("cómputo", "Cómputos"),
        ("casilla", "casillas"),
        ("político", "políticas"),
        ("ciudadan@s", "ciudadanos"),
        ("todxs", "todos"),
        ("I.N.E.", "INE"),
        ("frac", "fracciones"),
        ("lic", "licenciada"),
        ("Nº", "número"),
        ("elec\u00adción", "elección"),
        ("eleccio\u0301n", "elección"),
    ],
)
def test_these_words_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("año", "ano"),
        ("peña", "pena"),
        ("acta", "acción"),
        ("voto", "votante"),
        ("2024", "2027"),
        ("INE", "IEEM"),
        ("padrón", "patrón"),
        ("PREP", "prepa"),
        ("VI", "ver"),
        ("art", "arte"),
    ],
)
def test_these_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_stem_is_folded_and_never_empty_for_a_word() -> None:
    for word in ("Año", "ÍA", "1,500", "ñ", "x", "xs", "中文"):
        assert stem(word)
        assert fold(stem(word)) == stem(word)


def test_threads_may_stem_at_once() -> None:
    letters = "abcdefghij"
    words = ["capacita" + "".join(letters[int(digit)] for digit in str(n)) + "ciones" for n in range(3000)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(stem, words))
    assert found == [stem(word.upper()) for word in words]  # in capitals: not what is remembered


def test_function_words_are_folded_and_spare_what_carries_meaning() -> None:
    assert all(fold(word) == word for word in FUNCTION_WORDS)
    assert 40 <= len(FUNCTION_WORDS) <= 55
    assert not FUNCTION_WORDS & {"estado", "estados", "no", "mesa", "voto"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mesa 5: Innovación tecnológica", "mesa-5-innovacion-tecnologica"),
        ("Año Ñandú", "ano-nandu"),
        ("  --¡PREP!--  ", "prep"),
        ("中文", ""),
    ],
)
def test_a_slug_is_an_address(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_the_language_of_a_search_loads_no_spacy() -> None:
    code = (
        "import sys, indexer.language.spanish, indexer.language.vocabulary, indexer.language.entities,"
        " indexer.language.lexicon; sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
