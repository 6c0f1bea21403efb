"""Where words stand one after the other: fragments are compared first, places only where all of them can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engines.ranking.accumulator import FEW, Accumulator
from indexer.engines.ranking.arrays import NOWHERE, RUN, Integers, contains
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.postings import Postings, PostingsReader


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


def in_either_reading(reader: PostingsReader, phrases: Phrases, forms: Sequence[str]) -> tuple[Integers, Integers]:
    """Where words stand one after the other: the places of the first and of the last, in the shown texts."""
    starts = phrases.starts([reader.term("exact", form) for form in forms])
    ends = starts + (len(forms) - 1)
    if len(forms) < 2:
        return starts, ends  # a word of an original stands beside a shown one
    former = []
    for form in forms:
        former.append(reader.term("former", form))
        if not former[-1].fragments.size:
            return starts, ends
    begun = phrase([term.places for term in former])
    firsts = np.concatenate((starts, former[0].shown(begun)))
    lasts = np.concatenate((ends, former[-1].shown(begun + (len(forms) - 1))))
    once = np.unique(firsts, return_index=True)[1]
    return firsts[once], lasts[once]


def phrase(words: Sequence[Integers]) -> Integers:
    """Places where words stand one after the other: the place of the first.

    Args:
        words: The sorted places of each word, in order; a word that comes twice is there twice.
    """
    if not words:
        return NOWHERE
    rarest = min(range(len(words)), key=lambda i: words[i].size)
    starts = words[rarest] - rarest
    for offset in sorted(range(len(words)), key=lambda i: words[i].size):
        if not starts.size:
            break
        starts = starts[contains(words[offset], starts + offset)]
    return starts


def near(words: Sequence[tuple[Integers, int]], slop: int) -> tuple[Integers, Integers]:
    """The shortest spans that hold all of the words, in any order, with at most ``slop`` other words among them.

    Args:
        words: The sorted places of each different word, with how often it was asked for.
        slop: The most other words.

    Returns:
        First and last place of each span, ascending. No span holds another one.
    """
    if not words or any(places.size < times for places, times in words):
        return NOWHERE, NOWHERE
    starts = np.unique(np.concatenate([places for places, _ in words]))
    ends = starts.copy()
    for places, times in words:
        last = np.searchsorted(places, starts) + (times - 1)
        reached = np.where(last < places.size, places[np.minimum(last, places.size - 1)], np.iinfo(np.int64).max)
        ends = np.maximum(ends, reached)
    asked = sum(times for _, times in words)
    shortest = np.append(ends[1:] != ends[:-1], True)
    fits = (ends >> RUN == starts >> RUN) & (ends - starts + 1 - asked <= slop) & shortest
    return starts[fits], ends[fits]
