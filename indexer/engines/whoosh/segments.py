"""Reads Whoosh's files: terms, postings, stored fragments. Whoosh's readers are not safe for threads: one lock.

Whoosh's own matchers take a Python call a posting; here a term's blocks are decoded whole, as the codec of
``Whoosh==2.7.4`` lays them out (``W3LeafMatcher``), with its public matcher interface for any other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engines.whoosh.schema import Integers, encoded, schema
from indexer.errors import IndexDamaged

FOLDER = "whoosh"
INDEX = "MAIN"


@dataclass(frozen=True, slots=True)
class Posted:
    """One term in one segment.

    Attributes:
        segment: Ordinal of the segment.
        documents: Numbers within the segment, ascending, deleted ones included.
        values: The encoded numbers of each.
    """

    segment: int
    documents: Integers
    values: list[bytes]


class Segments:
    """The open files of one Whoosh index."""

    def __init__(self, folder: Path) -> None:
        """Open it.

        Raises:
            IndexDamaged: It cannot be opened, or another version of Consta wrote it.
        """
        self._lock = threading.Lock()
        self._open: list[tuple[Any, Any]] = []
        try:
            storage = FileStorage(str(folder))
            toc = TOC.read(storage, INDEX)
            if toc.schema != schema():
                raise ValueError("its schema is another one")
            self._schema = toc.schema
            self._segments = list(toc.segments)
            for segment in self._segments:
                codec = segment.codec()
                terms = codec.terms_reader(storage, segment)
                documents = codec.per_document_reader(storage, segment)
                self._open.append((terms, documents))
                if segment.doc_count_all():
                    # Opens that file as well: from here on nothing is looked up by name, and a folder that is
                    # deleted under a running server takes no answer away.
                    documents.stored_fields(0)
        except Exception as error:  # a pickle that another version wrote may raise anything
            self.close()
            raise IndexDamaged(
                f"El índice {folder} no se puede abrir ({type(error).__name__}). "
                "Vuelva a construirlo con: python -m indexer actualizar"
            ) from error

    def sizes(self) -> list[int]:
        """Documents of each segment, deleted ones included."""
        return [int(segment.doc_count_all()) for segment in self._segments]

    def deleted(self, segment: int) -> Integers:
        """Numbers of the deleted documents of a segment."""
        return np.array(sorted(self._segments[segment].deleted_docs()), dtype=np.int64)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Terms of a field, by segment, each with its documents there, deleted ones included."""
        start = encoded(prefix)
        for terms, _ in self._open:
            with self._lock:
                found = []
                if field in terms.indexed_field_names():
                    for (name, text), info in terms.items_from(field, start):
                        if name != field or not text.startswith(start):
                            break
                        found.append((text.decode("utf-8", "surrogatepass"), int(info.doc_frequency())))
            yield from found

    def postings(self, field: str, term: str) -> list[Posted]:
        """A term in every segment that holds it."""
        key = encoded(term)
        found = []
        with self._lock:
            for number, (terms, _) in enumerate(self._open):
                if field in terms.indexed_field_names() and (field, key) in terms:
                    matcher = terms.matcher(field, key, self._schema[field].format)
                    found.append(Posted(number, *decode(matcher)))
        return found

    def stored(self, segment: int, document: int) -> bytes:
        """The stored fragment of a document."""
        with self._lock:
            return bytes(self._open[segment][1].stored_fields(document)["passage"])

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            for terms, documents in self._open:
                terms.close()
                documents.close()
            self._open = []


def decode(matcher: Any) -> tuple[Integers, list[bytes]]:
    """Every posting of a matcher: document numbers and values."""
    if not isinstance(matcher, W3LeafMatcher):
        return decode_slowly(matcher)
    blocks: list[Integers] = []
    values: list[bytes] = []
    while matcher.is_active():
        matcher._read_data()
        # Numbers are deltas that begin anew in every block.
        blocks.append(np.cumsum(np.array(matcher._data[0], dtype=np.int64)))
        matcher._read_values()
        values.extend(matcher._values)
        matcher._next_block()
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.int64), values


def decode_slowly(matcher: Any) -> tuple[Integers, list[bytes]]:
    """The same through the interface that every matcher has."""
    documents, values = [], []
    while matcher.is_active():
        documents.append(matcher.id())
        values.append(matcher.value())
        matcher.next()
    return np.array(documents, dtype=np.int64), values
