"""Whoosh's own files: what is decoded whole is what its matchers say, and segments do not pile up."""

from __future__ import annotations

import random
from pathlib import Path

from indexer.engines import engine
from indexer.engines.whoosh.schema import encoded, schema
from indexer.engines.whoosh.segments import FOLDER, Segments, decode, decode_slowly
from indexer.engines.whoosh.writer import MOST_DELETED, MOST_SEGMENTS
from tests.engines import random_search
from tests.engines.shelf import Collection, Shelf, fragment, with_page


def test_blocks_decoded_whole_hold_what_the_public_interface_says(tmp_path: Path, collection: Collection) -> None:
    page = next(iter(collection.pages))
    many = tuple(fragment(number, f"voto {number % 7} voto") for number in range(1, 3_000))
    shelf = Shelf(tmp_path, engine())
    shelf.write(with_page(collection, page, many).changes())
    segments = Segments(shelf.folders[-1] / FOLDER)
    terms, _ = segments._open[0]
    for field, term in (("exact", "voto"), ("exact", "3"), ("stem", "vot"), ("page", str(page))):
        fast, slow = (
            read(terms.matcher(field, encoded(term), schema()[field].format)) for read in (decode, decode_slowly)
        )
        assert fast[0].size > 1
        assert fast[0].tolist() == slow[0].tolist()
        assert fast[1] == list(slow[1])
    segments.close()


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
