"""What an index answers: pure data, neutral to the engine.

What one page holds dozens of is a ``msgspec.Struct``: it is made in a tenth of the time of a frozen dataclass.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from indexer.index.catalogue import Catalogue
from indexer.model import PageId
from indexer.model.passage import Passage
from indexer.model.session import Event, Session

Spans = tuple[tuple[int, int], ...]
"""What to mark in a text: ``(start, end)`` offsets in characters, sorted, without overlaps."""


class Question(msgspec.Struct, frozen=True):
    """The passage before a hit, which ends in a question and matches too; ``marks`` stand in its text."""

    passage: Passage
    marks: Spans


class Hit(msgspec.Struct, frozen=True):
    """One passage that matches.

    Attributes:
        page: Its page.
        event: Its event.
        session: Its session, or None on the event's page.
        passage: The passage.
        full: True when every loose clause matches (``completo``).
        score: ``relevancia``; 0 where nothing is ranked.
        marks: What matched, in ``passage.text``.
        has, lacks: The loose clauses that a partial match has and lacks, as typed, in the order of the query; both are
            empty for a full match.
        question: What it answers, where the question matches: that lends to its score.
    """

    page: PageId
    event: Event
    session: Session | None
    passage: Passage
    full: bool
    score: float
    marks: Spans = ()
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    question: Question | None = None


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet: what the parameter takes, how it is called, how many passages have it.

    ``value`` is None for the last entry, which sums up all values but the 20 largest.
    """

    value: str | None
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept that widened the query."""

    text: str
    topic: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was probably mistyped.

    Attributes:
        typed: As typed.
        corrected: What was probably meant, as the collection writes it.
        applied: True when ``corrected`` was searched instead, wherever ``typed`` is a loose word; False when it is only
            suggested, also for quoted words.
    """

    typed: str
    corrected: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """A page of results by name alone.

    Attributes:
        fragments: Page and number of each passage, the best first.
        total_full, total_partial, facets: As in ``Results``.
    """

    fragments: tuple[tuple[PageId, int], ...]
    total_full: int
    total_partial: int
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Full matches by period. A page whose day is not confirmed is of each period that its event reaches into.

    Attributes:
        fragments, words: One number per period: of passages; counts the words in them.
        repeated: How many passages are of several periods.
        days: The first and the last day that any of the passages may be of, whatever the periods; None without one.
    """

    fragments: tuple[int, ...] = ()
    words: Callable[[], tuple[int, ...]] = tuple
    repeated: int = 0
    days: tuple[dt.date, dt.date] | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """A slice of the ranked list.

    Attributes:
        total_full: How many passages match in full (``total``).
        total_partial: How many more match in part (``total_algunas``).
        hits: The slice that was asked for.
        facets: By the name of the facet (``indexer.index.facets``).
        expansions: Concepts that widened the query.
        notices: ``avisos``: limits that cut the query, in Spanish.
        corrections: Words that were replaced, or might be; in the order typed, each once.
        by_meaning: Whether these hits are ordered by their meaning as well.
        timeline: Counts the full matches by period: the first day of each, in order, and the day after the last one.
    """

    total_full: int
    total_partial: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    expansions: tuple[Expansion, ...] = ()
    notices: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    by_meaning: bool = False
    timeline: Callable[[Sequence[dt.date]], Timeline] = field(default=lambda _: Timeline(), compare=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much text there is of something.

    Attributes:
        fragments: Number of passages.
        words: Number of words in them.
        turns: Number of turns that they are parts of.
        first: Page and number of the first of them in the order of the sessions; None where there is none.
        inferred: Number of those turns whose speaker is inferred (``Passage.inferred``).
    """

    fragments: int
    words: int
    turns: int
    first: tuple[PageId, int] | None = None
    inferred: int = 0


@dataclass(frozen=True, slots=True)
class CountedValue:
    """The tally of one value of a facet; ``value`` is None for the passages without a value."""

    value: str | None
    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class CountedValues:
    """The values of a facet that were found, as columns: a page reads the rows that it shows, and no others.

    Attributes:
        values, fragments, words: One item per row: the value, the number of passages, the number of words in them.
        row: Makes the row at a place.
    """

    values: Sequence[str | None] = ()
    fragments: Sequence[int] = ()
    words: Sequence[int] = ()
    row: Callable[[int], CountedValue] = field(default=lambda _: CountedValue(None, "", Tally(0, 0, 0)), compare=False)

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[CountedValue]:
        return map(self.row, range(len(self.values)))

    def part(self, start: int, stop: int) -> tuple[CountedValue, ...]:
        """Return the rows from one place up to another."""
        return tuple(map(self.row, range(len(self.values))[start:stop]))


@dataclass(frozen=True, slots=True)
class Counted:
    """The full matches of a query per value of a facet, or per pair of values of two: every value that has any.

    Attributes:
        total: The tally of all of them.
        values: In the order of the facet: mesas and events as they were held, others by name; no value comes last.
        others: The values of the second facet.
        pairs: Tallies by ``(value, value of the second facet)``; None as in ``CountedValue``.
        notices, corrections: As in ``Results``.
    """

    total: Tally
    values: CountedValues
    others: CountedValues = CountedValues()
    pairs: dict[tuple[str | None, str | None], Tally] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """All that one page shows.

    Attributes:
        id: Which page.
        event: Its event.
        session: Its session, or None on the event's page.
        passages: In reading order.
        marks: What to mark in each passage that the given query matches, by its number.
    """

    id: PageId
    event: Event
    session: Session | None
    passages: tuple[Passage, ...]
    marks: dict[int, Spans]


@dataclass(frozen=True)
class Overview:
    """The whole collection at a glance.

    Attributes:
        catalogue: Events, sessions, topics, entities, redirects, withdrawals, problems.
        topic_counts: Real passages per topic; those of narrower topics are included.
        topic_counts_fictitious: Fictitious passages per topic.
        passages: Number of real passages.
        people: Real passages per speaker (``persona``).
        people_fictitious: Fictitious passages per speaker.
        roles: The speakers who have no name: what is printed in its place (``PREGUNTA``).
    """

    catalogue: Catalogue
    topic_counts: dict[str, int]
    topic_counts_fictitious: dict[str, int]
    passages: int
    people: dict[str, int] = field(default_factory=dict)
    people_fictitious: dict[str, int] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    @cached_property
    def participants(self) -> frozenset[str]:
        """The names of all participants of sessions."""
        return frozenset(one.name for session in self.catalogue.sessions for one in session.participants)


@dataclass(frozen=True, slots=True)
class Health:
    """What ``/salud`` says.

    Attributes:
        edition: The edition of the generation that is served.
        built_at: When it was published, ISO 8601.
        passages: Number of all passages.
        warnings: Faults and warnings of the corpus at that time; the last one may say how many more there are.
    """

    edition: str
    built_at: str
    passages: int
    warnings: tuple[str, ...]
