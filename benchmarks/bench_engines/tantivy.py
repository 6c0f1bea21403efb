"""tantivy through its own Python package, asked in two ways.

``tantivy`` is the leanest way that was found: queries built without its parser; the ten best without counting the
matches (Consta counts them); ids from a fast field; a prefix as the terms that its dictionary has for it, ranked.
``tantivy:documents`` is the way of its documentation, and of the notes that the issue's figures come from: text through
its parser, the number of matches, and ten stored documents read; a prefix as a regular expression. Facets and snippets
are the same in both.

For both: one writer thread (CPU is what is measured; more threads only spend it sooner) with memory enough for a single
segment; Spanish stems, then folded; mesa and person as unsigned integers in fast fields, its fastest kind to count.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from benchmarks.bench_rows import FACET_VALUES, TOP, Found, Question, Row

HEAP = 512 * 1024 * 1024
"""Bytes the writer may gather; what is used of it counts in its peak memory."""
SNIPPET = 260


def make(variant: str) -> Tantivy:
    """The engine."""
    return Documents() if variant == "documents" else Tantivy()


class Tantivy:
    """See ``contract.Engine``."""

    classes = "abcdef"

    def version(self) -> dict[str, str]:
        return {"tantivy (Python package)": importlib.metadata.version("tantivy")}

    def build(self, rows: Iterable[Row], folder: Path) -> dict[str, Any]:
        index = self._index(folder)
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for row in rows:
            document = tantivy.Document()
            document.add_unsigned("number", row.number)
            document.add_unsigned("mesa", row.mesa)
            document.add_unsigned("person", row.person)
            document.add_text("text", row.text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return {"segments": index.searcher().num_segments}

    def open(self, folder: Path) -> None:
        self._opened = self._index(folder)
        self._schema = self._opened.schema
        self._searcher = self._opened.searcher()

    def ask(self, kind: str, question: Question) -> int:
        query = self._query(kind, question)
        if kind == "e":
            self._facets(query, question)
            query = self._within(query, question)
        hits = self._searcher.search(query, TOP, count=False).hits
        if kind == "f":
            return len(self._snippets(query, hits))
        return len(self._searcher.fast_field_values("number", [address for _, address in hits]))

    def found(self, kind: str, question: Question) -> Found:
        query = self._query(kind, question)
        marked, mesas = 0, None
        if kind == "e":
            mesas = self._facets(query, question)
            query = self._within(query, question)
        result = self._searcher.search(query, TOP, count=True)
        if kind == "f":
            marked = sum("<b>" in snippet for snippet in self._snippets(query, result.hits))
        return Found(result.count, self._read(result.hits), marked, mesas)

    def _index(self, folder: Path) -> tantivy.Index:
        fields = tantivy.SchemaBuilder()
        fields.add_unsigned_field("number", stored=True, fast=True)
        fields.add_unsigned_field("mesa", indexed=True, fast=True)
        fields.add_unsigned_field("person", indexed=True, fast=True)
        fields.add_text_field("text", stored=True, tokenizer_name="es", index_option="position")
        index = tantivy.Index(fields.build(), path=str(folder))
        builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
        self._analyzer = builder.filter(Filter.stemmer("spanish")).filter(Filter.ascii_fold()).build()
        index.register_tokenizer("es", self._analyzer)
        return index

    def _query(self, kind: str, question: Question) -> Query:
        if kind == "d":
            stems = [stem for stem, _ in self._searcher.terms_with_prefix("text", question.words[0])]
        else:
            stems = [stem for word in question.words for stem in self._analyzer.analyze(word)]
        if kind == "c":
            return Query.phrase_query(self._schema, "text", stems)
        terms = [Query.term_query(self._schema, "text", stem, "freq") for stem in stems]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])

    def _within(self, query: Query, question: Question) -> Query:
        name, value = ("mesa", question.mesa) if question.person is None else ("person", question.person)
        held = Query.term_query(self._schema, name, value, "basic")
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(held, 0.0))])

    def _facets(self, query: Query, question: Question) -> dict[int, int]:
        """Each facet without its own filter, as a page needs it. Returns the mesas."""
        within = self._within(query, question)
        by_mesa = self._searcher.aggregate(query if question.person is None else within, _counts("mesa"))
        self._searcher.aggregate(within if question.person is None else query, _counts("person"))
        return {int(bucket["key"]): bucket["doc_count"] for bucket in by_mesa["values"]["buckets"]}

    def _read(self, hits: list[Any]) -> list[int]:
        return [self._searcher.doc(address)["number"][0] for _, address in hits]

    def _snippets(self, query: Query, hits: list[Any]) -> list[str]:
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        generator.set_max_num_chars(SNIPPET)
        return [generator.snippet_from_doc(self._searcher.doc(address)).to_html() for _, address in hits]


class Documents(Tantivy):
    """The way of the documentation."""

    def ask(self, kind: str, question: Question) -> int:
        query = self._query(kind, question)
        if kind == "e":
            self._facets(query, question)
            query = self._within(query, question)
        hits = self._searcher.search(query, TOP).hits
        return len(self._snippets(query, hits) if kind == "f" else self._read(hits))

    def _query(self, kind: str, question: Question) -> Query:
        if kind == "d":
            return Query.regex_query(self._schema, "text", question.words[0] + ".*")
        text = " ".join(question.words)
        return self._opened.parse_query(f'"{text}"' if kind == "c" else text, ["text"])


def _counts(field: str) -> dict[str, Any]:
    return {"values": {"terms": {"field": field, "size": FACET_VALUES, "segment_size": 10 * FACET_VALUES}}}
