"""BM25 of one term, or of several taken as one, over live fragments.

``idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean length))`` with
``idf = log(1 + (N - n + .5) / (n + .5))`` (Robertson and Zaragoza 2009; the idf is Lucene's). A fragment counts as at
least ``SHORTEST`` words long (decision 0008).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from indexer.engines.ranking.accumulator import NOTHING
from indexer.engines.ranking.arrays import Floats, Integers
from indexer.engines.ranking.postings import Postings

K1 = 0.6
B = 0.75
SHORTEST = 80


@dataclass(frozen=True, slots=True)
class Taken:
    """One word, or several taken as one: the terms that it may be, and what they hold together."""

    terms: tuple[Postings, ...]
    fragments: Integers
    counts: Integers


class Bm25:
    """The formula over the fragments of one index.

    Args:
        words: Of each fragment, how many words it has.
    """

    def __init__(self, words: Integers) -> None:
        length = np.maximum(words, SHORTEST).astype(np.float64)
        mean = float(length.mean()) if length.size else 1.0
        self._size = length.size
        self._norm: Floats = K1 * (1 - B + B * length / mean)
        self._least = float(self._norm.min(initial=math.inf))

    def scores(self, fragments: Integers, counts: Integers) -> Floats:
        """What a term is worth in each of the fragments that hold it so often."""
        if not fragments.size:
            return NOTHING
        return self._of(fragments.size, fragments, counts)

    def kept(self, term: Postings | Taken) -> Floats:
        """The same of a term, which keeps it."""
        if isinstance(term, Taken):
            if len(term.terms) != 1:
                return self.scores(term.fragments, term.counts)
            [term] = term.terms
        if term.scores is None:
            term.scores = self.scores(term.fragments, term.counts)
        return term.scores

    def among(self, taken: Taken, wanted: Integers) -> Floats:
        """What a word is worth in some fragments, 0 in those that lack it."""
        here = taken.fragments
        at = np.minimum(here.searchsorted(wanted), here.size - 1)
        counts = np.where(here[at] == wanted, taken.counts[at], 0)
        return self._of(here.size, wanted, counts)

    def most(self, taken: Taken) -> float:
        """No fragment is worth more for a word than this."""
        most = int(taken.counts.max(initial=0))
        return self._idf(taken.fragments.size) * (K1 + 1) * most / (most + self._least)

    def _of(self, n: int, fragments: Integers, counts: Integers) -> Floats:
        below = self._norm[fragments]
        below += counts
        found = np.asarray(counts * (self._idf(n) * (K1 + 1)), dtype=np.float64)
        found /= below
        return found

    def _idf(self, n: int) -> float:
        return math.log(1 + (self._size - n + 0.5) / (n + 0.5))


__all__ = ["K1", "SHORTEST", "B", "Bm25", "Taken"]
