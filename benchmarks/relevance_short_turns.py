"""Short turns: over real transcripts a greeting or "Gracias, consejera" must not stand above what was said.

``short_turns.tsv`` holds our own queries and, for each, what answers it: the name of the file, the position of a word
inside the fragment (counted over the words of the whole page, so that a new cut of fragments moves nothing) and a
grade. No text of the transcripts is kept.
"""

from __future__ import annotations

import shutil
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build import make_corpus
from benchmarks.relevance_collection import ROOT
from benchmarks.relevance_measures import graded_ndcg, mean, reciprocal_rank
from indexer.config import Settings
from indexer.engines import open_index
from indexer.index.protocol import SearchIndex
from indexer.model import PageId
from indexer.pipeline import update
from search_app.asking.parameters import read
from search_app.finding.results_page import answered

JUDGED = Path(__file__).with_name("short_turns.tsv")
SHORT = 20
"""Words below which a fragment that was not judged relevant counts as a short turn."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its places: ``(file, position of a word)`` to grade."""

    text: str
    grades: dict[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class Page:
    """A transcript as built: the file's name, and of each fragment its number and where it starts, in words."""

    file: str
    numbers: tuple[int, ...]
    starts: tuple[int, ...]

    def fragment(self, word: int) -> str:
        """The fragment that holds a word."""
        return f"{self.file}#{self.numbers[bisect_right(self.starts, word) - 1]}"


def load(path: Path = JUDGED) -> list[Query]:
    """``query<TAB>file:word:grade file:word:grade …`` a line."""
    queries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, places = line.split("\t")
            grades = {}
            for place in places.split():
                file, word, grade = place.rsplit(":", 2)
                grades[file, int(word)] = int(grade)
            queries.append(Query(text, grades))
    return queries


def built(folder: Path, work: Path) -> tuple[SearchIndex, dict[PageId, Page]]:
    """Every transcript of a folder as a mesa of one event, built and opened."""
    corpus = work / "corpus"
    make_corpus(folder, corpus)
    shutil.copy(ROOT / "corpus" / "vocabulario.toml", corpus)
    update(Settings(corpus, work / "indice"))
    index = open_index(work / "indice")
    pages = {}
    for session in index.overview().catalogue.sessions:
        page = index.session(PageId(session.event, session.slug))
        assert page is not None
        starts, position = [], 0
        for passage in page.passages:
            starts.append(position)
            position += len(passage.text.split())
        numbers = tuple(passage.number for passage in page.passages)
        pages[page.id] = Page(session.title, numbers, tuple(starts))
    return index, pages


def report(index: SearchIndex, pages: dict[PageId, Page], say: Callable[[str], None]) -> None:
    """Ask every query, say the figures."""
    by_file = {page.file: page for page in pages.values()}
    ndcgs, reciprocals, outranked, short, shown = [], [], [], 0, 0
    queries = load()
    for query in queries:
        grades: dict[str, int] = {}
        for (file, word), grade in query.grades.items():
            fragment = by_file[file].fragment(word)
            grades[fragment] = max(grade, grades.get(fragment, 0))
        _, results = answered(read([("q", query.text)]), index)
        found = [f"{pages[hit.page].file}#{hit.passage.number}" for hit in results.hits]
        ndcgs.append(graded_ndcg(found, grades))
        reciprocals.append(reciprocal_rank(found, grades))
        empty = [
            rank
            for rank, (name, hit) in enumerate(zip(found, results.hits, strict=True))
            if name not in grades and len(hit.passage.text.split()) < SHORT
        ]
        first = next((rank for rank, name in enumerate(found) if name in grades), len(found))
        if any(rank < first for rank in empty):
            outranked.append(query.text)
        short += len(empty)
        shown += len(found)
    say(
        f"Turnos breves: {len(queries)} consultas; nDCG@10 {mean(ndcgs):.4f}; MRR@10 {mean(reciprocals):.4f}; "
        f"un turno breve sin contenido queda antes que lo dicho en {len(outranked)}; "
        f"de {shown} resultados, {short} son turnos de menos de {SHORT} palabras sin contenido"
    )
    for text in outranked:
        say(f"  antes que lo dicho: {text}")
