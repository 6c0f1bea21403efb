"""The parameters of an address: read, checked, written again."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryRejected
from search_app.asking.parameters import read


@pytest.mark.parametrize(
    "pair",
    [
        ("pagina", "0"),
        ("pagina", "-1"),
        ("pagina", "zzz"),
        ("pagina", "1.5"),
        ("pagina", "٣"),
        ("pagina", "9" * 41),
        ("por_pagina", "0"),
        ("por_pagina", "101"),
        ("por_pagina", "100000"),
        ("desde", "ayer"),
        ("desde", "2025-13-01"),
        ("hasta", "20251204"),
        ("hasta", "2025-W49-4"),
        ("orden", "azar"),
    ],
)
def test_a_bad_number_date_or_order_is_refused_by_name(pair: tuple[str, str]) -> None:
    with pytest.raises(QueryRejected, match=pair[0]):
        read([("q", "a"), pair])


def test_an_empty_parameter_counts_as_absent() -> None:
    names = ("q", "mesa", "tema", "pagina", "por_pagina", "desde", "hasta", "orden", "ampliar", "ficticio")
    assert read([(name, "") for name in names]) == read([])
    assert read([("tema", "\x00"), ("pagina", " ")]) == read([])


def test_the_first_of_a_single_parameter_counts_and_repeated_filters_mean_any() -> None:
    asked = read(
        [("q", "a"), ("q", "b"), ("pagina", "2"), ("pagina", "x"), ("mesa", "5"), ("mesa", "6"), ("mesa", "5")]
    )
    assert (asked.text, asked.page, asked.filters.of("mesa")) == ("a", 2, ("5", "6"))


def test_an_empty_first_value_leaves_the_place_to_the_next() -> None:
    assert read([("q", ""), ("q", "a"), ("pagina", " "), ("pagina", "2")]) == read([("q", "a"), ("pagina", "2")])


def test_parameters_and_fields_of_the_text_must_both_hold() -> None:
    query = read([("q", "PREP mesa:5"), ("mesa", "6")]).query()
    assert query.filters.of("mesa") == ("6",)
    assert [filters.of("mesa") for filters in query.also] == [("5",)]


def test_everything_reaches_the_query() -> None:
    query = read(
        [("q", "x"), ("desde", "2025-12-04"), ("hasta", "2025-12-05"), ("orden", "cronologico"), ("pagina", "3"),
         ("por_pagina", "20"), ("ampliar", "no"), ("corregir", "no"), ("ficticio", "si"), ("tipo", "anuncio")]
    ).query()  # fmt: skip
    assert (query.offset, query.limit, query.order) == (40, 20, "cronologico")
    assert (query.expand, query.correct, query.with_fictitious) == (False, False, True)
    assert (query.filters.since, query.filters.until) == (dt.date(2025, 12, 4), dt.date(2025, 12, 5))
    assert query.filters.of("tipo") == ("anuncio",)


def test_a_page_beyond_all_bounds_is_only_far_away() -> None:
    assert read([("pagina", "1" + "0" * 30)]).query().offset == 10**9


def test_dates_that_cannot_both_hold_are_said() -> None:
    assert "desde" in read([("desde", "2025-12-05"), ("hasta", "2025-12-04")]).notices[0]


def test_a_flood_of_values_is_cut_with_a_notice() -> None:
    asked = read([("persona", f"nombre {n}") for n in range(10_000)])
    assert len(asked.filters.of("persona")) == 50
    assert asked.notices


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q", "mesa", "persona", "tema", "ampliar", "ficticio", "desde", "por_pagina", "otro"]),
            st.sampled_from(["", "no", "si", "2025-12-04", "7", "á ñ&=?#", '"x y" -z', "\x00\udfff"])
            | st.text(max_size=9),
        )
    )
)
def test_an_address_written_again_asks_the_same(pairs: list[tuple[str, str]]) -> None:
    try:
        asked = read(pairs)
    except QueryRejected:
        return
    again = read(parse_qsl(urlsplit(asked.address()).query, keep_blank_values=True))
    assert again.query() == asked.query()
