"""Gathers the postings of a segment in memory, as compact arrays, and sorts them with numpy.

A word takes four bytes until it is written, and the text of a term is kept once. So ``FULL`` bounds the memory,
whatever the size of the collection.
"""

from array import array
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.engines.ranking.arrays import Integers, union
from indexer.engines.understanding.analysis import Analysed, Terms, WordTable
from indexer.engines.whoosh.schema import FIELDS, encoded
from indexer.engines.whoosh.segment_writer import SegmentFiles
from indexer.engines.whoosh.segment_writer import Terms as WrittenTerms

FULL = 1 << 24
"""Words per segment, at most, give or take a page. So many take some 250 MB while they are sorted."""

CHUNK = 1 << 20
"""Words that are sorted at once."""

_FROM_WORDS = ("exact", "stem", "spelling")


class Gathered:
    """The passages of one segment."""

    def __init__(self, files: SegmentFiles, words: WordTable) -> None:
        self._files = files
        self._words = words
        self._tokens = array("I")
        self._counts = array("I")
        self._firsts = array("I")
        self._beside = array("I")
        self._others = {field: _Terms() for field in FIELDS if field not in _FROM_WORDS}
        self._encoder = msgspec.msgpack.Encoder()

    def add(self, fragment: Analysed) -> None:
        """Take in a passage as the next document."""
        document = len(self._counts)
        self._files.stored.add(self._encoder.encode(fragment.document))
        self._beside.extend(len(self._tokens) + at for at in fragment.beside)
        self._tokens.extend(fragment.words)
        self._counts.append(len(fragment.words))
        self._firsts.append(fragment.first)
        for field, terms in fragment.fields.items():
            if terms:
                self._others[field].add(document, terms)

    @property
    def full(self) -> bool:
        """Whether it is time to write the segment."""
        return len(self._tokens) >= FULL

    def write(self) -> None:
        """Write every field."""
        tokens = np.frombuffer(self._tokens, dtype=np.uint32)
        counts = np.frombuffer(self._counts, dtype=np.uint32).astype(np.int64)
        begins = np.cumsum(counts) - counts
        shifts = np.frombuffer(self._firsts, dtype=np.uint32).astype(np.int64) - begins
        beside = np.frombuffer(self._beside, dtype=np.uint32)
        for field in FIELDS:
            if field == "spelling":
                written = _spelled(tokens, begins, self._words.spelling)
            elif field in _FROM_WORDS:
                written = _placed(tokens, begins, shifts, beside, getattr(self._words, field))
            else:
                written = self._others[field].sorted()
            for terms in written:
                self._files.write(field, terms)


class _Terms:
    """The postings of a field whose terms come with their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms = array("I")
        self._documents = array("I")
        self._counts = array("I")
        self._values = array("I")

    def add(self, document: int, terms: Terms) -> None:
        known = self._numbers
        for term, values in terms.items():
            self._terms.append(known.setdefault(term, len(known)))
            self._documents.append(document)
            self._counts.append(len(values))
            self._values.extend(values)

    def sorted(self) -> Iterator[WrittenTerms]:
        if not self._numbers:
            return
        texts, ranks = _ranked(list(self._numbers))
        terms, documents, counts = (
            np.frombuffer(numbers, dtype=np.uint32).astype(np.int64)
            for numbers in (self._terms, self._documents, self._counts)
        )
        order = np.argsort(ranks[terms], kind="stable")
        begins = (np.cumsum(counts) - counts)[order]
        counts = counts[order]
        indexes = np.repeat(begins - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        values = np.frombuffer(self._values, dtype=np.uint32)[indexes] if len(self._values) else indexes
        yield WrittenTerms(texts, np.bincount(ranks[terms]), documents[order], counts, values)


def _placed(
    tokens: npt.NDArray[np.uint32],
    begins: Integers,
    shifts: Integers,
    beside: npt.NDArray[np.uint32],
    of_words: Sequence[str],
) -> Iterator[WrittenTerms]:
    """The postings of the terms of the words, with positions.

    Args:
        beside: Indexes of the tokens that have the position of the one before them.
    """
    texts, ranks = _ranked(of_words)
    shifts = shifts + beside.searchsorted(begins)
    for low, high, indexes, of in _chunks(ranks.astype(np.uint32)[tokens], len(texts)):
        documents = np.searchsorted(begins, indexes, side="right") - 1
        positions = indexes + shifts[documents]
        if beside.size:
            positions -= beside.searchsorted(indexes, side="right")
            # Where both forms of a text have a term at one position, it is indexed once.
            same = (np.diff(of, prepend=-1) == 0) & (np.diff(documents, prepend=-1) == 0)
            once = ~(same & (np.diff(positions, prepend=-1) == 0))
            of, documents, positions = of[once], documents[once], positions[once]
        new = np.flatnonzero(np.diff(documents, prepend=-1) | np.diff(of, prepend=-1))
        counts = np.diff(new, append=of.size)
        sizes = np.bincount(of[new] - low, minlength=high - low)
        found = np.flatnonzero(sizes)
        yield WrittenTerms([texts[low + i] for i in found.tolist()], sizes[found], documents[new], counts, positions)


def _spelled(
    tokens: npt.NDArray[np.uint32], begins: Integers, of_words: Sequence[tuple[str, ...]]
) -> Iterator[WrittenTerms]:
    """The postings of what the lexicon keeps of the words: none or a few terms per word."""
    sizes = np.fromiter(map(len, of_words), dtype=np.int64, count=len(of_words))
    texts, ranks = _ranked([term for terms in of_words for term in terms])
    begun, parts = np.cumsum(sizes) - sizes, []
    for start in range(0, tokens.size, CHUNK):
        indexes = start + np.flatnonzero(sizes[tokens[start : start + CHUNK]])
        documents = np.searchsorted(begins, indexes, side="right") - 1
        words = tokens[indexes]
        times = sizes[words]
        which = np.repeat(begun[words] - (np.cumsum(times) - times), times) + np.arange(times.sum())
        parts.append(np.unique(ranks[which] << 32 | np.repeat(documents, times)))
    pairs = union(parts)
    if not pairs.size:
        return
    terms, found = pairs >> 32, pairs & 0xFFFFFFFF
    held = np.bincount(terms, minlength=len(texts))
    kept = np.flatnonzero(held)
    nothing = np.zeros(found.size, dtype=np.int64)
    yield WrittenTerms([texts[i] for i in kept.tolist()], held[kept], found, nothing, nothing[:0])


def _ranked(texts: Sequence[str]) -> tuple[list[bytes], Integers]:
    """The different texts, encoded and sorted, and the rank of each given text among them."""
    ranks: dict[bytes, int] = dict.fromkeys(sorted({encoded(text) for text in texts}), 0)
    for rank, text in enumerate(ranks):
        ranks[text] = rank
    return list(ranks), np.fromiter((ranks[encoded(t)] for t in texts), dtype=np.int64, count=len(texts))


def _chunks(ranks: npt.NDArray[np.uint32], terms: int) -> Iterator[tuple[int, int, Integers, Integers]]:
    """Tokens by term, some terms at a time: the range of the terms, the indexes of the tokens, the term of each."""
    edges = np.cumsum(np.bincount(ranks, minlength=terms))
    low = 0
    while low < terms:
        done = int(edges[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(edges, done + CHUNK, side="right")))
        indexes = np.flatnonzero((ranks >= low) & (ranks < high))
        of = ranks[indexes].astype(np.int64)
        order = np.argsort(of, kind="stable")
        if order.size:
            yield low, high, indexes[order], of[order]
        low = high
