"""Stock Whoosh over the same documents: ``LanguageAnalyzer('es')``, its own BM25F, any of the words (OrGroup).

Whole documents, one field, nothing set. What it answers never changes, so the ranks are kept between runs.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import shutil
from collections.abc import Callable, Collection
from typing import Any

from benchmarks.relevance_collection import CACHE, DEPTH, Document
from benchmarks.relevance_measures import Outcome


class StockWhoosh:
    """The stock engine; opened only when a question is not among the kept ranks."""

    def __init__(self, documents: list[Document], progress: Callable[[str], None]) -> None:
        version = importlib.metadata.version("Whoosh")
        digest = hashlib.sha256(version.encode())
        for document in documents:
            digest.update(f"{document.id}\t{document.text}\n".encode())
        self._folder = CACHE / f"whoosh-{digest.hexdigest()[:16]}"
        self._documents = documents
        self._progress = progress
        self._kept_file = self._folder / "rangos.json"
        self._kept: dict[str, list[int]] = {}
        if self._kept_file.is_file():
            self._kept = json.loads(self._kept_file.read_text(encoding="utf-8"))
        self._searcher: Any = None
        self._parser: Any = None
        self.asked = 0

    def outcome(self, text: str, relevant: Collection[str]) -> Outcome:
        """Where the right documents stand among the first hundred."""
        key = "\t".join((*sorted(relevant), text))
        ranks = self._kept.get(key)
        if ranks is None:
            if self._searcher is None:
                self._open()
            self.asked += 1
            found = [hit["doc_id"] for hit in self._searcher.search(self._parser.parse(text), limit=DEPTH)]
            ranks = [rank for rank, document in enumerate(found, 1) if document in relevant]
            self._kept[key] = ranks
        return Outcome(tuple(ranks), len(relevant))

    def save(self) -> None:
        """Keep the ranks for the next run."""
        if self.asked:
            self._kept_file.write_text(json.dumps(self._kept, ensure_ascii=False), encoding="utf-8")

    def close(self) -> None:
        """Let go of the index, if it was opened."""
        self.save()
        if self._searcher is not None:
            self._searcher.close()

    def _open(self) -> None:
        from whoosh import fields, index
        from whoosh.analysis import LanguageAnalyzer
        from whoosh.qparser import OrGroup, QueryParser, WhitespacePlugin

        folder = self._folder / "indice"
        schema = fields.Schema(doc_id=fields.ID(stored=True), text=fields.TEXT(analyzer=LanguageAnalyzer("es")))
        if not index.exists_in(folder):
            self._progress(f"construyendo el índice de Whoosh tal como viene en {folder}")
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            writer = index.create_in(folder, schema).writer(limitmb=256)
            for document in self._documents:
                writer.add_document(doc_id=document.id, text=document.text)
            writer.commit()
        self._searcher = index.open_dir(folder).searcher()
        # No operators: a question mark is a wildcard to the full parser.
        self._parser = QueryParser("text", schema, plugins=[WhitespacePlugin()], group=OrGroup)
