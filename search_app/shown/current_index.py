"""Which generation of the index answers, and its collection. It knows nothing of HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.engines.live import LiveIndex
from indexer.index.protocol import SearchIndex
from indexer.index.results import Health
from search_app.shown.collection import Collection


class CurrentIndex:
    """One index, whichever generation it serves. Safe to use from several threads."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._collection: Collection | None = None

    @contextmanager
    def now(self) -> Iterator[tuple[SearchIndex, Collection]]:
        """One generation, for the several questions of one answer, and its catalogue."""
        with self._index.pinned() as index:
            overview = index.overview()
            held = self._collection
            if held is None or held.overview is not overview:
                # Two threads may both build it: the same thing twice, never a half one.
                held = self._collection = Collection(overview)
            yield index, held

    def refresh(self) -> None:
        """Answer from what was published last, from now on."""
        if isinstance(self._index, LiveIndex):
            self._index.reopen()

    def edition(self) -> str:
        """Which state of the collection is served."""
        with self.now() as (_, collection):
            return collection.catalogue.edition

    def health(self) -> Health:
        """Edition, last good build, warnings."""
        return self._index.health()
