"""Adds up what several lists say of the same fragments: sparse lists in, one sparse list out.

A dense array of sums a thread, always left at zero, takes the place of sorting: what is written is what is wiped.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.positions import NOWHERE, Integers

Floats = npt.NDArray[np.float64]
Scored = tuple[Integers, Floats]
"""Fragments, ascending, each once, and a number of each."""

NOTHING: Floats = np.zeros(0)


class Accumulator(threading.local):
    """Sums over the fragments of one index."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._sums: Floats = np.zeros(size + 1)

    def union(self, lists: Sequence[Integers]) -> Integers:
        """The fragments of any of the lists."""
        filled = [fragments for fragments in lists if fragments.size]
        if len(filled) < 2:
            return filled[0] if filled else NOWHERE
        there = np.zeros(self._size, dtype=np.bool_)
        for fragments in filled:
            there[fragments] = True
        return np.flatnonzero(there)

    def hits(self, lists: Sequence[Integers]) -> tuple[Integers, Integers]:
        """The fragments of any of the lists, and in how many of them each is."""
        if len(lists) == 1:
            return lists[0], np.ones(lists[0].size, dtype=np.int64)
        counts: npt.NDArray[np.uint16] = np.zeros(self._size, dtype=np.uint16)
        for fragments in lists:
            counts[fragments] += 1
        found = np.flatnonzero(counts)
        return found, counts[found].astype(np.int64)

    def sum(self, parts: Sequence[Scored]) -> Scored:
        """What each fragment has in all lists together; added up in the order of the lists."""
        filled = [part for part in parts if part[0].size]
        if len(filled) < 2:
            return filled[0] if filled else (NOWHERE, NOTHING)
        found = self.union([fragments for fragments, _ in filled])
        return found, self.over(found, filled)

    def over(self, fragments: Integers, parts: Sequence[Scored]) -> Floats:
        """The same of these fragments, which are all that the lists have, or more."""
        sums = self._sums
        try:
            for some, scores in parts:
                sums[some] += scores
            return sums[fragments]
        finally:
            for some, _ in parts:
                sums[some] = 0.0

    def best(self, parts: Sequence[Scored]) -> Scored:
        """The largest that each fragment has in any list; nothing is less than zero."""
        found = self.union([fragments for fragments, _ in parts])
        sums = self._sums
        try:
            for some, scores in parts:
                sums[some] = np.maximum(sums[some], scores)
            return found, sums[found]
        finally:
            sums[found] = 0.0

    def more_beside(self, scored: Scored, fragments: Integers, before: Integers, after: Integers) -> Floats:
        """How much more a list says of one of two others than of each fragment itself; never less than zero.

        Args:
            before, after: Of each fragment, another one; -1 for none.
        """
        sums = self._sums
        some, scores = scored
        try:
            sums[some] = scores
            beside = np.maximum(sums[before], sums[after])  # the last sum, which -1 reads, is no fragment's
            beside -= sums[fragments]
            return np.maximum(beside, 0.0, out=beside)
        finally:
            sums[some] = 0.0
