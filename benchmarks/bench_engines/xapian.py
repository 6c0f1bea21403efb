"""Xapian through Debian's package python3-xapian, on the system's own Python.

Set in its favour: stems and exact forms as its ``TermGenerator`` makes them (phrases need the exact ones), queries
built without its parser; the index compacted; mesa and person as terms for filters and as value slots for facets; no
more matches looked at than the ten best need, but where a facet has to count them; a prefix by the 64 most frequent of
its forms, as many as Consta takes; snippets without its model of the whole collection, which takes three times as long.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xapian

from benchmarks.bench_rows import FACET_VALUES, TOP, Found, Question, Row

EXPANSIONS = 64
SNIPPET = 260
_EVERY = 1 << 30
_PERSON, _MESA = 0, 1


def make(_variant: str) -> Xapian:
    """The engine."""
    return Xapian()


class Xapian:
    """See ``contract.Engine``."""

    classes = "abcdef"

    def __init__(self) -> None:
        self._stemmer = xapian.Stem("spanish")

    def version(self) -> dict[str, str]:
        return {"Xapian": xapian.version_string()}

    def build(self, rows: Iterable[Row], folder: Path) -> dict[str, Any]:
        loose = folder / "loose"
        database = xapian.WritableDatabase(str(loose), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(self._stemmer)
        for row in rows:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(row.text)
            document.set_data(row.text)
            document.add_boolean_term(f"XM{row.mesa}")
            document.add_boolean_term(f"XP{row.person}")
            document.add_value(_MESA, str(row.mesa))
            document.add_value(_PERSON, str(row.person))
            database.add_document(document)
        database.commit()
        database.close()
        xapian.Database(str(loose)).compact(str(folder / "compact"))
        shutil.rmtree(loose)
        return {}

    def open(self, folder: Path) -> None:
        self._database = xapian.Database(str(folder / "compact"))

    def ask(self, kind: str, question: Question) -> int:
        if kind == "e":
            return self._filtered(question, 0)[0].size()
        best = self._best(self._query(kind, question), 0)
        if kind == "f":
            self._snippets(best)
        else:
            for _ in [match.docid for match in best]:
                pass
        return best.size()

    def found(self, kind: str, question: Question) -> Found:
        marked, mesas = 0, None
        if kind == "e":
            best, mesas = self._filtered(question, _EVERY)
        else:
            best = self._best(self._query(kind, question), _EVERY)
        if kind == "f":
            marked = sum("<mark>" in text for text in self._snippets(best))
        return Found(best.get_matches_estimated(), [match.docid - 1 for match in best], marked, mesas)

    def _best(self, query: Any, at_least: int, *spies: Any) -> Any:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        for spy in spies:
            enquire.add_matchspy(spy)
        return enquire.get_mset(0, TOP, at_least)

    def _query(self, kind: str, question: Question) -> Any:
        if kind == "d":
            flags = xapian.Query.WILDCARD_LIMIT_MOST_FREQUENT
            return xapian.Query(xapian.Query.OP_WILDCARD, question.words[0], EXPANSIONS, flags, xapian.Query.OP_SYNONYM)
        if kind == "c":
            return xapian.Query(xapian.Query.OP_PHRASE, list(question.words))
        terms = [b"Z" + self._stemmer(word) for word in question.words]
        return xapian.Query(terms[0]) if len(terms) == 1 else xapian.Query(xapian.Query.OP_OR, terms)

    def _filtered(self, question: Question, at_least: int) -> tuple[Any, dict[int, int]]:
        """The ten best within the filter; each facet without its own filter: that one needs a run of its own."""
        by_mesa = question.person is None
        query = self._query("e", question)
        tag = f"XM{question.mesa}" if by_mesa else f"XP{question.person}"
        within = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(tag))
        mesas, people = xapian.ValueCountMatchSpy(_MESA), xapian.ValueCountMatchSpy(_PERSON)
        inside, outside = (people, mesas) if by_mesa else (mesas, people)
        best = self._best(within, _EVERY, inside)
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        # Only counted: nothing is ranked.
        enquire.set_weighting_scheme(xapian.BoolWeight())
        enquire.add_matchspy(outside)
        enquire.get_mset(0, 0, _EVERY)
        _largest(people)
        return best, _largest(mesas)

    def _snippets(self, best: Any) -> list[str]:
        flags = xapian.MSet.SNIPPET_EXHAUSTIVE
        return [
            best.snippet(match.document.get_data(), SNIPPET, self._stemmer, flags, "<mark>", "</mark>", "…").decode()
            for match in best
        ]


def _largest(spy: Any) -> dict[int, int]:
    return {int(value.term): value.termfreq for value in spy.top_values(FACET_VALUES)}
