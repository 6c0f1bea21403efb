"""A tiny index in memory that matches folded words: enough to lay pages out; matching is the engines' own suite."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from indexer.index.catalogue import Catalogue, PageRecord
from indexer.index.company import Contrast, ContrastAsked, Line, Lines, LinesAsked
from indexer.index.protocol import SearchIndex
from indexer.index.query import AnyOf, Filters, Phrase, Prefix, Query, Term
from indexer.index.results import (
    Counted,
    CountedValue,
    CountedValues,
    Expansion,
    FacetValue,
    Health,
    Hit,
    Overview,
    Page,
    Ranking,
    Results,
    Spans,
    Tally,
)
from indexer.language.spanish import FUNCTION_WORDS, fold, tokens
from indexer.model import PageId
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from indexer.model.vocabulary import Topic


class MemoryIndex:
    """``SearchIndex`` over passages that a test gives."""

    def __init__(self, catalogue: Catalogue, pages: dict[PageId, tuple[Passage, ...]]) -> None:
        self.catalogue = catalogue
        self.pages = pages
        self.asked: list[Query] = []

    @property
    def folder(self) -> Path:
        return Path("/memoria")

    def ranked(self, query: Query) -> Ranking:
        found = self.search(query)
        return Ranking(tuple((h.page, h.passage.number) for h in found.hits), found.total_full, found.total_partial)

    def search(self, query: Query) -> Results:
        self.asked.append(query)
        hits = [hit for page in self.pages for hit in self._hits(page, query)]
        hits.sort(key=lambda hit: (not hit.full, -hit.score))
        sessions = Counter(str(hit.page) for hit in hits if hit.page.session)
        people = Counter(hit.passage.person for hit in hits if hit.passage.person)
        facets = {
            "mesa": tuple(FacetValue(name, self._title(PageId.parse(name)), n) for name, n in sessions.most_common()),
            "persona": tuple(FacetValue(name, name, n) for name, n in people.most_common(20)),
        }
        expansions = tuple(
            Expansion(word.text, topic.id)
            for word in query.clauses
            if query.expand and not isinstance(word, AnyOf | Phrase)
            for topic in self.catalogue.topics
            if word.text in topic.acronyms
        )
        return Results(
            total_full=sum(hit.full for hit in hits),
            total_partial=sum(not hit.full for hit in hits),
            hits=tuple(hits[query.offset : query.offset + query.limit]),
            facets=facets,
            expansions=expansions,
        )

    def counted(self, query: Query, facet: str, by: str | None = None, *, partial: bool = False) -> Counted:
        hits = [hit for page in self.pages for hit in self._hits(page, query) if hit.full or partial]
        found: dict[tuple[str | None, ...], list[Hit]] = {}
        for hit in hits:
            for value in _values(hit, facet):
                found.setdefault((value,), []).append(hit)
                for other in _values(hit, by) if by else ():
                    found.setdefault((value, other), []).append(hit)
        tallies = {key: _tally(hits) for key, hits in found.items()}
        rows = [CountedValue(key[0], key[0] or "", tally) for key, tally in tallies.items() if len(key) == 1]
        rows.sort(key=lambda row: row.value is None)
        columns = zip(*((row.value, row.tally.fragments, row.tally.words) for row in rows), strict=True)
        values = CountedValues(*columns, rows.__getitem__) if rows else CountedValues()
        pairs = {(key[0], key[1]): tally for key, tally in tallies.items() if len(key) == 2}
        return Counted(_tally(hits), values, pairs=pairs)

    def lines(self, query: Query, asked: LinesAsked) -> Lines:
        hits = [hit for page in self.pages for hit in self._hits(page, query) if hit.full and hit.marks]
        found = [Line(hit, *mark) for hit in hits for mark in hit.marks]
        return Lines(
            len(found), len(hits), len({hit.page for hit in hits}), lambda start, stop: tuple(found[start:stop])
        )

    def contrast(self, query: Query, asked: ContrastAsked) -> Contrast:
        return Contrast(0, 0, 0, 0, 0, ())

    def passage(self, page: PageId, number: int) -> Passage | None:
        return next((p for p in self.pages.get(page, ()) if p.number == number), None)

    def stretch(self, page: PageId, start: int, stop: int) -> tuple[Passage, ...]:
        return self.pages.get(page, ())[max(0, start) : max(0, stop)]

    def session(self, page: PageId, query: Query | None = None) -> Page | None:
        if page not in self.pages:
            return None
        marks = {hit.passage.number: hit.marks for hit in self._hits(page, query) if hit.marks} if query else {}
        return Page(page, self._event(page), self._session(page), self.pages[page], marks)

    def overview(self) -> Overview:
        counts = Counter[str](t for page in self.pages for p in self.pages[page] for t in p.topics)
        return Overview(self.catalogue, dict(counts), {}, sum(map(len, self.pages.values())))

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        return ()

    def words(self, prefix: str, limit: int, *, with_fictitious: bool = False) -> tuple[tuple[str, int], ...]:
        found: Counter[str] = Counter()
        for page, passages in self.pages.items():
            if with_fictitious or not self._event(page).fictitious:
                for passage in passages:
                    found.update({token.text.lower() for token in tokens(passage.text)})
        return tuple((w, n) for w, n in found.most_common() if fold(w).startswith(prefix) and len(w) > 3)[:limit]

    def people(self, words: str, *, with_fictitious: bool = False) -> tuple[str, ...]:
        said = {one.person for page in self.pages.values() for one in page if one.person is not None}
        wanted = set(fold(words).split())
        return tuple(sorted(name for name in said if wanted and wanted <= set(fold(name).split())))

    def health(self) -> Health:
        return Health(self.catalogue.edition, self.catalogue.built_at.isoformat(), self.overview().passages, ())

    def pinned(self) -> AbstractContextManager[SearchIndex]:
        return nullcontext(self)

    def close(self) -> None:
        """Nothing is held."""

    def _title(self, page: PageId) -> str:
        session = self._session(page)
        return session.title if session else str(page)

    def _event(self, page: PageId) -> Event:
        return next(event for event in self.catalogue.events if event.slug == page.event)

    def _session(self, page: PageId) -> Session | None:
        return next((one for one in self.catalogue.sessions if (one.event, one.slug) == page), None)

    def _hits(self, page: PageId, query: Query) -> list[Hit]:
        event, session = self._event(page), self._session(page)
        if not all(_allows(filters, page, event, session, query) for filters in (query.filters, *query.also)):
            return []
        found = []
        for passage in self.pages[page]:
            forms = [(token.form, token.start, token.end) for token in tokens(passage.text)]
            matches = [_match(clause, forms) for clause in query.clauses]
            wanted = [m for c, m in zip(query.clauses, matches, strict=True) if fold(_text(c)) not in FUNCTION_WORDS]
            if any(_match(term, forms) for term in query.excluded) or (wanted and not any(wanted)):
                continue
            if passage.text and filters_person(query.filters, passage):
                spans = tuple(sorted({span for match in matches for span in match}))
                found.append(Hit(page, event, session, passage, all(wanted), float(len(spans)), spans))
        return found


def _values(hit: Hit, facet: str) -> tuple[str | None, ...]:
    passage = hit.passage
    single = {
        "mesa": str(hit.page) if hit.session else None,
        "evento": hit.page.event,
        "tipo": passage.kind.value,
        "persona": passage.person,
        "entidad": passage.entity,
        "version": passage.version,
        "anio": str(hit.session.date.year) if hit.session and hit.session.date else str(hit.event.start.year),
    }
    many = {"tema": passage.topics, "menciona": passage.mentions}
    return (many[facet] or (None,)) if facet in many else (single[facet],)


def _tally(hits: list[Hit]) -> Tally:
    words = sum(len(tokens(hit.passage.text)) for hit in hits)
    turns = {(hit.page, hit.passage.kind, hit.passage.turn) for hit in hits}
    inferred = {(hit.page, hit.passage.kind, hit.passage.turn) for hit in hits if hit.passage.inferred}
    first = (hits[0].page, hits[0].passage.number) if hits else None
    return Tally(len(hits), words, len(turns), first, len(inferred))


def filters_person(filters: Filters, passage: Passage) -> bool:
    return not filters.of("persona") or passage.person in filters.of("persona")


def _allows(filters: Filters, page: PageId, event: Event, session: Session | None, query: Query) -> bool:
    if filters.of("evento") and page.event not in filters.of("evento"):
        return False
    number = str(session.number) if session else None
    if filters.of("mesa") and not {str(page), page.session, number} & set(filters.of("mesa")):
        return False
    named = page.event in filters.of("evento") or str(page) in filters.of("mesa")
    return not event.fictitious or query.with_fictitious or named


def _text(term: Term | AnyOf) -> str:
    return "" if isinstance(term, AnyOf | Phrase) else term.text


def _match(term: Term | AnyOf, forms: list[tuple[str, int, int]]) -> Spans:
    if isinstance(term, AnyOf):
        return tuple(sorted({span for each in term.terms for span in _match(each, forms)}))
    if isinstance(term, Phrase):
        words = [fold(word) for word in term.words]
        return tuple(
            (forms[at][1], forms[at + len(words) - 1][2])
            for at in range(len(forms) - len(words) + 1)
            if [form for form, _, _ in forms[at : at + len(words)]] == words
        )
    word = fold(term.text)
    if isinstance(term, Prefix):
        return tuple((start, end) for form, start, end in forms if form.startswith(word))
    return tuple((start, end) for form, start, end in forms if form == word)


def index_of(
    events: tuple[Event, ...],
    sessions: tuple[Session, ...],
    pages: dict[PageId, tuple[Passage, ...]],
    topics: tuple[Topic, ...] = (),
    **more: object,
) -> MemoryIndex:
    """An index over what a test writes; every event and session has a page."""
    every = {PageId(event.slug): () for event in events}
    every |= {session.page: () for session in sessions}
    every |= pages
    records = {
        str(page): PageRecord(
            "",
            len(passages),
            0,
            tuple(sorted({p.kind.value for p in passages})),
            speakers=sum(p.person is not None for p in passages),
        )
        for page, passages in every.items()
    }
    catalogue = Catalogue(
        edition="3f9c01d2ab77",
        built_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        analyzer="prueba",
        events=events,
        sessions=sessions,
        pages=records,
        topics=topics,
        **more,  # type: ignore[arg-type]
    )
    return MemoryIndex(catalogue, every)
