"""What a question about words is of: where a query's marks stand, and which words are near them or in its matches."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engines.ranking.arrays import NOWHERE, Integers, Mask, among, ranges
from indexer.engines.ranking.filters import Filtering
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.ranker import Matched
from indexer.engines.ranking.spans import merged
from indexer.engines.ranking.store import Store
from indexer.engines.ranking.text_words import TextWords
from indexer.index.query import Query

Window = tuple[int, int] | None
"""How many words before and after a mark are near it; None where the full matches themselves are meant."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a query in its full matches, in reading order.

    Attributes:
        passages: The passage of each.
        firsts, lasts: The places of its first and of its last word.
    """

    passages: Integers
    firsts: Integers
    lasts: Integers


@dataclass(frozen=True, slots=True)
class Region:
    """Some words, and all those that they are compared with.

    Attributes:
        marks: Of the query.
        here: The places of these words, ascending.
        everything: Per passage, whether its words count at all.
    """

    marks: Marks
    here: Integers
    everything: Mask


class Regions:
    """Finds the words that questions are of.

    Args:
        store: Of the index.
        passages: Its passages.
        answer: What the words of a query match, and what its filters leave of that.
        filtering: Its filters.
    """

    def __init__(
        self,
        store: Store,
        passages: Passages,
        answer: Callable[[Query], tuple[Matched, Matched]],
        filtering: Filtering,
    ) -> None:
        self._store = store
        self._passages = passages
        self._answer = answer
        self._filtering = filtering

    @cached_property
    def words(self) -> TextWords:
        """All words of the index, read when they are first asked for."""
        return TextWords(self._store, self._passages)

    def marks(self, query: Query) -> tuple[Marks, Integers]:
        """Return the marks of a query, and its full matches."""
        matched, found = self._answer(query)
        full = found.fragments if found.full is None else found.fragments[found.full]
        passages, firsts, lasts = merged([match.spans for match in matched.marking], self._passages, full)
        shift = self.words.begins[passages] - self._passages.first[passages]
        return Marks(passages, firsts + shift, lasts + shift), full

    def region(self, query: Query, window: Window) -> Region:
        """Return the words near the marks of a query or, without a window, those of its full matches."""
        marks, full = self.marks(query)
        if window is None:
            return Region(marks, self.words.of_passages(full), self._filtering.visible(query))
        left = np.zeros(len(self._passages), dtype=np.bool_)
        left[self._filtering.select(query).without("", np.arange(left.size))] = True
        here = self._near(marks, window)
        return Region(marks, here if left.all() else here[left[self.words.passage_at(here)]], left)

    def nearest(self, places: Integers, marks: Marks, window: tuple[int, int]) -> tuple[Marks, Integers]:
        """Return the mark that each place is near, and how far behind it (before it: below 0) the place stands."""
        if not places.size:
            return Marks(NOWHERE, NOWHERE, NOWHERE), NOWHERE
        far = np.int64(1) << 40
        turns, mine = self.words.turn_at(marks.passages)[0], self.words.turn_at(self.words.passage_at(places))[0]
        after = marks.firsts.searchsorted(places)
        before, after = np.maximum(after - 1, 0), np.minimum(after, turns.size - 1)
        behind, ahead = places - marks.lasts[before], marks.firsts[after] - places
        behind = np.where((behind > 0) & (behind <= window[1]) & (turns[before] == mine), behind, far)
        ahead = np.where((ahead > 0) & (ahead <= window[0]) & (turns[after] == mine), ahead, far)
        which = np.where(behind <= ahead, before, after)
        near = Marks(marks.passages[which], marks.firsts[which], marks.lasts[which])
        return near, np.where(behind <= ahead, behind, -ahead)

    def _near(self, marks: Marks, window: tuple[int, int]) -> Integers:
        """The places near the marks, in their turns; a word of a mark is near none."""
        begins, ends = self.words.turn_at(marks.passages)
        first, stop = np.maximum(marks.firsts - window[0], begins), np.minimum(marks.lasts + window[1] + 1, ends)
        # Both ascend as the marks do: what two ranges share is of the first one.
        here = ranges(np.maximum(first, np.append(0, stop[:-1])[: stop.size]), stop)
        return here[~among(ranges(marks.firsts, marks.lasts + 1), here, self.words.pairs.size)]
