"""The query tree, neutral to the engine. It holds words as typed; an engine conflates them by ``indexer.language``."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat

from indexer.index.orders import RANKED

NO_VALUE = "(ninguna)"
"""The value of a filter that keeps the passages without any value of it (nobody named, no mesa). No name is written
like this."""


@dataclass(frozen=True, slots=True)
class Word:
    """One loose word, as typed. The engine joins neighbouring loose words into concepts (PREP's long name).

    Attributes:
        at: Its offset in ``Query.raw``, in characters; -1 when unknown.
    """

    text: str
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words in their exact forms (accents and case apart), in order, over a whole turn.

    Attributes:
        words: As typed, in order, function words included.
        slop: None for an exact phrase; n for ``"a b"~n``: all the words, in any order, within a span that
            holds at most n other words.
        at: The offset of each word in ``Query.raw``; empty when unknown.
    """

    words: tuple[str, ...]
    slop: int | None = None
    at: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """``capacit*``: three letters or more, over exact folded forms."""

    text: str


Term = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class AnyOf:
    """``a OR b``: one loose clause. Each alternative is one term."""

    terms: tuple[Term, ...]


Clause = Word | Phrase | Prefix | AnyOf


def words_of(clauses: Iterable[Clause]) -> Iterator[tuple[int, str, bool]]:
    """Every word of phrases and loose words: where it stands (-1 when unknown), as typed, whether it is quoted."""
    for clause in clauses:
        for term in clause.terms if isinstance(clause, AnyOf) else (clause,):
            if isinstance(term, Word):
                yield term.at, term.text, False
            elif isinstance(term, Phrase):
                yield from ((at, word, True) for at, word in zip(term.at or repeat(-1), term.words, strict=False))


@dataclass(frozen=True, slots=True)
class Filters:
    """What must hold whatever the words say. Values of one filter are alternatives; filters are joined by AND.

    Attributes:
        values: By the name of the facet, as the reader gave them (names, slugs, numbers, acronyms): the engine
            resolves them, and a value that it does not know matches nothing. A facet without values has no entry.
        since, until: The first and the last day that a session may be of.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: dt.date | None = None
    until: dt.date | None = None

    def of(self, facet: str) -> tuple[str, ...]:
        """The values wanted of a facet; none where it filters nothing."""
        return self.values.get(facet, ())


@dataclass(frozen=True, slots=True)
class Query:
    """A search.

    Attributes:
        clauses: What is asked for, in the order typed. ``Word``, ``Prefix`` and ``AnyOf`` are loose (a passage with
            some of them is a partial match); a match must have a bare ``Phrase``.
        excluded: What a match must not have.
        filters: From the parameters and from fields in the text (``mesa:5``).
        also: Further filters that must hold (fields of the text that are parameters as well).
        order: The name of one of ``indexer.index.orders``.
        offset, limit: The slice of the ranked list that is wanted.
        expand: False for ``ampliar=no``: no concepts.
        without_topics: Topics that must not widen the query (``sin=prep``), as the reader names them.
        correct: False for ``corregir=no``: no spelling.
        with_fictitious: True for ``ficticio=si``.
        raw: The text as typed, for the record.
        facets: The names of the facets to count; None for all.
        meaning: Whether the first fragments may be ordered by their meaning as well, where an engine can.
        marked: False where nobody looks at what matched in each passage: hits may then have no marks.
    """

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: Filters = Filters()
    also: tuple[Filters, ...] = ()
    order: str = RANKED
    offset: int = 0
    limit: int = 10
    expand: bool = True
    correct: bool = True
    with_fictitious: bool = False
    raw: str = ""
    without_topics: tuple[str, ...] = ()
    facets: tuple[str, ...] | None = None
    meaning: bool = False
    marked: bool = True


__all__ = ["NO_VALUE", "AnyOf", "Clause", "Filters", "Phrase", "Prefix", "Query", "Term", "Word", "words_of"]
