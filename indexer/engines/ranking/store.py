"""What ranking asks of the files that keep an index: the only door between the two rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import msgspec

from indexer.engines.ranking.arrays import Integers, Numbers


class Posted(msgspec.Struct, frozen=True):
    """One term in one segment.

    Attributes:
        segment: Ordinal of the segment.
        documents: Numbers within the segment, ascending; deleted documents are included.
        counts: How many numbers each posting has.
        numbers: The numbers of all postings, one after the other (``understanding.documents`` says what they mean).
    """

    segment: int
    documents: Integers
    counts: Integers
    numbers: Numbers


class Names(Protocol):
    """Different strings in the order of their code points, each read when it is asked for."""

    def __len__(self) -> int:
        """Return how many there are."""

    def __getitem__(self, at: int, /) -> str:
        """Return one."""


@dataclass(frozen=True, slots=True)
class SegmentWords:
    """The words of a segment in reading order, as its texts show them.

    Attributes:
        begins: Per document, where its words begin; at the end, how many words there are.
        forms, stems: The terms of the fields ``exact`` and ``stem``.
        form_of, stem_of: Per pair of both that occurs, the index of each.
        words: Per word, its pair.
    """

    begins: Numbers
    forms: Names
    stems: Names
    form_of: Numbers
    stem_of: Numbers
    words: Numbers


class Store(Protocol):
    """The terms, postings and stored passages of an index, in segments. Safe to share between threads.

    Each method is called once per question or per term, never per posting.
    """

    def sizes(self) -> list[int]:
        """Return the number of documents per segment; deleted documents are included."""

    def deleted(self, segment: int) -> Integers:
        """Return the numbers of the deleted documents of a segment."""

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the terms of a field, segment by segment, each with its documents there; deleted ones are included."""

    def frequent(self, field: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return, per segment, the terms with this prefix that most documents hold; deleted ones are included."""

    def frequency(self, field: str, term: str) -> int:
        """Return how many documents hold a term; deleted ones are included."""

    def postings(self, field: str, term: str) -> list[Posted]:
        """Return a term in every segment that holds it."""

    def stored(self, segment: int, document: int) -> bytes:
        """Return what is stored of a document: a ``Document`` in MessagePack."""

    def words(self, segment: int) -> SegmentWords:
        """Return the words of a segment, deleted documents included."""

    def close(self) -> None:
        """Close the files."""
