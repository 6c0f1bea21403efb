"""Lists of words, written as text so that they can be read and mended."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of a text, parted by semicolons."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))
