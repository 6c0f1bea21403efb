"""Spanish names: which words are given names and which are surnames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.citations.names import split_name


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Ana Ruiz", "Ruiz, Ana"),
        ("Amalia Pulido Gómez", "Pulido Gómez, Amalia"),
        ("July Erika Armenta Paulino", "Armenta Paulino, July Erika"),
        ("Luis Miguel Pérez", "Pérez, Luis Miguel"),
        ("Ana Santiago López", "Santiago López, Ana"),
        ("María del Carmen Alanís Figueroa", "Alanís Figueroa, María del Carmen"),
        ("María de los Ángeles Moreno Uriegas", "Moreno Uriegas, María de los Ángeles"),
        ("Norma Irene de la Cruz Magaña", "de la Cruz Magaña, Norma Irene"),
        ("Arturo Zaldívar Lelo de Larrea", "Zaldívar Lelo de Larrea, Arturo"),
        ("Hugo López-Gatell Ramírez", "López-Gatell Ramírez, Hugo"),
        ("Dra. Ana Ruiz", "Ruiz, Ana"),
        ("Ana", "Ana"),
    ],
)
def test_the_surnames_come_first(name: str, inverted: str) -> None:
    assert split_name(name).inverted == inverted


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("July Erika Armenta Paulino", "J. E."),
        ("María de los Ángeles Moreno Uriegas", "M. de los Á."),
        ("Jean-Paul Ruiz Soto", "J.-P."),
        ("Ana", ""),
    ],
)
def test_initials_are_of_the_given_names(name: str, initials: str) -> None:
    assert split_name(name).initials == initials


WORDS = ["Ana", "José", "de", "la", "los", "Ruiz", "López-Gatell", "María", "Santiago", "y", "Paz"]


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_no_word_of_a_name_is_lost_or_moved(words: list[str]) -> None:
    name = split_name(" ".join(words))
    assert f"{name.given} {name.family}".split() == words
