"""What a query's words match, and the order of the best: only what can be shown is scored.

Full matches come before partial ones. So where a page is filled by full matches, partial ones are counted and left
unscored; and filters come before scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.engines.ranking.accumulator import FEW, Accumulator, Scored
from indexer.engines.ranking.arrays import NOWHERE, Floats, Integers, Mask
from indexer.engines.ranking.matches import Match
from indexer.engines.ranking.scorer import BRIEF_COUNTS, LENT, Scorer
from indexer.engines.understanding.clauses import Bigram, ResolvedQuery, as_typed

DIGITS = 9
"""Of a score, after the point: what differs by less is a tie."""
SURELY = 1e-6
"""By how much a score must be above a bound to be sure of it."""
ROW = 32
"""Of so many scores the best stands for all: a pass over the rows' best is as good a bound as a pass over all."""
MANY = 3_000
"""Fragments from which on it pays to leave some unscored."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What the words of a query match.

    Attributes:
        fragments: That match, ascending.
        full: Of each, whether every loose clause does; None where all do.
        loose: The loose clauses, as typed, with what they match.
        held: What the phrases match that always hold.
        any_loose: Fragments that any loose clause matches, whatever phrases, exclusions and filters took out since.
        bigrams: As in ``ResolvedQuery``.
    """

    fragments: Integers
    full: Mask | None
    loose: tuple[tuple[str, Match], ...]
    held: tuple[Match, ...]
    any_loose: Integers
    bigrams: tuple[Bigram, ...]

    @property
    def marking(self) -> tuple[Match, ...]:
        """Clauses to mark, and to score."""
        return (*(match for _, match in self.loose), *self.held)

    def only(self, keep: Mask) -> Matched:
        """Those of the fragments that stay."""
        if keep.all():
            return self
        full = None if self.full is None else self.full[keep]
        return replace(self, fragments=self.fragments[keep], full=full)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of what was found.

    Attributes:
        fragments: In the order of the page.
        scores: Of each; 0 where nothing is ranked.
        complete: How many of them are full matches: those come first.
        full, partial: How many there are on all pages.
    """

    fragments: list[int]
    scores: list[float]
    complete: int
    full: int
    partial: int


class Ranker:
    """Matches clauses together, and ranks."""

    def __init__(self, scorer: Scorer, sums: Accumulator, size: int) -> None:
        """``size`` counts the fragments of the index."""
        self._scorer = scorer
        self._sums = sums
        self._every = np.arange(size)

    def match(self, resolved: ResolvedQuery) -> Matched:
        """What a query's words match."""
        loose = [self._scorer.match(clause) for clause in resolved.loose]
        held = tuple(self._scorer.match(clause) for clause in resolved.held)
        full: Mask | None = None
        any_loose = NOWHERE
        if loose:
            lists = [match.fragments for match in loose]
            fragments = any_loose = self._sums.union(lists)
            if len(lists) > 1:
                full = np.zeros(fragments.size, dtype=np.bool_)
                full[fragments.searchsorted(self._sums.all_of(lists))] = True
        else:
            fragments = held[0].fragments if held else self._every
        typed = tuple(zip(map(as_typed, resolved.loose), loose, strict=True))
        found = Matched(fragments, full, typed, held, any_loose, resolved.bigrams)
        for match in held:
            if match.fragments is not found.fragments:
                found = found.only(self._sums.among(match.fragments, found.fragments))
        for part in resolved.excluded:
            found = found.only(~self._sums.among(self._scorer.excluded(part), found.fragments))
        return found

    def page(self, found: Matched, start: int, stop: int, *, by_time: bool) -> Shown:
        """The fragments from ``start`` up to ``stop``: by falling score, ties in order of the sessions; or in that."""
        fragments = found.fragments if found.full is None else found.fragments[found.full]
        full, partial = int(fragments.size), int(found.fragments.size - fragments.size)
        chosen, scores = self._slice(found, fragments, start, stop, by_time=by_time)
        complete = len(chosen)
        if found.full is not None and partial and stop > full:
            after = max(start - full, 0), stop - full
            more, more_scores = self._slice(found, found.fragments[~found.full], *after, by_time=by_time)
            chosen, scores = chosen + more, scores + more_scores
        return Shown(chosen, scores, complete, full, partial)

    def _slice(
        self, found: Matched, fragments: Integers, start: int, stop: int, *, by_time: bool
    ) -> tuple[list[int], list[float]]:
        if start >= min(stop, fragments.size):
            return [], []
        if by_time or not found.marking:
            chosen = fragments[start:stop]
            return chosen.tolist(), self._scores(found, chosen).tolist()
        fragments, scores = self._contenders(found, fragments, stop)
        if stop < fragments.size:
            # No need to sort what comes after the slice; the ties of its last place stay in.
            keep = np.flatnonzero(scores >= _reached(scores, stop) - SURELY)
            fragments, scores = fragments[keep], scores[keep]
        # Equal scores may differ in their last digits by the order in which they were added up.
        keys = -scores.round(DIGITS)
        order = np.argsort(keys, kind="stable")[start:stop]
        return fragments[order].tolist(), (-keys[order]).tolist()

    def _contenders(self, found: Matched, fragments: Integers, stop: int) -> tuple[Integers, Floats]:
        """The fragments that may be among the first ``stop`` of some, ascending, with their scores.

        A fragment that has none of a query's rare words, nor stands beside one that does, is worth no more than the
        frequent ones together. Where enough others are worth more, it is left out (MaxScore: Turtle and Flood 1995).
        Of the rest, neighbours are looked at only of those whom they could bring on the page.
        """
        bigrams = self._bigrams(found)
        loose = sorted((match for _, match in found.loose), key=lambda match: match.fragments.size)
        if fragments.size <= max(MANY, stop):
            return fragments, self._finished(found, fragments, self._own(found, fragments, bigrams))
        for rare in range(1, 1 if found.held else len(loose)):
            lists = [match.fragments for match in loose[:rare]] + [begun for begun, _ in bigrams]
            if stop <= sum(map(len, lists)) < fragments.size // FEW:
                near = fragments[self._sums.around(lists, fragments)]
                scores = self._finished(found, near, self._own(found, near, bigrams))
                bound = sum(match.scores.upper_bound for match in loose[rare:]) + SURELY
                if np.count_nonzero(scores > bound) >= stop:
                    return near, scores
        own = self._own(found, fragments, bigrams)
        least = _reached(own, stop) * BRIEF_COUNTS - SURELY
        most = sum(match.scores.upper_bound for match in found.marking) + sum(
            bonus.max(initial=0.0) for _, bonus in bigrams
        )
        # What neighbours lend brings nobody nearer than this to all that there is.
        keep = np.flatnonzero((1 - LENT) * own >= least - LENT * most)
        return fragments[keep], self._finished(found, fragments[keep], own[keep])

    def _scores(self, found: Matched, fragments: Integers) -> Floats:
        """Of some of the fragments that were found, ascending, their scores."""
        if not found.marking:
            return np.zeros(fragments.size)
        bigrams = self._bigrams(found)
        return self._finished(found, fragments, self._own(found, fragments, bigrams))

    def _bigrams(self, found: Matched) -> list[Scored]:
        """The bigrams that stand anywhere: where, and what each is worth there."""
        scored = map(self._scorer.bigram, found.bigrams)
        return [bigram for bigram in scored if bigram[0].size]

    def _own(self, found: Matched, fragments: Integers, bigrams: Sequence[Scored]) -> Floats:
        """What fragments are worth by what they hold themselves."""
        many = [match for match in found.marking if FEW * fragments.size >= match.fragments.size]
        scores = self._sums.over(fragments, [*((match.fragments, match.scores.every) for match in many), *bigrams])
        for match in found.marking:
            if FEW * fragments.size < match.fragments.size:
                scores += match.scores.of(fragments)
        return scores

    def _finished(self, found: Matched, fragments: Integers, scores: Floats) -> Floats:
        """The same with what neighbours lend, and weighted."""
        self._lend(found, fragments, scores)
        return scores * self._scorer.weights[fragments]

    def _lend(self, found: Matched, fragments: Integers, scores: Floats) -> None:
        """Add what fragments gain from those beside them in their turns that have more of a loose clause."""
        if not found.loose:
            return
        before, after = self._scorer.beside(fragments, found.any_loose)
        rows = np.flatnonzero(before | after)
        if rows.size:
            matches: Sequence[Match] = [match for _, match in found.loose]
            scores[rows] += self._scorer.lent(matches, fragments[rows], before[rows], after[rows])


def _reached(scores: Floats, count: int) -> float:
    """A score that at least so many reach: of few the least of the best, of many that of the best of each row."""
    rows = scores.size // ROW
    if rows > ROW + count:
        scores = scores[: rows * ROW].reshape(rows, ROW).max(axis=1)
    return float(np.partition(scores, scores.size - count)[scores.size - count])
