"""Scores clauses: BM25 over stems (weight 1) and exact forms (weight 0.5); pairs of neighbours as typed (weight 0.15).
What a neighbour in the same turn has more of a clause counts by a fifth (decision 0007).

``idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean length))`` with
``idf = log(1 + (N - n + .5) / (n + .5))`` over live fragments (Robertson and Zaragoza 2009; the idf is Lucene's). A
fragment counts as at least ``SHORTEST`` words long, and the whole score of one of fewer than ``BRIEF`` words by
``BRIEF_COUNTS`` (decision 0008): half of the real turns are "Gracias, consejera", or a question that names its subject.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.clauses import Begins, Either, Pair, Part, Quoted, Said, Side
from indexer.engines.whoosh.passages import Passages
from indexer.engines.whoosh.positions import NOWHERE, RUN, Integers, contains, near, phrase, union
from indexer.engines.whoosh.postings import Postings, PostingsReader

K1 = 0.6
B = 0.75
SHORTEST = 80
BRIEF = 15
BRIEF_COUNTS = 0.9
EXACT = 0.5
PAIR = 0.15
LENT = 0.2

Floats = npt.NDArray[np.float64]
Spans = Callable[[int], Iterable[tuple[int, int]]]
"""Of a fragment's number, the places ``(first, last)`` that matched in it."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a clause matches.

    Attributes:
        fragments: Ascending, each once.
        scores: Of each.
        spans: What to mark.
    """

    fragments: Integers
    scores: Floats
    spans: Spans


class Scorer:
    """Matches and scores clauses over one index.

    Attributes:
        weights: Of each fragment, what its whole score counts by.
    """

    def __init__(self, reader: PostingsReader, passages: Passages) -> None:
        self._reader = reader
        self._passages = passages
        length = np.maximum(passages.words, SHORTEST).astype(np.float64)
        mean = float(length.mean()) if length.size else 1.0
        # Whether the next fragment is of the same turn; of the last one never, so that -1 says no as well.
        run = passages.place >> RUN
        self._followed = np.append(run[1:] == run[:-1], np.zeros(min(run.size, 1), dtype=np.bool_))
        self.weights: Floats = np.where(passages.words < BRIEF, BRIEF_COUNTS, 1.0)
        self._norm: Floats = K1 * (1 - B + B * length / mean)

    def match(self, clause: Said | Quoted | Begins | Either) -> Match:
        """Match and score one clause."""
        match clause:
            case Said():
                return self._said(clause)
            case Quoted():
                return self._quoted(clause)
            case Begins():
                return self._begins(clause)
            case Either():
                matches = [self.match(part) for part in clause.parts]
                fragments, scores = self._sum([(m.fragments, m.scores) for m in matches])
                return Match(fragments, scores, lambda f: [span for m in matches for span in m.spans(f)])

    def pair(self, pair: Pair) -> tuple[Integers, Floats]:
        """The fragments in which two sides follow each other, by the first of them, with the bonus of each."""
        left, right = (self._side(side, last=last) for side, last in zip(pair, (True, False), strict=True))
        # One stem a place: no two of these have a place in common, and frequent words are never merged.
        found = self._reader.at_places(union([phrase([first, second]) for first in left for second in right]))
        return found.fragments, PAIR * self._bm25(found)

    def lent(self, match: Match) -> tuple[Integers, Floats]:
        """Of a loose clause, the fragments beside its matches in one turn that have less of it, with what they gain."""
        own, best = np.zeros(len(self._passages)), np.zeros(len(self._passages))
        own[match.fragments] = match.scores
        followed = match.fragments[self._followed[match.fragments]]
        following = match.fragments[self._followed[match.fragments - 1]]
        best[followed + 1] = own[followed]
        best[following - 1] = np.maximum(best[following - 1], own[following])
        more = np.flatnonzero(best > own)
        return more, LENT * (best[more] - own[more])

    def excluded(self, part: Part) -> Integers:
        """The fragments that an exclusion leaves out; of words, those with their stems one after the other."""
        if isinstance(part, Said):
            return self._reader.at_places(phrase([self._stem_places(stems) for stems in part.stems])).fragments
        return self.match(part).fragments

    def _said(self, said: Said) -> Match:
        if said.topic is not None and not said.stems:
            named = self._reader.term("concept", said.topic)
            return Match(named.fragments, self._bm25(named), self._concept_spans(named, lambda _: ()))
        words = [self._reader.any_of("stem", stems) for stems in said.stems]
        exact = self._exact(said.forms)
        if len(said.forms) == 1:
            # The exact form belongs to the word whatever its stems are.
            every = np.union1d(words[0].fragments, exact.fragments)
        else:
            every = words[0].fragments
            for word in words[1:]:
                every = np.intersect1d(every, word.fragments, assume_unique=True)
        # The name of a topic weighs as one word, however many it has.
        weight = 1 / len(words) if said.topic is not None else 1.0
        stems = self._sum([(word.fragments, weight * self._bm25(word)) for word in words])
        stems = _only(stems, every)
        bonus = _only((exact.fragments, EXACT * self._bm25(exact)), every)
        spans = self._word_spans(words, exact, every, len(said.forms))
        if said.topic is None:
            return Match(*self._sum([stems, bonus]), spans)
        concept = self._reader.term("concept", said.topic)
        best = self._max([stems, (concept.fragments, self._bm25(concept))])
        return Match(*self._sum([best, bonus]), self._concept_spans(concept, spans))

    def _quoted(self, quoted: Quoted) -> Match:
        if quoted.slop is None:
            starts = phrase([self._reader.term("exact", form).places for form in quoted.forms])
            ends = starts + (len(quoted.forms) - 1)
            found = self._reader.at_places(starts)
            spans = self._spans(starts, ends)
        else:
            asked = Counter(quoted.forms)
            words = [(self._reader.term("exact", form).places, times) for form, times in asked.items()]
            starts, ends = near(words, quoted.slop)
            found = self._reader.at_places(starts)
            spans = self._scattered(self._spans(starts, ends), [places for places, _ in words])
        # A phrase is a term that is there as a stem and in its exact form.
        return Match(found.fragments, (1 + EXACT) * self._bm25(found), spans)

    def _begins(self, begins: Begins) -> Match:
        found = self._reader.any_of("exact", begins.forms) if begins.forms else self._reader.at_places(NOWHERE)
        spans = self._spans(found.places, found.places)
        scored = (found.fragments, self._bm25(found))
        if begins.before is None:
            return Match(*scored, spans)
        before = self._said(begins.before)
        both = np.intersect1d(found.fragments, before.fragments, assume_unique=True)
        total = _only(self._sum([scored, (before.fragments, before.scores)]), both)
        return Match(*total, lambda f: [*before.spans(f), *spans(f)] if contains(both, np.array([f]))[0] else [])

    def _exact(self, forms: Sequence[str]) -> Postings:
        if len(forms) == 1:
            return self._reader.term("exact", forms[0])
        return self._reader.at_places(phrase([self._reader.term("exact", form).places for form in forms]))

    def _side(self, side: Side, *, last: bool) -> list[Integers]:
        """The places of a word, by its stems; of a topic's names, those of their last or first words."""
        if side.topic is None:
            return [self._reader.term("stem", stem).places for stem in side.stems]
        named = self._reader.term("concept", side.topic)
        lengths = named.lengths if named.lengths is not None else np.ones_like(named.places)
        return [np.unique(named.places + lengths - 1 if last else named.places)]

    def _stem_places(self, stems: Sequence[str]) -> Integers:
        return union([self._reader.term("stem", stem).places for stem in stems])

    def _bm25(self, postings: Postings) -> Floats:
        n = postings.fragments.size
        idf = math.log(1 + (len(self._passages) - n + 0.5) / (n + 0.5))
        counts = postings.counts.astype(np.float64)
        return np.asarray(idf * counts * (K1 + 1) / (counts + self._norm[postings.fragments]))

    def _sum(self, parts: Sequence[tuple[Integers, Floats]]) -> tuple[Integers, Floats]:
        total, there = np.zeros(len(self._passages)), np.zeros(len(self._passages), dtype=np.bool_)
        for fragments, scores in parts:
            total[fragments] += scores
            there[fragments] = True
        found = np.flatnonzero(there)
        return found, total[found]

    def _max(self, parts: Sequence[tuple[Integers, Floats]]) -> tuple[Integers, Floats]:
        best, there = np.zeros(len(self._passages)), np.zeros(len(self._passages), dtype=np.bool_)
        for fragments, scores in parts:
            best[fragments] = np.maximum(best[fragments], scores)
            there[fragments] = True
        found = np.flatnonzero(there)
        return found, best[found]

    def _inside(self, places: Integers, fragment: int) -> slice:
        """Which of the sorted places lie in a fragment."""
        start = self._passages.place[fragment]
        low, high = np.searchsorted(places, [start, start + self._passages.words[fragment]])
        return slice(int(low), int(high))

    def _spans(self, firsts: Integers, lasts: Integers) -> Spans:
        def spans(fragment: int) -> Iterator[tuple[int, int]]:
            inside = self._inside(firsts, fragment)
            return zip(firsts[inside].tolist(), lasts[inside].tolist(), strict=True)

        return spans

    def _scattered(self, windows: Spans, words: Sequence[Integers]) -> Spans:
        """The words themselves, within each window."""

        def spans(fragment: int) -> Iterator[tuple[int, int]]:
            for first, last in windows(fragment):
                for places in words:
                    low, high = np.searchsorted(places, [first, last + 1])
                    yield from ((place, place) for place in places[low:high].tolist())

        return spans

    def _word_spans(self, words: Sequence[Postings], exact: Postings, every: Integers, typed: int) -> Spans:
        """Each word wherever it stands; where words were typed as one and stand so, that place alone."""
        together = exact.places if typed > 1 else NOWHERE
        apart = [word.places for word in words] + ([exact.places] if typed == 1 else [])

        def spans(fragment: int) -> list[tuple[int, int]]:
            if not contains(every, np.array([fragment]))[0]:
                return []
            here = together[self._inside(together, fragment)].tolist()
            if here:
                return [(place, place + typed - 1) for place in here]
            return [(p, p) for places in apart for p in places[self._inside(places, fragment)].tolist()]

        return spans

    def _concept_spans(self, concept: Postings, words: Spans) -> Spans:
        lengths = concept.lengths if concept.lengths is not None else np.ones_like(concept.places)
        named = self._spans(concept.places, concept.places + lengths - 1)
        return lambda fragment: list(named(fragment)) or list(words(fragment))


def _only(scored: tuple[Integers, Floats], wanted: Integers) -> tuple[Integers, Floats]:
    """The scored fragments that are among ``wanted``."""
    fragments, scores = scored
    keep = contains(wanted, fragments)
    return fragments[keep], scores[keep]


__all__ = ["BRIEF", "BRIEF_COUNTS", "EXACT", "K1", "LENT", "PAIR", "SHORTEST", "B", "Match", "Scorer"]
