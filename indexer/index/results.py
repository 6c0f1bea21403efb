"""What an index answers: neutral to the engine, pure data."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.index.catalogue import Catalogue
from indexer.model import PageId
from indexer.model.passage import Passage
from indexer.model.session import Event, Session

Spans = tuple[tuple[int, int], ...]
"""Places in a text to mark: ``(start, end)`` offsets in characters, sorted, not overlapping."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One fragment that matches.

    Attributes:
        page: Where it stands.
        event: Its event.
        session: Its session, or None on the event's page.
        passage: The fragment.
        full: True when every loose clause matches (``completo``).
        score: ``relevancia``; 0 where nothing is ranked.
        marks: What matched, in ``passage.text``.
        has, lacks: Of a partial match, the loose clauses that it has and those that it lacks, as typed, in the order of
            the query; both empty otherwise.
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


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: what the parameter takes, how it is called, how many fragments have it.

    ``value`` is None for the last entry, which sums up those beyond the 20 largest.
    """

    value: str | None
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept that the query was widened with."""

    text: str
    topic: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was probably mistyped.

    Attributes:
        typed: As typed.
        corrected: What was probably meant, as the collection writes it.
        applied: True when ``corrected`` was searched instead, wherever ``typed`` stands as a loose word; False when it
            is only worth suggesting, quoted words included.
    """

    typed: str
    corrected: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """A page of results by name alone.

    Attributes:
        fragments: Page and number of each, the best first.
        total_full, total_partial, facets: As in ``Results``.
    """

    fragments: tuple[tuple[PageId, int], ...]
    total_full: int
    total_partial: int
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """A slice of the ranked list.

    Attributes:
        total_full: Fragments that match in full, in all (``total``).
        total_partial: Further ones that match in part (``total_algunas``).
        hits: The slice asked for.
        facets: By the name of the facet (``indexer.index.facets``).
        expansions: Concepts used.
        notices: ``avisos``: limits that cut the query, in Spanish.
        corrections: Words that were searched otherwise than typed, or may be; in the order typed, each once.
    """

    total_full: int
    total_partial: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    expansions: tuple[Expansion, ...] = ()
    notices: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How much text there is of something.

    Attributes:
        fragments: Fragments.
        words: Words that they hold.
        turns: Turns that they are of, each once.
        first: Page and number of the first of them in the order of the sessions; None where there is none.
        inferred: Of the turns, those in which who speaks is inferred (``Passage.inferred``).
    """

    fragments: int
    words: int
    turns: int
    first: tuple[PageId, int] | None = None
    inferred: int = 0


@dataclass(frozen=True, slots=True)
class CountedValue:
    """What a value of a facet has; ``value`` is None for the fragments that have no value of it."""

    value: str | None
    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Counted:
    """The full matches of a query by the values of a facet, or of two: every value that has any.

    Attributes:
        total: All of them.
        values: In the facet's order: mesas and events as they were held, others by name; those without any value last.
        others: The same of the second facet.
        pairs: By ``(value, value of the second facet)``; None as in ``CountedValue``.
        notices, corrections: As in ``Results``.
    """

    total: Tally
    values: tuple[CountedValue, ...]
    others: tuple[CountedValue, ...] = ()
    pairs: dict[tuple[str | None, str | None], Tally] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """All that one page shows.

    Attributes:
        id: Which.
        event: Its event.
        session: Its session, or None on the event's page.
        passages: In reading order.
        marks: Of each passage that the given query matches, by number.
    """

    id: PageId
    event: Event
    session: Session | None
    passages: tuple[Passage, ...]
    marks: dict[int, Spans]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole collection at a glance.

    Attributes:
        catalogue: Events, sessions, topics, entities, redirects, withdrawals, problems.
        topic_counts: Fragments a topic (narrower ones included), fictitious ones left out.
        topic_counts_fictitious: The same, of the fictitious ones alone.
        passages: Number of fragments, fictitious ones left out.
        people: Fragments of each who speaks (``persona``), fictitious ones left out.
        people_fictitious: The same, of the fictitious ones alone.
    """

    catalogue: Catalogue
    topic_counts: dict[str, int]
    topic_counts_fictitious: dict[str, int]
    passages: int
    people: dict[str, int] = field(default_factory=dict)
    people_fictitious: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """What ``/salud`` says.

    Attributes:
        edition: Of the generation that is served.
        built_at: When it was published, ISO 8601.
        passages: Number of fragments, all of them.
        warnings: Faults and warnings of the corpus at that time.
    """

    edition: str
    built_at: str
    passages: int
    warnings: tuple[str, ...]
