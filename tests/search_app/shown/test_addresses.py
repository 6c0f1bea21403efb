"""Addresses: parameters as forms write them, whatever was kept of others."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from search_app.shown.addresses import address, parameters

texts = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(["PREP", "a&b=c d+e/%?#«ñ»", "é" * 300])
pairs = st.lists(st.tuples(texts, texts), max_size=5)


@given(pairs)
def test_parameters_are_written_as_a_form_writes_them(given_pairs: list[tuple[str, str]]) -> None:
    assert parameters(given_pairs) == urlencode(given_pairs)
    assert parse_qsl(parameters(given_pairs), keep_blank_values=True) == given_pairs


def test_an_address_without_parameters_has_no_question_mark() -> None:
    assert address("/buscar") == "/buscar"
    assert address("/buscar", ("q", "dos palabras"), anchor="p3") == "/buscar?q=dos+palabras#p3"
