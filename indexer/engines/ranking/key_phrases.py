"""Key phrases: the sequences of two and three words that are more frequent in some part of the texts than in the rest.

They are counted and measured as single words are. A phrase neither begins nor ends with a function word, joins its
words by prepositions and articles alone, and an article or a preposition stands before it now and then: it is a name.
"""

from functools import lru_cache

import numpy as np

from indexer.engines.ranking.arrays import Integers, Mask
from indexer.engines.ranking.association import log_likelihood
from indexer.engines.ranking.regions import Region
from indexer.engines.ranking.text_words import TextWords
from indexer.index.company import FORM
from indexer.language.spanish import FUNCTION_WORDS
from indexer.word_lists import listed

CHANCE = 15.13
"""G² that chance reaches once in 10,000 times; see ``association.log_likelihood``."""
OVERLAPPING = 0.5
"""The share of its occurrences that share words with a stronger phrase, beyond which a phrase gives way to it."""
NAMED = 0.2
"""The share of its occurrences that an article or a preposition must precede."""
_NO_EDGES = FUNCTION_WORDS.union(*(listed("language", name) for name in ("unsought", "numbers_in_letters", "asides")))


class KeyPhrases:
    """Finds the key phrases of one index, of which it takes the words."""

    def __init__(self, words: TextWords) -> None:
        forms = words.units[FORM]
        names = [forms.names[at] for at in range(len(forms.names))]
        self._words, self._size = words, len(names)
        self._form = forms.of.astype(np.int32)[words.pairs]
        self._every = lru_cache(maxsize=8)(self._count)
        before = np.fromiter(map(listed("language", "before_names").__contains__, names), np.bool_)
        edges = (len(name) > 1 and name.isalpha() and name not in _NO_EDGES for name in names)
        self._edge: Mask = np.fromiter(edges, np.bool_)[self._form]
        self._named: Mask = np.append(False, before[self._form])[:-1]

    def among(self, region: Region, here: int, rest: int, least: int) -> list[tuple[Integers, int, int]]:
        """Return those said ``least`` times in a region of so many words: places, length, how often in the rest."""
        found: list[tuple[float, Integers, int, int]] = []
        for length in (2, 3):
            at, keys = self._sequences(region.here, length)
            known, of, times = np.unique(keys, return_inverse=True, return_counts=True)
            every, counts = self._every(length, region.everything.tobytes())
            place = every.searchsorted(known)
            others = np.where(every[place] == known, counts[place] - times, 0)
            measure = log_likelihood(times, others, here, rest)
            strong = (times >= least) & (measure >= CHANCE) & (times * rest > others * here)
            strong &= np.bincount(of, self._named[at], known.size) >= NAMED * times
            # One of three words is stronger than its part that is said up to one and a half times as often.
            together, ends = at[of.argsort(kind="stable")], times.cumsum()
            for code in strong.nonzero()[0].tolist():
                mine = together[ends[code] - times[code] : ends[code]]
                found.append((float(measure[code]) * length, mine, length, int(others[code])))
        chosen: list[tuple[Integers, int, int]] = []
        covered = np.zeros(self._edge.size, dtype=np.bool_)
        for _, places, length, elsewhere in sorted(found, key=lambda one: -one[0]):
            words = places[:, None] + np.arange(length)
            if covered[words].any(axis=1).mean() <= OVERLAPPING:
                covered[words] = True
                chosen.append((places, length, elsewhere))
        return chosen

    def _sequences(self, among: Integers, length: int) -> tuple[Integers, Integers]:
        """Where the candidates at some places begin, and a number for each sequence; a fragment holds all of one."""
        last, edge, passage_at = length - 1, np.zeros_like(self._edge), self._words.passage_at
        edge[among] = self._edge[among]
        at = edge[: max(edge.size - last, 0)].nonzero()[0]
        at = at[edge[at + last] & (edge[at + 1] | self._named[at + last])]
        at = at[passage_at(at) == passage_at(at + last)]
        keys = np.zeros(at.size, dtype=np.int64)
        for step in range(length):  # fits while there are fewer than two million forms
            keys = keys * self._size + self._form[at + step]
        return at, keys

    def _count(self, length: int, visible: bytes) -> tuple[Integers, Integers]:
        """What stands twice or more in some passages, and how often."""
        among = self._words.of_passages(np.frombuffer(visible, np.bool_).nonzero()[0])
        known, times = np.unique(self._sequences(among, length)[1], return_counts=True)
        more = times > 1
        return np.append(known[more], np.iinfo(np.int64).max), np.append(times[more], 0)
