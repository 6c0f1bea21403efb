"""Names in lists stand as in a Spanish dictionary."""

from __future__ import annotations

from indexer.language.collation import alphabetical


def test_enye_comes_after_n_and_accents_decide_only_between_equals() -> None:
    names = ["Oñate", "Ortiz", "Ponce", "Nuño", "Nuria", "Núñez", "Nunez", "nuñez", "Ñandú", "Ochoa", "Ávila", "Azcona"]
    assert sorted(names, key=alphabetical) == [
        "Ávila", "Azcona", "Nunez", "Núñez", "nuñez", "Nuño", "Nuria", "Ñandú", "Ochoa", "Oñate", "Ortiz", "Ponce",
    ]  # fmt: skip
