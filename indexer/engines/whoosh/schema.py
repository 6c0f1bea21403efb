"""The schema of every Whoosh index: the fields of ``understanding.documents``. Passages are stored beside it.

The schema is pickled into every index: its classes keep their names, their module and their attributes. A change of
one, of ``blocks``, of ``stored_passages``, or of what a field's numbers mean, takes a new ``FORMAT``, and a new
``VERSION`` of the manifest.
"""

import struct
from collections.abc import Callable
from operator import methodcaller

from whoosh import fields, formats

from indexer.index.facets import FACETS

FORMAT = 9
_OF_FACETS = (facet.field for facet in FACETS.values() if facet.field)
FIELDS = tuple(sorted(("page", "exact", "stem", "concept", "former", "spelling", *_OF_FACETS)))
"""The fields that are searched. The index of a field is its number in Whoosh's files. They are sorted, since Whoosh
needs terms in the order of their fields' names where it reads segments together."""


class Numbers(formats.Format):  # type: ignore[misc]
    """Says that the value of a posting is a row of unsigned 32-bit integers."""

    posting_size = -1

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions of a word, for Whoosh's own phrases; meant for the fields ``exact`` and ``stem``."""
        return list(struct.unpack(f"<{len(value) // 4}I", value[: len(value) // 4 * 4]))


class ReadyTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms are made elsewhere: Whoosh neither analyses nor writes it."""

    def __init__(self) -> None:
        super().__init__(Numbers(), None)


encoded: Callable[[str], bytes] = methodcaller("encode", "utf-8", "surrogatepass")
"""Returns a term as Whoosh stores it. Whatever a person typed can be looked up."""


def schema() -> fields.Schema:
    """Return the schema of every index of this ``FORMAT``; an empty field of that name tells it from other ones."""
    return fields.Schema(**{f"format{FORMAT}": fields.STORED()}, **{name: ReadyTerms() for name in FIELDS})
