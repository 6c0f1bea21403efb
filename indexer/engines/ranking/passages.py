"""Where every live passage stands, as arrays.

Passages are numbered from 0 in the order of the sessions, whatever their segments. So an index that grew by updates
answers exactly as one written anew, ties go to the earlier passage, and a page is a range of numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.ranking.arrays import RUN, Integers
from indexer.engines.ranking.derived import Derived
from indexer.index.catalogue import Catalogue
from indexer.model import PageId
from indexer.model.session import Event, Session

_KEPT = 4096
"""Pages whose objects are kept once somebody asked for them."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """One page that has an event (and a session) in the catalogue.

    Attributes:
        id, event, session: Which page.
        start, stop: The numbers of its passages, ``stop`` excluded.
    """

    id: PageId
    event: Event
    session: Session | None
    start: int
    stop: int


class Passages:
    """The live passages. Each array but ``corrected`` and those of pages has an item per passage.

    Attributes:
        names: Every page (``str(PageId)``), in the order of the sessions; the arrays of pages are in this order.
        by_id: Indexes in ``names``, by name.
        event_of, first_day, last_day: Per page: the index of its event in the catalogue, and the dates that it may be
            of (ordinals): its own, or the event's range where its own is not known.
        page: The index of its page in ``names``.
        number: Its ``#p`` number.
        first: The position of its first word; never descending.
        run: The position at which its run begins.
        words: How many words it has.
        inferred: Whether its speaker is inferred.
        answers: Whether it begins the turn after one that ends in a question.
        page_at: Gives the page of an index: no call of Python where it was asked for before.
        corrected: The passages whose shown text is not their original, ascending.
    """

    def __init__(self, derived: Derived, catalogue: Catalogue) -> None:
        of = derived.numbers
        self.names = derived.values["pages"]
        self.by_id = {name: index for index, name in enumerate(self.names)}
        self.event_of, self.first_day, self.last_day = of["page_event"], of["page_first_day"], of["page_last_day"]
        self.page, self.number, self.words, self.first = of["page"], of["number"], of["words"], of["first"]
        self.corrected, self.inferred = of["corrected"], of["inferred"].astype(np.bool_)
        self.answers = of["answers"].astype(np.bool_)
        self.run: Integers = self.first >> RUN << RUN
        self._segment, self._document = of["segment"], of["document"]
        self._fragment = np.split(of["fragment"], of["segment_ends"][:-1])
        self._shift = [_shift(fragments) for fragments in self._fragment]
        self.page_at: Callable[[int], PageRange]
        self.page_at = _Ranges(self.names, self.event_of, of["page_edges"], catalogue).__getitem__

    def __len__(self) -> int:
        return int(self.page.size)

    def of_page(self, page: PageId) -> PageRange | None:
        """Return a page; None where the catalogue has no such page."""
        index = self.by_id.get(str(page))
        return None if index is None else self.page_at(index)

    def of_documents(self, segment: int, documents: Integers) -> Integers:
        """Return the passages of a segment's documents; -1 for documents that are not live."""
        shift = self._shift[segment]
        if shift is None:
            return self._fragment[segment][documents]
        return documents + shift if shift else documents

    def straight(self, segment: int) -> bool:
        """Return whether all documents of a segment are live, and neighbours in the order of the sessions."""
        return self._shift[segment] is not None

    def document(self, fragment: int) -> tuple[int, int]:
        """Return segment and document of a passage."""
        return int(self._segment[fragment]), int(self._document[fragment])

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """Yield the passages as ranges of neighbouring documents: segment, first document, last one."""
        new = (np.diff(self._segment, prepend=-1) != 0) | (np.diff(self._document, prepend=-2) != 1)
        firsts = np.flatnonzero(new)
        lasts = np.append(firsts[1:], len(self))[: firsts.size] - 1
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            yield int(self._segment[first]), int(self._document[first]), int(self._document[last])

    def at(self, positions: Integers) -> Integers:
        """Return the passage in which each position lies."""
        return self.first.searchsorted(positions, side="right") - 1


class _Ranges(dict[int, PageRange]):
    """The pages by index, each made when somebody first asks for it."""

    def __init__(self, names: Sequence[str], event_of: Integers, edges: Integers, catalogue: Catalogue) -> None:
        super().__init__()
        self._names = names
        self._event_of = event_of
        self._edges = edges
        self._events = catalogue.events
        self._sessions = {(session.event, session.slug): session for session in catalogue.sessions}

    def __missing__(self, index: int) -> PageRange:
        if len(self) >= _KEPT:
            self.clear()
        page = PageId.parse(self._names[index])
        session = self._sessions[page.event, page.session] if page.session is not None else None
        event = self._events[int(self._event_of[index])]
        found = self[index] = PageRange(page, event, session, int(self._edges[index]), int(self._edges[index + 1]))
        return found


def _shift(fragments: Integers) -> int | None:
    """What to add to a segment's documents to get their passages; None where no one number does that."""
    if not fragments.size:
        return None
    first = int(fragments[0])
    return first if first >= 0 and bool((fragments == np.arange(first, first + fragments.size)).all()) else None
