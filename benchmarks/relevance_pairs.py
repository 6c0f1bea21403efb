"""Pairs of words that must meet, pairs that must stay apart, and words searched without their accents.

Each word is a fragment of its own in a small real index; it is searched with ``corregir=no``, so that spelling cannot
hide what conflation misses. The list is ``tests/relevance/pairs.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from benchmarks.relevance_collection import ROOT, Consta, Document, build
from benchmarks.relevance_questions import unaccented

EVERY = 10_000
PAIRS = ROOT / "tests" / "relevance" / "pairs.toml"


@dataclass(frozen=True, slots=True)
class Pairs:
    """The list: pairs with the group they stand in, and accented words."""

    meet: tuple[tuple[str, str, str], ...]
    apart: tuple[tuple[str, str], ...]
    accented: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """Every word once, as written."""
        every = [word for _, *pair in self.meet for word in pair]
        return list(dict.fromkeys([*every, *(word for pair in self.apart for word in pair), *self.accented]))


@dataclass(frozen=True, slots=True)
class Faults:
    """What fails: searches that do not find, or that find what they must not, as ``(searched, text)``."""

    meet: tuple[tuple[str, str, str], ...]
    apart: tuple[tuple[str, str], ...]
    accented: tuple[str, ...]


def load_pairs(path: Path = PAIRS) -> Pairs:
    """Read the list; a line of it is ``one = other``, ``one / other`` or a word."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    meet = [(group, *_two(line, "=")) for group, lines in data["juntas"].items() for line in lines]
    apart = [_two(line, "/") for line in data["aparte"]["pares"]]
    return Pairs(
        tuple(meet), tuple(apart), tuple(word for line in data["acentos"]["palabras"] for word in line.split())
    )


def _two(line: str, mark: str) -> tuple[str, str]:
    one, found, other = line.partition(f" {mark} ")
    if not found or not one.strip() or not other.strip():
        raise ValueError(f"pairs.toml: «{line}» is no pair parted by « {mark} »")
    return one.strip(), other.strip()


def check(pairs: Pairs, index: Path) -> Faults:
    """Build the words into a new index and search every one. A pair meets when each word finds the other."""
    words = build([Document(word, word) for word in pairs.words], index)
    try:
        return _faults(pairs, words)
    finally:
        words.close()


def _faults(pairs: Pairs, words: Consta) -> Faults:
    found = {word: _found(words, word) for word in pairs.words}
    return Faults(
        tuple((g, a, b) for g, a, b in pairs.meet if b not in found[a] or a not in found[b]),
        tuple((a, b) for a, b in pairs.apart if b in found[a] or a in found[b]),
        tuple(word for word in pairs.accented if word not in _found(words, unaccented(word))),
    )


def _found(words: Consta, text: str) -> frozenset[str]:
    return frozenset(words.found(text, EVERY, ("corregir", "no")))
