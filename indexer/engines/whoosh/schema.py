"""What Whoosh keeps of a fragment.

The schema is pickled into every index: its classes keep their names, their module and their attributes. A change of
one, of ``blocks``, or of what a field's numbers mean, takes a new ``FORMAT``.

===========  ==============================================  ===============================================
field        term                                            numbers of a posting
===========  ==============================================  ===============================================
``page``     ``evento`` or ``evento/mesa``                   number, order, run, first position, words, marks
``exact``    folded form of a word                           its positions
``stem``     folded stem of a word                           its positions
``concept``  id of a topic, where an equivalent form stands  position, words; position, words; …
``former``   folded form of a word of an original            place in that original, position; …
``spelling`` folded form, space, stem: what the lexicon has  none
others       one value of a facet                            none
``passage``  –                                               a ``Document``, MessagePack (stored, not indexed)
===========  ==============================================  ===============================================

Positions count the words of a *run*: the neighbouring fragments of one turn. So a phrase may cross fragments. Words of
an original that a correction replaced stand at the positions of those that were written for them (see ``originals``).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from whoosh import fields, formats

from indexer.index.facets import FACETS
from indexer.model import Passage

FORMAT = 5
_OF_FACETS = (facet.field for facet in FACETS.values() if facet.field)
FIELDS = tuple(sorted(("page", "exact", "stem", "concept", "former", "spelling", *_OF_FACETS)))
"""Those that are searched. Their places are their numbers in Whoosh's files: where segments are read together, Whoosh
needs terms in the order of their fields' names."""

WIDTHS = {"page": 6, "exact": 1, "stem": 1, "concept": 2, "former": 2}
"""Numbers that one occurrence of a term takes in a posting; none in the other fields, where a term occurs once. The
weight of a posting is how often its term occurs."""

CORRECTED, INFERRED = 1, 2
"""What the marks of a fragment add up to: its text is not its original; who speaks is inferred. An index that was
written before the second one has none of it."""

STORED_NAME = "passage"
STORED_EXT = "._stored.col"
"""Of the file of stored fragments, in Whoosh's naming."""

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

    def decode_positions(self, value: bytes) -> list[int]:
        """Where a word stands, for Whoosh's own phrases; of use in the fields ``exact`` and ``stem``."""
        return list(struct.unpack(f"<{len(value) // 4}I", value[: len(value) // 4 * 4]))


class ReadyTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms are made elsewhere: nothing is analysed by Whoosh, nor written by its writer."""

    def __init__(self) -> None:
        super().__init__(Numbers(), None)


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
    """The schema of every index of this ``FORMAT``; an empty field of its name tells it from any other one."""
    return fields.Schema(
        **{STORED_NAME: fields.STORED(), f"format{FORMAT}": fields.STORED()}, **{name: ReadyTerms() for name in FIELDS}
    )
