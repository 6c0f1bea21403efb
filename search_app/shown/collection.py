"""Look-ups in the catalogue of the generation that is served: what exists, what moved, what was withdrawn."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, wraps
from typing import Any, TypeVar

from indexer.index.facets import FACETS, Means, filter_label
from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE
from indexer.index.redirects import handed_on, page_now
from indexer.index.results import Overview
from indexer.language.collation import alphabetical
from indexer.language.spanish import fold
from indexer.model import Kind, PageId
from indexer.model.session import Event, Session, Withdrawal
from indexer.model.vocabulary import Topic
from search_app.shown.dates import BOUNDS, brief_date, period_words
from search_app.shown.formatting import count

T = TypeVar("T")


def page_title(event: Event, session: Session | None) -> str:
    """What a page is called in lists."""
    return session.numbered_title if session else event.title


def hit_title(event: Event, session: Session | None, *, several: bool) -> str:
    """What a result's page is called; with its event where the collection has ``several`` (real) ones."""
    title = page_title(event, session)
    return f"{title} · {event.title}" if several and session and not event.fictitious else title


def has_several(events: Iterable[Event]) -> bool:
    """Whether a reader could take one event for another: there are two or more that are not fictitious."""
    return sum(not event.fictitious for event in events) > 1


def coverage_words(transcribed: int, total: int) -> str:
    """``1 de 6 mesas con transcripción``."""
    if not total:
        return "Sin mesas todavía"
    if not transcribed:
        none = "La única mesa no" if total == 1 else f"Ninguna de las {total:,} mesas"
        return f"{none} tiene transcripción todavía"
    return f"{transcribed:,} de {count(total, 'mesa', 'mesas')} con transcripción"


def once_per_edition(make: Callable[..., T]) -> Callable[..., T]:
    """Keep what a function makes of an index and its collection, per keyword arguments, as long as the edition.

    What it returns is shared by all pages: nobody may change it. Two threads may both make it, with equal content.
    """

    @wraps(make)
    def kept(index: SearchIndex, collection: "Collection", **given: object) -> T:
        key = make, tuple(sorted(given.items()))
        if key not in collection.kept:
            collection.kept[key] = make(index, collection, **given)
        found: T = collection.kept[key]
        return found

    return kept


