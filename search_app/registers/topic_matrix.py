"""The matrix of topics by sessions. A session without a transcript stays blank, which is not zero."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.protocol import SearchIndex
from indexer.index.results import Counted
from indexer.language.collation import alphabetical
from indexer.model import Kind
from indexer.model.session import Event, Session
from indexer.model.vocabulary import Topic
from search_app.asking.parameters import read
from search_app.registers.tallies import transcripts_query
from search_app.shown.addresses import Pairs, address, fictitious_too, page_address, paged_address, topic_address
from search_app.shown.collection import Collection, topic_name
from search_app.shown.page_parts import Link, Pager, counted_link

COLUMNS = 12
"""Mesas side by side."""
PATH = "/temas/"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A mesa of the matrix of topics."""

    title: str
    short: str
    url: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A topic: in all the transcripts of the event, and in each mesa; None where a mesa has no transcript."""

    name: str
    url: str
    total: Link | None
    cells: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics by mesas of one event.

    Attributes:
        events: The events to choose from; empty where there is one.
        pager: Of the columns.
    """

    title: str
    fictitious: bool
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    coverage: str
    events: tuple[Link, ...]
    pager: Pager


def topic_matrix(pairs: Pairs, index: SearchIndex, collection: Collection) -> Matrix | None:
    """The matrix of one event (``evento``, else the last one that has a transcript); None where there is nothing.

    Raises:
        QueryRejected: A ``pagina`` that is no number.
    """
    asked = read([pair for pair in pairs if pair[0] in ("evento", "pagina", "ficticio")])
    events = [event for event in collection.events.values() if collection.by_event.get(event.slug)]
    shown = [event for event in events if asked.fictitious or not event.fictitious]
    wanted = [event for event in events if event.slug in asked.filters.of("evento")]
    event = (
        wanted[0] if wanted else max(shown, key=lambda e: (_transcribed(e, collection), e.start, e.slug), default=None)
    )
    if event is None or not collection.topics:
        return None
    sessions = collection.by_event[event.slug]
    start = min((asked.page - 1) * COLUMNS, len(sessions))
    columns = sessions[start : start + COLUMNS]
    counted = index.counted(transcripts_query(False, evento=(event.slug,)), "tema", "mesa")
    own = [("evento", event.slug)] if wanted or len(shown) > 1 else []
    own += fictitious_too(asked.fictitious)

    return Matrix(
        title=event.title,
        fictitious=event.fictitious,
        columns=tuple(_column(session) for session in columns),
        rows=tuple(_row(topic, event, columns, counted, collection) for topic in _topics(event, counted, collection)),
        coverage=collection.coverage([event]),
        events=tuple(_choice(other, event, asked.fictitious, collection) for other in shown) if len(shown) > 1 else (),
        pager=Pager.of(asked.page, len(sessions), COLUMNS, lambda page: f"{paged_address(PATH, own, page)}#cruce"),
    )


def _transcribed(event: Event, collection: Collection) -> bool:
    return collection.transcribed([event])[0] > 0


def _topics(event: Event, counted: Counted, collection: Collection) -> list[Topic]:
    """Those that are spoken of, the most frequent first; where nothing is transcribed, those of any other text."""
    found = {value.value: value.tally.fragments for value in counted.values}
    names = found if _transcribed(event, collection) else collection.overview.topic_counts
    topics = [collection.topics[name] for name in names if name in collection.topics]
    return sorted(topics, key=lambda topic: (-found.get(topic.id, 0), alphabetical(topic.label)))


def _column(session: Session) -> MatrixColumn:
    short = session.title if session.number is None else f"Mesa {session.number}"
    return MatrixColumn(session.numbered_title, short, page_address(session.page))


def _row(
    topic: Topic, event: Event, columns: tuple[Session, ...], counted: Counted, collection: Collection
) -> MatrixRow:
    kind = ("tipo", Kind.TRANSCRIPT.value)

    def cell(session: Session) -> Link | None:
        page = session.page
        if not collection.has_transcript(page):
            return None
        tally = counted.pairs.get((topic.id, str(page)))
        return counted_link(tally.fragments if tally else 0, ("tema", topic.id), ("mesa", str(page)), kind)

    if not _transcribed(event, collection):
        return MatrixRow(topic_name(topic), topic_address(topic.id), None, tuple(map(cell, columns)))
    total = sum(value.tally.fragments for value in counted.values if value.value == topic.id)
    every = counted_link(total, ("tema", topic.id), ("evento", event.slug), kind)
    return MatrixRow(topic_name(topic), topic_address(topic.id), every, tuple(map(cell, columns)))


def _choice(event: Event, chosen: Event, fictitious: bool, collection: Collection) -> Link:
    url = address(PATH, ("evento", event.slug), *fictitious_too(fictitious), anchor="cruce")
    return Link(collection.marked(event.title, event.slug), url, chosen=event is chosen)
