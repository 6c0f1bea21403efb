"""What is written is what Whoosh's own reader and its own searcher expect; segments merge without losing or keeping."""

from __future__ import annotations

import gc
import random
import struct
from array import array
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.query import And, Every, Phrase, Term
from whoosh.reading import SegmentReader

from indexer.engines import engine
from indexer.engines.understanding.documents import WIDTHS, Document
from indexer.engines.whoosh import gathering, segment_merging, writer
from indexer.engines.whoosh.blocks import NO_NUMBERS, Row
from indexer.engines.whoosh.schema import FIELDS, encoded, schema
from indexer.engines.whoosh.segment_merging import merge
from indexer.engines.whoosh.segment_writer import SegmentFiles, Terms
from indexer.engines.whoosh.segments import FOLDER, INDEX, Segments
from indexer.engines.whoosh.stored_passages import EXT, StoredPassages
from indexer.index.protocol import PagePassages
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import tokens
from indexer.model import PageId
from tests.engines import random_search
from tests.engines.shelf import FORO, Collection, Shelf, fragment, with_page

pytestmark = pytest.mark.long

Postings = dict[tuple[str, str], dict[int, list[int]]]
"""By field and term, the numbers of each document."""


def stored(document: int) -> bytes:
    return f"fragmento {document}".encode()


def write_segment(storage: FileStorage, documents: int, postings: Postings) -> Any:
    files = SegmentFiles(storage, INDEX)
    for document in range(documents):
        files.stored.add(stored(document))
    for field in FIELDS:
        terms = sorted((encoded(term), found) for (name, term), found in postings.items() if name == field)
        if terms:
            rows = [row for _, found in terms for row in sorted(found.items())]
            files.write(
                field,
                Terms(
                    [term for term, _ in terms],
                    np.array([len(found) for _, found in terms]),
                    np.array([document for document, _ in rows]),
                    np.array([len(numbers) for _, numbers in rows]),
                    np.array([number for _, numbers in rows for number in numbers], dtype=np.int64),
                ),
            )
    return files.finish()


def read(storage: FileStorage, segment: Any) -> Postings:
    """Everything that Whoosh's reader sees in a segment, read one posting at a time; its statistics hold."""
    found: Postings = {}
    reader = SegmentReader(storage, schema(), segment)
    try:
        for field, term in reader.all_terms():
            info, matcher = reader.term_info(field, term), reader.postings(field, term)
            rows, weights = {}, []
            while matcher.is_active():
                value = matcher.value()
                rows[matcher.id()] = list(struct.unpack(f"<{len(value) // 4}I", value)) if len(value) > 1 else []
                weights.append(matcher.weight())
                matcher.next()
            width = WIDTHS.get(field, 0)
            assert weights == [len(numbers) // width if width else 1 for numbers in rows.values()]
            if not segment.has_deletions():
                assert info.doc_frequency() == len(rows)
                assert (info.min_id(), info.max_id()) == (min(rows), max(rows))
                assert info.weight() == sum(weights)
                assert info.max_weight() == max(weights)
            found[field, term.decode("utf-8", "surrogatepass")] = rows
    finally:
        reader.close()
    return {key: rows for key, rows in found.items() if rows}


@st.composite
def segments(draw: st.DrawFn) -> tuple[int, Postings]:
    """A segment of up to 40 documents, some in no posting; terms of any text, numbers up to the largest that fit."""
    documents = draw(st.integers(1, 40))
    number = st.one_of(st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 2**32 - 1))
    terms = st.text(st.characters(exclude_categories=()), min_size=0, max_size=6)
    postings: Postings = {}
    for field, term in draw(st.sets(st.tuples(st.sampled_from(FIELDS), terms), max_size=12)):
        width = WIDTHS.get(field, 0)
        times = st.integers(1, 4 if width else 1)
        held = draw(st.dictionaries(st.integers(0, documents - 1), times, min_size=1))
        postings[field, term] = {
            document: draw(st.lists(number, min_size=width * n, max_size=width * n))
            for document, n in sorted(held.items())
        }
    return documents, postings


@settings(max_examples=50)
@given(segments())
def test_whooshs_reader_sees_every_term_document_and_number(
    tmp_path_factory: pytest.TempPathFactory, written: tuple[int, Postings]
) -> None:
    storage = FileStorage(str(tmp_path_factory.mktemp("segmento")))
    documents, postings = written
    segment = write_segment(storage, documents, postings)
    assert segment.doc_count_all() == documents
    assert read(storage, segment) == postings


