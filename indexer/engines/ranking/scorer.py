"""Scores clauses: BM25 over stems (weight 1) and exact forms (weight 0.5); bigrams as typed (weight 0.15).
Where a neighbour in the same turn has more of a clause, it lends a fifth of the difference (decision 0007); a question
lends half of it to the passage that begins the turn after it (decision 0076).

The score of a passage of fewer than ``BRIEF`` words is multiplied by ``BRIEF_COUNTS`` (decision 0008): half of the real
turns are "Gracias, consejera", or a question that names its subject.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from indexer.engines.ranking import spans as spans_in
from indexer.engines.ranking.accumulator import FEW, Accumulator, Scored
from indexer.engines.ranking.arrays import NOWHERE, RUN, Floats, Integers, Mask, common, contains, distinct, union
from indexer.engines.ranking.bm25 import Bm25, TermGroup
from indexer.engines.ranking.matches import LazyScores, Match
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.phrases import Phrases, near, phrase, phrase_spans
from indexer.engines.ranking.postings import Postings, PostingsReader
from indexer.engines.understanding.clauses import (
    BIGRAM,
    EXACT,
    AnyOfClause,
    Bigram,
    BigramWord,
    PhraseClause,
    PrefixClause,
    SingleClause,
    WordClause,
)

BRIEF = 15
BRIEF_COUNTS = 0.9
ASKED_COUNTS = 0.85
"""The same of a question that the next turn answers: who searches wants the answer, which says less of its words."""
LIGHTEST = BRIEF_COUNTS * ASKED_COUNTS
LENT = 0.2
LENT_TO_ANSWERS = 0.5
MOST_WORDS = 1 << 14
"""For how many words it is kept whether the passages of the form all hold its stems."""


class Scorer:
    """Matches and scores clauses over one index.

    Attributes:
        weights: The factor of each passage's score.
        shares: The share that the passage before may lend to each passage.
    """

    def __init__(self, reader: PostingsReader, passages: Passages, sums: Accumulator) -> None:
        self._reader = reader
        self._passages = passages
        self._sums = sums
        self._phrases = Phrases(passages, sums)
        self._bm25 = Bm25(passages.words)
        self._inside_its_stems: dict[tuple[str, ...], bool] = {}
        self.weights: Floats = np.where(passages.words < BRIEF, BRIEF_COUNTS, 1.0)
        self.weights[passages.answers.nonzero()[0] - 1] *= ASKED_COUNTS
        # Whether a passage is of the turn of the one before it; one item more, so that the last has a next one.
        run = passages.first >> RUN
        self._follows = np.zeros(run.size + 1, dtype=np.bool_)
        self._follows[1:-1] = run[1:] == run[:-1]
        self._borrows = self._follows[:-1] | passages.answers
        self.shares: Floats = np.where(passages.answers, LENT_TO_ANSWERS, LENT)

    def match(self, clause: WordClause | PhraseClause | PrefixClause | AnyOfClause) -> Match:
        """Return what a clause matches, with its scores."""
        match clause:
            case WordClause():
                return self._words(clause)
            case PhraseClause():
                return self._phrase(clause)
            case PrefixClause():
                return self._prefix(clause)
            case AnyOfClause():
                matches = [self.match(part) for part in clause.parts]
                found = self._sums.sum([(m.fragments, m.scores.every) for m in matches])
                return Match.scored(*found, spans_in.any_of([match.spans for match in matches]))

    def bigram(self, bigram: Bigram) -> Scored:
        """Return the passages in which a bigram begins, with the bonus of each."""
        # A position has one stem: these lists share no position, and frequent words are never merged.
        if bigram[0].topic is None and bigram[1].topic is None:
            stems = [[self._reader.term("stem", stem) for stem in word.stems] for word in bigram]
            positions = union([self._phrases.after_each_other(a, b) for a in stems[0] for b in stems[1]])
        else:
            left, right = (self._bigram_word(word, last=last) for word, last in zip(bigram, (True, False), strict=True))
            positions = union([phrase([first, second]) for first in left for second in right])
        fragments, counts = self._reader.per_passage(positions)
        return fragments, BIGRAM * self._bm25.scores(fragments, counts)

    def beside(self, fragments: Integers, matched: Integers) -> tuple[Mask, Mask]:
        """Return, per passage, whether the one before it, and the one after it, matched and may lend to it.

        The one after it lends within a turn; the one before it within a turn, or as a question to its answer.
        """
        before, after = self._borrows[fragments], self._follows[fragments + 1]
        if fragments is matched:
            near = fragments[1:] - fragments[:-1] == 1
            before[1:] &= near
            after[:-1] &= near
            before[:1] = after[-1:] = False
            return before, after
        among = self._sums.among
        return before & among(matched, fragments - 1), after & among(matched, fragments + 1)

    def lent(self, matches: Sequence[Match], fragments: Integers, before: Mask, after: Mask) -> Floats:
        """Return what passages gain from their neighbours that have more of a loose clause.

        Args:
            matches: What each loose clause matches.
            fragments: The passages.
            before, after: Whether the one before each of them, and the one after it, may lend.
        """
        gained = np.zeros(fragments.size)
        shares = self.shares[fragments]
        asked = np.concatenate((fragments, fragments - before, fragments + after))
        for match in matches:
            if FEW * fragments.size < match.fragments.size:
                scores = match.scores.of(asked)
            else:
                scores = self._sums.at((match.fragments, match.scores.every), asked)
            own, left, right = scores.reshape(3, -1)
            gained += np.maximum(np.maximum(shares * (left - own), LENT * (right - own)), 0.0)
        return gained

    def excluded(self, part: SingleClause) -> Integers:
        """Return the passages that an exclusion leaves out. Several words exclude where their stems stand in order."""
        if not isinstance(part, WordClause):
            return self.match(part).fragments
        if len(part.stems) == 1:
            return self._sums.union([self._reader.term("stem", stem).fragments for stem in part.stems[0]])
        return self._reader.per_passage(phrase([self._stem_positions(stems) for stems in part.stems]))[0]

    def _words(self, clause: WordClause) -> Match:
        if clause.topic is not None and not clause.stems:
            named = self._reader.term("concept", clause.topic)
            return Match.scored(named.fragments, self._bm25.term_scores(named), named.inside)
        if clause.topic is None and len(clause.stems) == 1 and len(clause.forms) == 1:
            return self._word(clause)
        words = [self._group("stem", stems) for stems in clause.stems]
        exact = self._exact(clause.forms)
        stems = (words[0].fragments, self._bm25.term_scores(words[0]))
        if len(words) > 1 or clause.topic is not None:
            stems = self._all(words, 1 / len(words) if clause.topic is not None else 1.0)
        bonus = (exact.fragments, EXACT * self._bm25.term_scores(exact))
        if len(clause.forms) > 1:
            # A single exact form belongs to its word whatever its stems are; of several, all words must be there.
            bonus = _only(bonus, stems[0])
        every = self._sums.union([stems[0], bonus[0]]) if not _within(bonus[0], stems[0]) else stems[0]
        apart = [term for word in words for term in word.terms]
        spans = spans_in.within(every, spans_in.of_words(apart, exact.terms, len(clause.forms)))
        if clause.topic is None:
            return Match.scored(every, self._sums.over(every, [stems, bonus]), spans)
        concept = self._reader.term("concept", clause.topic)
        tagged = (concept.fragments, self._bm25.term_scores(concept))
        fragments, scores = self._sums.sum([self._sums.best([stems, tagged]), bonus])
        return Match.scored(fragments, scores, spans_in.rather(concept.inside, spans))

    def _word(self, clause: WordClause) -> Match:
        """One word: what most clauses are."""
        word, exact = self._group("stem", clause.stems[0]), self._group("exact", clause.forms)
        if not exact.fragments.size:
            return self._lazily(word, None)
        key = (*clause.stems[0], *clause.forms)
        if key not in self._inside_its_stems:
            if len(self._inside_its_stems) >= MOST_WORDS:
                self._inside_its_stems.clear()
            self._inside_its_stems[key] = bool(self._sums.among(word.fragments, exact.fragments).all())
        if self._inside_its_stems[key]:
            # Where the form stands, one of its stems stands (see ``Lexicon``).
            return self._lazily(word, exact)
        # A form belongs to the word whatever its stems are.
        found = self._sums.sum(
            [(word.fragments, self._bm25.term_scores(word)), (exact.fragments, EXACT * self._bm25.term_scores(exact))]
        )
        return Match.scored(*found, spans_in.of_words(word.terms, exact.terms, 1))

    def _lazily(self, word: TermGroup, exact: TermGroup | None) -> Match:
        """A word that is scored when somebody asks; its exact form stands nowhere else."""

        def upper_bound(most: int | None = None) -> float:
            bonus = EXACT * self._bm25.upper_bound(exact, most) if exact is not None else 0.0
            return self._bm25.upper_bound(word, most) + bonus

        def often(times: int) -> tuple[list[Integers], float]:
            groups = [word] if exact is None else [word, exact]
            return [group.fragments[group.counts >= times] for group in groups], upper_bound(times - 1)

        def every() -> Floats:
            scores = self._bm25.term_scores(word)
            if exact is None:
                return scores
            bonus = EXACT * self._bm25.term_scores(exact)
            if bonus.size == scores.size:
                return scores + bonus
            return self._sums.raised((word.fragments, scores), (exact.fragments, bonus))

        def some(wanted: Integers) -> Floats:
            scores = self._bm25.scores_in(word, wanted)
            return scores + EXACT * self._bm25.scores_in(exact, wanted) if exact is not None else scores

        # Another word may have this form in the same passage: L.A. beside "la".
        terms = [*word.terms, *(exact.terms if exact is not None else ())]
        return Match(
            word.fragments, LazyScores(word.fragments, upper_bound, every, some, often), spans_in.of_terms(terms)
        )

    def _all(self, words: Sequence[TermGroup], weight: float) -> Scored:
        """The passages that hold all of the words, with the weighted sum of their scores."""
        every = words[0].fragments
        for word in words[1:]:
            every = common(every, word.fragments)
        scored = [_only((word.fragments, weight * self._bm25.term_scores(word)), every) for word in words]
        return every, self._sums.over(every, scored)

    def _phrase(self, clause: PhraseClause) -> Match:
        # A phrase counts as a term that is there as a stem and in its exact form.
        if clause.slop is None and len(clause.forms) == 1:
            word = self._reader.term("exact", clause.forms[0])
            return Match.scored(word.fragments, (1 + EXACT) * self._bm25.term_scores(word), word.inside)
        if clause.slop is None:
            starts, ends = phrase_spans(self._reader, self._phrases, clause.forms)
            spans = spans_in.of_phrase(self._passages, starts, ends)
        else:
            asked = Counter(clause.forms)
            words = [(self._reader.term("exact", form).positions, times) for form, times in asked.items()]
            starts, ends = near(words, clause.slop)
            windows = spans_in.of_phrase(self._passages, starts, ends)
            spans = spans_in.scattered(windows, [positions for positions, _ in words])
        fragments, counts = self._reader.per_passage(starts)
        return Match.scored(fragments, (1 + EXACT) * self._bm25.scores(fragments, counts), spans)

    def _prefix(self, clause: PrefixClause) -> Match:
        found = self._group("exact", clause.forms)
        scored = (found.fragments, self._bm25.term_scores(found))
        spans = spans_in.of_terms(found.terms)
        if clause.before is None:
            return Match.scored(*scored, spans)
        before = self._words(clause.before)
        both = common(found.fragments, before.fragments)
        total = self._sums.over(both, [_only(scored, both), _only((before.fragments, before.scores.every), both)])
        return Match.scored(both, total, spans_in.within(both, spans_in.any_of([before.spans, spans])))

    def _group(self, field: str, terms: Sequence[str]) -> TermGroup:
        if len(terms) == 1:
            only = self._reader.term(field, terms[0])
            return TermGroup((only,), only.fragments, only.counts)
        found = tuple([self._reader.term(field, term) for term in terms])
        return TermGroup(found, *(self._reader.any_of(found) if found else (NOWHERE, NOWHERE)))

    def _exact(self, forms: Sequence[str]) -> TermGroup:
        if len(forms) == 1:
            return self._group("exact", forms)
        positions = self._phrases.starts([self._reader.term("exact", form) for form in forms])
        fragments, counts = self._reader.per_passage(positions)
        return TermGroup((Postings.of_positions(self._passages, positions, fragments, counts),), fragments, counts)

    def _bigram_word(self, word: BigramWord, *, last: bool) -> list[Integers]:
        """The positions of a word, per stem; of a topic, those of the last or the first words of its names."""
        if word.topic is None:
            return [self._reader.term("stem", stem).positions for stem in word.stems]
        named = self._reader.term("concept", word.topic)
        return [distinct(named.positions + named.lengths - 1 if last else named.positions)]

    def _stem_positions(self, stems: Sequence[str]) -> Integers:
        return union([self._reader.term("stem", stem).positions for stem in stems])


def _within(some: Integers, all_of: Integers) -> bool:
    """Whether the passages of one list are all in another."""
    return some is all_of or bool(contains(all_of, some).all())


def _only(scored: Scored, wanted: Integers) -> Scored:
    """The scored passages that are among ``wanted``."""
    fragments, scores = scored
    if fragments is wanted:
        return scored
    keep = contains(wanted, fragments)
    return fragments[keep], scores[keep]
