"""BM25 of one term, or of several that count as one, over live passages.

``idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean length))`` with
``idf = log(1 + (N - n + .5) / (n + .5))`` (Robertson and Zaragoza 2009; the idf is Lucene's). A passage counts as at
least ``SHORTEST`` words long (decision 0008).
"""

import math

import msgspec
import numpy as np

from indexer.engines.ranking.arrays import Floats, Integers
from indexer.engines.ranking.postings import Postings

K1 = 0.6
B = 0.75
SHORTEST = 80


class TermGroup(msgspec.Struct, frozen=True):
    """Terms that count as one word: its stems, its forms.

    Attributes:
        terms: The postings of each.
        fragments: That hold any of them, ascending, each once.
        counts: How often each fragment holds any of them.
    """

    terms: tuple[Postings, ...]
    fragments: Integers
    counts: Integers


class Bm25:
    """The formula over the passages of one index.

    Args:
        words: Number of words per passage.
    """

    def __init__(self, words: Integers) -> None:
        length = np.maximum(words, SHORTEST).astype(np.float64)
        mean = float(length.mean()) if length.size else 1.0
        self._size = length.size
        self._norm: Floats = K1 * (1 - B + B * length / mean)
        self._least = float(self._norm.min(initial=math.inf))

    def scores(self, fragments: Integers, counts: Integers) -> Floats:
        """Return the score of each passage for a term that these passages hold so often."""
        return self._of(fragments.size, fragments, counts)

    def term_scores(self, term: Postings | TermGroup) -> Floats:
        """Return the score of each passage that holds a term. The postings of a single term keep its scores."""
        if isinstance(term, TermGroup):
            if len(term.terms) != 1:
                return self._of(term.fragments.size, term.fragments, term.counts)
            [term] = term.terms
        if term.scores is None:
            term.scores = self._of(term.fragments.size, term.fragments, term.counts)
        return term.scores

    def scores_in(self, group: TermGroup, wanted: Integers) -> Floats:
        """Return the score of each wanted passage; 0 where it lacks the word."""
        here = group.fragments
        at = here.searchsorted(wanted)
        counts = group.counts.take(at, mode="clip") * (here.take(at, mode="clip") == wanted)
        return self._of(here.size, wanted, counts)

    def upper_bound(self, group: TermGroup, most: int | None = None) -> float:
        """Return a score that no passage exceeds for a word; with ``most``, none that holds it no more often."""
        if most is None:
            most = int(group.counts.max(initial=0))
        return self._idf(group.fragments.size) * (K1 + 1) * most / (most + self._least)

    def _of(self, n: int, fragments: Integers, counts: Integers) -> Floats:
        below = self._norm[fragments]
        below += counts
        return np.asarray(counts * (self._idf(n) * (K1 + 1)) / below)

    def _idf(self, n: int) -> float:
        return math.log(1 + (self._size - n + 0.5) / (n + 0.5))
