"""Measures of ranked lists: reciprocal rank, nDCG, recall, and the interval of a paired difference."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the right documents of one question stand.

    Attributes:
        ranks: Ranks (from 1) of the right documents that were found, ascending.
        relevant: How many right documents there are.
    """

    ranks: tuple[int, ...]
    relevant: int

    def reciprocal(self, depth: int = 10) -> float:
        """1 / rank of the first right document, 0 beyond ``depth``."""
        return 1 / self.ranks[0] if self.ranks and self.ranks[0] <= depth else 0.0

    def ndcg(self, depth: int = 10) -> float:
        """nDCG with right documents worth 1."""
        best = sum(1 / math.log2(rank + 1) for rank in range(1, min(self.relevant, depth) + 1))
        return sum(1 / math.log2(rank + 1) for rank in self.ranks if rank <= depth) / best

    def recall(self, depth: int) -> float:
        """Share of the right documents among the first ``depth``."""
        return sum(rank <= depth for rank in self.ranks) / self.relevant


@dataclass(frozen=True, slots=True)
class Figures:
    """The four figures of a set."""

    mrr_10: float
    ndcg_10: float
    recall_10: float
    recall_100: float

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Figures:
        """Means over the questions."""
        return cls(
            mean(outcome.reciprocal() for outcome in outcomes),
            mean(outcome.ndcg() for outcome in outcomes),
            mean(outcome.recall(10) for outcome in outcomes),
            mean(outcome.recall(100) for outcome in outcomes),
        )


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean; 0 of nothing."""
    held = list(values)
    return math.fsum(held) / len(held) if held else 0.0


def graded_ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """nDCG with gain ``2**grade - 1`` (Burges et al. 2005); ``grades`` of the judged documents, the others count 0."""

    def gain(ordered: Iterable[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(ordered, 1))

    best = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain(grades.get(document, 0) for document in found[:depth]) / best if best else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int], depth: int = 10, least: int = 1) -> float:
    """1 / rank of the first document judged ``least`` or better."""
    ranks = (rank for rank, document in enumerate(found[:depth], 1) if grades.get(document, 0) >= least)
    return next((1 / rank for rank in ranks), 0.0)


def difference(ours: Sequence[Outcome], theirs: Sequence[Outcome], seed: int) -> tuple[float, float, float]:
    """Mean difference of MRR@10 over the same questions, and its 95 % interval (paired bootstrap)."""
    pairs = zip(ours, theirs, strict=True)
    deltas = np.array([our.reciprocal() - their.reciprocal() for our, their in pairs])
    picks = np.random.default_rng(seed).integers(0, deltas.size, (RESAMPLES, deltas.size))
    low, high = np.percentile(deltas[picks].mean(axis=1), [2.5, 97.5])
    return float(deltas.mean()), float(low), float(high)
