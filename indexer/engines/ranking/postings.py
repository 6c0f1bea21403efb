"""A term's fragments and places as arrays, decoded once and kept while there is room.

The arrays are shared by threads and never changed. Places are worked out only for terms that are asked for them:
phrases, bigrams; a mark needs those of one fragment alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from indexer.engines.ranking.accumulator import Accumulator
from indexer.engines.ranking.arrays import NOWHERE, RUN, Floats, Integers, Numbers, contains
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.store import Store
from indexer.engines.understanding.documents import WIDTHS

BUDGET_BYTES = 64 << 20


class Postings:
    """Where a term stands.

    Attributes:
        fragments: That hold it, ascending, each once.
        counts: How often each holds it.
        scores: What each is worth for it, once somebody worked that out.
    """

    __slots__ = ("_numbers", "_passages", "_places", "_starts", "_width", "counts", "fragments", "scores")

    def __init__(
        self, passages: Passages, fragments: Integers, counts: Integers, numbers: Numbers, width: int = 1
    ) -> None:
        self._passages = passages
        self._numbers = numbers
        self._width = width
        self._starts: Integers | None = None
        self._places: Integers | None = None
        self.scores: Floats | None = None
        self.fragments = fragments
        self.counts = counts

    @classmethod
    def of_places(cls, passages: Passages, places: Integers, fragments: Integers, counts: Integers) -> Postings:
        """Of sorted places that were worked out: a phrase."""
        return cls(passages, fragments, counts, places - np.repeat(passages.run[fragments], counts))

    @property
    def places(self) -> Integers:
        """Where it begins, sorted."""
        if self._places is None:
            runs = np.repeat(self._passages.run[self.fragments], self.counts)
            self._places = runs + (self._numbers[:: self._width] if self._width > 1 else self._numbers)
        return self._places

    def places_in(self, which: Integers) -> Integers:
        """The same of some of its fragments alone.

        Args:
            which: Indexes in ``fragments``, ascending.
        """
        if self._places is not None and 2 * which.size > self.fragments.size:
            return self._places
        counts = self.counts[which]
        starts = self._begins()[which]
        row = np.repeat(starts - self._width * (np.cumsum(counts) - counts), counts)
        row += self._width * np.arange(row.size)
        found: Integers = np.repeat(self._passages.run[self.fragments[which]], counts) + self._numbers[row]
        return found

    @property
    def lengths(self) -> Integers:
        """Words that it covers at each place."""
        return self._numbers[1::2].astype(np.int64) if self._width == 2 else np.ones(self._numbers.size, np.int64)

    def shown(self, places: Integers) -> Integers:
        """Of a word of originals (field ``former``): where in the shown text stands what is at these of its places."""
        return (places >> RUN << RUN) + self._numbers[1::2][self.places.searchsorted(places)]

    def inside(self, fragment: int) -> list[tuple[int, int]]:
        """First and last place of each occurrence in a fragment."""
        at = int(self.fragments.searchsorted(fragment))
        if at == self.fragments.size or self.fragments[at] != fragment:
            return []
        starts = self._begins()
        run = int(self._passages.run[fragment])
        row = self._numbers[starts[at] : starts[at + 1]].tolist()
        if self._width == 1:
            return [(run + position, run + position) for position in row]
        return [(run + p, run + p + words - 1) for p, words in zip(row[::2], row[1::2], strict=True)]

    def _begins(self) -> Integers:
        """Where the numbers of each fragment begin."""
        if self._starts is None:
            starts = np.zeros(self.counts.size + 1, dtype=np.int64)
            np.cumsum(self.counts * self._width, out=starts[1:])
            self._starts = starts
        return self._starts

    @property
    def nbytes(self) -> int:
        """Memory that it may come to need."""
        return 3 * self.fragments.nbytes + self.counts.nbytes + self._numbers.nbytes + 8 * self._numbers.size + 512


class PostingsReader:
    """Decodes terms of an open index."""

    def __init__(self, store: Store, passages: Passages, sums: Accumulator, budget: int = BUDGET_BYTES) -> None:
        self._store = store
        self._passages = passages
        self._sums = sums
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._budget = budget
        self._used = 0
        self._lock = threading.Lock()

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

    def any_of(self, terms: Sequence[Postings]) -> tuple[Integers, Integers]:
        """Words taken as one: the fragments that hold any, and how often. What two of them share counts once."""
        if len(terms) == 1:
            return terms[0].fragments, terms[0].counts
        found, sums = self._sums.sum([(term.fragments, term.counts.astype(np.float64)) for term in terms])
        counts = sums.astype(np.int64)
        corrected = self._passages.corrected
        if corrected.size and contains(corrected, found).any():
            # Two words stand at one place only where a correction put one for the other.
            held = [term.places[np.repeat(contains(corrected, term.fragments), term.counts)] for term in terms]
            places = np.sort(np.concatenate(held))
            again = places[1:][places[1:] == places[:-1]]
            np.subtract.at(counts, found.searchsorted(self._passages.at(again)), 1)
        return found, counts

    def at_places(self, places: Integers) -> tuple[Integers, Integers]:
        """Of sorted places, the fragments in which they lie, and how many in each."""
        if not places.size:
            return NOWHERE, NOWHERE
        of = self._passages.at(places)
        begins = np.ones(of.size + 1, dtype=np.bool_)
        begins[1:-1] = of[1:] != of[:-1]
        edges = begins.nonzero()[0]
        return of[edges[:-1]], edges[1:] - edges[:-1]

    def frequency(self, field: str, term: str) -> int:
        """Live fragments that hold a term."""
        found = 0
        for posted in self._store.postings(field, term):
            found += int((self._passages.of_documents(posted.segment, posted.documents) >= 0).sum())
        return found

    def fragments(self, field: str, term: str) -> Integers:
        """Live fragments that have a value of a facet, ascending. Not kept: the facets' columns hold them."""
        found = [self._passages.of_documents(p.segment, p.documents) for p in self._store.postings(field, term)]
        every = np.concatenate(found) if found else NOWHERE
        return np.sort(every[every >= 0])

    def _decoded(self, field: str, term: str) -> Postings:
        width = WIDTHS.get(field, 1)
        posted = self._store.postings(field, term)
        if not posted:
            return Postings(self._passages, NOWHERE, NOWHERE, NOWHERE, width)
        if len(posted) == 1 and self._passages.straight(posted[0].segment):
            [only] = posted
            fragments = self._passages.of_documents(only.segment, only.documents)
            return Postings(
                self._passages, fragments, only.counts // width if width > 1 else only.counts, only.numbers, width
            )
        fragments = np.concatenate([self._passages.of_documents(p.segment, p.documents) for p in posted])
        sizes = np.concatenate([p.counts for p in posted])
        numbers = np.concatenate([p.numbers for p in posted])
        # Several segments, or documents that are no longer live: rows of numbers go where their fragments go.
        order = np.argsort(fragments, kind="stable")
        order = order[fragments[order] >= 0]
        starts = (np.cumsum(sizes) - sizes)[order]
        sizes = sizes[order]
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        rows = numbers[np.repeat(starts, sizes) + within]
        return Postings(self._passages, fragments[order], sizes // width, rows, width)
