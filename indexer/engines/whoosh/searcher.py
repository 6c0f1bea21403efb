"""A published generation, open for reading: what ``SearchIndex`` asks, answered over arrays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from indexer.engines.whoosh import lexicon_file
from indexer.engines.whoosh.accumulator import Accumulator
from indexer.engines.whoosh.clauses import Resolved, Resolver
from indexer.engines.whoosh.columns import Mask, columns
from indexer.engines.whoosh.correction import Corrector, Seen, names
from indexer.engines.whoosh.crosstab import crosstab
from indexer.engines.whoosh.dictionary import Dictionary
from indexer.engines.whoosh.facets import facets
from indexer.engines.whoosh.filters import Filtering
from indexer.engines.whoosh.marks import marks
from indexer.engines.whoosh.passages import Passages
from indexer.engines.whoosh.positions import holds
from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.ranking import Matched, Ranker, Shown
from indexer.engines.whoosh.schema import Document
from indexer.engines.whoosh.scorer import Scorer
from indexer.engines.whoosh.segments import FOLDER, Segments
from indexer.engines.whoosh.typed import TypedWords
from indexer.errors import IndexDamaged
from indexer.index import catalogue as catalogues
from indexer.index.orders import ORDERS
from indexer.index.query import Query
from indexer.index.results import Correction, Counted, FacetValue, Health, Hit, Overview, Page, Ranking, Results, Spans
from indexer.language.vocabulary import Vocabulary
from indexer.model import PageId, Passage


@dataclass(frozen=True, slots=True)
class _Found:
    """What a query finds, before any text is read: what is ranked, which of it is on the page, how many there are."""

    matched: Matched
    shown: Shown
    facets: dict[str, tuple[FacetValue, ...]]
    resolved: Resolved
    corrections: tuple[Correction, ...]


class WhooshIndex:
    """An open index. Arrays are shared by threads and never change; Whoosh's readers are behind a lock."""

    def __init__(self, folder: Path, on_close: Callable[[], None] | None = None) -> None:
        """Open a generation whose manifest was verified.

        Raises:
            IndexDamaged: A part of it is missing or not of this version.
        """
        self._folder = folder
        self._on_close = on_close
        self._closing = threading.Lock()
        self._catalogue = catalogues.load(folder)
        lexicon = lexicon_file.load(folder)
        self._segments = Segments(folder / FOLDER)
        try:
            self._passages = Passages(self._segments, self._catalogue)
            self._sums = Accumulator(len(self._passages))
            self._reader = PostingsReader(self._segments, self._passages, self._sums)
            self._columns = columns(self._segments, self._reader, self._passages, self._catalogue)
        except (ValueError, IndexError, KeyError, OSError) as error:
            self._segments.close()
            raise IndexDamaged(
                f"El índice {folder} no se puede leer ({type(error).__name__}). "
                "Vuelva a construirlo con: python -m indexer actualizar"
            ) from error
        self._dictionary = Dictionary(self._segments, self._reader)
        vocabulary = Vocabulary(self._catalogue.topics)
        words = TypedWords(lexicon)
        self._resolver = Resolver(vocabulary, words, self._dictionary.beginning)
        self._scorer = Scorer(self._reader, self._passages, self._sums)
        self._ranker = Ranker(self._scorer, self._sums, len(self._passages))
        self._filtering = Filtering(self._passages, self._columns, self._catalogue, vocabulary)
        self._corrector = Corrector(self._dictionary, self._reader, words, vocabulary, self._spelled)
        self._seen = self._visible()
        self._overview = self._counted()

    @property
    def folder(self) -> Path:
        """The generation's folder."""
        return self._folder

    def search(self, query: Query) -> Results:
        """Answer a query. Never raises for what a person typed."""
        found = self._find(query)
        return Results(
            total_full=found.shown.full,
            total_partial=found.shown.partial,
            hits=tuple(
                self._hit(found.matched, fragment, score, full=at < found.shown.complete)
                for at, (fragment, score) in enumerate(zip(found.shown.fragments, found.shown.scores, strict=True))
            ),
            facets=found.facets,
            expansions=found.resolved.expansions,
            notices=found.resolved.notices,
            corrections=found.corrections,
        )

    def ranked(self, query: Query) -> Ranking:
        """The same answer by the names of the fragments alone: no text is read."""
        found = self._find(query)
        fragments = np.array(found.shown.fragments, dtype=np.int64)
        pages = [self._passages.pages[page].id for page in self._passages.page[fragments].tolist()]
        numbers = self._passages.number[fragments].tolist()
        return Ranking(tuple(zip(pages, numbers, strict=True)), found.shown.full, found.shown.partial, found.facets)

    def _find(self, query: Query) -> _Found:
        query, corrections = self._corrector.correct(query, self._seen_by(query))
        resolved = self._resolver.resolve(query)
        matched = self._ranker.match(resolved)
        selection = self._filtering.select(query)
        found = selection.of(matched)
        start, stop = max(query.offset, 0), max(query.offset, 0) + max(query.limit, 0)
        shown = self._ranker.page(found, start, stop, by_time=ORDERS[query.order].key == "place")
        counts = facets(self._columns, query.facets, matched.fragments, found.fragments, selection)
        return _Found(found, shown, counts, resolved, corrections)

    def counted(self, query: Query, facet: str, by: str | None = None) -> Counted:
        """The full matches by the values of a facet, or of two."""
        query, corrections = self._corrector.correct(query, self._seen_by(query))
        resolved = self._resolver.resolve(query)
        found = self._filtering.select(query).of(self._ranker.match(resolved))
        if found.full is not None:
            found = found.only(found.full)
        counts = crosstab(self._passages, found.fragments, self._columns[facet], self._columns[by] if by else None)
        return replace(counts, notices=resolved.notices, corrections=corrections)

    def passage(self, page: PageId, number: int) -> Passage | None:
        """One fragment."""
        index = self._passages.by_id.get(str(page))
        if index is None:
            return None
        place = self._passages.pages[index]
        here = np.flatnonzero(self._passages.number[place.start : place.stop] == number)
        return self._stored(place.start + int(here[0])).passage if here.size else None

    def stretch(self, page: PageId, start: int, stop: int) -> tuple[Passage, ...]:
        """Neighbouring fragments of a page, by their order."""
        index = self._passages.by_id.get(str(page))
        if index is None:
            return ()
        place = self._passages.pages[index]
        fragments = range(place.start, place.stop)[max(0, start) : max(0, stop)]
        return tuple(self._stored(fragment).passage for fragment in fragments)

    def session(self, page: PageId, query: Query | None = None) -> Page | None:
        """A whole page; with a query, marks in every fragment that its words match, whatever its filters."""
        index = self._passages.by_id.get(str(page))
        if index is None:
            return None
        place = self._passages.pages[index]
        fragments = range(place.start, place.stop)
        documents = [self._stored(fragment) for fragment in fragments]
        found: dict[int, Spans] = {}
        matched = None
        if query is not None:
            corrected, _ = self._corrector.correct(query, self._seen_by(query))
            matched = self._ranker.match(self._resolver.resolve(corrected))
        if matched is not None and matched.marking:
            here = matched.fragments[slice(*np.searchsorted(matched.fragments, (place.start, place.stop)))]
            for fragment in here.tolist():
                document = documents[fragment - place.start]
                if spans := self._marks(fragment, document, matched):
                    found[document.passage.number] = spans
        passages = tuple(document.passage for document in documents)
        return Page(place.id, place.event, place.session, passages, found)

    def overview(self) -> Overview:
        """Events, sessions, topics with counts, redirects, withdrawals."""
        return self._overview

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Indexed words (folded) that begin so, most frequent first."""
        return self._dictionary.beginning(prefix, limit)

    def words(self, prefix: str, limit: int, *, with_fictitious: bool = False) -> tuple[tuple[str, int], ...]:
        """Content words that begin so, as they are mostly written, of the fragments that may be seen."""
        return self._corrector.words(prefix, limit, self._seen[with_fictitious])

    def health(self) -> Health:
        """Edition, last good build, warnings."""
        return Health(
            edition=self._catalogue.edition,
            built_at=self._catalogue.built_at.isoformat(),
            passages=len(self._passages),
            warnings=tuple(str(problem) for problem in self._catalogue.problems),
        )

    def close(self) -> None:
        """Let go of files and locks. Safe to call twice."""
        self._segments.close()
        with self._closing:
            on_close, self._on_close = self._on_close, None
        if on_close is not None:
            on_close()

    def _hit(self, matched: Matched, fragment: int, score: float, *, full: bool) -> Hit:
        place = self._passages.pages[int(self._passages.page[fragment])]
        document = self._stored(fragment)
        there = [] if full else [holds(match.fragments, fragment) for _, match in matched.loose]
        return Hit(
            page=place.id,
            event=place.event,
            session=place.session,
            passage=document.passage,
            full=full,
            score=score,
            marks=self._marks(fragment, document, matched),
            has=tuple(typed for (typed, _), has in zip(matched.loose, there, strict=False) if has),
            lacks=tuple(typed for (typed, _), has in zip(matched.loose, there, strict=False) if not has),
        )

    def _marks(self, fragment: int, document: Document, matched: Matched) -> Spans:
        places = [span for match in matched.marking for span in match.spans(fragment)]
        return marks(document.offsets(), int(self._passages.place[fragment]), places)

    def _stored(self, fragment: int) -> Document:
        return msgspec.msgpack.decode(self._segments.stored(*self._passages.document(fragment)), type=Document)

    def _spelled(self, form: str, fragment: int) -> Iterator[str]:
        """How a form is written in a fragment, each time."""
        document, first = self._stored(fragment), int(self._passages.place[fragment])
        offsets = document.offsets()
        for place, _ in self._reader.term("exact", form).inside(fragment):
            yield document.passage.text[slice(*offsets[place - first])]

    def _visible(self) -> tuple[Seen, Seen]:
        """What is seen without fictitious events, and with all of them."""
        real, people, events = self._filtering.real(), self._columns["persona"], self._catalogue.events
        told = [name for name, n in zip(people.values, people.counts(np.flatnonzero(real)), strict=True) if n]
        named = names(self._catalogue, told, {event.slug for event in events if not event.fictitious})
        called = names(self._catalogue, people.values, {event.slug for event in events})
        every = Seen(self._filtering.every(), True, called)
        return (every if real is every.mask else Seen(real, False, named)), every

    def _seen_by(self, query: Query) -> Seen:
        """What somebody may see who asks so; where one fictitious event was chosen, its names count as known."""
        real, every = self._seen
        mask = self._filtering.visible(query)
        if mask is every.mask:
            return every
        return real if mask is real.mask else Seen(mask, bool(mask.all()), every.names, lasting=False)

    def _counted(self) -> Overview:
        real = self._filtering.real()

        def counts(name: str, mask: Mask) -> dict[str, int]:
            column = self._columns[name]
            return {
                value: int(n) for value, n in zip(column.values, column.counts(np.flatnonzero(mask)), strict=True) if n
            }

        return Overview(
            self._catalogue,
            counts("tema", real),
            counts("tema", ~real),
            int(real.sum()),
            counts("persona", real),
            counts("persona", ~real),
        )
