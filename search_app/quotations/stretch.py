"""Stretches of a transcript as one sequence of words, across its fragments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from indexer.index.protocol import SearchIndex
from indexer.model import PageId, Passage
from search_app.quotations.words import Word, is_sentence_end, words

MOST_FRAGMENTS = 60
"""Fragments before and after a place that are read, about 8,000 words each way."""
_STEP = 4
_AROUND = 40
"""Words that are shown on each side of what is compared, at most."""


@dataclass(frozen=True)
class Stretch:
    """Neighbouring fragments of a page, and the words of all of them, each with the index of its fragment."""

    page: PageId
    passages: tuple[Passage, ...]
    words: tuple[Word, ...]
    fragments: tuple[int, ...]

    @classmethod
    def of(cls, page: PageId, passages: tuple[Passage, ...], words: Sequence[Sequence[Word]]) -> Self:
        """The stretch of some fragments, with the words of each."""
        places = tuple(at for at, found in enumerate(words) for _ in found)
        return cls(page, passages, tuple(word for found in words for word in found), places)

    @cached_property
    def forms(self) -> list[str]:
        """What is compared of each word."""
        return [word.form for word in self.words]

    def passage(self, word: int) -> Passage:
        """The fragment in which a word stands."""
        return self.passages[self.fragments[word]]

    def between(self, word: int) -> str:
        """What stands after a word and before the next one; after the last one, the rest of its fragment."""
        text = self.passage(word).text[self.words[word].end :]
        if word + 1 == len(self.words):
            return text
        following = self.words[word + 1]
        if self.fragments[word] == self.fragments[word + 1]:
            return self.passage(word).text[self.words[word].end : following.start]
        return f"{text} {self.passage(word + 1).text[: following.start]}"

    def ends_after(self, word: int) -> bool:
        """Whether a sentence or a turn ends after a word; before the first one, one does."""
        if word < 0 or word + 1 >= len(self.words):
            return True
        return is_sentence_end(self.between(word)) or self.passage(word).turn != self.passage(word + 1).turn

    def around(self, start: int, stop: int) -> tuple[str, str]:
        """What the sentences in which some words stand say before these and after them."""
        low, high = start, stop
        while start - low < _AROUND and not self.ends_after(low - 1):
            low -= 1
        while high - stop < _AROUND and not self.ends_after(high - 1):
            high += 1
        before = self.text(low, start) + self.between(start - 1) if low < start else ""
        after = self.between(stop - 1) + self.text(stop, high) if stop < high else ""
        closing = re.match(r"\S*", self.between(high - 1))
        return before, after + (closing[0] if closing else "")

    def text(self, start: int, stop: int) -> str:
        """What is written from one word up to another, without it; nothing before the first or after the last."""
        if start >= stop:
            return ""
        pieces = []
        for at in range(self.fragments[start], self.fragments[stop - 1] + 1):
            text = self.passages[at].text
            opens = self.words[start].start if at == self.fragments[start] else 0
            closes = self.words[stop - 1].end if at == self.fragments[stop - 1] else len(text)
            pieces.append(text[opens:closes])
        return " ".join(pieces)


class Transcripts:
    """Reads stretches for one answer; no fragment is cut into words twice."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._words: dict[tuple[PageId, int], tuple[Word, ...]] = {}

    def around(self, page: PageId, passage: Passage, reach: int, *, one_turn: bool) -> Stretch:
        """A fragment with what stands around it.

        Args:
            reach: Words wanted before it and after it; where they end, or 60 fragments, the stretch ends.
            one_turn: Whether it ends with the turn.
        """
        before = self._beside(page, passage, -1, reach, one_turn)
        after = self._beside(page, passage, 1, reach, one_turn)
        passages = (*before[::-1], passage, *after)
        return Stretch.of(page, passages, [self._of(page, each) for each in passages])

    def _beside(self, page: PageId, passage: Passage, way: int, reach: int, one_turn: bool) -> list[Passage]:
        found: list[Passage] = []
        held = 0
        while held < reach and len(found) < MOST_FRAGMENTS:
            nearest = passage.order + way * (len(found) + 1)
            low, high = (nearest, nearest + _STEP) if way > 0 else (nearest - _STEP + 1, nearest + 1)
            read = self._index.stretch(page, max(0, low), max(0, high))[::way]
            for each in read:
                if each.kind is not passage.kind or (one_turn and each.turn != passage.turn) or held >= reach:
                    return found
                found.append(each)
                held += len(self._of(page, each))
            if len(read) < _STEP:
                break
        return found

    def _of(self, page: PageId, passage: Passage) -> tuple[Word, ...]:
        key = page, passage.order
        if (held := self._words.get(key)) is None:
            held = self._words[key] = tuple(words(passage.text))
        return held