class Collection:
    """One catalogue, ready to be asked. Built once per generation."""

    def __init__(self, overview: Overview) -> None:
        catalogue = overview.catalogue
        self.kept: dict[object, Any] = {}
        self._shown: dict[tuple[str, str, str], str] = {}
        self.overview = overview
        self.catalogue = catalogue
        self.events = {event.slug: event for event in catalogue.events}
        self.several_events = has_several(catalogue.events)
        self.sessions = {session.page: session for session in catalogue.sessions}
        self.topics = {t.id: t for t in sorted(catalogue.topics, key=lambda topic: alphabetical(topic.label))}
        years = [event.start.year for event in catalogue.events] + [event.end.year for event in catalogue.events]
        self.years = min(years, default=1), max(years, default=9999)
        by_event: dict[str, list[Session]] = defaultdict(list)
        self._by_slug: dict[str, list[Session]] = defaultdict(list)
        for session in catalogue.sessions:
            by_event[session.event].append(session)
            self._by_slug[session.slug].append(session)
        self.by_event = {event: tuple(sessions) for event, sessions in by_event.items()}

    @cached_property
    def entities(self) -> Mapping[str, str]:
        """The names of the entities, by identifier."""
        return self._labels("menciona")

    def _labels(self, facet: str) -> Mapping[str, str]:
        found: Mapping[str, str] = self.kept.get(facet) or self.kept.setdefault(
            facet, FACETS[facet].labels(self.catalogue)
        )
        return found

    def kinds(self, page: PageId) -> tuple[str, ...]:
        """The kinds of text that a page has."""
        record = self.catalogue.pages.get(str(page))
        return record.kinds if record else ()

    def has_transcript(self, page: PageId) -> bool:
        """Whether what was said there is in the collection."""
        return Kind.TRANSCRIPT.value in self.kinds(page)

    @cached_property
    def surnames(self) -> dict[str, str]:
        """Of the people and participants of whom staff said them, by name."""
        listed = (one for session in self.catalogue.sessions for one in session.participants)
        said = {one.name: one.surnames for one in listed if one.surnames}
        return said | {person.name: person.surnames for person in self.catalogue.people if person.surnames}

    @cached_property
    def places(self) -> dict[PageId, int]:
        """Where each session stands among all, in their order."""
        return {page: place for place, page in enumerate(self.sessions)}

    @cached_property
    def event_places(self) -> dict[str, int]:
        """Where each event stands among all, in their order."""
        return {slug: place for place, slug in enumerate(self.events)}

    @cached_property
    def newest_sessions(self) -> dict[str, tuple[Session, ...]]:
        """The sessions of each event, the last day first; those of one day, and those without one, in their order."""
        return {
            slug: tuple(sorted(sessions, key=lambda one: one.date or self.events[one.event].start, reverse=True))
            for slug, sessions in self.by_event.items()
        }

    @cached_property
    def newest(self) -> tuple[Event, ...]:
        """Every event, the newest first."""
        return tuple(sorted(self.events.values(), key=lambda event: (event.start, event.slug), reverse=True))

    @cached_property
    def _transcripts(self) -> dict[str, tuple[int, int]]:
        """Per event: how many sessions have a transcript, and how many there are. Counted once per edition."""
        return {
            slug: (sum(self.has_transcript(session.page) for session in sessions), len(sessions))
            for slug, sessions in self.by_event.items()
        }

    def transcribed(self, events: Iterable[Event]) -> tuple[int, int]:
        """Of the sessions of these events, how many have a transcript, and how many there are."""
        found = [self._transcripts.get(event.slug, (0, 0)) for event in events]
        return sum(some for some, _ in found), sum(every for _, every in found)

    def coverage(self, events: Iterable[Event]) -> str:
        """How many sessions of these events have a transcript, in words."""
        return coverage_words(*self.transcribed(events))

    @cached_property
    def transcribed_of_all(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """``transcribed`` of all events: those that are not fictitious, and every one."""
        real = [event for event in self.events.values() if not event.fictitious]
        return self.transcribed(real), self.transcribed(self.events.values())

    def coverage_of_all(self, *, fictitious: bool) -> str:
        """``coverage`` of every event that is not fictitious; with ``fictitious``, of every event."""
        return coverage_words(*self.transcribed_of_all[fictitious])

    def exists(self, page: PageId) -> bool:
        """Whether there is such a page now."""
        return page.event in self.events if page.session is None else page in self.sessions

    def moved(self, page: PageId) -> PageId | None:
        """Where a renamed page is now; None when it did not move. A rename of a rename is followed."""
        at, _ = self.fragment_now(page, 0)
        return at if at != page else None

    def fragment_now(self, page: PageId, number: int) -> tuple[PageId, int]:
        """The page and the number of a fragment whose page was renamed, or became part of another; else the same."""
        at, redirects = (page, number), self.catalogue.redirects
        seen = {at}
        while not self.exists(at[0]):
            there = page_now(redirects, at[0])
            to = handed_on(redirects, *at) or (there and (there, at[1]))
            if to is None:
                break
            if to in seen:
                return page, number
            seen.add(at := to)
        return at

    def handed_on(self, page: PageId, number: int, lives: Callable[[PageId, int], object]) -> tuple[PageId, int] | None:
        """Where a fragment went with its text, though its own page is still there; None where it went nowhere.

        Args:
            page, number: What it was called.
            lives: Whether there is such a fragment now.
        """
        at, seen = (page, number), {(page, number)}
        while to := handed_on(self.catalogue.redirects, *at):
            at = self.fragment_now(*to)
            if lives(*at):
                break
            if at in seen:
                return None
            seen.add(at)
        return at if at != (page, number) else None

    def current(self, page: PageId, number: int = 0) -> tuple[PageId, int]:
        """A page, and a fragment of it, as they are called now; what leads to no page that exists stays as it is."""
        moved = self.fragment_now(page, number)
        return moved if self.exists(moved[0]) else (page, number)

    def withdrawn(self, page: PageId, number: int | None = None) -> Withdrawal | None:
        """The withdrawal that took away a page, or one fragment of a page.

        Of several, that of the folder itself, then one that names the fragment, then the last one written.
        """
        found: tuple[bool, bool, Withdrawal] | None = None
        for withdrawal in self.catalogue.withdrawals:
            folder = withdrawal.page
            whole = str(page) == str(folder) or (withdrawal.sha256 is None and page.event == str(folder))
            if not whole and self.moved(folder) != page:
                continue
            if number is None or not withdrawal.numbers or number in withdrawal.numbers:
                rank = withdrawal.path == str(folder), number in withdrawal.numbers
                if found is None or rank >= found[:2]:
                    found = (*rank, withdrawal)
        return found[2] if found else None

    def succeeded(self, page: PageId, number: int) -> int | None:
        """The fragment that is nearest now to one that an edit took away; None where it led nowhere."""
        record = self.catalogue.pages.get(str(page))
        return record.moved_numbers.get(number) if record else None

    def lost(self, page: PageId) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
        """The fragments to which lost numbers of a page lead, with these: taken away by an edit, and withdrawn."""
        record = self.catalogue.pages.get(str(page))
        moved = record.moved_numbers if record else {}
        some = bool(moved) and self.withdrawn(page) is not None
        found: tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]] = {}, {}
        for number, to in sorted(moved.items()):
            kind = found[some and self.withdrawn(page, number) is not None]
            kind[to] = (*kind.get(to, ()), number)
        return found

    def title(self, page: PageId) -> str:
        """What a page is called; its address where it is unknown."""
        event, session = self.events.get(page.event), self.sessions.get(page)
        return page_title(event, session) if event and (session or page.session is None) else str(page)

    def marked(self, title: str, event: str) -> str:
        """A title that says when it is of a fictitious event, which are marked wherever they appear."""
        known = self.events.get(event)
        plain = known is None or not known.fictitious or "fictici" in fold(title)
        return title if plain else f"{title} (texto ficticio)"

    def shown(self, facet: str, value: str, label: str) -> str:
        """A value's label: that of a page with its date, marked where it is fictitious; a role says that it is none."""
        if FACETS[facet].means is Means.PERSON and value in self.overview.roles:
            return f"{label} (no consta su nombre)"
        if (key := (facet, value, label)) in self._shown:
            return self._shown[key]
        if FACETS[facet].of_page is None or not self.exists(page := PageId.parse(value)):
            return label
        date = brief_date(self.events[page.event], self.sessions.get(page))
        said = self.marked(label, page.event)
        return self._shown.setdefault(key, said if fold(date) in fold(label) else f"{said}, {date}")

    def label(self, name: str, value: str) -> str:
        """A filter's value in words, for the reader who chose it."""
        facet = FACETS.get(name)
        if facet is None:
            return period_words(value) if name in BOUNDS else value
        if value == NO_VALUE:
            return facet.none or "ninguna"
        if facet.of_page is not None:
            value = str(self.current(PageId.parse(value))[0])
        if facet.means is Means.TOPIC and value in self.topics:
            return topic_name(self.topics[value])
        if facet.means is Means.SESSION:
            page = PageId.parse(value)
            found = [self.sessions[page]] if page in self.sessions else self._by_slug.get(value, [])
            return self.shown(name, str(found[0].page), found[0].numbered_title) if len(found) == 1 else value
        return self.shown(name, value, self._labels(name).get(value, value))

    def in_words(self, name: str, value: str, label: str = "") -> str:
        """``Quién habla: Ana Ruiz``: a filter in words; ``label`` is what the index calls the value."""
        return f"{filter_label(name)}: {self.shown(name, value, label) if label else self.label(name, value)}"


def mesa_title(page: PageId, collection: Collection) -> str:
    """What a mesa is called beside those of other events; a fictitious one says so."""
    event, session = collection.events[page.event], collection.sessions.get(page)
    return collection.marked(hit_title(event, session, several=collection.several_events), page.event)


def topic_name(topic: Topic) -> str:
    """``Programa de Resultados Electorales Preliminares (PREP)``."""
    acronyms = [acronym for acronym in topic.acronyms if fold(acronym) not in fold(topic.label).split()]
    return f"{topic.label} ({acronyms[0]})" if acronyms else topic.label
