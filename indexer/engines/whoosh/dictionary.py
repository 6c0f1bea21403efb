"""The words of an index, folded, with the live fragments that hold them."""

from __future__ import annotations

import heapq
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable

from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.segments import Segments
from indexer.language.spelling import Spellings


class Dictionary:
    """Exact forms. Read whole at the first question: a prefix of one word, then, costs a bisection.

    Attributes:
        whole: True when nothing was deleted since it was written: ``no_more`` is then the count itself.
    """

    def __init__(self, segments: Segments, reader: PostingsReader) -> None:
        self._segments = segments
        self._reader = reader
        self.whole = not any(segments.deleted(index).size for index in range(len(segments.sizes())))
        self._lock = threading.Lock()
        self._words: list[tuple[str, int]] | None = None
        self._live: dict[str, int] = {}
        self._spellings: Spellings | None = None

    def beginning(
        self, prefix: str, limit: int, counted: Callable[[str], int] | None = None
    ) -> tuple[tuple[str, int], ...]:
        """Words that begin so, the most frequent first, then by the alphabet.

        Args:
            counted: How many fragments count of those that hold a word; all live ones by default.
        """
        words = self._all()
        low = bisect_left(words, (prefix, 0))
        high = low
        while high < len(words) and words[high][0].startswith(prefix):
            high += 1
        # The count over the segments is no less than the live one: stop once no word can reach the best ones.
        best: list[tuple[int, _Last]] = []
        for word, most in sorted(words[low:high], key=lambda pair: (-pair[1], pair[0])):
            if len(best) >= limit and (limit <= 0 or most < best[0][0]):
                break
            count = counted(word) if counted is not None else most if self.whole else self._count(word)
            if count:
                heapq.heappush(best, (count, _Last(word)))
                if len(best) > limit:
                    heapq.heappop(best)
        return tuple((last.word, count) for count, last in sorted(best, reverse=True))

    def no_more(self, word: str) -> int:
        """Fragments that hold a word, those deleted since included: at least as many as the live ones."""
        words = self._all()
        place = bisect_left(words, (word, 0))
        return words[place][1] if place < len(words) and words[place][0] == word else 0

    def spellings(self) -> Spellings:
        """The words, to be asked for those near a mistyped one; which of them are live is not known there."""
        words = self._all()
        with self._lock:
            if self._spellings is None:
                self._spellings = Spellings(word for word, _ in words)
            return self._spellings

    def _all(self) -> list[tuple[str, int]]:
        with self._lock:
            if self._words is None:
                found: Counter[str] = Counter()
                for word, count in self._segments.terms("exact"):
                    found[word] += count
                self._words = sorted(found.items())
            return self._words

    def _count(self, word: str) -> int:
        count = self._live.get(word)
        if count is None:
            count = self._live[word] = self._reader.frequency("exact", word)
        return count


class _Last:
    """A word that counts as less the later it comes in the alphabet."""

    __slots__ = ("word",)

    def __init__(self, word: str) -> None:
        self.word = word

    def __lt__(self, other: _Last) -> bool:
        return self.word > other.word
