"""The front page: the main topics, and the events with what each session has."""

from __future__ import annotations

from indexer.language.collation import alphabetical
from indexer.model import PageId
from indexer.model.session import Event
from search_app.asking.parameters import read
from search_app.citations.cautions import date_words
from search_app.reading.page import session_line
from search_app.reading.page_model import EventBlock, HomePage
from search_app.shown.addresses import Pairs, page_address, paged_address, search_address
from search_app.shown.collection import Collection, topic_name
from search_app.shown.page_parts import Link, Pager

MAIN_TOPICS = 12
EVENTS_PER_PAGE = 20
SESSIONS_AT_HOME = 12
"""Sessions of an event that the front page lists; the others are on the event's own page."""


def home_page(pairs: Pairs, collection: Collection) -> HomePage:
    """Lay out the front page, or a later part of its list of events (``pagina``).

    Raises:
        QueryRejected: ``pagina`` is no number.
    """
    page = read([pair for pair in pairs if pair[0] == "pagina"]).page
    newest = collection.newest
    real = [event for event in newest if not event.fictitious]
    start = (page - 1) * EVENTS_PER_PAGE
    return HomePage(
        topics=_main_topics(collection),
        events=tuple(_event_block(event, collection) for event in real[start : start + EVENTS_PER_PAGE]),
        fictitious=tuple(_event_block(event, collection) for event in newest if event.fictitious),
        passages=collection.overview.passages,
        pager=Pager.of(page, len(real), EVENTS_PER_PAGE, lambda number: paged_address("/", (), number)),
    )


def _main_topics(collection: Collection) -> tuple[Link, ...]:
    counts = collection.overview.topic_counts
    found = [collection.topics[name] for name in counts if counts[name] and name in collection.topics]
    found.sort(key=lambda topic: (-counts[topic.id], alphabetical(topic.label)))
    return tuple(
        Link(topic_name(topic), search_address(("tema", topic.id)), counts[topic.id]) for topic in found[:MAIN_TOPICS]
    )


def _event_block(event: Event, collection: Collection) -> EventBlock:
    sessions = collection.by_event.get(event.slug, ())
    return EventBlock(
        event=event,
        url=page_address(PageId(event.slug)),
        date=date_words(event, None),
        sessions=tuple(session_line(s, collection) for s in sessions[:SESSIONS_AT_HOME]),
        more=max(0, len(sessions) - SESSIONS_AT_HOME),
        coverage=collection.coverage([event]),
    )
