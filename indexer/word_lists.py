"""Data beside the code: the TOML of a module, and the lists of words of a room, in its ``words.toml``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def beside(module: str, name: str = "") -> dict[str, Any]:
    """Return the TOML file that stands beside a module (its ``__file__``), called like it or by ``name``."""
    path = Path(module).parent / name if name else Path(module).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _lists(room: str) -> dict[str, str]:
    return beside(__file__, f"{room}/words.toml")


def listed(room: str, name: str) -> frozenset[str]:
    """The words, or phrases, of a list of a room; ``consejer/o/a`` there stands for both genders."""
    text = _lists(room)[name]
    items = text.split(";") if ";" in text else text.split()
    parted = [" ".join(item.split()).split("/") for item in items]
    return frozenset(stem + ending for stem, *endings in parted for ending in endings or [""])
