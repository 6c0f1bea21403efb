"""Lists of words, and how a word is looked up in them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of a text, parted by semicolons."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents: for look-ups in the lists of this room, never for a search."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
