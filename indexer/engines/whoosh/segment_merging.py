"""Reads written segments as arrays, and merges several segments into one without their deleted documents."""

import contextlib
import heapq
import struct
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader

from indexer.engines.ranking.arrays import Integers, Numbers
from indexer.engines.whoosh.blocks import read
from indexer.engines.whoosh.schema import FIELDS
from indexer.engines.whoosh.segment_writer import SegmentFiles, Terms
from indexer.engines.whoosh.stored_passages import EXT, StoredPassages

_PLACE = struct.Struct("!qi")

TOGETHER = 1 << 19
"""How many numbers are written at once."""


Posted = tuple[Integers, Integers, Numbers]
"""A term: its documents, how many numbers each has, and the numbers in a row."""


class WrittenSegment:
    """The open files of a segment that ``SegmentFiles`` wrote.

    Attributes:
        size: Number of its documents; deleted ones are included.
        live: Per document, whether it is live.
    """

    def __init__(self, storage: FileStorage, segment: W3Segment) -> None:
        """Open it.

        Raises:
            ValueError: Its fields are other ones.
        """
        self.size = int(segment.doc_count_all())
        self.live = np.ones(self.size, dtype=np.bool_)
        self.live[list(segment.deleted_docs())] = False
        self._files = contextlib.ExitStack()
        try:
            self._terms = OrderedHashReader.open(storage, segment.make_filename(W3Codec.TERMS_EXT))
            self._files.callback(self._terms.close)
            if self._terms.extras["fieldmap"] != {name: number for number, name in enumerate(FIELDS)}:
                raise ValueError("its fields are other ones")
            self._postings = storage.open_file(segment.make_filename(W3Codec.POSTS_EXT))
            self._files.callback(self._postings.close)
            self._stored = StoredPassages(Path(storage.folder) / segment.make_filename(EXT), self.size)
            self._files.callback(self._stored.close)
        except BaseException:
            self._files.close()
            raise

    def keyed(self, source: int) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield every term, ascending: number of its field and text in one key, ``source``, what ``postings`` takes."""
        return ((key, source, found) for key, found in self._terms.items())

    def terms(self, field: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield the terms of a field, ascending, with what ``postings`` takes."""
        prefix = struct.pack("!H", FIELDS.index(field))
        for key, found in self._terms.items_from(prefix):
            if key[:2] != prefix:
                return
            yield key[2:], found

    def postings(self, found: bytes) -> Posted:
        """Return the postings of a term; deleted documents are included."""
        offset, length = _PLACE.unpack_from(found, len(found) - _PLACE.size)
        block = self._postings.get(offset, length)
        return read(lambda start, stop: bytes(block[start:stop]), 0)

    def stored(self) -> Iterator[bytes]:
        """Yield what is stored of each live document."""
        for document in np.flatnonzero(self.live).tolist():
            yield self._stored[document]

    def close(self) -> None:
        """Close the files."""
        self._files.close()


def merge(storage: FileStorage, index: str, segments: Sequence[W3Segment]) -> W3Segment:
    """Write the live documents of some segments as one segment, a few terms at a time.

    Raises:
        ValueError: A segment is not of this format.
    """
    with contextlib.ExitStack() as stack:
        sources = []
        for segment in segments:
            sources.append(WrittenSegment(storage, segment))
            stack.callback(sources[-1].close)
        files = stack.enter_context(SegmentFiles(storage, index))
        renumbered = []
        for source in sources:
            renumbered.append(np.where(source.live, np.cumsum(source.live) - 1 + len(files.stored), -1))
            for stored in source.stored():
                files.stored.add(stored)
        together = _Together(files)
        streams = [source.keyed(number) for number, source in enumerate(sources)]
        for key, held in groupby(heapq.merge(*streams), key=lambda row: row[0]):
            together.add(key, [_renumbered(sources[n].postings(found), renumbered[n]) for _, n, found in held])
        together.write()
        return files.finish()


def _renumbered(found: Posted, numbers: Integers) -> Posted:
    """The live documents of a term, with their new numbers."""
    documents, counts, values = numbers[found[0]], found[1], found[2].astype(np.int64)
    live = documents >= 0
    if not live.all():
        values = values[np.repeat(live, counts)]
        documents, counts = documents[live], counts[live]
    return documents, counts, values


class _Together:
    """Terms of one field that are written together."""

    def __init__(self, files: SegmentFiles) -> None:
        self._files = files
        self._field = -1
        self._begin()

    def _begin(self) -> None:
        self._texts: list[bytes] = []
        self._sizes: list[int] = []
        self._parts: list[Posted] = []
        self._held = 0

    def add(self, key: bytes, parts: list[Posted]) -> None:
        field = int.from_bytes(key[:2], "big")
        if field != self._field or self._held > TOGETHER:
            self.write()
            self._field = field
        size = sum(documents.size for documents, _, _ in parts)
        if size:
            self._texts.append(key[2:])
            self._sizes.append(size)
            self._parts += parts
            self._held += sum(documents.size + values.size for documents, _, values in parts)

    def write(self) -> None:
        if self._texts:
            documents, counts, values = (np.concatenate(column) for column in zip(*self._parts, strict=True))
            terms = Terms(self._texts, np.array(self._sizes), documents, counts, values)
            self._files.write(FIELDS[self._field], terms)
        self._begin()
