"""What a person is answered: parameters in, page models out. Knows nothing of HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from indexer.index.protocol import SearchIndex
from indexer.index.results import Health, Results
from indexer.model import PageId
from indexer.model.session import Event
from search_app.asking.grammar import clean
from search_app.asking.marking import open_page, read_marking
from search_app.asking.parameters import Asked, Pairs, read
from search_app.asking.suggesting import Suggester, Suggestion
from search_app.citations import date_words
from search_app.exporting.selection import today
from search_app.finding.page_model import SearchPage
from search_app.finding.results_page import answered, coverage, search_page
from search_app.reading.corrections import CorrectedFragment, fragments, wants_original
from search_app.reading.page import fragment_page, reading_page, session_line
from search_app.reading.page_model import EventBlock, FragmentPage, HomePage, ReadingPage
from search_app.registers import skos
from search_app.registers.topics import topic_page, topics_page
from search_app.registers.topics_model import TopicPage, TopicsPage
from search_app.shown.addresses import fragment_address, page_address, paged_address, search_address
from search_app.shown.collection import Collection, topic_name
from search_app.shown.page_parts import Gone, Link, Moved, NotFound, Pager

MAIN_TOPICS = 12
LONGEST_TYPED = 1_000
"""Characters of a text that is being typed that are read."""
EVENTS_PER_PAGE = 20
SESSIONS_AT_HOME = 12
"""Sessions of an event that the front page lists; the others are on the event's own page."""


