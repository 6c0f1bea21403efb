"""The schema of every Whoosh index: the fields of ``understanding.documents``, and one for what is stored.

The schema is pickled into every index: its classes keep their names, their module and their attributes. A change of
one, of ``blocks``, or of what a field's numbers mean, takes a new ``FORMAT``.
"""

from __future__ import annotations

import struct

from whoosh import fields, formats

from indexer.engines.understanding.documents import FACETS

FORMAT = 5
FIELDS = tuple(sorted(("page", "exact", "stem", "concept", "former", "spelling", *FACETS)))
"""Those that are searched. Their places are their numbers in Whoosh's files: where segments are read together, Whoosh
needs terms in the order of their fields' names."""

STORED_NAME = "passage"
STORED_EXT = "._stored.col"
"""Of the file of stored fragments, in Whoosh's naming."""


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


def schema() -> fields.Schema:
    """The schema of every index of this ``FORMAT``; an empty field of its name tells it from any other one."""
    return fields.Schema(
        **{STORED_NAME: fields.STORED(), f"format{FORMAT}": fields.STORED()}, **{name: ReadyTerms() for name in FIELDS}
    )
