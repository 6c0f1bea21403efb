"""Whoosh as it comes: ``LanguageAnalyzer('es')``, its own writer, parser, BM25F, facets and highlighter.

Set in its favour: a large memory for its writer and one segment; columns for facets; facets that only count
(``Count``). Its language analyzer leaves stop words out.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import LanguageAnalyzer
from whoosh.qparser import OrGroup, QueryParser
from whoosh.sorting import Count, FieldFacet

from benchmarks.bench_rows import FACET_VALUES, TOP, Found, Question, Row

MEMORY_MB = 512


def make(_variant: str) -> StockWhoosh:
    """The engine."""
    return StockWhoosh()


class StockWhoosh:
    """See ``contract.Engine``."""

    classes = "abcdef"

    def version(self) -> dict[str, str]:
        return {"Whoosh": importlib.metadata.version("Whoosh")}

    def build(self, rows: Iterable[Row], folder: Path) -> dict[str, Any]:
        schema = fields.Schema(
            number=fields.STORED,
            mesa=fields.ID(sortable=True),
            person=fields.ID(sortable=True),
            text=fields.TEXT(analyzer=LanguageAnalyzer("es"), stored=True),
        )
        writer = index.create_in(folder, schema).writer(limitmb=MEMORY_MB)
        for row in rows:
            writer.add_document(number=row.number, mesa=str(row.mesa), person=str(row.person), text=row.text)
        writer.commit(optimize=True)
        return {}

    def open(self, folder: Path) -> None:
        opened = index.open_dir(folder)
        self._searcher = opened.searcher()
        self._parser = QueryParser("text", opened.schema, group=OrGroup)

    def ask(self, kind: str, question: Question) -> int:
        results = self._results(kind, question)
        if kind == "f":
            for hit in results:
                hit.highlights("text")
        if kind == "e":
            self._facets(results, question)
        return len(results.top_n)

    def found(self, kind: str, question: Question) -> Found:
        results = self._results(kind, question)
        marked = sum("<b " in hit.highlights("text") for hit in results) if kind == "f" else 0
        mesas = self._facets(results, question) if kind == "e" else None
        return Found(len(results), [hit["number"] for hit in results][:TOP], marked, mesas)

    def _parsed(self, kind: str, question: Question) -> Any:
        text = " ".join(question.words)
        return self._parser.parse({"c": f'"{text}"', "d": f"{text}*"}.get(kind, text))

    def _results(self, kind: str, question: Question) -> Any:
        parsed = self._parsed(kind, question)
        if kind != "e":
            return self._searcher.search(parsed, limit=TOP)
        other, held = ("person", query.Term("mesa", str(question.mesa)))
        if question.person is not None:
            other, held = ("mesa", query.Term("person", str(question.person)))
        grouped = {other: FieldFacet(other, maptype=Count)}
        return self._searcher.search(parsed, limit=TOP, filter=held, groupedby=grouped)

    def _facets(self, results: Any, question: Question) -> dict[int, int]:
        """Each facet without its own filter: that one needs a search of its own. Returns the mesas."""
        own, other = ("mesa", "person") if question.person is None else ("person", "mesa")
        grouped = {own: FieldFacet(own, maptype=Count)}
        every = self._searcher.search(self._parsed("e", question), limit=1, groupedby=grouped)
        counted = {own: _largest(every.groups(own)), other: _largest(results.groups(other))}
        return counted["mesa"]


def _largest(groups: dict[str, int]) -> dict[int, int]:
    return {int(value): n for value, n in sorted(groups.items(), key=lambda item: -item[1])[:FACET_VALUES]}
