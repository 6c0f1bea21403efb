"""What a query's words match, and the order of the best: only what can be shown is scored.

Full matches come before partial ones. So where a page is filled by full matches, partial ones are counted and left
unscored; and filters come before scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.engines.whoosh.accumulator import Accumulator, Floats
from indexer.engines.whoosh.clauses import Pair, Resolved, as_typed
from indexer.engines.whoosh.columns import Mask
from indexer.engines.whoosh.positions import NOWHERE, Integers
from indexer.engines.whoosh.scorer import Match, Scorer

DIGITS = 9
"""Of a score, after the point: what differs by less is a tie."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What the words of a query match.

    Attributes:
        fragments: That match, ascending.
        full: Of each, whether every loose clause does; None where all do.
        loose: The loose clauses, as typed, with what they match.
        held: What the phrases match that always hold.
        any_loose: Fragments that any loose clause matches, whatever phrases, exclusions and filters took out since.
        pairs: Loose words that are neighbours as typed.
    """

    fragments: Integers
    full: Mask | None
    loose: tuple[tuple[str, Match], ...]
    held: tuple[Match, ...]
    any_loose: Integers
    pairs: tuple[Pair, ...]

    @property
    def marking(self) -> tuple[Match, ...]:
        """Clauses to mark, and to score."""
        return (*(match for _, match in self.loose), *self.held)

    def only(self, keep: Mask) -> Matched:
        """Those of the fragments that stay."""
        full = None if self.full is None else self.full[keep]
        return replace(self, fragments=self.fragments[keep], full=full)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of what was found.

    Attributes:
        places: In ``Matched.fragments``, in the order of the page.
        scores: Of each; 0 where nothing is ranked.
        full, partial: How many there are on all pages.
    """

    places: list[int]
    scores: list[float]
    full: int
    partial: int


class Ranker:
    """Matches clauses together, and ranks."""

    def __init__(self, scorer: Scorer, sums: Accumulator, size: int) -> None:
        """``size`` counts the fragments of the index."""
        self._scorer = scorer
        self._sums = sums
        self._every = np.arange(size)

    def match(self, resolved: Resolved) -> Matched:
        """What a query's words match."""
        loose = [self._scorer.match(clause) for clause in resolved.loose]
        held = tuple(self._scorer.match(clause) for clause in resolved.held)
        full: Mask | None = None
        any_loose = NOWHERE
        if loose:
            any_loose, hits = self._sums.hits([match.fragments for match in loose])
            full = hits == len(loose) if len(loose) > 1 else None
            fragments = any_loose
        else:
            fragments = held[0].fragments if held else self._every
        typed = tuple(zip(map(as_typed, resolved.loose), loose, strict=True))
        found = Matched(fragments, full, typed, held, any_loose, resolved.pairs)
        for match in held:
            found = found.only(self._sums.among(match.fragments, found.fragments))
        for part in resolved.excluded:
            found = found.only(~self._sums.among(self._scorer.excluded(part), found.fragments))
        return found

    def page(self, found: Matched, start: int, stop: int, *, by_time: bool) -> Shown:
        """The fragments from ``start`` up to ``stop``: by falling score, ties in order of the sessions; or in that."""
        if found.full is None:
            full, partial = np.arange(found.fragments.size), NOWHERE
        else:
            full, partial = np.flatnonzero(found.full), np.flatnonzero(~found.full)
        places, scores = self._slice(found, full, start, stop, by_time=by_time)
        after = max(start - full.size, 0), max(stop - full.size, 0)
        more, more_scores = self._slice(found, partial, *after, by_time=by_time)
        return Shown(places + more, scores + more_scores, int(full.size), int(partial.size))

    def _slice(
        self, found: Matched, places: Integers, start: int, stop: int, *, by_time: bool
    ) -> tuple[list[int], list[float]]:
        if start >= min(stop, places.size):
            return [], []
        if by_time or not found.marking:
            chosen = places[start:stop]
            return chosen.tolist(), self._scores(found, found.fragments[chosen]).tolist()
        # Equal scores may differ in their last digits by the order in which they were added up.
        keys = -self._scores(found, found.fragments[places]).round(DIGITS)
        if stop < places.size:
            # No need to sort what comes after the slice; the ties of its last place stay in.
            keep = np.flatnonzero(keys <= np.partition(keys, stop - 1)[stop - 1])
            places, keys = places[keep], keys[keep]
        order = np.argsort(keys, kind="stable")[start:stop]
        return places[order].tolist(), (-keys[order]).tolist()

    def _scores(self, found: Matched, fragments: Integers) -> Floats:
        """Of some of the fragments that were found, ascending, their scores."""
        parts = [(match.fragments, match.scores) for match in found.marking]
        if not parts:
            return np.zeros(fragments.size)
        scores = self._sums.over(fragments, [*parts, *map(self._scorer.pair, found.pairs)])
        self._lend(found, fragments, scores)
        return scores * self._scorer.weights[fragments]

    def _lend(self, found: Matched, fragments: Integers, scores: Floats) -> None:
        """Add what fragments gain from those beside them in their turns that have more of a loose clause."""
        before, after = self._scorer.beside(fragments, found.any_loose)
        places = np.flatnonzero(before | after)
        if places.size:
            matches: Sequence[Match] = [match for _, match in found.loose]
            scores[places] += self._scorer.lent(matches, fragments[places], before[places], after[places])
