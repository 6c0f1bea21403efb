"""Two people say who speaks in one mesa: both hold where they do not touch, neither where they do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.speakers_file import SpeakerChange, merged

PEOPLE = st.sampled_from(("Ana", "Luis", "Eva", None))
LISTS = st.dictionaries(st.integers(0, 12), PEOPLE, max_size=5)


def changes(said: dict[int, str | None]) -> list[SpeakerChange]:
    return [SpeakerChange(float(second), person) for second, person in sorted(said.items())]


def speaks(said: list[SpeakerChange], second: float) -> str | None:
    return next((one.person for one in reversed(said) if one.start_s <= second), None)


def both(base: dict[int, str | None], theirs: dict[int, str | None], mine: dict[int, str | None]) -> object:
    found = merged(changes(base), changes(theirs), changes(mine))
    return None if found is None else {int(one.start_s): one.person for one in found}


def test_two_halves_that_each_end_with_nobody_are_one_list() -> None:
    assert both({}, {0: "Ana", 300: None}, {600: "Luis", 900: None}) == {0: "Ana", 300: None, 600: "Luis", 900: None}


def test_two_who_say_something_else_of_the_same_moment_are_not_merged() -> None:
    assert both({}, {0: "Ana", 300: None}, {200: "Luis", 900: None}) is None
    assert both({0: "Ana"}, {0: "Luis"}, {0: "Eva"}) is None


def test_what_one_takes_away_goes_though_the_other_changed_another_place() -> None:
    base: dict[int, str | None] = {0: "Ana", 100: "Luis", 200: "Eva"}
    assert both(base, {0: "Ana", 200: "Eva"}, {**base, 300: "Ana"}) == {0: "Ana", 200: "Eva", 300: "Ana"}


def test_a_new_turn_of_the_same_person_stays_one() -> None:
    base: dict[int, str | None] = {0: "Ana", 100: "Ana"}
    assert both(base, base, {**base, 200: "Luis"}) == {0: "Ana", 100: "Ana", 200: "Luis"}


@given(LISTS, LISTS, LISTS)
def test_at_each_moment_it_is_what_whoever_changed_it_said(
    base: dict[int, str | None], theirs: dict[int, str | None], mine: dict[int, str | None]
) -> None:
    was, one, other = changes(base), changes(theirs), changes(mine)
    found = merged(was, one, other)
    for second in range(14):
        now, said = speaks(was, second), {speaks(one, second), speaks(other, second)}
        if found is None:
            continue
        assert speaks(found, second) in said
        assert said <= {now, speaks(found, second)}
    assert merged(was, one, was) == one
    assert merged(was, was, other) == other
