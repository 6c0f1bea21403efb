"""So many tries a minute, for ever: whatever was tried before, by whomever, nothing fails and nothing grows."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.desk.login import rate_limit
from search_app.desk.login.rate_limit import RateLimit


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(rate_limit, "MOST_KEYS", 4)
    return 4


def test_a_name_whose_minute_is_over_and_that_is_refused_with_another_one_breaks_nothing(few: int) -> None:
    now = [0.0]
    tries = RateLimit(2, now=lambda: now[0])
    assert tries.allow("name")
    now[0] = 100.0
    assert tries.allow("address")
    assert tries.allow("address")
    assert not tries.allow("address", "name")
    for number in range(3 * few):
        assert tries.allow(f"other {number}")
    assert tries.allow("name")


def test_of_too_many_the_one_that_tried_longest_ago_is_forgotten(few: int) -> None:
    tries = RateLimit(2, now=lambda: 0.0)
    for key in ("a", "b", "a", "c", "d", "e"):  # «b» makes room for «e»
        assert tries.allow(key)
    assert not tries.allow("a")
    assert [tries.allow("e") for _ in range(2)] == [True, False]
    assert [tries.allow("b") for _ in range(2)] == [True, True]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True), st.integers(0, 40), st.booleans()
        )
    )
)
def test_it_allows_what_a_list_of_all_tries_would(asked: list[tuple[list[str], int, bool]]) -> None:
    now = [0.0]
    tries = RateLimit(2, now=lambda: now[0])
    made: defaultdict[str, list[float]] = defaultdict(list)
    for keys, later, forgiven in asked:
        now[0] += later
        free = all(sum(one > now[0] - 60 for one in made[key]) < 2 for key in keys)
        assert tries.allow(*keys) is free
        if free:
            for key in keys:
                made[key].append(now[0])
            if forgiven:
                tries.forgive(*keys)
                for key in keys:
                    made[key].pop()
