"""bm25s with Snowball's Spanish stems, asked in two ways. It has neither phrases nor prefixes nor snippets.

``bm25s`` is its numpy backend, classes a, b and e: its scores of all fragments in one pass, and the best ten of those
that are not zero. (Its own ``topk`` partitions the whole array, which numpy is slow at where most of it is alike: 1.2
of 1.3 ms at 10,000 fragments.) A filter is a mask of integers, facets are counts of integers.
``bm25s:numba`` is its numba backend, classes a and b: quicker, but it gives the ten best alone, with no scores left to
filter or count by, and compiles for seconds in every new process.

For both: Spanish stop words left out; the same formula as Consta's.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer

from benchmarks.bench_rows import FACET_VALUES, TOP, Found, Question, Row


def make(variant: str) -> Bm25s:
    """The engine."""
    return Numba() if variant == "numba" else Bm25s()


class Bm25s:
    """See ``contract.Engine``."""

    classes = "abe"

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("spanish")

    def version(self) -> dict[str, str]:
        names = ("bm25s", "numpy", "PyStemmer")
        return {name: importlib.metadata.version(name) for name in names}

    def build(self, rows: Iterable[Row], folder: Path) -> dict[str, Any]:
        texts, columns = [], []
        for row in rows:
            texts.append(row.text)
            columns.append((row.mesa, row.person))
        tokens = bm25s.tokenize(texts, stopwords="spanish", stemmer=self._stemmer, show_progress=False)
        retriever = bm25s.BM25(method="lucene", k1=0.9, b=0.75)
        retriever.index(tokens, show_progress=False)
        retriever.save(str(folder), show_progress=False)
        np.save(folder / "columns.npy", np.array(columns, dtype=np.int32).T.copy())
        return {}

    def open(self, folder: Path) -> None:
        self._retriever = bm25s.BM25.load(str(folder), show_progress=False)
        self._mesa, self._person = np.load(folder / "columns.npy")

    def ask(self, kind: str, question: Question) -> int:
        scores = self._scores(question)
        if kind == "e":
            within = self._within(question)
            self._facets(scores > 0, within, question)
            scores = np.where(within, scores, 0)
        return len(_best(scores))

    def found(self, kind: str, question: Question) -> Found:
        scores = self._scores(question)
        mesas = None
        if kind == "e":
            within = self._within(question)
            mesas = self._facets(scores > 0, within, question)
            scores = np.where(within, scores, 0)
        return Found(int(np.count_nonzero(scores)), _best(scores), 0, mesas)

    def _stems(self, question: Question) -> list[str]:
        return self._stemmer.stemWords(list(question.words))

    def _scores(self, question: Question) -> Any:
        return self._retriever.get_scores(self._stems(question))

    def _within(self, question: Question) -> Any:
        return self._mesa == question.mesa if question.person is None else self._person == question.person

    def _facets(self, matched: Any, within: Any, question: Question) -> dict[int, int]:
        """Each facet without its own filter. Returns the mesas."""
        both = matched & within
        mesas = _largest(self._mesa[matched if question.person is None else both])
        _largest(self._person[both if question.person is None else matched])
        return mesas


class Numba(Bm25s):
    """The compiled backend."""

    classes = "ab"

    def version(self) -> dict[str, str]:
        return {**super().version(), "numba": importlib.metadata.version("numba")}

    def open(self, folder: Path) -> None:
        super().open(folder)
        self._compiled = bm25s.BM25.load(str(folder), show_progress=False)
        self._compiled.backend = "numba"
        self._compiled.activate_numba_scorer()

    def ask(self, kind: str, question: Question) -> int:
        ids, scores = self._compiled.retrieve(
            [self._stems(question)], k=TOP, show_progress=False, n_threads=0, backend_selection="numba"
        )
        return sum(score > 0 for score in scores[0].tolist()) and len(ids[0].tolist())


def _best(scores: Any) -> list[int]:
    """The ten best, ties in any order."""
    places = np.flatnonzero(scores)
    if places.size > TOP:
        places = places[np.argpartition(scores[places], -TOP)[-TOP:]]
    return places[np.argsort(-scores[places])].tolist()


def _largest(values: Any) -> dict[int, int]:
    counts = np.bincount(values)
    order = np.argsort(-counts, kind="stable")[:FACET_VALUES]
    return {int(value): int(counts[value]) for value in order if counts[value]}
