"""Combines the matches of clauses and ranks them; it scores only what can be shown.

Full matches come before partial ones. So where full matches fill a page, partial ones are counted and not scored, and
filters come before scores.
"""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from indexer.engines.ranking.accumulator import FEW, Accumulator, Scored
from indexer.engines.ranking.arrays import NOWHERE, Floats, Integers, Mask
from indexer.engines.ranking.filters import Selection
from indexer.engines.ranking.matches import Match
from indexer.engines.ranking.scorer import LIGHTEST, Scorer
from indexer.engines.understanding.clauses import FEW_FOUND, Bigram, ResolvedQuery, WordClause, apart_of, as_typed
from indexer.index.orders import SortKey

DIGITS = 9
"""Decimal places of a score; a smaller difference is a tie."""
SURELY = 1e-6
"""By how much a score must exceed a bound to be surely above it."""
ROW = 32
"""Scores per row: of many scores, only the best of each row is compared."""
OFTEN = (4, 3, 2)
"""How often a word must stand in a passage that may be among the best: tried in this order."""
MANY = 3_000
"""From so many fragments on, it pays to leave some unscored."""
VERY_MANY = 30_000
"""From so many fragments on, it pays to look first at those that hold the only word of a query often."""


class Matched(msgspec.Struct, frozen=True):
    """What the words of a query match.

    Attributes:
        fragments: The fragments that match, ascending.
        full: Per fragment, whether every loose clause matches it; None where all fragments match in full.
        loose: The loose clauses as typed, with what they match; without a name, words of a topic's name.
        required: What the phrases match that a match must have.
        any_loose: The fragments that any loose clause matches, before phrases, exclusions and filters.
        bigrams: As in ``ResolvedQuery``.
        marking: The matches of all clauses that are marked and scored.
    """

    fragments: Integers
    full: Mask | None
    loose: tuple[tuple[str, Match], ...]
    required: tuple[Match, ...]
    any_loose: Integers
    bigrams: tuple[Bigram, ...]
    marking: tuple[Match, ...]

    def only(self, keep: Mask) -> "Matched":
        """Return the matches without the fragments that are not kept."""
        if keep.all():
            return self
        full = None if self.full is None else self.full[keep]
        return msgspec.structs.replace(self, fragments=self.fragments[keep], full=full)


class Shown(msgspec.Struct, frozen=True):
    """A page of results.

    Attributes:
        fragments: The fragments in the order of the page.
        scores: The score of each; 0 where nothing is ranked.
        complete: How many of them are full matches; these come first.
        full, partial: How many full and partial matches there are on all pages.
    """

    fragments: list[int]
    scores: list[float]
    complete: int
    full: int
    partial: int