class Service:
    """Answers from one index, whichever generation it serves. Safe to use from several threads."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._collection: Collection | None = None
        self._suggester: tuple[Collection, Suggester] | None = None

    @contextmanager
    def now(self) -> Iterator[tuple[SearchIndex, Collection]]:
        """One generation, for the several questions of one answer, and its catalogue."""
        with self._index.pinned() as index:
            overview = index.overview()
            held = self._collection
            if held is None or held.overview is not overview:
                # Two threads may both build it: the same thing twice, never a half one.
                held = self._collection = Collection(overview)
            yield index, held

    def edition(self) -> str:
        """Which state of the collection is served."""
        with self.now() as (_, collection):
            return collection.catalogue.edition

    def health(self) -> Health:
        """Edition, last good build, warnings."""
        return self._index.health()

    def suggest(self, pairs: Pairs) -> tuple[str, list[Suggestion]]:
        """What may be meant by a text that is being typed, and that text. No text is refused."""
        text = next((value for name, value in pairs if name == "q" and value.strip()), "")[:LONGEST_TYPED]
        fictitious = any(name == "ficticio" and clean(value) in ("si", "sí") for name, value in pairs)
        with self.now() as (index, collection):
            held = self._suggester
            if held is None or held[0] is not collection:
                # It keeps addresses, with the prefix of the one application that this service answers for.
                held = self._suggester = collection, Suggester(collection)
            return clean(text), held[1].suggest(text, index, with_fictitious=fictitious)

    def search(self, pairs: Pairs) -> tuple[Asked, Results, str]:
        """What was asked, what was found, in which edition.

        Raises:
            QueryRejected: A parameter that cannot be read, or a text that is too long.
        """
        asked = read(pairs)
        with self.now() as (index, collection):
            return *answered(asked, index), collection.catalogue.edition

    def search_page(self, pairs: Pairs) -> SearchPage:
        """The page of results; raises as ``search`` does."""
        asked = read(pairs)
        with self.now() as (index, collection):
            return search_page(*answered(asked, index), index, collection)

    def home(self, pairs: Pairs) -> HomePage:
        """The front page."""
        page = read([pair for pair in pairs if pair[0] == "pagina"]).page
        with self.now() as (_, collection):
            return self._home(collection, page)

    def _home(self, collection: Collection, page: int) -> HomePage:
        newest = sorted(collection.events.values(), key=lambda event: (event.start, event.slug), reverse=True)
        real = [event for event in newest if not event.fictitious]
        pages = max(1, -(-len(real) // EVENTS_PER_PAGE))
        start = (page - 1) * EVENTS_PER_PAGE
        return HomePage(
            topics=self._main_topics(collection),
            events=tuple(_event_block(event, collection) for event in real[start : start + EVENTS_PER_PAGE]),
            fictitious=tuple(_event_block(event, collection) for event in newest if event.fictitious),
            passages=collection.overview.passages,
            pager=Pager(
                page,
                pages,
                paged_address("/", (), min(page - 1, pages)) if page > 1 else None,
                paged_address("/", (), page + 1) if page < pages else None,
            ),
        )

    def _main_topics(self, collection: Collection) -> tuple[Link, ...]:
        counts = collection.overview.topic_counts
        found = [collection.topics[name] for name in counts if counts[name] and name in collection.topics]
        found.sort(key=lambda topic: (-counts[topic.id], topic.label))
        return tuple(
            Link(topic_name(topic), search_address(("tema", topic.id)), counts[topic.id])
            for topic in found[:MAIN_TOPICS]
        )

    def read(self, page: PageId, pairs: Pairs) -> ReadingPage:
        """The page of an event or of a session, with marks where ``q`` is given.

        Raises:
            NotFound, Gone, Moved: There is no such page (any more).
        """
        asked = read_marking(pairs)
        with self.now() as (index, collection):
            self._must_exist(collection, page)
            found = open_page(index, collection, page, asked)
            if found is None:
                raise NotFound
            return reading_page(found, collection, asked, original=wants_original(pairs))

    def fragment(self, page: PageId, number: int, base: str, pairs: Pairs = ()) -> FragmentPage:
        """One fragment, with marks where ``q`` is given; raises as ``read`` does.

        Args:
            base: Scheme and host of the lasting address (``https://consta.example.mx``).
        """
        asked = read_marking(pairs)
        with self.now() as (index, collection):
            self._must_exist(collection, page, number)
            found = open_page(index, collection, page, asked)
            model = (
                fragment_page(found, number, collection, base, today(), asked.text, original=wants_original(pairs))
                if found
                else None
            )
            if model is None:
                withdrawal = collection.withdrawn(page, number)
                after = collection.succeeded(page, number)
                if after is not None and not (withdrawal and number in withdrawal.numbers):
                    raise Moved(fragment_address(page, after, ("antes", str(number))))
                if withdrawal:
                    raise Gone(withdrawal)
                raise NotFound
            return replace(model, came_from=_came_from(pairs, page, number, collection))

    def corrections(self, page: PageId) -> tuple[ReadingPage, tuple[CorrectedFragment, ...]]:
        """What staff corrected or checked on the page of a session; raises as ``read`` does."""
        with self.now() as (index, collection):
            self._must_exist(collection, page)
            found = index.session(page)
            if found is None:
                raise NotFound
            return reading_page(found, collection, read_marking(())), fragments(found)

    def _must_exist(self, collection: Collection, page: PageId, number: int | None = None) -> None:
        if collection.exists(page):
            return
        moved = collection.moved(page)
        # A page that lives on elsewhere is not gone because a file of it once was: its new address knows.
        if (moved is None or not collection.exists(moved)) and (withdrawal := collection.withdrawn(page, number)):
            raise Gone(withdrawal)
        if moved:
            raise Moved(page_address(moved) if number is None else fragment_address(moved, number))
        raise NotFound

    def topics(self) -> TopicsPage:
        """The vocabulary as a tree; a topic with two broader ones stands under both."""
        with self.now() as (_, collection):
            return topics_page(collection)

    def topic(self, name: str) -> TopicPage:
        """One topic.

        Raises:
            NotFound: There is no such topic.
        """
        with self.now() as (index, collection):
            topic = collection.topics.get(name)
            if topic is None:
                raise NotFound
            return topic_page(topic, index, collection)

    def vocabulary(self, base: str) -> dict[str, Any]:
        """The vocabulary as SKOS in JSON-LD; ``base`` as in ``fragment``."""
        with self.now() as (_, collection):
            return skos.document(collection.catalogue, base)


def _came_from(pairs: Pairs, page: PageId, number: int, collection: Collection) -> int | None:
    """The number of the lost fragment whose address led here (``antes``); None where it did not."""
    text = next((value for name, value in pairs if name == "antes"), "")
    known = re.fullmatch(r"[1-9][0-9]{0,8}", text) and collection.succeeded(page, int(text)) == number
    return int(text) if known else None


def _event_block(event: Event, collection: Collection) -> EventBlock:
    sessions = collection.by_event.get(event.slug, ())
    return EventBlock(
        event=event,
        url=page_address(PageId(event.slug)),
        date=date_words(event, None),
        sessions=tuple(session_line(s, collection) for s in sessions[:SESSIONS_AT_HOME]),
        more=max(0, len(sessions) - SESSIONS_AT_HOME),
        coverage=coverage(*collection.transcribed([event])),
    )
