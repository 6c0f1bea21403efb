"""Reads the files of a Whoosh index: terms, postings, stored passages.

Whoosh's own matchers take a Python call per posting. Here the postings of a term become arrays at once, out of the
mapped file (``blocks``), and no lock is needed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engines.ranking.arrays import Integers
from indexer.engines.ranking.store import Posted, SegmentWords
from indexer.engines.whoosh import segment_words
from indexer.engines.whoosh.blocks import read
from indexer.engines.whoosh.schema import encoded, schema
from indexer.engines.whoosh.stored_passages import EXT, StoredPassages
from indexer.engines.whoosh.terms import TermFile
from indexer.errors import IndexDamaged
from indexer.generations.checked_file import CheckedFile

FOLDER = "whoosh"
INDEX = "MAIN"
POSTINGS_EXT: str = W3Codec.POSTS_EXT
BY_BLOCK = (POSTINGS_EXT, EXT, segment_words.EXT)
"""Ends of the names of the files of which ``Segments`` checks a block when it is first read."""


class Segments:
    """The open files of one Whoosh index: the ``Store`` of the room ``ranking``. Safe to share between threads."""

    def __init__(self, folder: Path, sums: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """Open it.

        Args:
            folder: Of the index.
            sums: The sums of the blocks of files that were not verified whole, by name.

        Raises:
            IndexDamaged: It cannot be opened, or another version of Consta wrote it.
        """
        self._folder, self._sums = folder, sums
        self._terms: list[TermFile] = []
        self._postings: list[CheckedFile] = []
        self._stored: list[StoredPassages] = []
        try:
            storage = FileStorage(str(folder))
            toc = TOC.read(storage, INDEX)
            if toc.schema != schema():
                raise ValueError("its schema is another one")
            self._segments = list(toc.segments)
            for segment in self._segments:
                codec = segment.codec()
                self._terms.append(TermFile(folder / segment.make_filename(codec.TERMS_EXT)))
                postings, stored = segment.make_filename(POSTINGS_EXT), segment.make_filename(EXT)
                self._postings.append(CheckedFile(folder / postings, sums.get(postings, b"")))
                self._stored.append(StoredPassages(folder / stored, segment.doc_count_all(), sums.get(stored, b"")))
        except Exception as error:  # a pickle that another version wrote may raise anything
            self.close()
            raise IndexDamaged(folder, f"no se puede abrir ({type(error).__name__})") from error

    def sizes(self) -> list[int]:
        """See ``Store.sizes``."""
        return [int(segment.doc_count_all()) for segment in self._segments]

    def deleted(self, segment: int) -> Integers:
        """See ``Store.deleted``."""
        return np.array(sorted(self._segments[segment].deleted_docs()), dtype=np.int64)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See ``Store.terms``."""
        for terms in self._terms:
            start, stop = terms.beginning(field, encoded(prefix))
            counts = terms.frequencies(start, stop).tolist()
            for term, count in zip(terms.terms(start, stop), counts, strict=True):
                yield term.decode("utf-8", "surrogatepass"), count

    def frequent(self, field: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """See ``Store.frequent``."""
        found = []
        for terms in self._terms:
            start, stop = terms.beginning(field, encoded(prefix))
            counts = terms.frequencies(start, stop)
            for ordinal in np.argsort(-counts, kind="stable")[:most].tolist():
                found.append(
                    (terms.term(start + ordinal, keep=True).decode("utf-8", "surrogatepass"), int(counts[ordinal]))
                )
        return found

    def frequency(self, field: str, term: str) -> int:
        """See ``Store.frequency``."""
        key = encoded(term)
        return sum([terms.frequency(field, key) for terms in self._terms])

    def postings(self, field: str, term: str) -> list[Posted]:
        """See ``Store.postings``."""
        key = encoded(term)
        found = []
        for number, (terms, postings) in enumerate(zip(self._terms, self._postings, strict=True)):
            offset = terms.find(field, key)
            if offset is not None:
                found.append(Posted(number, *read(postings.read, offset)))
        return found

    def stored(self, segment: int, document: int) -> bytes:
        """See ``Store.stored``."""
        return self._stored[segment][document]

    def words(self, segment: int) -> SegmentWords:
        """See ``Store.words``."""
        path = self._words_path(segment)
        file = CheckedFile(path, self._sums.get(path.name, b""))
        return segment_words.read_words(file, self._terms[segment], self.sizes()[segment])

    def write_words(self) -> None:
        """Write the words of each segment that is new."""
        for number, size in enumerate(self.sizes()):
            path = self._words_path(number)
            if not path.exists():
                read_from = self._terms[number], self._postings[number], self._stored[number]
                segment_words.write_words(path, *read_from, size)

    def _words_path(self, segment: int) -> Path:
        return self._folder / str(self._segments[segment].make_filename(segment_words.EXT))

    def close(self) -> None:
        """Close the files."""
        files: list[TermFile | CheckedFile | StoredPassages] = [*self._terms, *self._stored, *self._postings]
        for file in files:
            file.close()
        self._terms, self._stored, self._postings = [], [], []
