"""The words of an index, folded, with the live fragments that hold them."""

from __future__ import annotations

import heapq
import threading
from collections import Counter
from collections.abc import Callable

from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.segments import Segments
from indexer.language.spelling import Spellings


class Dictionary:
    """Exact forms, looked up in the segments' own files.

    Attributes:
        whole: True when nothing was deleted since it was written: ``no_more`` is then the count itself.
    """

    def __init__(self, segments: Segments, reader: PostingsReader) -> None:
        self._segments = segments
        self._reader = reader
        self._sizes = len(segments.sizes())
        self.whole = not any(segments.deleted(index).size for index in range(self._sizes))
        self._lock = threading.Lock()
        self._live: dict[str, int] = {}
        self._spellings: Spellings | None = None

    def beginning(
        self, prefix: str, limit: int, counted: Callable[[str], int] | None = None
    ) -> tuple[tuple[str, int], ...]:
        """Words that begin so, the most frequent first, then by the alphabet.

        Args:
            counted: How many fragments count of those that hold a word; all live ones by default.
        """
        if self.whole and counted is None and self._sizes == 1:
            return tuple(self._segments.frequent("exact", prefix, max(limit, 0)))
        words: Counter[str] = Counter()
        for word, most in self._segments.terms("exact", prefix):
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
        """Fragments that hold a word, those deleted since included: at least as many as the live ones."""
        return self._segments.frequency("exact", word)

    def spellings(self) -> Spellings:
        """The words, to be asked for those near a mistyped one; which of them are live is not known there."""
        with self._lock:
            if self._spellings is None:
                self._spellings = Spellings(sorted({word for word, _ in self._segments.terms("exact")}))
            return self._spellings

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
