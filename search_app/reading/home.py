"""The front page: the main topics, and the events with what each session has."""

from indexer.index.protocol import SearchIndex
from indexer.model.session import Event
from search_app.asking.listing import read_list, real_events, year_links
from search_app.reading.page import session_line
from search_app.reading.page_model import EventBlock, HomePage
from search_app.shown.addresses import Pairs, search_address
from search_app.shown.collection import Collection, once_per_edition, topic_name
from search_app.shown.page_parts import Link

MAIN_TOPICS = 12
EVENTS_PER_PAGE = 20
SESSIONS_AT_HOME = 12
"""Sessions of an event that the front page lists; the others are on the event's own page."""


def home_page(pairs: Pairs, index: SearchIndex, collection: Collection) -> HomePage:
    """Lay out the front page, or a part of its list of events (``pagina``, ``contiene``).

    Raises:
        QueryRejected: ``pagina`` is no number.
    """
    events, names, years = real_events(index, collection)
    asked = read_list([pair for pair in pairs if pair[0] != "ficticio"], "/")
    shown = asked.part(
        len(events),
        lambda place: _event_block(events[place], collection),
        ("evento", "eventos"),
        lambda: names,
        per_page=EVENTS_PER_PAGE,
    )
    return HomePage(
        topics=_main_topics(index, collection),
        events=shown,
        years=year_links(years, asked.contains, "/") if shown.action else (),
        fictitious=tuple(_event_block(event, collection) for event in _fictitious(index, collection)),
        passages=collection.overview.passages,
    )


@once_per_edition
def _fictitious(_: SearchIndex, collection: Collection) -> list[Event]:
    """Those that the door to them names, the newest first."""
    return [event for event in collection.newest if event.fictitious][:EVENTS_PER_PAGE]


@once_per_edition
def _main_topics(_: SearchIndex, collection: Collection) -> tuple[Link, ...]:
    counts = collection.overview.topic_counts
    found = [topic for topic in collection.topics.values() if counts.get(topic.id)]
    found.sort(key=lambda topic: -counts[topic.id])
    return tuple(
        Link(topic_name(topic), search_address(("tema", topic.id)), counts[topic.id]) for topic in found[:MAIN_TOPICS]
    )


def _event_block(event: Event, collection: Collection) -> EventBlock:
    sessions = collection.newest_sessions.get(event.slug, ())
    return EventBlock(
        event=event,
        sessions=tuple(session_line(s, collection) for s in sessions[:SESSIONS_AT_HOME]),
        more=max(0, len(sessions) - SESSIONS_AT_HOME),
        coverage=collection.coverage([event]),
    )
