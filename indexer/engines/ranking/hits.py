"""Reads the passages that are shown, and says what of them matches: the hits of a page of results."""

from collections.abc import Mapping, Sequence

import msgspec

from indexer.engines.ranking.arrays import holds
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.ranker import Matched, Shown
from indexer.engines.ranking.spans import by_passage
from indexer.engines.ranking.store import Store
from indexer.engines.understanding.documents import Document
from indexer.index.results import Hit, Question, Spans
from indexer.model.passage import Passage

_DOCUMENTS = msgspec.msgpack.Decoder(Document)
_Places = Mapping[int, Sequence[tuple[int, int]]]
"""First and last position of what matches, by passage."""


class Hits:
    """The passages of a store as they are shown."""

    def __init__(self, store: Store, passages: Passages) -> None:
        self._store = store
        self._passages = passages

    def document(self, passage: int) -> Document:
        """Return what is stored of a passage."""
        return _DOCUMENTS.decode(self._store.stored(*self._passages.document(passage)))

    def of(self, matched: Matched, shown: Shown, *, marked: bool) -> tuple[Hit, ...]:
        """Return the hits of a page; with ``marked``, where each matches and which question it answers."""
        asked = [passage - 1 for passage in shown.fragments if self._passages.answers[passage]]
        marking = [match.spans for match in matched.marking] if marked else []
        places: _Places = by_passage(marking, [*shown.fragments, *asked])
        return tuple(
            self._hit(matched, passage, score, places, full=at < shown.complete)
            for at, (passage, score) in enumerate(zip(shown.fragments, shown.scores, strict=True))
        )

    def _hit(self, matched: Matched, passage: int, score: float, places: _Places, *, full: bool) -> Hit:
        page = self._passages.page_at(int(self._passages.page[passage]))
        text, marks = self._marked(passage, places)
        has: list[str] = []
        lacks: list[str] = []
        for typed, match in () if full else matched.loose:
            if typed:  # not the words of a topic's name
                (has if holds(match.fragments, passage) else lacks).append(typed)
        asked = self._passages.answers[passage] and passage - 1 in places
        return Hit(
            page=page.id,
            event=page.event,
            session=page.session,
            passage=text,
            full=full,
            score=score,
            marks=marks,
            has=tuple(has),
            lacks=tuple(lacks),
            question=Question(*self._marked(passage - 1, places)) if asked else None,
        )

    def _marked(self, passage: int, places: _Places) -> tuple[Passage, Spans]:
        document, here = self.document(passage), places.get(passage)
        return document.passage, document.marks(int(self._passages.first[passage]), here) if here else ()
