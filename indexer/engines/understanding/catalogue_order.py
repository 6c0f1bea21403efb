"""The order of pages and the names of facets' values, as a catalogue decides them: the same in every engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.index.catalogue import Catalogue
from indexer.language.collation import alphabetical
from indexer.language.spanish import fold
from indexer.model import PageId
from indexer.model.session import Event, Session


@dataclass(frozen=True, slots=True)
class OrderedPage:
    """A page of the catalogue; ``event_at`` is the index of its event."""

    id: PageId
    event_at: int
    event: Event
    session: Session | None

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day that it may be of, as ordinals: its own, or those of its event."""
        day = self.session.date if self.session else None
        return (day or self.event.start).toordinal(), (day or self.event.end).toordinal()


def pages_in_order(catalogue: Catalogue) -> list[OrderedPage]:
    """Return the pages of the catalogue that have an event (and a session), in the order of the sessions."""
    events = {event.slug: (position, event) for position, event in enumerate(catalogue.events)}
    sessions = {(session.event, session.slug): session for session in catalogue.sessions}
    found: list[tuple[tuple[object, ...], OrderedPage]] = []
    for name in catalogue.pages:
        page = PageId.parse(name)
        position, event = events.get(page.event, (0, None))
        session = sessions.get((page.event, page.session or ""))
        if event is None or (page.session is not None and session is None):
            continue
        unnumbered = session is None or session.number is None
        key = (
            (session.date if session else None) or event.start,
            position,
            page.session is not None,
            unnumbered,
            0 if session is None or session.number is None else session.number,
            page.session or "",
        )
        found.append((key, OrderedPage(page, position, event, session)))
    return [page for _, page in sorted(found, key=lambda pair: pair[0])]


def by_label(values: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    """Return values of a facet in the order in which equal counts are shown: by what they are called."""
    return sorted(values, key=lambda value: (alphabetical(labels.get(value, value)), value))


def best_spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Return how a person is called, by the folded name: the spelling that most passages have."""
    spellings: dict[str, list[str]] = {}
    for name in counts:
        spellings.setdefault(fold(name), []).append(name)
    return {
        # Of spellings as frequent, the one with accents, then the one that is not all in capitals.
        key: min(found, key=lambda name: (-counts[name], name.isascii(), name.isupper(), name))
        for key, found in spellings.items()
    }


def above_and_itself(topic: str, broader: Mapping[str, Iterable[str]]) -> set[str]:
    """Return a topic and all its broader ones; a vocabulary that goes in circles does no harm."""
    seen: set[str] = set()
    left = [topic]
    while left:
        current = left.pop()
        if current not in seen:
            seen.add(current)
            left.extend(broader.get(current, ()))
    return seen
