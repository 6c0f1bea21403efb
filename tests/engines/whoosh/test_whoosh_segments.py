"""Whoosh's own files: what is decoded whole is what its matchers say, and segments do not pile up."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage

from indexer.engines import engine
from indexer.engines.whoosh import segment_words
from indexer.engines.whoosh.schema import encoded
from indexer.engines.whoosh.segments import FOLDER, INDEX, Segments
from indexer.engines.whoosh.writer import MOST_DELETED, MOST_SEGMENTS
from tests.engines import random_search
from tests.engines.shelf import Collection, Shelf, fragment, with_page


def test_what_is_read_at_once_is_what_whooshs_own_reader_says(tmp_path: Path, collection: Collection) -> None:
    page = next(iter(collection.pages))
    many = tuple(fragment(number, f"voto {number % 7} voto ñandú{number % 300}") for number in range(1, 3_000))
    shelf = Shelf(tmp_path, engine())
    shelf.write(with_page(collection, page, many).changes())
    folder = shelf.folders[-1] / FOLDER
    segments = Segments(folder)
    with closing(FileStorage(str(folder)).open_index(INDEX).reader()) as reader:
        for field, term in (
            ("exact", "voto"),
            ("exact", "3"),
            ("stem", "vot"),
            ("page", str(page)),
            ("exact", "ñandu7"),
        ):
            [posted] = segments.postings(field, term)
            matcher = reader.postings(field, encoded(term))
            documents, values = [], []
            while matcher.is_active():
                documents.append(matcher.id())
                values.append(np.frombuffer(matcher.value(), dtype="<u4").tolist())
                matcher.next()
            rows = np.split(posted.numbers, np.cumsum(posted.counts)[:-1])
            assert posted.documents.tolist() == documents
            assert [row.tolist() for row in rows] == values
            assert segments.frequency(field, term) == reader.doc_frequency(field, encoded(term)) == len(documents)
        for field in ("exact", "stem", "page", "concept"):
            found = dict(segments.terms(field))
            assert list(found) == [text.decode() for text in reader.lexicon(field)]
            assert all(count == reader.doc_frequency(field, encoded(term)) for term, count in found.items())
            assert all(segments.frequency(field, term) == count for term, count in found.items())
            beside = {changed for term in found for changed in (f"{term}a", term[:-1], term[1:])} - {*found}
            assert beside
            assert not any(segments.frequency(field, term) for term in beside)
        assert [term for term, _ in segments.terms("exact", "ñ")] == [
            text.decode() for text in reader.expand_prefix("exact", encoded("ñ"))
        ]
    assert segments.postings("exact", "nada") == [] == list(segments.terms("ninguno"))
    assert segments.frequency("exact", "") == 0
    segments.close()


def test_the_words_of_a_segment_are_the_same_however_many_are_looked_up_at_a_time(
    tmp_path: Path, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Shelf(tmp_path, engine()).write(collection.changes()) / FOLDER
    [path] = folder.glob(f"*{segment_words.EXT}")
    at_once = path.read_bytes()
    path.unlink()
    monkeypatch.setattr(segment_words, "PART", 7)
    with closing(Segments(folder)) as segments:
        segments.write_words()
    assert path.read_bytes() == at_once


def test_segments_and_deleted_documents_do_not_pile_up(tmp_path: Path) -> None:
    rng = random.Random(7)
    collection = random_search.collection(rng)
    shelf = Shelf(tmp_path, engine())
    shelf.write(collection.changes())
    for _ in range(3 * MOST_SEGMENTS):
        collection, touched = random_search.updated(rng, collection)
        folder = shelf.write(collection.changes(touched))
        segments = Segments(folder / FOLDER)
        sizes = segments.sizes()
        assert len(sizes) <= MOST_SEGMENTS
        assert all(segments.deleted(i).size <= MOST_DELETED * size for i, size in enumerate(sizes))
        assert {path.name.partition(".")[0] for path in (folder / FOLDER).glob("MAIN_*")} == {
            segment.segment_id() for segment in segments._segments
        }
        segments.close()
