"""A published generation, open for reading: what ``SearchIndex`` asks, answered over arrays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np

from indexer.engines.whoosh import lexicon_file
from indexer.engines.whoosh.clauses import Resolved, Resolver, as_typed
from indexer.engines.whoosh.columns import Mask, columns
from indexer.engines.whoosh.correction import Corrector, Seen, names
from indexer.engines.whoosh.dictionary import Dictionary
from indexer.engines.whoosh.facets import facets
from indexer.engines.whoosh.filters import Filtering
from indexer.engines.whoosh.marks import marks
from indexer.engines.whoosh.passages import Passages
from indexer.engines.whoosh.positions import Integers
from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.schema import Document
from indexer.engines.whoosh.scorer import Floats, Match, Scorer
from indexer.engines.whoosh.segments import FOLDER, Segments
from indexer.errors import IndexDamaged
from indexer.index import catalogue as catalogues
from indexer.index.query import Query
from indexer.index.results import Health, Hit, Overview, Page, Results, Spans
from indexer.language.vocabulary import Vocabulary
from indexer.model import PageId, Passage


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the words of a query match, before any filter.

    Attributes:
        matched: Of each fragment, whether it matches.
        full: Whether every loose clause does.
        scores: Zero where nothing is ranked.
        marking: Clauses to mark.
        loose: The loose clauses, as typed, with what they match.
    """

    matched: Mask
    full: Mask
    scores: Floats
    marking: tuple[Match, ...]
    loose: tuple[tuple[str, Match], ...] = ()


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
            self._reader = PostingsReader(self._segments, self._passages)
            self._columns = columns(self._segments, self._reader, self._passages, self._catalogue)
        except (ValueError, IndexError, KeyError, OSError) as error:
            self._segments.close()
            raise IndexDamaged(
                f"El índice {folder} no se puede leer ({type(error).__name__}). "
                "Vuelva a construirlo con: python -m indexer actualizar"
            ) from error
        self._dictionary = Dictionary(self._segments, self._reader)
        vocabulary = Vocabulary(self._catalogue.topics)
        self._resolver = Resolver(vocabulary, lexicon, self._dictionary.beginning)
        self._scorer = Scorer(self._reader, self._passages)
        self._filtering = Filtering(self._passages, self._columns, self._catalogue, vocabulary)
        self._corrector = Corrector(self._dictionary, self._reader, lexicon, vocabulary, self._stored)
        self._seen = self._visible()
        self._overview = self._counted()

    @property
    def folder(self) -> Path:
        """The generation's folder."""
        return self._folder

    def search(self, query: Query) -> Results:
        """Answer a query. Never raises for what a person typed."""
        query, corrections = self._corrector.correct(query, self._seen_by(query))
        resolved = self._resolver.resolve(query)
        ranked = self._rank(resolved)
        selection = self._filtering.select(query)
        found = ranked.matched & selection.mask
        full, partial = np.flatnonzero(found & ranked.full), np.flatnonzero(found & ~ranked.full)
        start, stop = max(query.offset, 0), max(query.offset, 0) + max(query.limit, 0)
        scores = ranked.scores if query.order == "relevancia" and ranked.marking else None
        shown = _slice(full, scores, start, stop).tolist()
        shown += _slice(partial, scores, max(start - full.size, 0), max(stop - full.size, 0)).tolist()
        return Results(
            total_full=int(full.size),
            total_partial=int(partial.size),
            hits=tuple(self._hit(fragment, ranked) for fragment in shown),
            facets=facets(self._columns, ranked.matched, selection),
            expansions=resolved.expansions,
            notices=resolved.notices,
            corrections=corrections,
        )

    def passage(self, page: PageId, number: int) -> Passage | None:
        """One fragment."""
        index = self._passages.by_id.get(str(page))
        if index is None:
            return None
        place = self._passages.pages[index]
        here = np.flatnonzero(self._passages.number[place.start : place.stop] == number)
        return self._stored(place.start + int(here[0])).passage if here.size else None

    def session(self, page: PageId, query: Query | None = None) -> Page | None:
        """A whole page; with a query, marks in every fragment that its words match, whatever its filters."""
        index = self._passages.by_id.get(str(page))
        if index is None:
            return None
        place = self._passages.pages[index]
        fragments = range(place.start, place.stop)
        documents = [self._stored(fragment) for fragment in fragments]
        found: dict[int, Spans] = {}
        ranked = None
        if query is not None:
            corrected, _ = self._corrector.correct(query, self._seen_by(query))
            ranked = self._rank(self._resolver.resolve(corrected))
        if ranked is not None and ranked.marking:
            for fragment, document in zip(fragments, documents, strict=True):
                if ranked.matched[fragment] and (spans := self._marks(fragment, document, ranked)):
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

    def _rank(self, resolved: Resolved) -> Ranked:
        size = len(self._passages)
        scores = np.zeros(size)
        hits = np.zeros(size, dtype=np.int64)
        matched = np.ones(size, dtype=np.bool_)
        loose = [self._scorer.match(clause) for clause in resolved.loose]
        held = [self._scorer.match(clause) for clause in resolved.held]
        for match in loose:
            hits[match.fragments] += 1
        for match in (*loose, *held):
            scores[match.fragments] += match.scores
        for fragments, bonus in chain(map(self._scorer.pair, resolved.pairs), map(self._scorer.lent, loose)):
            scores[fragments] += bonus
        scores *= self._scorer.weights
        for match in held:
            matched &= _flags(match.fragments, size)
        for part in resolved.excluded:
            matched[self._scorer.excluded(part)] = False
        if loose:
            matched &= hits > 0
        typed = tuple(zip(map(as_typed, resolved.loose), loose, strict=True))
        return Ranked(matched, hits == len(loose), scores, (*loose, *held), typed)

    def _hit(self, fragment: int, ranked: Ranked) -> Hit:
        place = self._passages.pages[int(self._passages.page[fragment])]
        document = self._stored(fragment)
        full = bool(ranked.full[fragment])
        there = [] if full else [_has(match, fragment) for _, match in ranked.loose]
        return Hit(
            page=place.id,
            event=place.event,
            session=place.session,
            passage=document.passage,
            full=full,
            score=float(ranked.scores[fragment]),
            marks=self._marks(fragment, document, ranked),
            has=tuple(typed for (typed, _), has in zip(ranked.loose, there, strict=False) if has),
            lacks=tuple(typed for (typed, _), has in zip(ranked.loose, there, strict=False) if not has),
        )

    def _marks(self, fragment: int, document: Document, ranked: Ranked) -> Spans:
        places = [span for match in ranked.marking for span in match.spans(fragment)]
        return marks(document.offsets(), int(self._passages.place[fragment]), places)

    def _stored(self, fragment: int) -> Document:
        return msgspec.msgpack.decode(self._segments.stored(*self._passages.document(fragment)), type=Document)

    def _visible(self) -> tuple[Seen, Seen]:
        """What is seen without fictitious events, and with all of them."""
        real, people, events = self._filtering.real(), self._columns["persona"], self._catalogue.events
        told = [name for name, n in zip(people.values, people.counts(real), strict=True) if n]
        named = names(self._catalogue, told, {event.slug for event in events if not event.fictitious})
        every = names(self._catalogue, people.values, {event.slug for event in events})
        return Seen(real, bool(real.all()), named), Seen(np.ones_like(real), True, every)

    def _seen_by(self, query: Query) -> Seen:
        """What somebody may see who asks so; where one fictitious event was chosen, its names count as known."""
        real, every = self._seen
        mask = self._filtering.visible(query)
        if mask.all():
            return every
        return real if np.array_equal(mask, real.mask) else Seen(mask, False, every.names, lasting=False)

    def _counted(self) -> Overview:
        real = self._filtering.real()

        def counts(name: str, mask: Mask) -> dict[str, int]:
            column = self._columns[name]
            return {value: int(n) for value, n in zip(column.values, column.counts(mask), strict=True) if n}

        return Overview(
            self._catalogue,
            counts("tema", real),
            counts("tema", ~real),
            int(real.sum()),
            counts("persona", real),
            counts("persona", ~real),
        )


def _slice(fragments: Integers, scores: Floats | None, start: int, stop: int) -> Integers:
    """A slice of the fragments by falling score, ties in order of the sessions; without scores, in that order."""
    if scores is None or start >= fragments.size:
        return fragments[start:stop]
    keys = -scores[fragments]
    if stop < fragments.size:
        # No need to sort what comes after the slice; the ties of its last place stay in.
        keep = keys <= np.partition(keys, stop - 1)[stop - 1] if stop else np.zeros(keys.size, dtype=np.bool_)
        fragments, keys = fragments[keep], keys[keep]
    return fragments[np.argsort(keys, kind="stable")][start:stop]


def _has(match: Match, fragment: int) -> bool:
    at = int(np.searchsorted(match.fragments, fragment))
    return at < match.fragments.size and int(match.fragments[at]) == fragment


def _flags(fragments: Integers, size: int) -> Mask:
    flags = np.zeros(size, dtype=np.bool_)
    flags[fragments] = True
    return flags
