"""What is written by hand is what the standard library writes, byte for byte."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from search_app.citations import bibtex
from search_app.citations.prose import one_line
from search_app.shown.serializing import to_csv, to_json

texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.text(
    ' ,"\r\n\t;=+@a\x00\x7f\xa0\u2028{}\\%', max_size=9
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(values, st.sampled_from([1, 2]))
def test_json_to_be_read_is_laid_out_as_the_standard_library_does(value: Any, indent: int) -> None:
    assert to_json(value, indent=indent) == json.dumps(value, ensure_ascii=False, indent=indent)


@given(st.lists(st.lists(texts.map(lambda text: f"a{text}"), min_size=2, max_size=2), max_size=4))
def test_rows_of_csv_are_quoted_as_the_standard_library_does(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["uno", "dos"], *rows])
    assert to_csv(("uno", "dos"), [dict(zip(("uno", "dos"), row, strict=True)) for row in rows]) == out.getvalue()


@given(texts)
def test_a_line_of_a_citation_is_cleaned_as_letter_by_letter(text: str) -> None:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    assert one_line(text) == line
    assert bibtex.escape(text) == "".join(bibtex._SPECIAL.get(letter, letter) for letter in line)
