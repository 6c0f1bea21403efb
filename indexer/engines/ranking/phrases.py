"""Where words stand one after the other. Passages are compared first, positions only where a phrase can stand."""

from collections.abc import Sequence

import numpy as np

from indexer.engines.ranking.accumulator import FEW, Accumulator
from indexer.engines.ranking.arrays import NOWHERE, RUN, Integers, common, contains, union
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.postings import Postings, PostingsReader

SEVERAL = 16_000
"""From so many positions of two words on, it pays to compare their passages first."""


class Phrases:
    """Phrases over the passages of one index. A phrase may run from one passage into the next of its turn."""

    def __init__(self, passages: Passages, sums: Accumulator) -> None:
        self._passages = passages
        self._sums = sums

    def starts(self, words: Sequence[Postings]) -> Integers:
        """Return the sorted positions of the first of some words, where the others follow it in order."""
        if len(words) < 2:
            return words[0].positions if words else NOWHERE
        sizes = [word.fragments.size for word in words]
        first = min(range(len(words) - 1), key=lambda at: (min(sizes[at : at + 2]), max(sizes[at : at + 2])))
        found = self.after_each_other(words[first], words[first + 1]) - first
        for at in sorted({*range(len(words))} - {first, first + 1}, key=sizes.__getitem__):
            if not found.size:
                break
            found = common(found + at, self._positions(words[at], found + at)) - at
        return found

    def after_each_other(self, first: Postings, second: Postings) -> Integers:
        """Return the sorted positions of the first of two words, where the second follows it."""
        if first.occurrences + second.occurrences < SEVERAL:
            if first.occurrences <= second.occurrences:
                return first.positions[contains(second.positions, first.positions + 1)]
            starts = second.positions - 1
            return starts[contains(first.positions, starts)]
        if first.fragments.size <= second.fragments.size:
            starts, ends = self._near(first.fragments, second.fragments, 1)
        else:
            ends, starts = self._near(second.fragments, first.fragments, -1)
        if not (starts.size and ends.size):
            return NOWHERE
        positions = first.positions_in(starts)
        return common(positions + 1, second.positions_in(ends)) - 1

    def _near(self, few: Integers, many: Integers, step: int) -> tuple[Integers, Integers]:
        """Indexes, in either list, of passages that are in the other, or one ``step`` away from one of the first."""
        these = self._sums.among_either(many, few, step).nonzero()[0]
        if not these.size:
            return NOWHERE, NOWHERE
        near = few[these]
        return these, self._sums.among_either(near, many, -step).nonzero()[0]

    def _positions(self, word: Postings, wanted: Integers) -> Integers:
        """A word's positions in the passages that hold a wanted position; all of them where that is quicker."""
        if FEW * wanted.size > word.fragments.size or not word.fragments.size:
            return word.positions
        fragments = self._passages.at(wanted)
        at = np.minimum(word.fragments.searchsorted(fragments), word.fragments.size - 1)
        at = at[word.fragments[at] == fragments]
        return word.positions_in(at[np.diff(at, prepend=-1) > 0])


def phrase_spans(reader: PostingsReader, phrases: Phrases, forms: Sequence[str]) -> tuple[Integers, Integers]:
    """Find a phrase of several words in the shown texts and in their originals (``understanding.originals``).

    Returns:
        First and last position of each, in the shown texts.
    """
    starts = phrases.starts([reader.term("exact", form) for form in forms])
    ends = starts + (len(forms) - 1)
    former = []
    for form in forms:
        former.append(reader.term("former", form))
        if not former[-1].fragments.size:
            return starts, ends
    begun = phrase([term.positions for term in former])
    firsts = np.concatenate((starts, former[0].shown(begun)))
    lasts = np.concatenate((ends, former[-1].shown(begun + (len(forms) - 1))))
    once = np.unique(firsts, return_index=True)[1]
    return firsts[once], lasts[once]


def phrase(words: Sequence[Integers]) -> Integers:
    """Return the positions of the first of some words, where the others follow it in order.

    Args:
        words: The sorted positions of each word, in order; a word that comes twice is there twice.
    """
    if not words:
        return NOWHERE
    rarest = min(range(len(words)), key=lambda i: words[i].size)
    starts = words[rarest] - rarest
    for offset in sorted(range(len(words)), key=lambda i: words[i].size):
        if not starts.size:
            break
        starts = common(starts + offset, words[offset]) - offset
    return starts


def near(words: Sequence[tuple[Integers, int]], slop: int) -> tuple[Integers, Integers]:
    """Find the shortest spans that hold all of some words, in any order.

    Args:
        words: The sorted positions of each different word, and how often it was asked for.
        slop: How many other words a span may hold.

    Returns:
        First and last position of each span, ascending. No span holds another one.
    """
    if not words or any(positions.size < times for positions, times in words):
        return NOWHERE, NOWHERE
    starts = union([positions for positions, _ in words])
    ends = starts.copy()
    beyond = np.iinfo(np.int64).max
    for positions, times in words:
        last = positions.searchsorted(starts) + (times - 1)
        reached = np.where(last < positions.size, positions[np.minimum(last, positions.size - 1)], beyond)
        ends = np.maximum(ends, reached)
    asked = sum(times for _, times in words)
    shortest = np.append(ends[1:] != ends[:-1], True)
    fits = (ends >> RUN == starts >> RUN) & (ends - starts + 1 - asked <= slop) & shortest
    return starts[fits], ends[fits]
