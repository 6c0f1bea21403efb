"""Consta: built and asked through its engine's protocol, all that it does by default switched on.

Concepts, spelling, pairs of words and the share of neighbours are what its users get, so they are measured. Where ids
are asked for it answers through ``ranked``, with the two facets in class e that the others count; highlighted results
through ``search``. Fragments bear topics and mentions, as the pipeline makes them: what finding these costs is told
apart from the engine's writing; the row of the whole pipeline has both, and reading and cutting the texts.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy

from benchmarks.bench_passages import person_name
from benchmarks.bench_rows import A_MESA, MESAS_AN_EVENT, TOP, Found, Question, Row, address_of, event_of, mesa_at
from indexer.corpus.vocabulary_files import parse_vocabulary
from indexer.engines import engine
from indexer.index.catalogue import Catalogue, PageRecord
from indexer.index.protocol import Changes, PagePassages
from indexer.index.query import Clause, Filters, Phrase, Prefix, Query, Word
from indexer.language.entities import Entities, default_entities
from indexer.language.vocabulary import Vocabulary
from indexer.model import Kind, PageId, Version
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from search_app.shown.formatting import snippet

VOCABULARY = Path(__file__).resolve().parents[2] / "corpus" / "vocabulario.toml"
DAY = dt.date(2025, 12, 4)


def make(_variant: str) -> Consta:
    """The engine."""
    return Consta()


class Consta:
    """See ``contract.Engine``."""

    classes = "abcdef"

    def version(self) -> dict[str, str]:
        return {"Consta (engine)": engine().name, "NumPy": numpy.__version__}

    def build(self, rows: Iterable[Row], folder: Path) -> dict[str, Any]:
        from indexer.language.annotate import Annotator

        topics, _ = parse_vocabulary(VOCABULARY.read_text(encoding="utf-8"), VOCABULARY.name)
        entities = default_entities()
        annotator = Annotator(Vocabulary(topics), Entities(entities))
        events: dict[str, Event] = {}
        sessions: list[Session] = []
        pages: dict[str, PageRecord] = {}
        annotating = 0.0

        def made() -> Iterator[PagePassages]:
            nonlocal annotating
            for mesa, group in itertools.groupby(rows, key=lambda row: row.mesa):
                start = time.process_time()
                page = PageId.parse(address_of(mesa))
                passages = tuple(annotator.annotate(_passages(group, entities)))
                annotating += time.process_time() - start
                yield PagePassages(page, passages)

        # The catalogue must name every page beforehand; the file is read once for that.
        for mesa, size in _mesas(rows):
            page = PageId.parse(address_of(mesa))
            event = event_of(mesa)
            events.setdefault(event, Event(event, f"Foro {mesa // MESAS_AN_EVENT + 1}", DAY, DAY))
            sessions.append(Session(*page, title=f"Mesa {mesa % MESAS_AN_EVENT + 1}", number=mesa % MESAS_AN_EVENT + 1))
            pages[str(page)] = PageRecord("medida", size, 0, (Kind.TRANSCRIPT.value,))
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        catalogue = Catalogue("000000000000", now, "medida", tuple(events.values()), tuple(sessions), pages, topics)
        engine().write(folder, None, Changes(catalogue, made(), fresh=True))
        return {"annotating_cpu": annotating}

    def open(self, folder: Path) -> None:
        self._index: Any = engine().open(folder)

    def ask(self, kind: str, question: Question) -> int:
        query = self._query(kind, question)
        if kind != "f":
            # Pages and numbers of the ten best, how many match, and for e the two facets that all engines count.
            return len(self._index.ranked(query).fragments)
        return len([snippet(hit.passage.text, hit.marks) for hit in self._index.search(query).hits])

    def found(self, kind: str, question: Question) -> Found:
        results = self._index.search(self._query(kind, question))
        numbers = [mesa_at(str(hit.page)) * A_MESA + hit.passage.number - 1 for hit in results.hits]
        marked, mesas = 0, None
        if kind == "f":
            marked = sum("<mark>" in snippet(hit.passage.text, hit.marks) for hit in results.hits)
        if kind == "e":
            mesas = {mesa_at(v.value): v.count for v in results.facets["mesa"] if v.value is not None}
        return Found(results.total_full + results.total_partial, numbers, marked, mesas)

    def _query(self, kind: str, question: Question) -> Query:
        words = question.words
        clauses: tuple[Clause, ...]
        if kind == "c":
            raw = '"' + " ".join(words) + '"'
            clauses = (Phrase(words, at=(1, len(words[0]) + 2)),)
        elif kind == "d":
            raw = words[0] + "*"
            clauses = (Prefix(words[0]),)
        else:
            raw = " ".join(words)
            starts = itertools.accumulate((len(word) + 1 for word in words[:-1]), initial=0)
            clauses = tuple(Word(word, at) for word, at in zip(words, starts, strict=True))
        filters = Filters()
        if question.mesa is not None:
            filters = Filters({"mesa": (address_of(question.mesa),)})
        elif question.person is not None:
            filters = Filters({"persona": (person_name(question.person),)})
        counted = ("mesa", "persona") if kind == "e" else ()
        return Query(clauses=clauses, filters=filters, limit=TOP, raw=raw, facets=counted)


def _mesas(rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    for mesa, group in itertools.groupby(rows, key=lambda row: row.mesa):
        yield mesa, sum(1 for _ in group)


def _passages(rows: Iterable[Row], entities: Any) -> Iterator[Passage]:
    """One mesa's fragments."""
    states = [entity.id for entity in entities if entity.sort == "estado"]
    for place, row in enumerate(rows):
        yield Passage(
            number=place + 1,
            order=place,
            kind=Kind.TRANSCRIPT,
            turn=row.turn,
            text=row.text,
            person=person_name(row.person),
            identified=True,
            entity=states[row.person % len(states)],
            version=Version.PRELIMINARY,
        )