class Ranker:
    """Combines the matches of clauses, and ranks."""

    def __init__(self, scorer: Scorer, sums: Accumulator, page: Integers) -> None:
        """``page`` is the page of every passage in the index."""
        self._scorer = scorer
        self._sums = sums
        self._every = np.arange(page.size)
        self._page = page

    def match(self, resolved: ResolvedQuery, apart: Sequence[WordClause] = ()) -> Matched:
        """Return what the words of a query match; ``apart`` are of names of topics, for where the topics are not."""
        loose = [self._scorer.match(clause) for clause in resolved.loose]
        topics = [match.fragments for match, clause in zip(loose, resolved.loose, strict=True) if apart_of(clause)]
        words = [self._scorer.match(word).outside(self._sums.union(topics)) for word in apart]
        required = tuple(self._scorer.match(clause) for clause in resolved.required)
        full: Mask | None = None
        any_loose = NOWHERE
        if loose:
            lists = [match.fragments for match in loose]
            fragments = any_loose = self._sums.union([*lists, *(match.fragments for match in words)])
            if len(lists) > 1 or words:
                full = np.zeros(fragments.size, dtype=np.bool_)
                full[fragments.searchsorted(self._sums.all_of(lists))] = True
        else:
            fragments = required[0].fragments if required else self._every
        typed = (*zip(map(as_typed, resolved.loose), loose, strict=True), *(("", match) for match in words))
        marking = (*loose, *words, *required)
        found = Matched(fragments, full, typed, required, any_loose, resolved.bigrams, marking)
        for match in required:
            if match.fragments is not found.fragments:
                found = found.only(self._sums.among(match.fragments, found.fragments))
        for part in resolved.excluded:
            found = found.only(~self._sums.among(self._scorer.excluded(part), found.fragments))
        return found

    def answer(self, resolved: ResolvedQuery, selection: Selection) -> tuple[Matched, Matched]:
        """Return what the words of a query match, and what the filters leave of that.

        The words of the name of a topic that nothing of it matches count one by one; of every topic, where few match.
        """
        matched = self.match(resolved)
        left = selection.of(matched)
        alone = [
            apart_of(clause)
            for clause, (_, match) in zip(resolved.loose, matched.loose, strict=True)
            if left.fragments.size < FEW_FOUND or not self._sums.among(match.fragments, left.fragments).any()
        ]
        words = dict.fromkeys(word for apart in alone for word in apart if word not in resolved.loose)
        if not words:
            return matched, left
        matched = self.match(resolved, tuple(words))
        return matched, selection.of(matched)

    def page(self, found: Matched, start: int, stop: int, key: SortKey) -> Shown:
        """Return the results from ``start`` up to ``stop``.

        Full matches come first, both they and the partial ones by the key; but where the key is no score, partial ones
        that match more of the words come before the others.
        """
        fragments = found.fragments if found.full is None else found.fragments[found.full]
        full, partial = int(fragments.size), int(found.fragments.size - fragments.size)
        if key == "newest":
            fragments = fragments[self._times(fragments, key).argsort(kind="stable")]
        chosen, scores = self._slice(found, fragments, start, stop, key)
        complete = len(chosen)
        if found.full is not None and partial and stop > full:
            after = max(start - full, 0), stop - full
            rest = found.fragments[~found.full]
            if key != "score":
                rest = self._closest_first(found, rest, key)
            more, more_scores = self._slice(found, rest, *after, key)
            chosen, scores = chosen + more, scores + more_scores
        return Shown(chosen, scores, complete, full, partial)

    def _closest_first(self, found: Matched, fragments: Integers, key: SortKey) -> Integers:
        """Partial matches by how many of the words they match; those with as many by the key."""
        held = np.zeros(fragments.size, dtype=np.int64)
        for _, match in found.loose:
            held += self._sums.among(match.fragments, fragments)
        return fragments[np.lexsort((self._times(fragments, key), -held))]

    def _times(self, fragments: Integers, key: SortKey) -> Integers:
        """The keys of fragments in an order of time; the pages of the newest first, each in reading order."""
        return -self._page[fragments] if key == "newest" else fragments

    def _slice(
        self, found: Matched, fragments: Integers, start: int, stop: int, key: SortKey
    ) -> tuple[list[int], list[float]]:
        if start >= min(stop, fragments.size):
            return [], []
        if key != "score" or not found.marking:
            chosen = fragments[start:stop]
            place = chosen.argsort()
            scores = np.empty(chosen.size)
            scores[place] = self._scores(found, chosen[place])
            return chosen.tolist(), scores.tolist()
        fragments, scores = self._contenders(found, fragments, stop)
        if stop < fragments.size:
            # No need to sort what comes after the slice; the ties of its last place stay in.
            keep = (scores >= _reached(scores, stop) - SURELY).nonzero()[0]
            fragments, scores = fragments[keep], scores[keep]
        # Equal scores may differ in their last digits by the order in which they were added up.
        keys = -scores.round(DIGITS)
        order = keys.argsort(kind="stable")[start:stop]
        return fragments[order].tolist(), (-keys[order]).tolist()

    def _contenders(self, found: Matched, fragments: Integers, stop: int) -> tuple[Integers, Floats]:
        """The fragments that may be among the first ``stop``, ascending, with their scores.

        A fragment that has none of a query's rare words, and no neighbour that has one, scores at most what the
        frequent words score together; of a single word, if it holds it a few times at most, what so few score. Where
        enough others score more, it is left out (MaxScore: Turtle and Flood 1995). Of the rest, only those are scored
        with their neighbours whom these could bring on the page.
        """
        bigrams = self._bigrams(found)
        if fragments.size <= max(MANY, stop):
            return fragments, self._finished(found, fragments, self._own(found, fragments, bigrams))
        for lists, bound in _promising(found, fragments.size):
            lists += [begun for begun, _ in bigrams]
            if stop <= sum(map(len, lists)) < fragments.size // FEW:
                near = self._sums.around(lists, fragments)
                scores = self._finished(found, near, self._own(found, near, bigrams))
                if np.count_nonzero(scores > bound + SURELY) >= stop:
                    return near, scores
        own = self._own(found, fragments, bigrams)
        least = _reached(own, stop) * LIGHTEST - SURELY
        most = sum(match.scores.upper_bound for match in found.marking) + sum(
            bonus.max(initial=0.0) for _, bonus in bigrams
        )
        # A neighbour lends a share of what a fragment lacks to the maximum, never more.
        shares = self._scorer.shares[fragments]
        keep = ((1 - shares) * own >= least - shares * most).nonzero()[0]
        return fragments[keep], self._finished(found, fragments[keep], own[keep])

    def _scores(self, found: Matched, fragments: Integers) -> Floats:
        """The scores of some of the fragments that were found, ascending."""
        if not found.marking:
            return np.zeros(fragments.size)
        bigrams = self._bigrams(found)
        return self._finished(found, fragments, self._own(found, fragments, bigrams))

    def _bigrams(self, found: Matched) -> list[Scored]:
        """The bigrams that stand anywhere: the fragments where each begins, with its bonus."""
        if not found.bigrams:
            return []
        return [bigram for bigram in map(self._scorer.bigram, found.bigrams) if bigram[0].size]

    def _own(self, found: Matched, fragments: Integers, bigrams: Sequence[Scored]) -> Floats:
        """The scores of fragments by what they hold themselves."""
        many = [(m.fragments, m.scores.every) for m in found.marking if FEW * fragments.size >= m.fragments.size]
        scores = self._sums.over(fragments, [*many, *bigrams])
        for match in found.marking:
            if FEW * fragments.size < match.fragments.size:
                scores += match.scores.of(fragments)
        return scores

    def _finished(self, found: Matched, fragments: Integers, scores: Floats) -> Floats:
        """Scores with what neighbours lend, multiplied by the weights."""
        self._lend(found, fragments, scores)
        return scores * self._scorer.weights[fragments]

    def _lend(self, found: Matched, fragments: Integers, scores: Floats) -> None:
        """Add to the scores what neighbours lend."""
        if not found.loose:
            return
        before, after = self._scorer.beside(fragments, found.any_loose)
        rows = (before | after).nonzero()[0]
        if rows.size:
            matches = found.marking[: len(found.loose)]
            scores[rows] += self._scorer.lent(matches, fragments[rows], before[rows], after[rows])


def _promising(found: Matched, size: int) -> Iterator[tuple[list[Integers], float]]:
    """Yield some of ``size`` fragments, as lists, and a score that no fragment away from them exceeds."""
    if found.required:
        return
    loose = sorted((match for _, match in found.loose), key=lambda match: match.fragments.size)
    if len(loose) == 1 and size > VERY_MANY:
        yield from map(loose[0].scores.often, OFTEN)
    for rare in range(1, len(loose)):
        rest = sum(match.scores.upper_bound for match in loose[rare:])
        yield [match.fragments for match in loose[:rare]], rest


def _reached(scores: Floats, count: int) -> float:
    """A score that at least ``count`` of the scores reach."""
    rows = scores.size // ROW
    if rows > ROW + count:
        scores = scores[: rows * ROW].reshape(rows, ROW).max(axis=1)
    return float(np.partition(scores, scores.size - count)[scores.size - count])
