"""Writes a generation: the Whoosh index, the catalogue and the lexicon. Others publish it."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engines.understanding.analysis import Analysis, WordTable
from indexer.engines.whoosh import lexicon_file
from indexer.engines.whoosh.gathering import Gathered
from indexer.engines.whoosh.schema import encoded, schema
from indexer.engines.whoosh.segment_merging import WrittenSegment, merge
from indexer.engines.whoosh.segment_writer import SegmentFiles
from indexer.engines.whoosh.segments import FOLDER, INDEX
from indexer.errors import IndexDamaged
from indexer.index import catalogue as catalogues
from indexer.index.protocol import Changes, PagePassages
from indexer.language.vocabulary import vocabulary_of

MOST_SEGMENTS = 8
MOST_DELETED = 0.25
"""The share of deleted documents from which on a segment is written anew without them."""


def write(folder: Path, previous: Path | None, changes: Changes) -> None:
    """Write a generation into ``folder``; see ``indexer.index.protocol.Engine.write``.

    Raises:
        IndexDamaged: The last generation cannot be opened to build on it.
        OSError: The disk is full or cannot be written.
    """
    inside = folder / FOLDER
    inside.mkdir(mode=0o700, exist_ok=True)
    storage = FileStorage(str(inside))
    old = TOC(schema(), [], 0) if previous is None or changes.fresh else _contents(storage)
    segments = list(old.segments)
    there = {encoded(name) for name in changes.catalogue.pages}
    changed: set[bytes] = set()
    written = list(_written(storage, _noted(changes.pages, changed), Analysis(vocabulary_of(changes.catalogue.topics))))
    for segment in segments:
        _forget(storage, segment, changed, there)
    kept = _tidied(storage, [*segments, *written], 0 if changes.purge else MOST_DELETED)
    TOC(schema(), kept, old.generation + 1).write(storage, INDEX)
    _sweep(storage, kept, old.generation + 1)
    lexicon_file.save(lexicon_file.collect(storage, kept), folder)
    catalogues.save(changes.catalogue, folder)


def _contents(storage: FileStorage) -> TOC:
    try:
        return TOC.read(storage, INDEX)
    except Exception as error:  # a pickle that another version wrote may raise anything
        raise IndexDamaged(storage.folder, f"no se puede abrir ({type(error).__name__})") from error


def _noted(pages: Iterable[PagePassages], changed: set[bytes]) -> Iterator[PagePassages]:
    for page in pages:
        changed.add(encoded(str(page.page)))
        yield page


def _written(storage: FileStorage, pages: Iterable[PagePassages], analysis: Analysis) -> Iterator[W3Segment]:
    """The passages of the pages as new segments: mostly one, none where there are no passages."""
    left = iter(pages)
    while True:
        with SegmentFiles(storage, INDEX) as files:
            gathered = Gathered(files, analysis.words)
            for page in left:
                for fragment in analysis.page(page):
                    gathered.add(fragment)
                if gathered.full:
                    break
            if not len(files.stored):
                return  # nothing is left; the empty files are swept
            gathered.write()
            yield files.finish()
        analysis.words = WordTable()


def _forget(storage: FileStorage, segment: W3Segment, changed: set[bytes], there: set[bytes]) -> None:
    """Delete from an old segment the pages that were written anew and those that are gone."""
    with contextlib.closing(WrittenSegment(storage, segment)) as source:
        for page, found in source.terms("page"):
            if page in changed or page not in there:
                for document in source.postings(found)[0].tolist():
                    segment.delete_document(document)


def _tidied(storage: FileStorage, segments: list[W3Segment], most_deleted: float) -> list[W3Segment]:
    """Merge the segments with many deleted documents, and the smallest ones where there are many segments."""
    kept: list[W3Segment] = []
    merged: list[W3Segment] = []
    for segment in sorted(segments, key=lambda segment: -int(segment.doc_count())):
        if segment.doc_count() == 0:
            continue
        worn = segment.deleted_count() > most_deleted * segment.doc_count_all()
        (merged if worn else kept).append(segment)
    if len(kept) + bool(merged) > MOST_SEGMENTS:
        half = MOST_SEGMENTS // 2
        kept, merged = kept[:half], kept[half:] + merged
    return [*kept, merge(storage, INDEX, merged)] if merged else kept


def _sweep(storage: FileStorage, kept: list[W3Segment], generation: int) -> None:
    """Delete the files of segments and tables of contents that are no longer used."""
    names = {segment.segment_id() for segment in kept}
    contents = TOC._filename(INDEX, generation)
    for name in storage.list():
        if name != contents and name.partition(".")[0] not in names:
            storage.delete_file(name)
