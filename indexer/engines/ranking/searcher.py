"""Answers the questions of ``SearchIndex`` over arrays: the steps from a query to its results, one after the other."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import numpy as np

from indexer.engines.ranking.accumulator import Accumulator
from indexer.engines.ranking.arrays import Integers, Mask
from indexer.engines.ranking.by_meaning import ByMeaning
from indexer.engines.ranking.columns import columns
from indexer.engines.ranking.concordance import Concordance
from indexer.engines.ranking.contrast import Contrasts
from indexer.engines.ranking.derived import Derived
from indexer.engines.ranking.dictionary import Dictionary, SeenWords
from indexer.engines.ranking.facets import crosstab, facets
from indexer.engines.ranking.filters import Filtering
from indexer.engines.ranking.hits import Hits
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.postings import PostingsReader
from indexer.engines.ranking.ranker import Matched, Ranker, Shown
from indexer.engines.ranking.regions import Regions
from indexer.engines.ranking.scorer import Scorer
from indexer.engines.ranking.spans import by_passage
from indexer.engines.ranking.store import Store
from indexer.engines.ranking.timelines import timeline
from indexer.engines.understanding.clauses import ResolvedQuery
from indexer.engines.understanding.correction import Corrector, names
from indexer.engines.understanding.resolver import Resolver, TypedWords
from indexer.index.catalogue import Catalogue
from indexer.index.orders import ORDERS
from indexer.index.protocol import SearchIndex
from indexer.index.query import Query
from indexer.index.results import (
    Correction,
    Counted,
    FacetValue,
    Health,
    Overview,
    Page,
    Ranking,
    Results,
    Spans,
)
from indexer.language.lexicon import Lexicon
from indexer.language.vocabulary import vocabulary_of
from indexer.model import PageId
from indexer.model.passage import Passage


class _Found(msgspec.Struct, frozen=True):
    """What a query finds, before any text is read."""

    matched: Matched
    shown: Shown
    facets: dict[str, tuple[FacetValue, ...]]
    resolved: ResolvedQuery
    corrections: tuple[Correction, ...]
    full: Integers
    by_meaning: bool


class Searcher:
    """An open index: the ``SearchIndex`` of any store. Threads share its arrays, which never change."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        lexicon: Lexicon,
        store: Store,
        derived: Derived,
        on_close: Callable[[], None] | None = None,
        by_meaning: Callable[[Ranker], ByMeaning] | None = None,
    ) -> None:
        """Read what every question needs.

        Raises:
            ValueError, IndexError, KeyError, OSError: The store is damaged; it is not closed then.
        """
        self._folder = folder
        self._catalogue = catalogue
        self._store = store
        self._on_close = on_close
        self._closing = threading.Lock()
        self._passages = Passages(derived, catalogue)
        self._sums = Accumulator(len(self._passages))
        self._reader = PostingsReader(store, self._passages, self._sums)
        self._hits = Hits(store, self._passages)
        self._columns = columns(derived, catalogue)
        self._roles = frozenset(derived.values.get("roles", ()))  # an older index tells none
        self._dictionary = Dictionary(store, self._reader)
        vocabulary = vocabulary_of(catalogue.topics)
        words = TypedWords(lexicon)
        self._resolver = Resolver(vocabulary, words, self._dictionary.beginning)
        self._ranker = Ranker(Scorer(self._reader, self._passages, self._sums), self._sums, self._passages.page)
        self._by_meaning = by_meaning(self._ranker) if by_meaning else None
        self._filtering = Filtering(self._passages, self._columns, catalogue, vocabulary)
        self._corrector = Corrector(words, vocabulary)
        regions = Regions(store, self._passages, self._answer, self._filtering)
        self.lines = Concordance(regions, self._passages, self._columns["persona"], self._hits.document).lines
        self.contrast = Contrasts(regions, self._passages, self._hits.document).contrast
        self._seen: tuple[SeenWords, ...] = self._visible()
        self._overview = self._counted()

    @property
    def folder(self) -> Path:
        """See ``SearchIndex.folder``."""
        return self._folder

    def search(self, query: Query) -> Results:
        """See ``SearchIndex.search``."""
        found = self._find(query)
        return Results(
            total_full=found.shown.full,
            total_partial=found.shown.partial,
            hits=self._hits.of(found.matched, found.shown, marked=query.marked),
            facets=found.facets,
            expansions=found.resolved.expansions,
            notices=found.resolved.notices,
            corrections=found.corrections,
            by_meaning=found.by_meaning,
            timeline=partial(timeline, self._passages, found.full),
        )

    def ranked(self, query: Query) -> Ranking:
        """See ``SearchIndex.ranked``."""
        found = self._find(query)
        fragments = np.array(found.shown.fragments, dtype=np.int64)
        pages = [page.id for page in map(self._passages.page_at, self._passages.page[fragments].tolist())]
        numbers = self._passages.number[fragments].tolist()
        return Ranking(tuple(zip(pages, numbers, strict=True)), found.shown.full, found.shown.partial, found.facets)

    def _answer(self, query: Query) -> tuple[Matched, Matched]:
        return self._ranker.answer(self._understood(query)[0], self._filtering.select(query))

    def _find(self, query: Query) -> _Found:
        resolved, corrections = self._understood(query)
        selection = self._filtering.select(query)
        matched, found = self._ranker.answer(resolved, selection)
        start, stop = max(query.offset, 0), max(query.offset, 0) + max(query.limit, 0)
        meant = self._by_meaning.page(query, found, start, stop) if self._by_meaning else None
        shown = meant or self._ranker.page(found, start, stop, ORDERS[query.order].key)
        counts = facets(self._columns, query.facets, matched.fragments, found.fragments, selection)
        full = found.fragments if found.full is None else found.fragments[found.full]
        return _Found(found, shown, counts, resolved, corrections, full, meant is not None)

    def _understood(self, query: Query) -> tuple[ResolvedQuery, tuple[Correction, ...]]:
        """The words of a query, corrected and in the terms of the index, and what was corrected."""
        query, corrections = self._corrector.correct(query, self._seen_by(query))
        return self._resolver.resolve(query), corrections

    def counted(self, query: Query, facet: str, by: str | None = None, *, partial: bool = False) -> Counted:
        """See ``SearchIndex.counted``."""
        resolved, corrections = self._understood(query)
        _, found = self._ranker.answer(resolved, self._filtering.select(query))
        if found.full is not None and not partial:
            found = found.only(found.full)
        counts = crosstab(self._passages, found.fragments, self._columns[facet], self._columns[by] if by else None)
        return replace(counts, notices=resolved.notices, corrections=corrections)

    def passage(self, page: PageId, number: int) -> Passage | None:
        """See ``SearchIndex.passage``."""
        held = self._passages.of_page(page)
        if held is None:
            return None
        here = np.flatnonzero(self._passages.number[held.start : held.stop] == number)
        return self._hits.document(held.start + int(here[0])).passage if here.size else None

    def stretch(self, page: PageId, start: int, stop: int) -> tuple[Passage, ...]:
        """See ``SearchIndex.stretch``."""
        held = self._passages.of_page(page)
        if held is None:
            return ()
        fragments = range(held.start, held.stop)[max(0, start) : max(0, stop)]
        return tuple(self._hits.document(fragment).passage for fragment in fragments)

    def session(self, page: PageId, query: Query | None = None) -> Page | None:
        """See ``SearchIndex.session``. Marks are of all that the words match, whatever the filters leave."""
        held = self._passages.of_page(page)
        if held is None:
            return None
        documents = [self._hits.document(fragment) for fragment in range(held.start, held.stop)]
        found: dict[int, Spans] = {}
        if query is not None:
            matched, _ = self._answer(query)
            here = matched.fragments[slice(*np.searchsorted(matched.fragments, (held.start, held.stop)))]
            for fragment, spans in by_passage([match.spans for match in matched.marking], here.tolist()).items():
                document = documents[fragment - held.start]
                if marks := document.marks(int(self._passages.first[fragment]), spans):
                    found[document.passage.number] = marks
        passages = tuple(document.passage for document in documents)
        return Page(held.id, held.event, held.session, passages, found)

    def overview(self) -> Overview:
        """See ``SearchIndex.overview``."""
        return self._overview

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """See ``SearchIndex.terms``."""
        return self._dictionary.beginning(prefix, limit)

    def words(self, prefix: str, limit: int, *, with_fictitious: bool = False) -> tuple[tuple[str, int], ...]:
        """See ``SearchIndex.words``."""
        return self._corrector.words(prefix, limit, self._seen[with_fictitious])

    def people(self, words: str, *, with_fictitious: bool = False) -> tuple[str, ...]:
        """See ``SearchIndex.people``."""
        names = [self._columns["persona"].values[code] for code in self._filtering.bearing(words)]
        return tuple(name for name in names if with_fictitious or name in self._overview.people)

    def health(self) -> Health:
        """See ``SearchIndex.health``."""
        return Health(
            edition=self._catalogue.edition,
            built_at=self._catalogue.built_at.isoformat(),
            passages=len(self._passages),
            warnings=self._catalogue.warnings(),
        )

    def pinned(self) -> AbstractContextManager[SearchIndex]:
        """See ``SearchIndex.pinned``. A generation never changes."""
        return nullcontext(self)

    def close(self) -> None:
        """See ``SearchIndex.close``. Safe to call twice."""
        self._store.close()
        if self._by_meaning:
            self._by_meaning.close()
        with self._closing:
            on_close, self._on_close = self._on_close, None
            seen, self._seen = self._seen, ()
        for words in seen:
            words.close()
        for name in ("lines", "contrast"):  # they refer to the index as well, as the words that it shows do
            self.__dict__.pop(name, None)
        if on_close is not None:
            on_close()

    def _spelled(self, form: str, fragment: int) -> Iterator[str]:
        """How a passage writes a form, once per occurrence."""
        document, first = self._hits.document(fragment), int(self._passages.first[fragment])
        edges = document.edges()
        for position in self._reader.term("exact", form).inside(np.array([fragment]))[1].tolist():
            at = 2 * (position - first)
            yield document.passage.text[slice(*edges[at : at + 2])]

    def _visible(self) -> tuple[SeenWords, SeenWords]:
        """What is visible without fictitious events, and with all of them."""
        real, events = self._filtering.real(), self._catalogue.events

        def named() -> frozenset[str]:
            slugs = {event.slug for event in events if not event.fictitious}
            return names(self._catalogue, self._overview.people, slugs)

        def called() -> frozenset[str]:
            return names(self._catalogue, self._columns["persona"].values, {event.slug for event in events})

        every = self._words(self._filtering.every(), called)
        return (every if real is every.mask else self._words(real, named)), every

    def _words(self, mask: Mask, names: Callable[[], frozenset[str]], *, lasting: bool = True) -> SeenWords:
        return SeenWords(self._dictionary, self._reader, self._spelled, mask, names, lasting=lasting)

    def _seen_by(self, query: Query) -> SeenWords:
        """What a query may see. Where it chose one fictitious event, the names of that event count as known."""
        real, every = self._seen
        mask = self._filtering.visible(query)
        if mask is every.mask:
            return every
        return real if mask is real.mask else self._words(mask, lambda: every.names, lasting=False)

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
            self._roles,
        )
