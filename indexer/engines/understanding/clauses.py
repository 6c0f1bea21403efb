"""A query's clauses in the terms of an index: stems, exact forms, topics, the forms of a prefix."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.index.results import Expansion


@dataclass(frozen=True, slots=True)
class Said:
    """Loose words that make one clause: a word, the parts of ``político-electoral``, the name of a topic.

    Attributes:
        stems: Of each content word, the stems it may have; all of the words are wanted.
        forms: The exact forms as typed, in order, function words included.
        topic: Id of the topic that they name, or None; a fragment with the topic needs none of the words. Without
            stems and forms, the topic alone is wanted: SE is not the word ``se``.
        function: True when it holds nothing but function words.
        typed: As typed.
        edges: The stems of its first and of its last word, function words too.
    """

    stems: tuple[tuple[str, ...], ...]
    forms: tuple[str, ...]
    topic: str | None = None
    function: bool = False
    typed: str = field(default="", compare=False)
    edges: tuple[tuple[str, ...], tuple[str, ...]] = field(default=((), ()), compare=False)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Exact forms in order; with ``slop``, all of them in any order among at most that many other words."""

    forms: tuple[str, ...]
    slop: int | None = None


@dataclass(frozen=True, slots=True)
class Begins:
    """The forms that a prefix stands for; ``before`` are words that were typed joined to it (``político-elec*``)."""

    forms: tuple[str, ...]
    before: Said | None = None
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """Any of its parts: one loose clause."""

    parts: tuple[Said | Quoted | Begins, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: the stems of a word, or the name of a topic as a whole, in any of its forms."""

    stems: tuple[str, ...]
    topic: str | None = None


Pair = tuple[Side, Side]
"""Loose words that are neighbours as typed."""
Loose = Said | Begins | Either
Part = Said | Quoted | Begins


def as_typed(clause: Loose | Quoted) -> str:
    """A clause as a reader knows it again."""
    match clause:
        case Either():
            return " o ".join(map(as_typed, clause.parts))
        case Quoted():
            return f"«{' '.join(clause.forms)}»"
        case _:
            return clause.typed


@dataclass(frozen=True, slots=True)
class Resolved:
    """A query's words in the terms of the index.

    Attributes:
        loose: Clauses that make a match full or partial.
        held: Phrases that always hold.
        excluded: What must not be there; of words, their stems one after the other.
        pairs: Loose words that are neighbours, each pair once; function words too, but no two of them.
        expansions, notices: As in ``Results``.
    """

    loose: tuple[Loose, ...]
    held: tuple[Quoted, ...]
    excluded: tuple[Part, ...]
    pairs: tuple[Pair, ...]
    expansions: tuple[Expansion, ...]
    notices: tuple[str, ...]
