"""Writes the files of one segment; terms and postings as the codec of ``Whoosh==2.7.4`` has them (``whoosh3.py``).

Whoosh's own writer takes a Python call and a pickle per posting; here the postings of many terms come as arrays.
Whoosh's readers open what is written: a term is one block (see ``blocks``).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashWriter

from indexer.engines.ranking.arrays import Numbers
from indexer.engines.understanding.documents import WIDTHS
from indexer.engines.whoosh.blocks import packed
from indexer.engines.whoosh.schema import FIELDS
from indexer.engines.whoosh.stored_passages import EXT, StoredWriter

_PLACE = struct.Struct("!qi")


@dataclass(frozen=True, slots=True)
class Terms:
    """The postings of some terms of one field, by term, then by document.

    Attributes:
        texts: The terms, encoded, ascending.
        sizes: How many postings each term has, at least one.
        documents: The document of each posting.
        counts: How many numbers each posting has.
        numbers: The numbers of all postings.
    """

    texts: Sequence[bytes]
    sizes: Numbers
    documents: Numbers
    counts: Numbers
    numbers: Numbers


class SegmentFiles:
    """The files of a segment that is being written: first every document, then every field in the order of ``FIELDS``.

    Attributes:
        stored: Takes the documents, in MessagePack.
    """

    def __init__(self, storage: FileStorage, index: str) -> None:
        self._segment = W3Segment(W3Codec(), index)
        self._stored = storage.create_file(self._segment.make_filename(EXT))
        self.stored = StoredWriter(self._stored)
        self._terms = OrderedHashWriter(storage.create_file(self._segment.make_filename(W3Codec.TERMS_EXT)))
        # Every field in every segment: a field has one number everywhere, and segments merge by their keys.
        self._terms.extras["fieldmap"] = {name: number for number, name in enumerate(FIELDS)}
        self._postings = storage.create_file(self._segment.make_filename(W3Codec.POSTS_EXT))
        self._offset = 0

    def write(self, field: str, terms: Terms) -> None:
        """Write terms of a field; all terms written before come before them."""
        if not len(terms.texts):
            return
        width = WIDTHS.get(field, 0)
        key = struct.pack("!H", FIELDS.index(field))
        ends = np.cumsum(terms.sizes, dtype=np.int64)
        starts = ends - terms.sizes
        ids = _Column(_deltas(terms.documents, starts), starts)
        last = terms.documents[ends - 1].tolist()
        first = terms.documents[starts].tolist()
        totals = np.add.reduceat(terms.counts, starts, dtype=np.int64)
        number_ends = np.cumsum(totals)
        number_starts = number_ends - totals
        counts = _Column(terms.counts, starts) if width else None
        numbers = _Column(terms.numbers, number_starts) if width else None
        bounds = zip(starts.tolist(), ends.tolist(), number_starts.tolist(), number_ends.tolist(), strict=True)
        for term, (start, end, low, high) in enumerate(bounds):
            size = end - start
            most, total, count, row = 1, size, _NOTHING, _NOTHING
            if counts is not None and numbers is not None:
                most, total = counts.most[term] // width, (high - low) // width
                row = numbers.cut(term, low, high)
                if most > 1:
                    count = counts.cut(term, start, end)
            block = packed(size, last[term], most, width, (ids.cut(term, start, end), count, row), high - low)
            self._postings.write(block)
            described = W3TermInfo._struct.pack(0, total, size, 0, 0, most, first[term], last[term])
            self._terms.add(key + terms.texts[term], described + _PLACE.pack(self._offset, len(block)))
            self._offset += len(block)

    def finish(self) -> W3Segment:
        """Close the files and return what the table of contents lists."""
        self.stored.finish()
        self._terms.close()
        self._postings.close()
        self._segment.set_doc_count(len(self.stored))
        self._segment._fieldlengths = {}
        return self._segment

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in (self._stored, self._terms.dbfile, self._postings):
            if not file.is_closed:
                file.close()


_NOTHING = (0, b"")
"""A row that is left out of a block."""


class _Column:
    """The numbers of many terms, cut into rows: each of the smallest type that holds a term's numbers."""

    def __init__(self, numbers: Numbers, starts: Numbers) -> None:
        self._numbers = numbers
        self.most: list[int] = np.maximum.reduceat(numbers, starts).tolist()
        self._bytes: dict[int, bytes] = {}

    def cut(self, term: int, start: int, end: int) -> tuple[int, bytes]:
        """Return the numbers ``start`` to ``end``, all of one term: size of an item, items."""
        most = self.most[term]
        item = 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
        data = self._bytes.get(item)
        if data is None:
            data = self._bytes[item] = self._numbers.astype(f"<u{item}").tobytes()
        return item, data[start * item : end * item]


def _deltas(documents: Numbers, starts: Numbers) -> Numbers:
    """The difference of each document from the one before it; each term begins at 0."""
    deltas = np.diff(documents, prepend=documents[:1])
    deltas[starts] = documents[starts]
    return deltas
