"""An index that was written before names could be inferred is still read: what it says was certain."""

from __future__ import annotations

from typing import Any
from unittest import mock

import msgspec

from indexer.engines.understanding import analysis
from indexer.engines.whoosh import gathering
from indexer.index.query import Query
from indexer.model import PageId
from tests.engines.shelf import FORO, Collection, Shelf


class _Older:
    """Stores a fragment as it was stored then."""

    def encode(self, document: Any) -> bytes:
        told = msgspec.to_builtins(document, builtin_types=(bytes,))
        del told["passage"]["inferred"]
        return msgspec.msgpack.encode(told)


def test_fragments_without_the_mark_are_those_of_certain_names(shelf: Shelf, collection: Collection) -> None:
    page = PageId.parse(f"{FORO}/mesa-1-capacitacion")
    with (
        mock.patch.object(gathering.msgspec.msgpack, "Encoder", _Older),
        mock.patch.object(analysis, "INFERRED", 0),
    ):
        index = shelf.open(collection.changes())
    found = index.session(page)
    assert found is not None
    assert [(passage.text, passage.inferred) for passage in found.passages] == [
        (passage.text, False) for passage in collection.pages[page]
    ]
    assert {value.tally.inferred for value in index.counted(Query(), "persona").values} == {0}
