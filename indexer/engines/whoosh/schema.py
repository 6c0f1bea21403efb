"""What Whoosh keeps of a fragment.

The schema is pickled into every index: the two classes keep their names, their module and their attributes. A change
of either, or of what a field's numbers mean, takes a new ``FORMAT``.

===========  ==============================================  ===============================================
field        term                                            numbers of a posting
===========  ==============================================  ===============================================
``page``     ``evento`` or ``evento/mesa``                   number, order, run, first position, words
``exact``    folded form of a word                           its positions
``stem``     folded stem of a word                           its positions
``concept``  id of a topic, where an equivalent form stands  position, words; position, words; …
``spelling`` folded form, space, stem: what the lexicon has  none
others       one value of a facet                            none
``passage``  –                                               a ``Document``, MessagePack (stored, not indexed)
===========  ==============================================  ===============================================

Positions count the words of a *run*: the neighbouring fragments of one turn. So a phrase may cross fragments.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from whoosh import fields, formats

from indexer.model import Passage

FORMAT = 1
FACETS = ("kind", "person", "entity", "mention", "topic", "version")
"""Fields whose terms are values of a facet; events and sessions are read off ``page``."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Document:
    """What is stored of a fragment.

    Attributes:
        passage: The fragment.
        words: Where its words stand in its text, for the marks: the gap before each and its length, in characters.
    """

    passage: Passage
    words: bytes

    def offsets(self) -> Integers:
        """Start and end of each word, a row a word."""
        return np.cumsum(numbers([self.words])).reshape(-1, 2)


class Numbers(formats.Format):  # type: ignore[misc]
    """A posting's value is a row of unsigned 32-bit integers."""

    posting_size = -1


class ReadyTerms(fields.FieldType):  # type: ignore[misc]
    """A field that is given its terms ready made: ``{term: numbers}``. Nothing is analysed by Whoosh."""

    def __init__(self) -> None:
        super().__init__(Numbers(), None)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield what Whoosh's writer takes: term, frequency, weight, encoded value."""
        for term, numbers in value.items():
            # Whoosh drops empty values and then loses count of them when it merges.
            yield encoded(term), 1, 1.0, packed(numbers) or b"\0"


def encoded(term: str) -> bytes:
    """A term as Whoosh stores it; whatever a person typed can be looked up."""
    return term.encode("utf-8", "surrogatepass")


def packed(row: Sequence[int]) -> bytes:
    """Unsigned 32-bit integers."""
    return struct.pack(f"<{len(row)}I", *row)


def numbers(values: Sequence[bytes]) -> Integers:
    """The numbers of many postings, in a row."""
    return np.frombuffer(b"".join(values), dtype="<u4").astype(np.int64)


def schema() -> fields.Schema:
    """The schema of every index of this ``FORMAT``."""
    names = ("page", "exact", "stem", "concept", "spelling", *FACETS)
    return fields.Schema(passage=fields.STORED(), **{name: ReadyTerms() for name in names})
