"""A term's places and fragments as arrays, decoded once and kept while there is room.

The arrays are shared by threads and never changed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.passages import Passages
from indexer.engines.whoosh.positions import NOWHERE, Integers, union
from indexer.engines.whoosh.schema import numbers
from indexer.engines.whoosh.segments import Segments

BUDGET_BYTES = 48 << 20


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term, or several taken as one, stands.

    Attributes:
        places: Sorted.
        fragments: That hold it, ascending, each once.
        counts: How often each holds it.
        lengths: Words that it covers at each place; None where that is always one.
    """

    places: Integers
    fragments: Integers
    counts: Integers
    lengths: Integers | None = None

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        arrays = (self.places, self.fragments, self.counts, self.lengths)
        return sum(array.nbytes for array in arrays if array is not None) + 512


class PostingsReader:
    """Decodes terms of an open index."""

    def __init__(self, segments: Segments, passages: Passages, budget: int = BUDGET_BYTES) -> None:
        self._segments = segments
        self._passages = passages
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._budget = budget
        self._used = 0
        self._lock = threading.Lock()

    def at_places(self, places: Integers, lengths: Integers | None = None) -> Postings:
        """Postings of places computed elsewhere: several words taken as one, a phrase."""
        of = self._passages.at(places)
        fragments, counts = np.unique(of, return_counts=True)
        return Postings(places, fragments, counts.astype(np.int64), lengths)

    def term(self, field: str, term: str) -> Postings:
        """One term of a field with positions."""
        key = (field, term)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        found = self._decoded(field, term)
        with self._lock:
            if key not in self._kept and found.nbytes < self._budget // 2:
                self._kept[key] = found
                self._used += found.nbytes
                while self._used > self._budget:
                    self._used -= self._kept.popitem(last=False)[1].nbytes
        return found

    def any_of(self, field: str, terms: Sequence[str]) -> Postings:
        """Several terms taken as one."""
        if len(terms) == 1:
            return self.term(field, terms[0])
        return self.at_places(union([self.term(field, term).places for term in terms]))

    def frequency(self, field: str, term: str) -> int:
        """Live fragments that hold a term."""
        found = 0
        for posted in self._segments.postings(field, term):
            found += int((self._passages.of_documents(posted.segment, posted.documents) >= 0).sum())
        return found

    def fragments(self, field: str, term: str) -> Integers:
        """Live fragments that have a value of a facet, ascending. Not kept: the facets' columns hold them."""
        found = [self._passages.of_documents(p.segment, p.documents) for p in self._segments.postings(field, term)]
        every = np.concatenate(found) if found else NOWHERE
        return np.sort(every[every >= 0])

    def _decoded(self, field: str, term: str) -> Postings:
        width = 2 if field == "concept" else 1
        places, lengths = [NOWHERE], [NOWHERE]
        for posted in self._segments.postings(field, term):
            counts = np.fromiter((len(value) for value in posted.values), dtype=np.int64) // (4 * width)
            fragments = np.repeat(self._passages.of_documents(posted.segment, posted.documents), counts)
            rows = numbers(posted.values).reshape(-1, width)
            live = fragments >= 0
            runs = self._passages.place[fragments[live]] >> 32 << 32
            places.append(runs + rows[live, 0])
            lengths.append(rows[live, -1])
        where = np.concatenate(places)
        order = np.argsort(where, kind="stable")
        covers = np.concatenate(lengths)[order] if width == 2 else None
        return self.at_places(where[order], covers)
