"""Writes the files of one segment, as the codec of ``Whoosh==2.7.4`` lays them out (``codec/whoosh3.py``).

Whoosh's own writer takes a Python call and a pickle a posting; here the postings of many terms come as arrays. What is
written is what Whoosh's readers open: a term is one block, uncompressed, of ``(ids, weights, values)`` (see ``Rows``).
"""

from __future__ import annotations

import pickle
import struct
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3Segment, W3TermInfo
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashWriter

from indexer.engines.whoosh.schema import FIELDS, WIDTHS, Rows

Numbers = npt.NDArray[np.integer[Any]]

STORED_EXT = "._stored.col"
STORED_NAME = "passage"
_LEVEL = 1
"""Of zlib, for a stored fragment: level 3 takes twice the time and saves a twentieth."""

_LENGTH = struct.Struct("!i")
_PLACE = struct.Struct("!qi")
_SIZES = {code: array(code).itemsize for code in "BHI"}


@dataclass(frozen=True, slots=True)
class Terms:
    """Postings of some terms of one field, by term, then by document.

    Attributes:
        texts: Encoded, ascending.
        sizes: How many postings each has, at least one.
        documents: Of each posting.
        counts: How many numbers each posting has.
        numbers: Of all postings.
    """

    texts: Sequence[bytes]
    sizes: Numbers
    documents: Numbers
    counts: Numbers
    numbers: Numbers


class SegmentFiles:
    """One segment at work: every document is stored, every field written once, in the order of ``FIELDS``.

    Attributes:
        documents: How many were stored.
    """

    def __init__(self, storage: FileStorage, index: str) -> None:
        self._segment = W3Segment(W3Codec(), index)
        self._stored = storage.create_file(self._segment.make_filename(STORED_EXT))
        self._column = VarBytesColumn().writer(self._stored)
        self._terms = OrderedHashWriter(storage.create_file(self._segment.make_filename(W3Codec.TERMS_EXT)))
        # Every field in every segment: a field has one number everywhere, and segments merge by their keys.
        self._terms.extras["fieldmap"] = {name: number for number, name in enumerate(FIELDS)}
        self._postings = storage.create_file(self._segment.make_filename(W3Codec.POSTS_EXT))
        self._offset = 0
        self.documents = 0

    def store(self, fragment: bytes) -> None:
        """Store the next document."""
        self.copy(compressed(fragment))

    def copy(self, stored: bytes) -> None:
        """Store the next document as another segment stores it."""
        self._column.add(self.documents, stored)
        self.documents += 1

    def write(self, field: str, terms: Terms) -> None:
        """Write terms of a field; they come after all that were written before."""
        if not len(terms.texts):
            return
        width = WIDTHS.get(field, 0)
        key = struct.pack("!H", FIELDS.index(field))
        ends = np.cumsum(terms.sizes, dtype=np.int64)
        starts = ends - terms.sizes
        ids = _Column(_deltas(terms.documents, starts), starts)
        weights = _Column(terms.counts // width, starts) if width else None
        last = terms.documents[ends - 1].tolist()
        first = terms.documents[starts].tolist()
        totals = np.add.reduceat(terms.counts, starts, dtype=np.int64)
        number_ends = np.cumsum(totals)
        numbers = _Column(terms.numbers, number_ends - totals) if width else None
        sums = np.cumsum(terms.counts, dtype=np.int64) - np.repeat(number_ends - totals, terms.sizes)
        stops = _Column(sums, starts) if width else None
        bounds = zip(starts.tolist(), ends.tolist(), (number_ends - totals).tolist(), number_ends.tolist(), strict=True)
        for term, (start, end, low, high) in enumerate(bounds):
            size = end - start
            most, total, weight, stop = 1, size, None, None
            if width and weights is not None:
                most, total = weights.most[term], (high - low) // width
                if most > 1:
                    weight = weights.cut(term, start, end)
                    stop = stops.cut(term, start, end) if stops is not None else None
            row = numbers.cut(term, low, high) if numbers is not None else _NONE
            info = pickle.dumps((size, last[term], float(most), 0, 0, 0), 2)
            data = pickle.dumps((ids.cut(term, start, end), weight, Rows(size, width, row, stop)), 5)
            block = b"".join((WHOOSH3_HEADER_MAGIC, _LENGTH.pack(-len(info) - len(data)), info, data))
            self._postings.write(block)
            described = W3TermInfo._struct.pack(0, total, size, 0, 0, most, first[term], last[term])
            self._terms.add(key + terms.texts[term], described + _PLACE.pack(self._offset, len(block)))
            self._offset += len(block)

    def finish(self) -> W3Segment:
        """Close the files. Returns what the table of contents lists."""
        self._column.finish(self.documents)
        self._stored.close()
        self._terms.close()
        self._postings.close()
        self._segment.set_doc_count(self.documents)
        self._segment._fieldlengths = {}
        return self._segment


_NONE: array[int] = array("B")


class _Column:
    """Numbers of many terms, cut into arrays of the smallest type that holds a term's."""

    def __init__(self, numbers: Numbers, starts: Numbers) -> None:
        self._numbers = numbers
        self.most: list[int] = np.maximum.reduceat(numbers, starts).tolist()
        self._bytes: dict[str, bytes] = {}

    def cut(self, term: int, start: int, end: int) -> array[int]:
        """The numbers ``start`` to ``end``, all of one term."""
        most = self.most[term]
        code = "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I"
        data = self._bytes.get(code)
        if data is None:
            data = self._bytes[code] = self._numbers.astype(code).tobytes()
        size = _SIZES[code]
        return array(code, data[start * size : end * size])


def _deltas(documents: Numbers, starts: Numbers) -> Numbers:
    """What is to be added to the document before; each term begins at 0."""
    deltas = np.diff(documents, prepend=documents[:1])
    deltas[starts] = documents[starts]
    return deltas


def compressed(fragment: bytes) -> bytes:
    """A stored fragment as Whoosh's column of stored fields holds it."""
    return zlib.compress(pickle.dumps({STORED_NAME: fragment}, 2), _LEVEL)
