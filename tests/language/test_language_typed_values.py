"""Values as people type them: days, seconds, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.spanish_dates import day_of, days_in
from indexer.language.typed_values import seconds_of

FOURTH, FIFTH = dt.date(2025, 12, 4), dt.date(2025, 12, 5)


@pytest.mark.parametrize(
    "text",
    ["2025-12-04", "4 de diciembre de 2025", "Jueves 4 de diciembre del 2025", "4/12/2025", "04.12.2025",
     "jueves, 4 diciembre 2025", "4º de Diciembre, 2025"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day_of(text) == FOURTH


@pytest.mark.parametrize("text", ["", "ayer", "4 de diciembre", "31/02/2025", "4 y 5 de mayo de 2025", "x 4/12/2025"])
def test_what_is_not_one_day_is_none(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("El 4 y 5 de diciembre de 2025, en Toluca", [FOURTH, FIFTH]),
        ("del 4 al 5 de diciembre de 2025", [FOURTH, FIFTH]),
        ("4-5 de diciembre de 2025", [FOURTH, FIFTH]),
        ("Jueves 4 de diciembre", [FOURTH]),
        ("Mesa 5, a las 10:00", []),
    ],
)
def test_days_are_found_in_a_text(text: str, days: list[dt.date]) -> None:
    assert [*days_in(text, 2025)] == days


def test_a_second_may_be_written_as_a_time() -> None:
    given = ["754", "754,5", "12:34", "1:02:03", "90:00", "1:75", "1:60:00", "-3", "1e3", ""]
    assert [seconds_of(text) for text in given] == [754, 754.5, 754, 3723, 5400, None, None, None, None, None]


@given(st.text(max_size=40))
def test_no_text_whatever_makes_either_raise(text: str) -> None:
    assert isinstance(day_of(text), dt.date | None)
    assert isinstance(seconds_of(text), int | float | None)
