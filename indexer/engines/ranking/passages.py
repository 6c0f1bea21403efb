"""Where every live passage stands, as arrays.

Passages are numbered from 0 in the order of the sessions, whatever their segments. So an index that grew by updates
answers exactly as one written anew, ties go to the earlier passage, and a page is a range of numbers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from indexer.engines.ranking.arrays import RUN, Integers
from indexer.engines.ranking.store import Store
from indexer.engines.understanding.documents import CORRECTED, INFERRED
from indexer.index.catalogue import Catalogue
from indexer.model import PageId
from indexer.model.session import Event, Session


@dataclass(frozen=True, slots=True)
class PageRange:
    """One page that has an event (and a session) in the catalogue.

    Attributes:
        id, event, session: Which page.
        first, last: The dates that it may be of: its own, or the event's range where its own is not known.
        start, stop: The numbers of its passages, ``stop`` excluded.
    """

    id: PageId
    event: Event
    session: Session | None
    first: dt.date
    last: dt.date
    start: int = 0
    stop: int = 0


class Passages:
    """The live passages. Each array but ``corrected`` has an item per passage.

    Attributes:
        pages: The pages, in the order of the sessions.
        page: The index of its page in ``pages``.
        number: Its ``#p`` number.
        first: The position of its first word; never descending.
        run: The position at which its run begins.
        words: How many words it has.
        inferred: Whether its speaker is inferred.
        corrected: The passages whose shown text is not their original, ascending.
        by_id: Indexes in ``pages``, by ``str(PageId)``.
    """

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        sizes = store.sizes()
        known = _in_order(catalogue)
        self.by_id = {str(page.id): index for index, page in enumerate(known)}
        rows = [_rows(store, sizes, self.by_id)] if sizes else []
        table = np.concatenate(rows) if rows else np.zeros((0, 9), dtype=np.int64)
        segment, document, page, number, order, run, first, words, marks = table.T
        sorting = np.lexsort((order, page))
        self._segment, self._document = segment[sorting], document[sorting]
        self.page, self.number, self.words = page[sorting], number[sorting], words[sorting]
        self.corrected = np.flatnonzero(marks[sorting] & CORRECTED)
        self.inferred = (marks[sorting] & INFERRED).astype(np.bool_)
        run, first = run[sorting], first[sorting]
        begins = np.ones(self.page.size, dtype=np.int64)
        begins[1:] = (self.page[1:] != self.page[:-1]) | (run[1:] != run[:-1])
        self.first: Integers = (np.cumsum(begins) << RUN) + first
        self.run: Integers = self.first >> RUN << RUN
        self._fragment = [np.full(size, -1, dtype=np.int64) for size in sizes]
        for index in range(len(sizes)):
            here = np.flatnonzero(self._segment == index)
            self._fragment[index][self._document[here]] = here
        self._shift = [_shift(fragments) for fragments in self._fragment]
        edges = np.searchsorted(self.page, np.arange(len(known) + 1))
        self.pages = tuple(
            PageRange(p.id, p.event, p.session, p.first, p.last, int(edges[i]), int(edges[i + 1]))
            for i, p in enumerate(known)
        )
        for array in (self.page, self.number, self.words, self.first, self.run, self.corrected, self.inferred):
            array.setflags(write=False)

    def __len__(self) -> int:
        return int(self.page.size)

    def of_page(self, page: PageId) -> PageRange | None:
        """Return a page; None where the catalogue has no such page."""
        index = self.by_id.get(str(page))
        return None if index is None else self.pages[index]

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

    def at(self, positions: Integers) -> Integers:
        """Return the passage in which each position lies."""
        return np.searchsorted(self.first, positions, side="right") - 1


def _shift(fragments: Integers) -> int | None:
    """What to add to a segment's documents to get their passages; None where no one number does that."""
    if not fragments.size:
        return None
    first = int(fragments[0])
    return first if first >= 0 and bool((fragments == np.arange(first, first + fragments.size)).all()) else None


def _in_order(catalogue: Catalogue) -> list[PageRange]:
    """The pages of the catalogue, in the order of the sessions."""
    events = {event.slug: (position, event) for position, event in enumerate(catalogue.events)}
    sessions = {(session.event, session.slug): session for session in catalogue.sessions}
    found: list[tuple[tuple[object, ...], PageRange]] = []
    for name in catalogue.pages:
        page = PageId.parse(name)
        position, event = events.get(page.event, (0, None))
        session = sessions.get((page.event, page.session or ""))
        if event is None or (page.session is not None and session is None):
            continue
        day = session.date if session else None
        unnumbered = session is None or session.number is None
        key = (
            day or event.start,
            position,
            page.session is not None,
            unnumbered,
            0 if session is None or session.number is None else session.number,
            page.session or "",
        )
        found.append((key, PageRange(page, event, session, day or event.start, day or event.end)))
    return [page for _, page in sorted(found, key=lambda pair: pair[0])]


def _rows(store: Store, sizes: list[int], by_id: dict[str, int]) -> Integers:
    """A row per live document: segment, document, page, number, order, run, first position, words, marks."""
    dead = [np.zeros(size, dtype=np.bool_) for size in sizes]
    for index, flags in enumerate(dead):
        flags[store.deleted(index)] = True
    rows = [np.zeros((0, 9), dtype=np.int64)]
    for term in sorted({term for term, _ in store.terms("page")}):
        if term not in by_id:
            continue
        for posted in store.postings("page", term):
            count = posted.documents.size
            head = np.empty((count, 3), dtype=np.int64)
            head[:, 0], head[:, 1], head[:, 2] = posted.segment, posted.documents, by_id[term]
            row = np.hstack((head, posted.numbers.astype(np.int64).reshape(count, 6)))
            rows.append(row[~dead[posted.segment][posted.documents]])
    return np.concatenate(rows)
