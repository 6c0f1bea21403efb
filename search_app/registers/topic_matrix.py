"""The matrix of topics by sessions. A session without a transcript stays blank, which is not zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.index.protocol import SearchIndex
from indexer.model import Kind
from indexer.model.session import Event, Session
from indexer.model.vocabulary import Topic
from search_app.asking.listing import ListAsked, Part, contained, event_name
from search_app.asking.parameters import read
from search_app.registers.tallies import transcripts_query
from search_app.shown.addresses import Pairs, address, fictitious_too, paged_address
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.page_parts import Link, Pager, counted_link

COLUMNS = 12
"""Mesas side by side."""
CHOICES = 20
"""Events to choose from at once; a filter finds the others."""
PATH = "/temas/"
Counts = Mapping[str | None, int]
"""Fragments per topic."""
Cells = Mapping[tuple[str | None, str | None], int]
"""Fragments per topic and mesa."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A topic: in all the transcripts of the event, and in each mesa; None where a mesa has no transcript."""

    topic: Topic
    total: Link | None
    cells: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics by mesas of one event.

    Attributes:
        columns: The mesas that stand side by side.
        events: The events to choose from, or a part of them; none where there is one.
        pager: Of the columns.
    """

    title: str
    fictitious: bool
    columns: tuple[Session, ...]
    rows: tuple[MatrixRow, ...]
    coverage: str
    events: Part[Link]
    pager: Pager


def topic_matrix(pairs: Pairs, index: SearchIndex, collection: Collection) -> Matrix | None:
    """The matrix of one event (``evento``, else the last one that has a transcript); None where there is nothing.

    Raises:
        QueryRejected: A ``pagina`` that is no number.
    """
    asked = read([pair for pair in pairs if pair[0] in ("evento", "pagina", "ficticio")])
    shown, names = _choices(index, collection, fictitious=asked.fictitious)
    wanted = next((slug for slug in asked.filters.of("evento") if collection.by_event.get(slug)), None)
    event = collection.events[wanted] if wanted else _last(index, collection, fictitious=asked.fictitious)
    if event is None or not collection.topics:
        return None
    sessions = collection.by_event[event.slug]
    start = min((asked.page - 1) * COLUMNS, len(sessions))
    columns = sessions[start : start + COLUMNS]
    every = index.counted(transcripts_query(False, evento=(event.slug,)), "tema").values
    totals = dict(zip(every.values, every.fragments, strict=True))
    said = [str(one.page) if collection.has_transcript(one.page) else None for one in columns]
    mesas = tuple(mesa for mesa in said if mesa)
    pairs_there = index.counted(transcripts_query(False, mesa=mesas), "tema", "mesa").pairs if mesas else {}
    cells = {pair: tally.fragments for pair, tally in pairs_there.items()}
    own = [("evento", event.slug)] if wanted or len(shown) > 1 else []
    own += fictitious_too(asked.fictitious)
    choosing = ListAsked(PATH, own, contains=contained(pairs), anchor="cruce")
    events = choosing.part(
        len(shown) if len(shown) > 1 else 0,
        lambda place: _choice(shown[place], event, asked.fictitious, collection),
        ("evento", "eventos"),
        lambda: names,
        per_page=CHOICES,
    )
    topics = _topics(totals, collection)
    return Matrix(
        title=event.title,
        fictitious=event.fictitious,
        columns=columns,
        rows=tuple(_row(topic, event, said, totals, cells) for topic in topics),
        coverage=collection.coverage([event]),
        events=events,
        pager=Pager.of(asked.page, len(sessions), COLUMNS, lambda page: f"{paged_address(PATH, own, page)}#cruce"),
    )


@once_per_edition
def _choices(_: SearchIndex, collection: Collection, *, fictitious: bool) -> tuple[list[Event], list[str]]:
    """The events to choose from, by what each is found: as they were held; where they are many, the newest first."""
    events = [
        event
        for event in collection.events.values()
        if collection.by_event.get(event.slug) and (fictitious or not event.fictitious)
    ]
    if len(events) > CHOICES:
        events.sort(key=lambda event: (event.start, event.slug), reverse=True)
    return events, list(map(event_name, events))


@once_per_edition
def _last(index: SearchIndex, collection: Collection, *, fictitious: bool) -> Event | None:
    """The last event that has a transcript; where none has, the last one."""
    events, _ = _choices(index, collection, fictitious=fictitious)
    return max(
        events, key=lambda event: (collection.transcribed([event])[0] > 0, event.start, event.slug), default=None
    )


def _topics(totals: Counts, collection: Collection) -> list[Topic]:
    """Those that are spoken of, the most frequent first; where nothing is transcribed, those of any other text."""
    names = totals or collection.overview.topic_counts
    topics = [topic for topic in collection.topics.values() if topic.id in names]
    return sorted(topics, key=lambda topic: -totals.get(topic.id, 0))


def _row(topic: Topic, event: Event, said: Sequence[str | None], totals: Counts, cells: Cells) -> MatrixRow:
    """Each cell is of a mesa; of one that is None nothing is known."""
    tema, kind = ("tema", topic.id), ("tipo", Kind.TRANSCRIPT.value)
    found = tuple(
        None if mesa is None else counted_link(cells.get((topic.id, mesa), 0), tema, ("mesa", mesa), kind)
        for mesa in said
    )
    every = counted_link(totals.get(topic.id, 0), tema, ("evento", event.slug), kind) if totals else None
    return MatrixRow(topic, every, found)


def _choice(event: Event, chosen: Event, fictitious: bool, collection: Collection) -> Link:
    url = address(PATH, ("evento", event.slug), *fictitious_too(fictitious), anchor="cruce")
    return Link(collection.marked(event.title, event.slug), url, chosen=event is chosen)
