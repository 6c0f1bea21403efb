"""What a clause matches: its passages, their scores, and what to mark in those that are shown.

Scores are worked out when somebody asks for them, of all passages or of some: most partial matches are never scored.
"""

from collections.abc import Callable
from typing import Protocol

import msgspec

from indexer.engines.ranking.accumulator import looked_up
from indexer.engines.ranking.arrays import Floats, Integers, contains
from indexer.engines.ranking.spans import Spans, SpansIn


class Scores(Protocol):
    """The scores of the passages of a match."""

    @property
    def upper_bound(self) -> float:
        """A score that no passage exceeds."""

    @property
    def every(self) -> Floats:
        """The score of each passage of the match."""

    def of(self, fragments: Integers) -> Floats:
        """Return the scores of other passages; 0 where the match lacks them."""

    def often(self, times: int) -> tuple[list[Integers], float]:
        """Return the passages that hold the clause at least so often, and a score that no other passage exceeds.

        Where that cannot be told, these are all passages of the match, and no other one scores anything.
        """


class Match(msgspec.Struct, frozen=True):
    """What a clause matches.

    Attributes:
        fragments: The passages, ascending, each once.
        scores: Their scores.
        spans: What to mark.
    """

    fragments: Integers
    scores: Scores
    spans: SpansIn

    @classmethod
    def scored(cls, fragments: Integers, scores: Floats, spans: SpansIn) -> "Match":
        """Make a match of passages whose scores are known."""
        return cls(fragments, _KnownScores(fragments, scores), spans)

    def outside(self, fragments: Integers) -> "Match":
        """Return it without some passages."""
        keep = ~contains(fragments, self.fragments)

        def spans(asked: Integers) -> Spans:
            rows, firsts, lasts = self.spans(asked)
            apart = ~contains(fragments, asked[rows])
            return rows[apart], firsts[apart], lasts[apart]

        return Match.scored(self.fragments[keep], self.scores.every[keep], spans)


class _KnownScores(msgspec.Struct, frozen=True):
    fragments: Integers
    every: Floats

    @property
    def upper_bound(self) -> float:
        return float(self.every.max(initial=0.0))

    def of(self, fragments: Integers) -> Floats:
        return self.every if fragments is self.fragments else looked_up((self.fragments, self.every), fragments)

    def often(self, _: int) -> tuple[list[Integers], float]:
        return [self.fragments], 0.0


class LazyScores:
    """Scores that are worked out only when somebody asks for them."""

    def __init__(
        self,
        fragments: Integers,
        upper_bound: Callable[[], float],
        every: Callable[[], Floats],
        some: Callable[[Integers], Floats],
        often: Callable[[int], tuple[list[Integers], float]],
    ) -> None:
        self.often = often
        self._fragments = fragments
        self._upper_bound = upper_bound
        self._every = every
        self._some = some
        self._known: Floats | None = None

    @property
    def upper_bound(self) -> float:
        """See ``Scores``."""
        return self._upper_bound() if self._known is None else float(self._known.max(initial=0.0))

    @property
    def every(self) -> Floats:
        """See ``Scores``."""
        if self._known is None:
            self._known = self._every()
        return self._known

    def of(self, fragments: Integers) -> Floats:
        """See ``Scores``."""
        if fragments is self._fragments:
            return self.every
        if self._known is not None:
            return looked_up((self._fragments, self._known), fragments)
        return self._some(fragments)
