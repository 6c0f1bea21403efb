"""Writes a generation: the Whoosh index, the catalogue and the lexicon. Publishing it is not its matter."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from indexer.engines.whoosh import lexicon_file
from indexer.engines.whoosh.analysis import Analysis
from indexer.engines.whoosh.schema import schema
from indexer.engines.whoosh.segments import FOLDER, INDEX, Segments
from indexer.index import catalogue as catalogues
from indexer.index.protocol import Changes, PagePassages
from indexer.language.vocabulary import Vocabulary

MEMORY_MB = 48
"""Postings that the writer gathers before it sorts them into a file."""

BLOCK = 1024
"""Postings of a block; a term is always read whole, so that larger ones cost nothing."""

MOST_SEGMENTS = 8
MOST_DELETED = 0.25
"""Of a segment's documents, before it is written anew without them."""


def write(folder: Path, previous: Path | None, changes: Changes) -> None:
    """Write a generation into ``folder``; see ``indexer.index.protocol.Engine.write``.

    Raises:
        IndexDamaged: The last generation cannot be opened to build on it.
        OSError: The disk is full or cannot be written.
    """
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    for lock in place.glob("*_WRITELOCK"):
        lock.unlink()
    storage = FileStorage(str(place))
    if previous is None or changes.fresh:
        storage.create_index(schema(), INDEX)
    old = Segments(place)
    try:
        # The update's own lock keeps other writers away; a lock file here would be the hard link of another's.
        writer = SegmentWriter(storage.open_index(INDEX), _lk=False, compound=False, limitmb=MEMORY_MB, codec=_codec())
        try:
            _Pages(writer, old).replace(changes, Analysis(Vocabulary(changes.catalogue.topics)))
        except BaseException:
            with contextlib.suppress(Exception):
                writer.cancel()
            raise
    finally:
        old.close()
    writer.commit(mergetype=_merged)
    with contextlib.closing(Segments(place)) as new:
        lexicon_file.save(lexicon_file.collect(new), folder)
    # Both may be hard links into the last generation: never written in place.
    (folder / catalogues.FILE_NAME).unlink(missing_ok=True)
    catalogues.save(changes.catalogue, folder)


def _codec() -> W3Codec:
    """Whoosh's codec without its statistics of lengths: with them it looks for a file at every posting."""
    codec = W3Codec(blocklimit=BLOCK)
    codec.length_stats = False
    return codec


class _Pages:
    """Takes pages out of an index and puts them in."""

    def __init__(self, writer: SegmentWriter, old: Segments) -> None:
        self._writer = writer
        self._old = old
        self._bases = [0]
        for size in old.sizes():
            self._bases.append(self._bases[-1] + size)

    def replace(self, changes: Changes, analysis: Analysis) -> None:
        """Put in the changed pages, take out their old state and the pages that are gone."""
        for name in {name for name, _ in self._old.terms("page")} - set(changes.catalogue.pages):
            self._remove(name)
        for page in changes.pages:
            self._remove(str(page.page))
            self._add(page, analysis)

    def _remove(self, page: str) -> None:
        for posted in self._old.postings("page", page):
            for document in posted.documents:
                self._writer.delete_document(self._bases[posted.segment] + int(document))

    def _add(self, page: PagePassages, analysis: Analysis) -> None:
        for document, fields in analysis.page(page):
            self._writer.add_document(passage=msgspec.msgpack.encode(document), **fields)


def _merged(writer: Any, segments: Iterable[Any]) -> list[Any]:
    """Whoosh's merge policy: write anew what is full of deleted documents, and the smallest where there are many."""
    kept: list[Any] = []
    merged: list[Any] = []
    for segment in sorted(segments, key=lambda segment: -int(segment.doc_count())):
        if segment.doc_count() == 0:
            continue
        worn = segment.deleted_count() > MOST_DELETED * segment.doc_count_all()
        (merged if worn else kept).append(segment)
    if len(kept) >= MOST_SEGMENTS:
        half = MOST_SEGMENTS // 2
        kept, merged = kept[:half], merged + kept[half:]
    for segment in merged:
        with contextlib.closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return kept
