"""What a clause matches: its fragments, what each is worth, and what to mark in those that are shown.

Worth is worked out when it is asked for, of all fragments or of some: most partial matches are never scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from indexer.engines.ranking.accumulator import looked_up
from indexer.engines.ranking.arrays import Floats, Integers

Spans = Callable[[int], Iterable[tuple[int, int]]]
"""Of a fragment's number, the places ``(first, last)`` that matched in it."""


class Worth(Protocol):
    """What the fragments of a match are worth."""

    @property
    def most(self) -> float:
        """No fragment is worth more."""

    @property
    def scores(self) -> Floats:
        """Of each fragment of the match."""

    def of(self, fragments: Integers) -> Floats:
        """Of other fragments; 0 of those that the match lacks."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a clause matches.

    Attributes:
        fragments: Ascending, each once.
        worth: Of each.
        spans: What to mark.
    """

    fragments: Integers
    worth: Worth
    spans: Spans

    @classmethod
    def scored(cls, fragments: Integers, scores: Floats, spans: Spans) -> Match:
        """Of what was scored with it."""
        return cls(fragments, _Known(fragments, scores), spans)


@dataclass(frozen=True, slots=True)
class _Known:
    fragments: Integers
    scores: Floats

    @property
    def most(self) -> float:
        return float(self.scores.max(initial=0.0))

    def of(self, fragments: Integers) -> Floats:
        return self.scores if fragments is self.fragments else looked_up((self.fragments, self.scores), fragments)


class Later:
    """Worth that is worked out only when it is asked for."""

    def __init__(
        self,
        fragments: Integers,
        most: Callable[[], float],
        every: Callable[[], Floats],
        some: Callable[[Integers], Floats],
    ) -> None:
        self._fragments = fragments
        self._most = most
        self._every = every
        self._some = some

    @property
    def most(self) -> float:
        """See ``Worth``."""
        return float(self.scores.max(initial=0.0)) if "scores" in self.__dict__ else self._most()

    @cached_property
    def scores(self) -> Floats:
        """See ``Worth``."""
        return self._every()

    def of(self, fragments: Integers) -> Floats:
        """See ``Worth``."""
        if fragments is self._fragments:
            return self.scores
        if "scores" in self.__dict__:
            return looked_up((self._fragments, self.scores), fragments)
        return self._some(fragments)


__all__ = ["Later", "Match", "Spans", "Worth"]
