"""Lists of words, most of them in ``words.toml``, and how a word is looked up in them."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def listed(name: str) -> frozenset[str]:
    """The words, or phrases, of a list of ``words.toml``; ``consejer/o/a`` there stands for both genders."""
    text = _lists()[name]
    items = text.split(";") if ";" in text else text.split()
    parted = [" ".join(item.split()).split("/") for item in items]
    return frozenset(stem + ending for stem, *endings in parted for ending in endings or [""])


def words(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A word in lower case without accents, as the lists of the readers hold it; searches fold in another way."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
