"""The judged collection as a corpus: built by the project's own pipeline, asked through its service.

Each document is one turn of a transcript in plain text, a hundred to a mesa, under the label ``PREGUNTA n``: the
readers find the labels, the segmenter cuts the turns into fragments, and nothing else is told to the index. The titles
of the documents are left out on both sides: fragments of speech have none. A document stands where its first fragment
does.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.relevance_measures import Outcome
from indexer.config import Settings
from indexer.corpus.snapshot import read_corpus
from indexer.engines import open_index
from indexer.index.protocol import SearchIndex
from indexer.index.results import Hit
from indexer.model import PageId
from indexer.pipeline import update
from indexer.pipeline.update import fingerprint
from search_app.asking.parameters import read
from search_app.finding.results_page import answered

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".indice-relevancia"
A_MESA = 100
EVENT = "coleccion"
DEPTH = 100
KEPT = 3
"""Indexes that stay in the cache, the latest ones."""

_WRITING = (
    "indexer/corpus/segment.py",
    "indexer/language/*",
    "indexer/engines/understanding/analysis.py",
    "indexer/engines/understanding/documents.py",
    "indexer/engines/understanding/originals.py",
    "indexer/engines/whoosh/*.py",
)
"""Modules that an index depends on: when one of them changes, the index is built anew."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the collection; its title is not used."""

    id: str
    text: str


def load_documents(folder: Path) -> list[Document]:
    """All documents, white space folded, in the order of the file."""
    with gzip.open(folder / "collection.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Document(row["doc_id"], " ".join(row["text"].split())) for row in rows]


class Consta:
    """The collection behind the project's own search.

    Args:
        index: The folder of the index.
        documents: Of each fragment, ``mesa#number``, the document it is part of.

    Attributes:
        index: The index, opened.
    """

    def __init__(self, index: Path, documents: dict[str, str]) -> None:
        self.index: SearchIndex = open_index(index)
        self._documents = documents

    def document(self, hit: Hit) -> str:
        """The document that a fragment is part of."""
        return self._documents[_key(hit.page, hit.passage.number)]

    def hits(self, text: str, per_page: int = 10, *parameters: tuple[str, str]) -> Iterator[tuple[str, Hit]]:
        """The documents of a question's answer, each once, with their first fragment, page after page."""
        seen: set[str] = set()
        page = 1
        while True:
            asked = [("q", text), ("por_pagina", str(per_page)), ("pagina", str(page)), *parameters]
            _, results = answered(read(asked), self.index)
            for hit in results.hits:
                document = self.document(hit)
                if document not in seen:
                    seen.add(document)
                    yield document, hit
            if page * per_page >= results.total_full + results.total_partial:
                return
            page += 1

    def outcome(self, text: str, relevant: Collection[str]) -> Outcome:
        """Where the right documents stand among the first hundred; ten are asked for first, they mostly hold them."""
        ranks: list[int] = []
        for per_page, depth in ((12, 10), (100, DEPTH)):
            found = enumerate(islice(self.hits(text, per_page), depth), 1)
            ranks = [rank for rank, (document, _) in found if document in relevant]
            if len(ranks) == len(relevant):
                break
        return Outcome(tuple(ranks), len(relevant))

    def found(self, text: str, depth: int, *parameters: tuple[str, str]) -> list[str]:
        """The first so many documents of an answer, with further parameters of the address."""
        return [document for document, _ in islice(self.hits(text, min(depth, 100), *parameters), depth)]

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()


def build(documents: list[Document], index: Path) -> Consta:
    """Documents as a corpus of their own, built into the folder ``index`` and opened."""
    return Consta(index, _build(documents, index))


def cached(documents: list[Document], progress: Callable[[str], None]) -> Consta:
    """The same from the cache, where neither the analysis nor the documents changed since the last run."""
    folder = CACHE / f"consta-{_fingerprint(documents)}"
    mapping = folder / "documentos.json"
    if not mapping.is_file():
        progress(f"construyendo el índice de {len(documents):,} documentos en {folder} (unos dos minutos)")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        known = _build(documents, folder / "indice")
        mapping.write_text(json.dumps(known), encoding="utf-8")
    mapping.touch()
    _forget_old("consta-*/documentos.json")
    return Consta(folder / "indice", json.loads(mapping.read_text(encoding="utf-8")))


def _forget_old(pattern: str) -> None:
    found = sorted(CACHE.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        shutil.rmtree(path.parent)


def _build(documents: list[Document], index: Path) -> dict[str, str]:
    """Write the documents as a corpus, build it, and tell which fragment is part of which document."""
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work)
        groups = write_corpus(documents, corpus)
        report = update(Settings(corpus, index))
        faults = [problem for problem in report.problems if problem.severity == "error"]
        if faults:
            raise SystemExit("\n".join(map(str, faults)))
    opened_index = open_index(index)
    try:
        return dict(_fragments(opened_index, groups))
    finally:
        opened_index.close()


def write_corpus(documents: list[Document], corpus: Path) -> dict[str, list[Document]]:
    """A corpus of one event with the shipped vocabulary. Returns the documents of each mesa."""
    shutil.copy(ROOT / "corpus" / "vocabulario.toml", corpus)
    event = corpus / EVENT
    event.mkdir()
    (event / "evento.toml").write_text(
        'titulo = "Colección juzgada"\ninicio = 2020-01-01\nfin = 2020-01-01\n', encoding="utf-8"
    )
    groups: dict[str, list[Document]] = {}
    for first in range(0, len(documents), A_MESA):
        group = documents[first : first + A_MESA]
        mesa = event / f"mesa-{first // A_MESA + 1}"
        mesa.mkdir()
        groups[mesa.name] = group
        (mesa / "mesa.toml").write_text(f'titulo = "Grupo {first // A_MESA + 1}"\n', encoding="utf-8")
        turns = (f"PREGUNTA {number}: {document.text}" for number, document in enumerate(group, 1))
        (mesa / "transcripcion.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")
    return groups


def _fragments(index: SearchIndex, groups: dict[str, list[Document]]) -> Iterator[tuple[str, str]]:
    """Fragments with their documents. A label inside a document starts a turn of that document.

    What stands before the first label is the first document: two labels in a row at the top are read as a heading.
    """
    for mesa, group in groups.items():
        page = index.session(PageId(EVENT, mesa))
        assert page is not None, mesa
        labels = {f"PREGUNTA {number}": number for number in range(1, len(group) + 1)}
        number = 1
        seen: set[int] = set()
        for passage in page.passages:
            number = labels.get(passage.person or "", number)
            seen.add(number)
            yield _key(page.id, passage.number), group[number - 1].id
        if seen != set(labels.values()):
            missing = sorted(set(labels.values()) - seen)
            raise SystemExit(f"{mesa}: la canalización no encontró el turno de estos documentos: {missing}")


def _key(page: PageId, number: int) -> str:
    return f"{page.session}#{number}"


def _fingerprint(documents: list[Document]) -> str:
    """Of all that the index depends on: the collection, the analysis as the pipeline names it, and its source."""
    digest = hashlib.sha256()
    snapshot = read_corpus(ROOT / "corpus")
    digest.update(fingerprint(snapshot.topics or (), snapshot.entities or ()).encode())
    sources = [Path(__file__), *(path for pattern in _WRITING for path in ROOT.glob(pattern))]
    for path in sorted(path for path in sources if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    for document in documents:
        digest.update(f"{document.id}\t{document.text}\n".encode())
    return digest.hexdigest()[:16]
