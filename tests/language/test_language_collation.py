"""Names in lists stand as in a Spanish dictionary."""

from __future__ import annotations

from indexer.language.collation import alphabetical
from indexer.language.person_names import alike


def test_enye_comes_after_n_and_accents_decide_only_between_equals() -> None:
    names = ["Oñate", "Ortiz", "Ponce", "Nuño", "Nuria", "Núñez", "Nunez", "nuñez", "Ñandú", "Ochoa", "Ávila", "Azcona"]
    assert sorted(names, key=alphabetical) == [
        "Ávila", "Azcona", "Nunez", "nuñez", "Núñez", "Nuño", "Nuria", "Ñandú", "Ochoa", "Oñate", "Ortiz", "Ponce",
    ]  # fmt: skip


def test_the_accent_of_a_word_never_weighs_more_than_the_words_after_it() -> None:
    names = ["Más zonas", "Mas bien", "más bien", "Mas zonas", "Masa"]
    assert sorted(names, key=alphabetical) == ["Mas bien", "más bien", "Mas zonas", "Más zonas", "Masa"]


def test_names_that_may_be_one_persons_are_proposed_in_the_order_of_the_alphabet() -> None:
    names = {name: 1 for given in ("Nuria", "Ñusta", "Óscar", "Noé") for name in (f"{given} Paz", f"{given} Paz Ríos")}
    names |= {"Noé Paz Ñíguez": 1, "Noé Paz Nieto": 1}
    found = alike(names)
    assert [each.name for each in found] == ["Noé Paz", "Nuria Paz", "Ñusta Paz", "Óscar Paz"]
    assert found[0].others == ("Noé Paz Nieto", "Noé Paz Ñíguez", "Noé Paz Ríos")
