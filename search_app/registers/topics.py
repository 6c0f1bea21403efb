"""The vocabulary: the tree of topics, and the page of one topic."""

from dataclasses import dataclass, replace

from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters, Query, Word
from indexer.index.results import Hit
from indexer.model import Kind, PageId
from indexer.model.session import Event, Session
from indexer.model.vocabulary import Topic
from search_app.finding.page_model import Item
from search_app.finding.results_page import item
from search_app.shown.addresses import search_address, topic_address
from search_app.shown.collection import Collection, once_per_edition, topic_name
from search_app.shown.page_parts import Link, NotFound, counted_link

SHOWN = 5
"""Fragments that a topic's page shows."""
MOST_ROWS = 20
"""Mesas of which a topic's page says the count even where it is nought: as many as a facet has values."""


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic in the tree; ``count`` is None where no fragment has it."""

    topic: Topic
    count: int | None
    narrower: "tuple[TopicNode, ...]"


@dataclass(frozen=True, slots=True)
class TopicRow:
    """How often a mesa speaks of a topic: in its transcript, in its description. None where it has no such text."""

    session: Session
    said: Link | None
    about: Link | None
    transcribed: bool


@dataclass(frozen=True, slots=True)
class TopicEvent:
    """The mesas of an event, and how often its announcement speaks of a topic; None where it does not."""

    event: Event
    rows: tuple[TopicRow, ...]
    announced: Link | None


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One topic.

    Attributes:
        also: Its other names.
        events: Where it is spoken of, mesa by mesa; ``rest`` counts the fragments of mesas that are not listed.
        coverage: How many mesas have a transcript, in words.
        items: Some of its fragments.
    """

    topic: Topic
    also: tuple[str, ...]
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    related: tuple[Link, ...]
    fragments: Link | None
    fictitious: Link | None
    events: tuple[TopicEvent, ...] = ()
    rest: int = 0
    coverage: str = ""
    items: tuple[Item, ...] = ()


@once_per_edition
def topic_tree(_: SearchIndex, collection: Collection) -> tuple[TopicNode, ...]:
    """Every topic below its broader ones; one with two of them stands under both."""
    tops = [topic for topic in collection.topics.values() if not collection.topics.keys() & set(topic.broader)]
    return tuple(_node(topic, collection, frozenset()) for topic in tops)


def _node(topic: Topic, collection: Collection, above: frozenset[str]) -> TopicNode:
    """A topic with its narrower ones; a circle in the vocabulary ends where it closes."""
    above = above | {topic.id}
    narrower = [one for one in collection.topics.values() if one.id in topic.narrower and one.id not in above]
    below = tuple(_node(child, collection, above) for child in narrower)
    return TopicNode(topic, collection.overview.topic_counts.get(topic.id) or None, below)


def topic_page(name: str, index: SearchIndex, collection: Collection) -> TopicPage:
    """One topic: what it means, which topics are near it, where people spoke of it.

    Raises:
        NotFound: There is no such topic.
    """
    topic = collection.topics.get(name)
    if topic is None:
        raise NotFound
    counts, fictitious = collection.overview.topic_counts, collection.overview.topic_counts_fictitious

    def links(names: tuple[str, ...]) -> tuple[Link, ...]:
        known = [one for one in collection.topics.values() if one.id in names]
        return tuple(Link(topic_name(t), topic_address(t.id), counts.get(t.id) or None) for t in known)

    def fragments(found: int, *more: tuple[str, str]) -> Link | None:
        return Link(topic.label, search_address(("tema", topic.id), *more), found) if found else None

    events, rest = _by_event(topic, index, collection)
    return TopicPage(
        topic=topic,
        also=tuple(form for form in dict.fromkeys([*topic.acronyms, *topic.equivalents]) if form != topic.label),
        broader=links(topic.broader),
        narrower=links(topic.narrower),
        related=links(topic.related),
        fragments=fragments(counts.get(topic.id, 0)),
        fictitious=fragments(fictitious.get(topic.id, 0), ("ficticio", "si")),
        events=events,
        rest=rest,
        coverage=collection.coverage_of_all(fictitious=False),
        items=tuple(item(hit, topic.label, collection) for hit in _first(topic, index)),
    )


def _first(topic: Topic, index: SearchIndex) -> tuple[Hit, ...]:
    """Some of its fragments: those that name it first, then those that only show it."""
    filters = Filters({"tema": (topic.id,)})
    query = Query(filters=filters, limit=SHOWN, correct=False, facets=())
    named = index.search(replace(query, clauses=tuple(map(Word, topic.label.split()))))
    hits = {(hit.page, hit.passage.number): hit for hit in named.hits if hit.full}
    if len(hits) < SHOWN:
        for hit in index.search(query).hits:
            hits.setdefault((hit.page, hit.passage.number), hit)
    return tuple(hits.values())[:SHOWN]


def _by_event(topic: Topic, index: SearchIndex, collection: Collection) -> tuple[tuple[TopicEvent, ...], int]:
    """Where its fragments are, and how many are in mesas that are not listed."""

    def counted(kind: Kind, facet: str) -> dict[str | None, int]:
        filters = Filters({"tema": (topic.id,), "tipo": (kind.value,)})
        found = index.search(Query(filters=filters, limit=0, facets=(facet,)))
        return {value.value: value.count for value in found.facets.get(facet, ())}

    said, about = counted(Kind.TRANSCRIPT, "mesa"), counted(Kind.DESCRIPTION, "mesa")
    announced = counted(Kind.ANNOUNCEMENT, "evento")
    total = collection.transcribed_of_all[False][1]
    every = total <= MOST_ROWS
    if every:
        real = [event for event in collection.events.values() if not event.fictitious]
        sessions = [(event, collection.by_event.get(event.slug, ())) for event in real]
    else:
        # Only what was found is looked at: a country has thousands of mesas.
        named = {PageId.parse(key) for key in (*said, *about) if key} | {PageId(slug) for slug in announced if slug}
        slugs = sorted({page.event for page in named}, key=collection.event_places.__getitem__)
        there = sorted((page for page in named if page.session), key=collection.places.__getitem__)
        sessions = [
            (collection.events[slug], tuple(collection.sessions[page] for page in there if page.event == slug))
            for slug in slugs
            if not collection.events[slug].fictitious
        ]

    def row(session: Session) -> TopicRow:
        page = session.page
        key, kinds = str(page), collection.kinds(page)

        def cell(kind: Kind, counts: dict[str | None, int]) -> Link | None:
            if kind.value not in kinds or (not every and key not in counts):
                return None
            return _count(topic, counts.get(key, 0), kind, ("mesa", key))

        return TopicRow(
            session,
            cell(Kind.TRANSCRIPT, said),
            cell(Kind.DESCRIPTION, about),
            transcribed=Kind.TRANSCRIPT.value in kinds,
        )

    def announcement(event: Event) -> Link | None:
        found = announced.get(event.slug, 0)
        return _count(topic, found, Kind.ANNOUNCEMENT, ("evento", event.slug)) if found else None

    events = [TopicEvent(event, tuple(map(row, listed)), announcement(event)) for event, listed in sessions]
    return tuple(event for event in events if event.rows or event.announced), said.get(None, 0) + about.get(None, 0)


def _count(topic: Topic, found: int, kind: Kind, where: tuple[str, str]) -> Link:
    return counted_link(found, ("tema", topic.id), where, ("tipo", kind.value))
