"""Every word of the live passages in reading order, as one row of numbers: what words are counted and compared by.

A word's *place* is its index in this row. Passages are in the order of the sessions, so the words of a passage, of a
turn and of a page are neighbours.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engines.ranking.arrays import RUN, Integers, Mask, Numbers, ranges
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.store import Names, Store
from indexer.index.company import FORM, LEMMA
from indexer.language.collation import of_folded
from indexer.language.spanish import FUNCTION_WORDS, tokens
from indexer.language.stemming import stem

PART = 1 << 18
"""Words that are counted at a time."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What counts as one word: the names of all, and the index of each pair's."""

    names: Names
    of: Numbers


class TextWords:
    """The words of an index.

    Attributes:
        begins: The place of the first word of each passage; at the end, how many words there are.
        pairs: Per place, the pair of form and stem that stands there.
        units: ``FORM`` and ``LEMMA``.
    """

    def __init__(self, store: Store, passages: Passages) -> None:
        """Read them.

        Raises:
            IndexDamaged: A file is not as it was written.
        """
        segments = [store.words(segment) for segment in range(len(store.sizes()))]
        forms = _together([one.forms for one in segments])
        stems = _together([one.stems for one in segments])
        keys = [
            forms[1][at][one.form_of].astype(np.int64) << 32 | stems[1][at][one.stem_of]
            for at, one in enumerate(segments)
        ]
        known, of = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *keys]), return_inverse=True)
        mine = np.split(of.astype(np.int32), np.cumsum([key.size for key in keys])[:-1] if keys else [])
        parts = []
        for segment, first, last in passages.stretches():
            words = segments[segment].words[slice(*segments[segment].begins[[first, last + 1]])]
            parts.append(words if len(segments) == 1 else mine[segment][words])  # one has its pairs in this order
        self._passages = passages
        self.begins: Integers = np.concatenate(([0], passages.words.cumsum()))
        self.pairs: Numbers = parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, dtype=np.int32), *parts])
        self.units = {FORM: Unit(forms[0], known >> 32), LEMMA: Unit(stems[0], known & 0xFFFFFFFF)}

    def code(self, unit: str, word: str) -> int:
        """Return the index of a word that a text writes so; -1 where there is none."""
        found = tokens(word)
        name = "" if len(found) != 1 else found[0].form if unit == FORM else stem(found[0].text)
        names = self.units[unit].names
        at = bisect_left(names, name)
        return at if name and at < len(names) and names[at] == name else -1

    def counts(self, pairs: Numbers) -> Integers:
        """Return how often each pair is among some.

        Part by part: ``bincount`` first makes its numbers wider, and so they stay near the processor.
        """
        found = np.zeros(self.units[FORM].of.size, dtype=np.int64)
        for at in range(0, pairs.size, PART):
            found += np.bincount(pairs[at : at + PART], minlength=found.size)
        return found

    @cached_property
    def every(self) -> Integers:
        """How often each pair stands in the texts."""
        return self.counts(self.pairs)

    def within(self, passages: Mask) -> Integers:
        """Return how often each pair stands in some passages: where they are most of all, by counting the others."""
        most = 2 * np.count_nonzero(passages) > passages.size
        some = self.counts(self.pairs[self.of_passages((~passages if most else passages).nonzero()[0])])
        return self.every - some if most else some

    def of_passages(self, passages: Integers) -> Integers:
        """Return the places of some passages, ascending as these are."""
        return ranges(self.begins[passages], self.begins[passages + 1])

    def passage_at(self, places: Integers) -> Integers:
        """Return the passage of each place."""
        return self.begins.searchsorted(places, side="right") - 1

    def turn_at(self, passages: Integers) -> tuple[Integers, Integers]:
        """Return where the turns of some passages begin and end."""
        turn = self._turns[0][passages]
        return self._turns[1][turn], self._turns[1][turn + 1]

    @cached_property
    def ranks(self) -> Integers:
        """Per pair, the place of its form in the alphabet."""
        forms = self.units[FORM]
        keys = [of_folded(forms.names[at]) for at in range(len(forms.names))]
        ranks = np.empty(len(keys), dtype=np.int64)
        ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
        return ranks[forms.of]

    @cached_property
    def function_words(self) -> dict[str, Mask]:
        """Per unit, which are function words: those of which the texts have more function words than others."""
        codes = [self.code(FORM, word) for word in FUNCTION_WORDS]
        known = np.isin(self.units[FORM].of, codes)
        found = {}
        for name, unit in self.units.items():
            every, some = (
                np.bincount(unit.of, weights=n, minlength=len(unit.names)) for n in (self.every, self.every * known)
            )
            found[name] = 2 * some > every
        return found

    @cached_property
    def _turns(self) -> tuple[Integers, Integers]:
        """The turn of each passage, and where each turn begins; at the end, how many words there are."""
        run = self._passages.first >> RUN
        new = np.diff(run, prepend=-1) != 0
        return new.cumsum() - 1, np.append(self.begins[:-1][new], self.begins[-1])


def _together(lists: Sequence[Names]) -> tuple[Names, list[Integers]]:
    """Sorted lists as one, and where the items of each stand in it."""
    if len(lists) == 1:
        return lists[0], [np.arange(len(lists[0]))]
    parts = [[names[at] for at in range(len(names))] for names in lists]
    every = sorted({name for names in parts for name in names})
    places = {name: at for at, name in enumerate(every)}
    return every, [np.fromiter(map(places.__getitem__, names), dtype=np.int64) for names in parts]
