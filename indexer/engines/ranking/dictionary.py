"""The words of an index, folded, with the live passages that hold them: all of them, or those that are visible."""

import heapq
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

import numpy as np

from indexer.engines.ranking.arrays import Integers, Mask
from indexer.engines.ranking.postings import PostingsReader
from indexer.engines.ranking.store import Store
from indexer.language.spelling import Spellings

MOST_READ = 8
"""How many passages are read to see how a word is written."""


class Dictionary:
    """The exact forms of an index, looked up in its store.

    Attributes:
        whole: True when no document is deleted; ``no_more`` is then the count itself.
    """

    def __init__(self, store: Store, reader: PostingsReader) -> None:
        self._store = store
        self._reader = reader
        self._sizes = len(store.sizes())
        self.whole = not any(store.deleted(index).size for index in range(self._sizes))
        self._lock = threading.Lock()
        self._live: dict[str, int] = {}
        self._spellings: Spellings | None = None

    def beginning(
        self, prefix: str, limit: int, counted: Callable[[str], int] | None = None
    ) -> tuple[tuple[str, int], ...]:
        """Return the words with a prefix, the most frequent first, then by the alphabet.

        Args:
            counted: Counts the passages that hold a word; by default all live ones count.
        """
        if self.whole and counted is None and self._sizes == 1:
            return tuple(self._store.frequent("exact", prefix, max(limit, 0)))
        words: Counter[str] = Counter()
        for word, most in self._store.terms("exact", prefix):
            words[word] += most
        # The count over the segments is no less than the live one: stop once no word can reach the best ones.
        best: list[tuple[int, _Last]] = []
        for word, most in sorted(words.items(), key=lambda pair: (-pair[1], pair[0])):
            if len(best) >= limit and (limit <= 0 or most < best[0][0]):
                break
            count = counted(word) if counted is not None else most if self.whole else self._count(word)
            if count:
                heapq.heappush(best, (count, _Last(word)))
                if len(best) > limit:
                    heapq.heappop(best)
        return tuple((last.word, count) for count, last in sorted(best, reverse=True))

    def no_more(self, word: str) -> int:
        """Return how many passages hold a word; deleted ones are included, so no fewer than the live ones."""
        return self._store.frequency("exact", word)

    def spellings(self) -> Spellings:
        """Return the words of the index, to be asked for those near a mistyped one; some may not be live."""
        with self._lock:
            if self._spellings is None:
                self._spellings = Spellings(word for word, _ in self._store.terms("exact"))
            return self._spellings

    def _count(self, word: str) -> int:
        count = self._live.get(word)
        if count is None:
            count = self._live[word] = self._reader.frequency("exact", word)
        return count


class SeenWords:
    """The ``VisibleWords`` of a correction over one index.

    Attributes:
        mask: Of each passage, whether it is visible.
        lasting: As in ``VisibleWords``.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        reader: PostingsReader,
        spelled: Callable[[str, int], Iterable[str]],
        mask: Mask,
        names: Callable[[], frozenset[str]],
        *,
        lasting: bool = True,
    ) -> None:
        """``spelled`` tells how a form is written in a passage that holds it, once per occurrence.

        ``names`` makes the names of ``VisibleWords`` when they are first asked for.
        """
        self._dictionary = dictionary
        self._reader = reader
        self._spelled = spelled
        self._every = bool(mask.all())
        self.mask = mask
        self._names = names
        self.lasting = lasting
        self._counted = lru_cache(1 << 14)(self._count) if lasting else self._count
        self.spellings = dictionary.spellings
        self.no_more = dictionary.no_more

    @cached_property
    def names(self) -> frozenset[str]:
        """See ``VisibleWords.names``."""
        return self._names()

    def count(self, form: str) -> int:
        """See ``VisibleWords.count``."""
        most = self._dictionary.no_more(form)
        return most if not most or (self._every and self._dictionary.whole) else self._counted(form)

    def count_stem(self, stem: str) -> int:
        """See ``VisibleWords.count_stem``. The reader keeps the stem: the search itself asks for it next."""
        return self._visible(self._reader.term("stem", stem).fragments)

    def written(self, form: str) -> Iterator[str]:
        """See ``VisibleWords.written``."""
        fragments = self._reader.fragments("exact", form)
        for fragment in fragments[self.mask[fragments]][:MOST_READ].tolist():
            yield from self._spelled(form, fragment)

    def beginning(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """See ``VisibleWords.beginning``."""
        return self._dictionary.beginning(prefix, limit, None if self._every else self.count)

    def close(self) -> None:
        """Let go of the index, which refers to this as well: its arrays are unmapped with it, not some time later."""
        self.__dict__.clear()

    def _count(self, form: str) -> int:
        return self._visible(self._reader.fragments("exact", form))

    def _visible(self, fragments: Integers) -> int:
        return fragments.size if self._every else int(np.count_nonzero(self.mask[fragments]))


class _Last:
    """A word that compares as less, the later it comes in the alphabet."""

    __slots__ = ("word",)

    def __init__(self, word: str) -> None:
        self.word = word

    def __lt__(self, other: "_Last") -> bool:
        return self.word > other.word
