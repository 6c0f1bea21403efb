"""The clauses of a query in the terms of an index: stems, exact forms, topics, the forms of a prefix."""

from dataclasses import dataclass, field

from indexer.index.results import Expansion

EXACT = 0.5
"""What an exact form counts beside its stem, which counts 1."""
BIGRAM = 0.15
"""What two words count that stand as they were typed, one after the other."""
FEW_FOUND = 10
"""Below so many matches, the words of a topic's name count one by one."""


@dataclass(frozen=True, slots=True)
class WordClause:
    """Loose words that make one clause: a word, the parts of ``político-electoral``, the name of a topic.

    Attributes:
        stems: Per content word, the stems that it may have; a match needs all of the words.
        forms: The exact forms as typed, in order; function words are included.
        topic: Id of the topic that the words name, or None. A passage with the topic needs none of the words. A clause
            without stems and forms wants the topic alone: SE is not the word ``se``.
        function: True when the clause holds nothing but function words.
        typed: The words as typed.
        edges: The stems of the first and of the last word; function words are included.
        apart: What the name of a topic falls back to where nothing matches it: its content words.
    """

    stems: tuple[tuple[str, ...], ...]
    forms: tuple[str, ...]
    topic: str | None = None
    function: bool = False
    typed: str = field(default="", compare=False)
    edges: tuple[tuple[str, ...], tuple[str, ...]] = field(default=((), ()), compare=False)
    apart: "tuple[WordClause, ...]" = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PhraseClause:
    """Exact forms in order; with ``slop``, in any order and with at most so many other words among them."""

    forms: tuple[str, ...]
    slop: int | None = None


@dataclass(frozen=True, slots=True)
class PrefixClause:
    """The forms that a prefix stands for; ``before`` are words typed joined to it (``político-elec*``)."""

    forms: tuple[str, ...]
    before: WordClause | None = None
    typed: str = field(default="", compare=False)


SingleClause = WordClause | PhraseClause | PrefixClause


@dataclass(frozen=True, slots=True)
class AnyOfClause:
    """Any of its parts: one loose clause."""

    parts: tuple[SingleClause, ...]


LooseClause = WordClause | PrefixClause | AnyOfClause


@dataclass(frozen=True, slots=True)
class BigramWord:
    """One of the two words of a bigram: the stems of a word, or a topic, whichever of its names stands there."""

    stems: tuple[str, ...]
    topic: str | None = None


Bigram = tuple[BigramWord, BigramWord]
"""Two loose words that are neighbours as typed."""


def as_typed(clause: LooseClause | PhraseClause) -> str:
    """Return a clause as the reader typed it."""
    match clause:
        case AnyOfClause():
            return " o ".join(map(as_typed, clause.parts))
        case PhraseClause():
            return f"«{' '.join(clause.forms)}»"
        case _:
            return clause.typed


def apart_of(clause: LooseClause) -> tuple[WordClause, ...]:
    """Return the words of the name of a topic; none of another clause."""
    return clause.apart if isinstance(clause, WordClause) else ()


@dataclass(frozen=True, slots=True)
class ResolvedQuery:
    """The words of a query in the terms of the index.

    Attributes:
        loose: Clauses that make a match full or partial.
        required: Phrases that every match must have.
        excluded: What a match must not have. Of words, their stems in order.
        bigrams: Loose words that are neighbours, each bigram once; one of them may be a function word, not both.
        expansions, notices: As in ``Results``.
    """

    loose: tuple[LooseClause, ...]
    required: tuple[PhraseClause, ...]
    excluded: tuple[SingleClause, ...]
    bigrams: tuple[Bigram, ...]
    expansions: tuple[Expansion, ...]
    notices: tuple[str, ...]
