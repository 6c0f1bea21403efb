"""Lists of words: each room keeps its own as data, in the ``words.toml`` beside its modules."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _lists(room: str) -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name(room).joinpath("words.toml").read_text(encoding="utf-8"))


def listed(room: str, name: str) -> frozenset[str]:
    """The words, or phrases, of a list of a room; ``consejer/o/a`` there stands for both genders."""
    text = _lists(room)[name]
    items = text.split(";") if ";" in text else text.split()
    parted = [" ".join(item.split()).split("/") for item in items]
    return frozenset(stem + ending for stem, *endings in parted for ending in endings or [""])