@settings(max_examples=50)
@given(st.lists(segments(), min_size=1, max_size=3), st.randoms(use_true_random=False), st.booleans())
def test_merged_segments_hold_what_was_live_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
    written: list[tuple[int, Postings]],
    rng: random.Random,
    few_at_a_time: bool,
) -> None:
    storage = FileStorage(str(tmp_path_factory.mktemp("segmentos")))
    expected: Postings = {}
    live: list[int] = []
    parts = []
    for documents, postings in written:
        segment = write_segment(storage, documents, postings)
        kept = [document for document in range(documents) if rng.random() < 0.7]
        for document in set(range(documents)) - set(kept):
            segment.delete_document(document)
        parts.append(segment)
        for key, rows in postings.items():
            for document in kept:
                if document in rows:
                    expected.setdefault(key, {})[len(live) + kept.index(document)] = rows[document]
        live += kept
    with pytest.MonkeyPatch.context() as patch:
        if few_at_a_time:
            patch.setattr(segment_merging, "TOGETHER", 1)
        merged = merge(storage, INDEX, parts)
    assert merged.doc_count_all() == len(live)
    assert read(storage, merged) == expected
    if live:
        with closing(StoredPassages(Path(storage.folder) / merged.make_filename(EXT), len(live))) as there:
            assert [there[n] for n in range(len(live))] == [stored(n) for n in live]


def plain(passages: Mapping[bytes, Document]) -> dict[tuple[str, str], set[bytes]]:
    """By field and term, the fragments that hold it, from their texts alone."""
    found: dict[tuple[str, str], set[bytes]] = {}
    for key, document in passages.items():
        for word in tokens(document.passage.text):
            for field, term in (("exact", word.form), ("stem", Lexicon.index_stem(word.text))):
                found.setdefault((field, term), set()).add(key)
        found.setdefault(("kind", str(document.passage.kind)), set()).add(key)
        for topic in document.passage.topics:
            found.setdefault(("topic", topic), set()).add(key)
    return found


def opened(folder: Path) -> Any:
    return whoosh_index.open_dir(str(folder / FOLDER), INDEX)


def kept(folder: Path) -> list[bytes]:
    """What is stored of each document, by the number that Whoosh's searcher gives it; of deleted ones too."""
    with closing(Segments(folder / FOLDER)) as segments:
        return [segments.stored(n, document) for n, size in enumerate(segments.sizes()) for document in range(size)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("full", [1, 150, 1 << 24])
def test_whooshs_searcher_finds_every_live_fragment_over_segments_updates_and_merges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, full: int
) -> None:
    monkeypatch.setattr(gathering, "FULL", full)
    monkeypatch.setattr(gathering, "CHUNK", 40)
    monkeypatch.setattr(writer, "MOST_SEGMENTS", 3)
    rng = random.Random(seed)
    collection = random_search.collection(rng)
    shelf = Shelf(tmp_path, engine())
    folder = shelf.write(collection.changes())
    for _ in range(4):
        collection, touched = random_search.updated(rng, collection)
        folder = shelf.write(collection.changes(touched))
        live = sum(map(len, collection.pages.values()))
        with opened(folder).searcher() as searcher:
            assert searcher.doc_count() == live
            there = kept(folder)
            every = {there[hit.docnum] for hit in searcher.search(Every(), limit=None)}
            assert len(every) == live
            documents = {key: msgspec.msgpack.decode(key, type=Document) for key in every}
            assert sorted(d.passage.text for d in documents.values()) == sorted(
                passage.text for page in collection.pages.values() for passage in page
            )
            for (field, term), expected in plain(documents).items():
                hits = searcher.search(Term(field, term), limit=None)
                assert {there[hit.docnum] for hit in hits} == expected, (field, term)
                assert all(hit.score > 0 for hit in hits)


