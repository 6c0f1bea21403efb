"""Where words stand one after the other: fragments are compared first, places only where all of them can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh.accumulator import FEW, Accumulator
from indexer.engines.whoosh.passages import Passages
from indexer.engines.whoosh.positions import NOWHERE, Integers, contains
from indexer.engines.whoosh.postings import Postings


class Phrases:
    """Phrases over the fragments of one index. A phrase may run from one fragment into the next of its turn."""

    def __init__(self, passages: Passages, sums: Accumulator) -> None:
        self._passages = passages
        self._sums = sums

    def starts(self, words: Sequence[Postings]) -> Integers:
        """Sorted places of the first of some words where all of them follow one another."""
        if len(words) < 2:
            return words[0].places if words else NOWHERE
        sizes = [word.fragments.size for word in words]
        first = min(range(len(words) - 1), key=lambda at: (min(sizes[at : at + 2]), max(sizes[at : at + 2])))
        found = self.after_each_other(words[first], words[first + 1]) - first
        for at in sorted({*range(len(words))} - {first, first + 1}, key=sizes.__getitem__):
            if not found.size:
                break
            found = found[contains(self._places(words[at], found + at), found + at)]
        return found

    def after_each_other(self, first: Postings, second: Postings) -> Integers:
        """Sorted places of the first of two words where the second follows."""
        if first.fragments.size <= second.fragments.size:
            starts, ends = self._near(first.fragments, second.fragments, 1)
        else:
            ends, starts = self._near(second.fragments, first.fragments, -1)
        if not (starts.size and ends.size):
            return NOWHERE
        places = first.places_in(starts)
        return places[contains(second.places_in(ends), places + 1)]

    def _near(self, few: Integers, many: Integers, step: int) -> tuple[Integers, Integers]:
        """Which of two lists' fragments are the same, or one ``step`` from those of the first: indexes of either."""
        these = np.flatnonzero(self._sums.among_either(many, few, step))
        if not these.size:
            return NOWHERE, NOWHERE
        near = few[these]
        return these, np.flatnonzero(self._sums.among_either(near, many, -step))

    def _places(self, word: Postings, wanted: Integers) -> Integers:
        """The places of a word in the fragments in which any of the wanted places lies, or all of its places."""
        if FEW * wanted.size > word.fragments.size or not word.fragments.size:
            return word.places
        fragments = self._passages.at(wanted)
        at = np.minimum(word.fragments.searchsorted(fragments), word.fragments.size - 1)
        at = at[word.fragments[at] == fragments]
        return word.places_in(at[np.diff(at, prepend=-1) > 0])


__all__ = ["Phrases"]
