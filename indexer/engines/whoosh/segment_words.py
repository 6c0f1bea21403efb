"""The words of a segment in reading order: what an index lacks, since it tells for each word where it stands.

It is made from the postings of the fields ``exact`` and ``stem``, once per segment. Layout, signed 32-bit integers, the
lowest byte first: the number of pairs; per document where its words begin, and where the last one ends; per pair of
form and stem the ordinal of each among the terms of its field; per word its pair.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np

from indexer.engines.ranking.arrays import Integers, Numbers, union
from indexer.engines.ranking.store import SegmentWords
from indexer.engines.understanding.documents import CORRECTED, WIDTHS, Document
from indexer.engines.whoosh.blocks import read
from indexer.engines.whoosh.schema import encoded
from indexer.engines.whoosh.stored_passages import StoredPassages
from indexer.engines.whoosh.terms import TermFile
from indexer.generations.checked_file import CheckedFile
from indexer.language.spanish import tokens
from indexer.language.stemming import stem as stem_of

EXT = ".palabras"
PART = 1 << 20
"""Words whose pairs are looked up at a time: those of a large segment together would take a gigabyte."""
_ITEM = np.dtype("<i4")


def write_words(path: Path, terms: TermFile, postings: CheckedFile, stored: StoredPassages, documents: int) -> None:
    """Write the words of a segment, as they are shown: words of originals that were corrected are left out."""
    begins, firsts, corrected = _places(terms, postings, documents)
    forms, stems = (_ordinals(field, terms, postings, begins, firsts) for field in ("exact", "stem"))
    if corrected.size:  # their postings have the words of the originals too
        known = [{term: at for at, term in enumerate(_terms(terms, field))} for field in ("exact", "stem")]
        for document in corrected.tolist():
            words = tokens(msgspec.msgpack.decode(stored[document], type=Document).passage.text)
            here = slice(begins[document], begins[document + 1])
            forms[here] = [known[0][encoded(word.form)] for word in words]
            stems[here] = [known[1][encoded(stem_of(word.text))] for word in words]
    parts = [slice(at, at + PART) for at in range(0, forms.size, PART)]

    def keys(part: slice) -> Integers:
        return forms[part].astype(np.int64) << 32 | stems[part]

    pairs = union([np.unique(keys(part)) for part in parts])
    with path.open("wb") as file:
        for numbers in ([pairs.size], begins, pairs >> 32, pairs & 0xFFFFFFFF):
            file.write(np.asarray(numbers, dtype=_ITEM).tobytes())
        for part in parts:
            file.write(pairs.searchsorted(keys(part)).astype(_ITEM).tobytes())


def read_words(file: CheckedFile, terms: TermFile, documents: int) -> SegmentWords:
    """Read what ``write_words`` wrote.

    Raises:
        IndexDamaged: A block is not as it was written.
    """
    numbers = np.frombuffer(file.view(), dtype=_ITEM)
    pairs, head = int(numbers[0]), documents + 2
    forms, stems, words = np.split(numbers[head:], [pairs, 2 * pairs])
    return SegmentWords(numbers[1:head], terms.names("exact"), terms.names("stem"), forms, stems, words)


def _terms(terms: TermFile, field: str) -> Iterator[bytes]:
    return iter(terms.terms(*terms.beginning(field, b"")))


def _places(terms: TermFile, postings: CheckedFile, documents: int) -> tuple[Integers, Integers, Integers]:
    """Where the words of each document begin (and the last ones end), its first position, the corrected documents."""
    rows = np.zeros((documents, WIDTHS["page"]), dtype=np.int64)
    for _, (posted, _, numbers) in _each(terms, postings.read, "page"):
        rows[posted] = numbers.reshape(-1, WIDTHS["page"])
    _, _, _, firsts, words, marks = rows.T
    return np.concatenate(([0], words.cumsum())), firsts, np.flatnonzero(marks & CORRECTED)


def _ordinals(field: str, terms: TermFile, postings: CheckedFile, begins: Integers, firsts: Integers) -> Numbers:
    """The term of each word, by its ordinal in its field."""
    found = np.zeros(begins[-1], dtype=np.int32)
    shift = begins[:-1] - firsts
    for ordinal, (documents, counts, numbers) in _each(terms, postings.read, field):
        found[shift[documents].repeat(counts) + numbers] = ordinal
    return found


def _each(
    terms: TermFile, part: Callable[[int, int], bytes], field: str
) -> Iterator[tuple[int, tuple[Integers, Integers, Numbers]]]:
    start, stop = terms.beginning(field, b"")
    for ordinal in range(start, stop):
        yield ordinal - start, read(part, terms.place(ordinal))
