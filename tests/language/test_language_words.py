"""Lists of words are data: each is asked for by some module, and holds every word once."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from indexer.word_lists import listed

ROOT = Path(__file__).parents[2]
CODE = "".join(
    path.read_text(encoding="utf-8") for room in ("indexer", "search_app") for path in (ROOT / room).rglob("*.py")
)
LISTS = {
    room: tomllib.loads((ROOT / "indexer" / room / "words.toml").read_text(encoding="utf-8"))
    for room in ("language", "readers")
}


@pytest.mark.parametrize(("room", "name"), [(room, name) for room, names in LISTS.items() for name in names])
def test_a_list_is_used_and_holds_each_word_once(room: str, name: str) -> None:
    assert f'"{name}"' in CODE or f"'{name}'" in CODE or name.startswith("column_"), "no module asks for it"
    text = LISTS[room][name]
    items = text.split(";") if ";" in text else text.split()
    assert not [item for item, times in Counter(" ".join(item.split()) for item in items).items() if times > 1]
    assert listed(room, name)


def test_a_word_of_two_genders_is_written_once() -> None:
    """``consejer/o/a`` are two words, ``senador//a`` are senador and senadora."""
    assert {"consejero", "consejera"} <= listed("readers", "officers")
    assert {"senador", "senadora"} <= listed("readers", "officers") | listed("readers", "other_posts")
