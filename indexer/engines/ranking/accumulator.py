"""Adds up what several lists say of passages: sparse lists in, one sparse list out.

Each thread has one dense array of sums, which spares sorting. Each call leaves it at zero: it wipes what it wrote.
"""

import threading
from collections.abc import Sequence

import numpy as np

from indexer.engines.ranking.arrays import NOWHERE, Floats, Integers, Mask, among, contains

Scored = tuple[Integers, Floats]
"""Fragments, ascending, each once, and a number per fragment."""

FEW = 4
"""A list that is so many times longer than what is wanted of it is searched, not filled in."""

_SEARCH = 16
"""Steps of a bisection: to search so many times fewer fragments is cheaper than a pass over all."""

NOTHING: Floats = np.zeros(0)


class Accumulator(threading.local):
    """Sums over the fragments of one index."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._sums: Floats = np.zeros(size)

    def union(self, lists: Sequence[Integers]) -> Integers:
        """Return the fragments of any of the lists."""
        filled = [fragments for fragments in lists if fragments.size]
        if len(filled) < 2:
            return filled[0] if filled else NOWHERE
        if FEW * sum(map(len, filled)) < self._size:  # no pass over all fragments: sorted runs are merged
            every = np.concatenate(filled)
            every.sort(kind="stable")
            first = np.empty(every.size, dtype=np.bool_)
            first[0] = True
            np.not_equal(every[1:], every[:-1], out=first[1:])
            return every[first]
        there = np.zeros(self._size, dtype=np.bool_)
        for fragments in filled:
            there[fragments] = True
        return there.nonzero()[0]

    def all_of(self, lists: Sequence[Integers]) -> Integers:
        """Return the fragments that all lists have."""
        found, *others = sorted(lists, key=len)
        for fragments in others:
            found = found[self.among(fragments, found)]
        return found

    def around(self, lists: Sequence[Integers], wanted: Integers) -> Integers:
        """Return those of ``wanted``, ascending, that are in any of the lists, or beside a fragment that is."""
        if _SEARCH * sum(map(len, lists)) < wanted.size:
            near = self.union([fragments + step for fragments in lists for step in (-1, 0, 1)])
            return near[contains(wanted, near)]
        there = np.zeros(self._size + 2, dtype=np.bool_)
        for fragments in lists:
            there[fragments] = True
            there[fragments + 1] = True
            there[fragments + 2] = True
        return wanted[there[wanted + 1]]

    def among(self, fragments: Integers, wanted: Integers) -> Mask:
        """Return which of ``wanted`` are among ``fragments``."""
        return among(fragments, wanted, self._size)

    def among_either(self, fragments: Integers, wanted: Integers, step: int) -> Mask:
        """Return which of ``wanted`` are among ``fragments``, or are one ``step`` (1 or -1) before one of them."""
        if _SEARCH * wanted.size < fragments.size + self._size // _SEARCH:
            return contains(fragments, wanted) | contains(fragments, wanted + step)
        if _SEARCH * fragments.size < wanted.size:
            found = np.zeros(wanted.size, dtype=np.bool_)
            for asked in (fragments, fragments - step):
                at = np.minimum(wanted.searchsorted(asked), wanted.size - 1)
                found[at[wanted[at] == asked]] = True
            return found
        there = np.zeros(self._size + 2, dtype=np.bool_)
        there[fragments + 1] = True
        there[fragments + (1 - step)] = True
        return there[wanted + 1]

    def raised(self, scored: Scored, bonus: Scored) -> Floats:
        """Return scores with a bonus added for some of their fragments."""
        fragments, scores = scored
        some, more = bonus
        if _SEARCH * some.size < fragments.size + self._size // _SEARCH:
            raised = scores.copy()
            raised[fragments.searchsorted(some)] += more
            return raised
        sums = self._sums
        try:
            sums[fragments] = scores
            sums[some] += more
            return sums[fragments]
        finally:
            sums[fragments] = 0.0

    def sum(self, parts: Sequence[Scored]) -> Scored:
        """Return the sum of each fragment over all lists, added up in the order of the lists."""
        filled = [part for part in parts if part[0].size]
        if len(filled) < 2:
            return filled[0] if filled else (NOWHERE, NOTHING)
        found = self.union([fragments for fragments, _ in filled])
        return found, self.over(found, filled)

    def over(self, fragments: Integers, parts: Sequence[Scored]) -> Floats:
        """Return the sums of these fragments alone, ascending."""
        if len(parts) == 1 and parts[0][0] is fragments:
            return parts[0][1].copy()
        if FEW * fragments.size < max((some.size for some, _ in parts), default=0):
            total = np.zeros(fragments.size)
            for part in parts:
                total += looked_up(part, fragments)
            return total
        sums = self._sums
        try:
            for some, scores in parts:
                sums[some] += scores
            return sums[fragments]
        finally:
            for some, _ in parts:
                sums[some] = 0.0

    def best(self, parts: Sequence[Scored]) -> Scored:
        """Return the largest number of each fragment in any list; no number is less than zero."""
        found = self.union([fragments for fragments, _ in parts])
        sums = self._sums
        try:
            for some, scores in parts:
                sums[some] = np.maximum(sums[some], scores)
            return found, sums[found]
        finally:
            sums[found] = 0.0

    def at(self, scored: Scored, fragments: Integers) -> Floats:
        """Return what a list says of other fragments; 0 where it lacks them."""
        some, scores = scored
        sums = self._sums
        try:
            sums[some] = scores
            return sums[fragments]
        finally:
            sums[some] = 0.0


def looked_up(scored: Scored, fragments: Integers) -> Floats:
    """Return what a list says of a few other fragments; 0 where it lacks them."""
    some, scores = scored
    if not some.size:
        return np.zeros(fragments.size)
    at = some.searchsorted(fragments)
    return np.asarray(scores.take(at, mode="clip") * (some.take(at, mode="clip") == fragments))
