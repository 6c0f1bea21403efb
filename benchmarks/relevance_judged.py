"""Judged topic queries over texts of our own: ``tests/relevance/passages.tsv`` and ``tests/relevance/judged.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.relevance_collection import ROOT, Document, build
from benchmarks.relevance_measures import graded_ndcg, mean, reciprocal_rank

FOLDER = ROOT / "tests" / "relevance"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grades of its passages: 2 answers it, 1 touches it; the others are worth nothing."""

    query: str
    grades: dict[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search gave for a judged query."""

    judged: Judged
    found: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        """Graded nDCG@10."""
        return graded_ndcg(self.found, self.judged.grades)

    @property
    def reciprocal(self) -> float:
        """Reciprocal rank within 10 of the first passage of grade 2."""
        return reciprocal_rank(self.found, self.judged.grades, least=2)


def load_passages(folder: Path = FOLDER) -> list[Document]:
    """``id<TAB>text`` a line."""
    lines = (folder / "passages.tsv").read_text(encoding="utf-8").splitlines()
    return [Document(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def load_judged(folder: Path = FOLDER) -> list[Judged]:
    """``query<TAB>id:grade id:grade …`` a line."""
    found = []
    for line in (folder / "judged.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            query, grades = line.split("\t")
            pairs = (grade.rpartition(":") for grade in grades.split())
            found.append(Judged(query, {passage: int(grade) for passage, _, grade in pairs}))
    return found


def answers(index: Path) -> list[Answer]:
    """Build the passages into a new index and ask every query."""
    passages = build(load_passages(), index)
    try:
        return [Answer(judged, tuple(passages.found(judged.query, 10))) for judged in load_judged()]
    finally:
        passages.close()


def ndcg_and_mrr(given: list[Answer]) -> tuple[float, float]:
    """Means over the queries."""
    return mean(answer.ndcg for answer in given), mean(answer.reciprocal for answer in given)
