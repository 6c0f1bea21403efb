"""A term's passages and positions as arrays, decoded once and kept while there is room.

Threads share the arrays, which never change. Positions are worked out only when a phrase or a bigram asks for them; a
mark needs those of one passage alone.
"""

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
        fragments: The passages that hold it, ascending, each once.
        counts: How often each passage holds it.
        scores: The score of each passage for it, once somebody worked that out.
    """

    __slots__ = ("_numbers", "_passages", "_positions", "_starts", "_width", "counts", "fragments", "scores")

    def __init__(
        self, passages: Passages, fragments: Integers, counts: Integers, numbers: Numbers, width: int = 1
    ) -> None:
        self._passages = passages
        self._numbers = numbers
        self._width = width
        self._starts: Integers | None = None
        self._positions: Integers | None = None
        self.scores: Floats | None = None
        self.fragments = fragments
        self.counts = counts

    @classmethod
    def of_positions(cls, passages: Passages, positions: Integers, fragments: Integers, counts: Integers) -> "Postings":
        """Make the postings of sorted positions that were worked out: of a phrase."""
        return cls(passages, fragments, counts, positions - passages.run[fragments].repeat(counts))

    @property
    def occurrences(self) -> int:
        """How often it stands anywhere."""
        return self._numbers.size // self._width

    @property
    def positions(self) -> Integers:
        """The positions at which the term begins, sorted."""
        if self._positions is None:
            runs = self._passages.run[self.fragments].repeat(self.counts)
            self._positions = runs + (self._numbers[:: self._width] if self._width > 1 else self._numbers)
        return self._positions

    def positions_in(self, which: Integers) -> Integers:
        """Return the positions in some of its passages, or in all where that is quicker.

        Args:
            which: Indexes in ``fragments``, ascending.
        """
        if (2 if self._positions is None else 4) * which.size > self.fragments.size:
            return self.positions
        at, counts = self._rows(which)
        found: Integers = self._passages.run[self.fragments[which]].repeat(counts) + self._numbers[at]
        return found

    @property
    def lengths(self) -> Integers:
        """How many words the term covers at each position."""
        return self._numbers[1::2].astype(np.int64) if self._width == 2 else np.ones(self._numbers.size, np.int64)

    def shown(self, positions: Integers) -> Integers:
        """Return the positions in the shown text of some positions in originals (field ``former``)."""
        return (positions >> RUN << RUN) + self._numbers[1::2][self.positions.searchsorted(positions)]

    def inside(self, fragments: Integers) -> tuple[Integers, Integers, Integers]:
        """Return each occurrence in some passages, ascending: the row of its passage, its first and last position."""
        mine = self.fragments
        if mine.size < fragments.size:  # the fewer ones are looked up among the others
            rows = fragments.searchsorted(mine)
            which = (fragments[np.minimum(rows, fragments.size - 1)] == mine).nonzero()[0]
            rows = rows[which]
        else:
            which = mine.searchsorted(fragments)
            rows = (mine[np.minimum(which, mine.size - 1)] == fragments).nonzero()[0] if mine.size else NOWHERE
            which = which[rows]
        if not rows.size:
            return NOWHERE, NOWHERE, NOWHERE
        at, counts = self._rows(which)
        firsts = self._passages.run[mine[which]].repeat(counts) + self._numbers[at]
        return rows.repeat(counts), firsts, firsts + self._numbers[at + 1] - 1 if self._width == 2 else firsts

    def _rows(self, which: Integers) -> tuple[Integers, Integers]:
        """Where the numbers of each occurrence in some of its passages stand, and how many each passage has."""
        counts = self.counts[which]
        rows = (self._begins()[which] - self._width * (counts.cumsum() - counts)).repeat(counts)
        rows += self._width * np.arange(rows.size)
        return rows, counts

    def _begins(self) -> Integers:
        """Where the numbers of each passage begin."""
        if self._starts is None:
            starts = np.zeros(self.counts.size + 1, dtype=np.int64)
            (self.counts * self._width).cumsum(out=starts[1:])
            self._starts = starts
        return self._starts

    @property
    def nbytes(self) -> int:
        """How many bytes of memory it may come to need."""
        return 3 * self.fragments.nbytes + self.counts.nbytes + self._numbers.nbytes + 8 * self._numbers.size + 512


class PostingsReader:
    """Decodes the terms of an open index. Safe to share between threads."""

    def __init__(self, store: Store, passages: Passages, sums: Accumulator, budget: int = BUDGET_BYTES) -> None:
        self._store = store
        self._passages = passages
        self._sums = sums
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._budget = budget
        self._used = 0
        self._lock = threading.Lock()

    def term(self, field: str, term: str) -> Postings:
        """Return a term of a field with positions."""
        key = (field, term)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        found = self._decoded(field, term)
        needed = found.nbytes
        with self._lock:
            if key not in self._kept and needed < self._budget // 2:
                self._kept[key] = found
                self._used += needed
                while self._used > self._budget:
                    self._used -= self._kept.popitem(last=False)[1].nbytes
        return found

    def any_of(self, terms: Sequence[Postings]) -> tuple[Integers, Integers]:
        """Return the passages that hold any of some terms, and how often. A position that two share counts once."""
        if len(terms) == 1:
            return terms[0].fragments, terms[0].counts
        found, sums = self._sums.sum([(term.fragments, term.counts.astype(np.float64)) for term in terms])
        counts = sums.astype(np.int64)
        corrected = self._passages.corrected
        if corrected.size and contains(corrected, found).any():
            # Two words share a position only where a correction replaced one by the other.
            held = [term.positions[contains(corrected, term.fragments).repeat(term.counts)] for term in terms]
            positions = np.sort(np.concatenate(held))
            again = positions[1:][positions[1:] == positions[:-1]]
            np.subtract.at(counts, found.searchsorted(self._passages.at(again)), 1)
        return found, counts

    def per_passage(self, positions: Integers) -> tuple[Integers, Integers]:
        """Return the passages in which sorted positions lie, and how many lie in each."""
        if not positions.size:
            return NOWHERE, NOWHERE
        of = self._passages.at(positions)
        begins = np.ones(of.size + 1, dtype=np.bool_)
        begins[1:-1] = of[1:] != of[:-1]
        edges = begins.nonzero()[0]
        return of[edges[:-1]], edges[1:] - edges[:-1]

    def frequency(self, field: str, term: str) -> int:
        """Return how many live passages hold a term."""
        found = 0
        for posted in self._store.postings(field, term):
            found += int((self._passages.of_documents(posted.segment, posted.documents) >= 0).sum())
        return found

    def fragments(self, field: str, term: str) -> Integers:
        """Return the live passages that hold a term, ascending. They are not kept: the columns of facets hold them."""
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
        # Several segments, or documents that are no longer live: rows of numbers go where their passages go.
        order = fragments.argsort(kind="stable")
        order = order[fragments[order] >= 0]
        starts = (sizes.cumsum() - sizes)[order]
        sizes = sizes[order]
        within = np.arange(sizes.sum()) - (sizes.cumsum() - sizes).repeat(sizes)
        rows = numbers[starts.repeat(sizes) + within]
        return Postings(self._passages, fragments[order], sizes // width, rows, width)
