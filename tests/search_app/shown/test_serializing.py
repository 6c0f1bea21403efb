"""What is written by hand is what the standard library writes, byte for byte; no table runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.citations import bibtex
from search_app.citations.prose import one_line
from search_app.shown.serializing import SEPARATORS, to_csv, to_json

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.text(
    ' ,"|\r\n\t;=+@a\x00\x7f\xa0\u2028{}\\%', max_size=9
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(values, st.sampled_from([1, 2]))
def test_json_to_be_read_is_laid_out_as_the_standard_library_does(value: Any, indent: int) -> None:
    assert to_json(value, indent=indent) == json.dumps(value, ensure_ascii=False, indent=indent)


def read_again(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@given(st.lists(texts, min_size=1, max_size=4), st.sampled_from([*SEPARATORS.values()]))
def test_whatever_separator_a_row_is_parted_by_no_cell_is_a_formula(cells: list[str], separator: str) -> None:
    names = [f"c{place}" for place in range(len(cells))]
    written = to_csv(names, [dict(zip(names, cells, strict=True))], separator)
    assert written.count("\r\n") == len((written + ".").splitlines()) - 1 == 2, "a cell is one line"
    for other in (*SEPARATORS.values(), "|"):
        assert not [cell for row in read_again(written, other) for cell in row if cell.strip().startswith(FORMULA)]


@given(st.lists(texts.map(lambda text: f"a{text}"), min_size=1, max_size=4), st.sampled_from([*SEPARATORS.values()]))
def test_a_row_of_csv_says_the_same_again_but_for_what_defuses_it(cells: list[str], separator: str) -> None:
    names = [f"c{place}" for place in range(len(cells))]
    [_, row] = read_again(to_csv(names, [dict(zip(names, cells, strict=True))], separator), separator)
    for cell, text in zip(row, cells, strict=True):
        assert re.sub("[\\s'\x00-\x1f\x7f-\x9f]", "", text) == re.sub("[\\s']", "", cell)


@pytest.mark.parametrize("text", ["=1+1", "+52", "-5", "@x", "\tx=", "\n=x", "  =x", "＝1", "\u00a0@x", "\x00=x"])
def test_a_cell_that_begins_as_a_formula_gets_an_apostrophe(text: str) -> None:
    [[_], [cell]] = read_again(to_csv(["a"], [{"a": text}]), ",")
    assert cell == "'" * (text != "\tx=") + re.sub("[\t\n\x00]", " ", text)


def test_numbers_stay_numbers_and_every_cell_is_quoted() -> None:
    rows = [{"a": -1.5, "b": None, "c": True, "d": ["x", "y"]}]
    assert to_csv("abcd", rows, ";") == '"a";"b";"c";"d"\r\n"-1.5";"";"si";"x y"\r\n'


@given(texts)
def test_a_line_of_a_citation_is_cleaned_as_letter_by_letter(text: str) -> None:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    assert one_line(text) == line
    assert bibtex.escape(text) == "".join(bibtex._SPECIAL.get(letter, letter) for letter in line)