def test_whooshs_phrases_and_conjunctions_are_answered(shelf: Shelf, collection: Collection) -> None:
    page = PageId(FORO, "mesa-9")
    texts = ("voto por voto y casilla por casilla", "casilla por voto", "el voto por la casilla", "")
    told = with_page(collection, page, tuple(fragment(n, text) for n, text in enumerate(texts, 1)))
    folder = shelf.write(told.changes())
    there = kept(folder)
    with opened(folder).searcher() as searcher:

        def numbers(query: Any) -> list[int]:
            found = (msgspec.msgpack.decode(there[hit.docnum], type=Document) for hit in searcher.search(query))
            return sorted(document.passage.number for document in found)

        of_page = Term("page", str(page))
        assert numbers(of_page) == [1, 2, 3, 4]
        assert numbers(And([of_page, Term("exact", "voto"), Term("exact", "casilla")])) == [1, 2, 3]
        assert numbers(And([of_page, Phrase("exact", ["voto", "por"])])) == [1, 3]
        assert numbers(And([of_page, Phrase("exact", ["por", "casilla"])])) == [1]
        matcher = searcher.postings("exact", "voto")
        matcher.skip_to(next(n for n, document in enumerate(there) if texts[0].encode() in document))
        assert matcher.weight() == 2
        assert matcher.value_as("positions") == [0, 2]


def test_memory_is_bounded_by_writing_a_segment_when_enough_was_gathered(
    monkeypatch: pytest.MonkeyPatch, shelf: Shelf, collection: Collection
) -> None:
    monkeypatch.setattr(gathering, "FULL", 1)
    folder = shelf.write(collection.changes())
    contents = TOC.read(FileStorage(str(folder / FOLDER)), INDEX)
    assert len(contents.segments) == sum(1 for passages in collection.pages.values() if passages) > 1


def test_an_update_of_one_page_leaves_the_files_that_are_there_as_they_are(
    shelf: Shelf, collection: Collection
) -> None:
    page = PageId(FORO, "mesa-9")
    many = with_page(collection, page, tuple(fragment(n, f"voto {n}") for n in range(1, 60)))
    before = shelf.write(many.changes()) / FOLDER
    added = PageId(FORO, "mesa-10")
    after = shelf.write(with_page(many, added, (fragment(1, "almacén"),)).changes({added})) / FOLDER
    segments_before = {path.name: path.stat().st_ino for path in before.glob(f"{INDEX}_*")}
    segments_after = {path.name: path.stat().st_ino for path in after.glob(f"{INDEX}_*")}
    assert segments_before.items() < segments_after.items()
    assert len(list(after.glob("*.toc"))) == 1


def words_in(folder: Path) -> set[str]:
    """Every term that Whoosh's reader finds, deleted or not."""
    storage = FileStorage(str(folder / FOLDER))
    found: set[str] = set()
    for segment in TOC.read(storage, INDEX).segments:
        reader = SegmentReader(storage, schema(), segment)
        found.update(term.decode("utf-8", "surrogatepass") for _, term in reader.all_terms())
        reader.close()
    return found


def test_a_segment_worn_by_deletions_is_written_anew_without_their_words(shelf: Shelf, collection: Collection) -> None:
    page = PageId(FORO, "mesa-9")
    secret = with_page(collection, page, tuple(fragment(n, f"palabrota{n}") for n in range(1, 60)))
    assert any(word.startswith("palabrota") for word in words_in(shelf.write(secret.changes())))
    mended = with_page(secret, page, (fragment(1, "Gracias."),))
    folder = shelf.write(mended.changes({page}))
    assert not any(word.startswith("palabrot") for word in words_in(folder))
    assert all(b"palabrot" not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_page_that_cannot_be_made_leaves_no_file_open(shelf: Shelf, collection: Collection) -> None:
    def broken() -> Iterator[PagePassages]:
        yield PagePassages(PageId(FORO, "mesa-9"), (fragment(1, "Gracias."),))
        raise OSError("disco lleno")

    with pytest.raises(OSError, match="disco lleno"):
        shelf.write(replace(collection.changes(), pages=broken()))
    gc.collect()  # what was left open would warn now, and warnings are errors


def test_an_index_without_a_fragment_is_written_and_grows(shelf: Shelf, collection: Collection) -> None:
    empty = Collection(collection.events, collection.sessions, {})
    with opened(shelf.write(empty.changes())).searcher() as searcher:
        assert searcher.doc_count_all() == 0
    with opened(shelf.write(collection.changes())).searcher() as searcher:
        assert searcher.doc_count_all() == sum(map(len, collection.pages.values()))


def test_rows_are_bytes_by_index_and_one_after_the_other() -> None:
    rows = Row(3, 1, array("H", [1, 2, 300]), [1, 1, 3])
    assert list(rows) == [rows[0], rows[1], rows[2]] == [b"\1\0\0\0", b"", b"\2\0\0\0,\1\0\0"]
    assert list(Row(2, 0, array("B"), None)) == [NO_NUMBERS, NO_NUMBERS]
    with pytest.raises(IndexError):
        rows[3]
