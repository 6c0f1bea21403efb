"""Questions of every class, drawn by a seed from the fragments they are asked of. No question comes twice in a class.

Words come in equal parts from four bands of frequency, rare to common, so that every engine has something to find; they
are in lower case, with their accents, none of them a stop word of Whoosh's or of ours. The questions of a class are in
random order: any first part of them has all bands.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from benchmarks.bench_rows import CLASSES, Question, Row

BANDS = (0.0, 0.002, 0.01, 0.05, 1.0)
"""Bounds of the shares of fragments that hold a word."""
LEAST = 4
"""Letters of a word. Of one whose first four are asked as a prefix three more: its stem must hold them as well."""
SCANNED = 20_000
"""Fragments whose pairs of neighbours are counted."""
FREQUENT_PAIRS = 2_000
KEPT = 3_000
"""Fragments that words of one text are drawn from."""

_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"[a-záéíóúüñ]+")


class Questions:
    """The words of some fragments, and questions over them.

    Args:
        rows: The fragments, read once.
        seed: Decides every draw.
    """

    def __init__(self, rows: Iterable[Row], seed: int) -> None:
        self._seed = seed
        self._draw = random.Random(f"{seed} bands")
        self._stop = _stop_words()
        self._frequency: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._kept: list[tuple[Row, list[str]]] = []
        self._size = 0
        keep = random.Random(f"{seed} kept")
        for row in rows:
            words = _WORD.findall(row.text.lower())
            self._frequency.update(set(words))
            if row.number < SCANNED:
                self._pairs.update(set(_neighbours(row.text)))
            self._size += 1
            if len(self._kept) < KEPT:
                self._kept.append((row, words))
            elif (place := keep.randrange(self._size)) < KEPT:
                self._kept[place] = (row, words)
        self._words = {word: n for word, n in sorted(self._frequency.items()) if self._asks(word)}
        self._bands = self._banded(self._words)

    def of(self, kind: str, count: int) -> list[Question]:
        """So many of a class, or as many as the fragments have; the same whatever else was asked for."""
        self._draw = random.Random(f"{self._seed} {kind}")
        made = {
            "a": self._terms,
            "b": self._three,
            "c": self._phrases,
            "d": self._prefixes,
            "e": self._filtered,
            "f": self._together,
        }[kind]
        found: dict[Question, None] = {}
        # Few fragments may not have so many: no more than so often is tried.
        for question in islice(made(), 50 * count):
            found.setdefault(question)
            if len(found) == count:
                break
        chosen = list(found)
        self._draw.shuffle(chosen)
        return chosen

    def all(self, count: int, classes: Iterable[str] = CLASSES) -> dict[str, list[Question]]:
        """So many of each class."""
        return {kind: self.of(kind, count) for kind in classes}

    def _asks(self, word: str) -> bool:
        return len(word) >= LEAST and word not in self._stop and _PLAIN.fullmatch(word) is not None

    def _banded(self, frequency: dict[str, int]) -> list[list[str]]:
        """Rare to common, each in random order; a band that has nothing is left out."""
        bands: list[list[str]] = [[] for _ in BANDS[1:]]
        for word, n in frequency.items():
            share = n / self._size
            bands[next((at for at, bound in enumerate(BANDS[1:-1]) if share <= bound), len(bands) - 1)].append(word)
        for band in bands:
            self._draw.shuffle(band)
        return [band for band in bands if band]

    def _terms(self) -> Iterator[Question]:
        for word in _in_turn(self._bands):
            yield Question((word,))

    def _three(self) -> Iterator[Question]:
        while True:
            words = dict.fromkeys(self._draw.choice(self._draw.choice(self._bands)) for _ in range(3))
            if len(words) == 3:
                yield Question(tuple(words))

    def _phrases(self) -> Iterator[Question]:
        """Half from the most frequent pairs, half as they come in the texts."""
        pairs = {pair: n for pair, n in self._pairs.items() if all(map(self._asks, pair)) and pair[0] != pair[1]}
        frequent = sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:FREQUENT_PAIRS]
        every = sorted(pairs)
        while True:
            yield Question(self._draw.choice(frequent))
            yield Question(self._draw.choice(every))

    def _prefixes(self) -> Iterator[Question]:
        counts: Counter[str] = Counter()
        forms: Counter[str] = Counter()
        for word, n in self._words.items():
            # Accents are folded by some engines alone; a prefix without any means the same to all.
            if len(word) >= LEAST + 3 and word[:LEAST].isascii():
                counts[word[:LEAST]] += n
                forms[word[:LEAST]] += 1
        for prefix in _in_turn(self._banded({prefix: n for prefix, n in counts.items() if forms[prefix] > 1})):
            yield Question((prefix,))

    def _filtered(self) -> Iterator[Question]:
        """One or three words within the mesa, or the person, of a fragment that has the first of them."""
        while True:
            row, words = self._draw.choice(self._kept)
            known = sorted({word for word in words if word in self._words})
            if not known:
                continue
            chosen = [self._draw.choice(known)]
            if self._draw.random() < 0.5:
                chosen += [self._draw.choice(self._draw.choice(self._bands)) for _ in range(2)]
            if len(set(chosen)) == len(chosen):
                by_mesa = self._draw.random() < 0.5
                yield Question(tuple(chosen), row.mesa if by_mesa else None, None if by_mesa else row.person)

    def _together(self) -> Iterator[Question]:
        """One to three words of one fragment."""
        while True:
            _, words = self._draw.choice(self._kept)
            known = sorted({word for word in words if word in self._words})
            if len(known) >= 3:
                yield Question(tuple(self._draw.sample(known, self._draw.choice((1, 2, 3)))))


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    """Words with nothing but a space between them."""
    found = list(_WORD.finditer(text.lower()))
    for one, two in pairwise(found):
        if two.start() - one.end() == 1 and text[one.end()] == " ":
            yield one[0], two[0]


def _in_turn(bands: Sequence[Sequence[str]]) -> Iterator[str]:
    """One of each band after another; where a band is used up, the others go on."""
    left = [iter(band) for band in bands]
    while left:
        for band in list(left):
            word = next(band, None)
            if word is None:
                left.remove(band)
            else:
                yield word


def _stop_words() -> frozenset[str]:
    from whoosh.lang.stopwords import stoplists

    from indexer.language.spanish import FUNCTION_WORDS

    return frozenset(stoplists["es"]) | frozenset(FUNCTION_WORDS)
