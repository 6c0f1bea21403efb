"""Names that may be one person's are proposed: the shorter of the longer, a slip of the usual; never more than that."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from indexer.language.person_names import alike


def proposed(*names: str, apart: tuple[tuple[str, ...], ...] = ()) -> dict[str, tuple[str, ...]]:
    """By the name that is to give way; the first ones are found more often."""
    counts = {name: len(names) - place for place, name in enumerate(names)}
    return {found.name: found.others for found in alike(counts, apart)}


def test_a_name_without_its_last_surname_may_be_the_same() -> None:
    """Whatever its accents and capitals, and with particles."""
    assert proposed("Nora Silva", "Nora Silva Pino") == {"Nora Silva": ("Nora Silva Pino",)}
    assert proposed("NORA SÍLVA", "Nora Silva Pino") == {"NORA SÍLVA": ("Nora Silva Pino",)}
    assert proposed("Inés de la Vega", "Inés De La Vega Ruiz") == {"Inés de la Vega": ("Inés De La Vega Ruiz",)}


def test_a_name_without_its_second_given_name_may_be_the_same() -> None:
    assert proposed("Nora Silva", "Nora María Silva Pino") == {"Nora Silva": ("Nora María Silva Pino",)}
    assert proposed("Nora Silva", "Nora María Silva") == {"Nora Silva": ("Nora María Silva",)}


def test_another_first_surname_or_given_name_is_another_person() -> None:
    """Her second surname is somebody else's first; a surname alone names nobody; two given names are no name."""
    assert proposed("Nora Pino", "Nora Silva Pino") == {}
    assert proposed("Inés Silva", "Nora Silva") == {}
    assert proposed("Silva", "Nora Silva") == {}
    assert proposed("Nora María", "Nora María Silva") == {}
    assert proposed("El secretario", "El secretario ejecutivo") == {}


def test_a_letter_of_a_long_word_may_be_a_slip() -> None:
    """One more, one less, another one, or two that changed places: the rarer spelling is the slip."""
    for slip in ("Nora Villasenor", "Nora Villaseor", "Nora Villasseñor", "Nora Villazeñor", "Nora Villaseñro"):
        assert proposed("Nora Villaseñor", slip) == {slip: ("Nora Villaseñor",)}


def test_short_words_and_the_ending_of_a_given_name_tell_people_apart() -> None:
    assert proposed("Nora Ruiz", "Nora Ruis") == {}
    assert proposed("Fernanda Silva", "Fernando Silva") == {}
    assert proposed("Nora Villaseñor", "Nora Vilaseñro") == {}


def test_of_two_who_may_be_meant_none_is_chosen() -> None:
    """Both are shown; where one of them is only the other one for short, it is the longest."""
    assert proposed("Nora Silva", "Nora Silva Pino", "Nora Silva Roble") == {
        "Nora Silva": ("Nora Silva Pino", "Nora Silva Roble")
    }
    assert proposed("Nora Silva", "Nora María Silva", "Nora María Silva Pino") == {
        "Nora Silva": ("Nora María Silva Pino",),
        "Nora María Silva": ("Nora María Silva Pino",),
    }


def test_what_staff_denied_stays_denied() -> None:
    """The other one who may be meant is then the only one."""
    names = ("Nora Silva", "Nora Silva Pino", "Nora Silva Roble")
    assert proposed(*names, apart=(("nora silva", "NORA SILVA PINO"),)) == {"Nora Silva": ("Nora Silva Roble",)}
    assert proposed(*names, apart=(names,)) == {}


@given(st.permutations(["Nora Silva", "Nora Silva Pino", "Inés Vega", "Inés Vega Luna", "Inés Vegas", "Rosa Lara"]))
def test_the_order_of_the_names_does_not_matter(names: list[str]) -> None:
    assert alike(dict.fromkeys(names, 1)) == alike(dict.fromkeys(sorted(names), 1))


def test_many_names_of_few_words_are_looked_through_without_comparing_each_with_each() -> None:
    """Ten thousand names, of which as many pairs as there are of one given name and one first surname."""
    syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na"]
    surnames = ["".join(each) for each in permutations(syllables, 3)]
    names = {f"Nora {surname}": 1 for surname in surnames} | {f"Inés {one} Pino": 1 for one in surnames}
    names |= {f"Nora {surnames[at]} {surnames[-at - 1]}": 1 for at in range(0, len(surnames), 2)}
    found = alike(names)
    assert len([one for one in found if len(one.others) == 1]) >= len(surnames) // 2
