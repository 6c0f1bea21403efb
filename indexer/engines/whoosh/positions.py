"""Arithmetic with the places of words.

A place is one integer: ``run << 32 | position``, where a run is a turn's neighbouring fragments and the position
counts its words. Runs are numbered in the order of the sessions, so sorted places are in reading order, words of one
phrase stand at neighbouring integers, and no phrase reaches from one run into another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
RUN = 32
"""Bits of a position."""

NOWHERE = np.zeros(0, dtype=np.int64)
_BEYOND = np.iinfo(np.int64).max


def union(lists: Sequence[Integers]) -> Integers:
    """The places of any of several words, sorted, each once."""
    if len(lists) == 1:
        return lists[0]
    return np.unique(np.concatenate(lists)) if lists else NOWHERE


def contains(sorted_values: Integers, wanted: Integers) -> npt.NDArray[np.bool_]:
    """Which of ``wanted`` are among ``sorted_values``."""
    if not sorted_values.size:
        return np.zeros(wanted.size, dtype=np.bool_)
    nearest = sorted_values.searchsorted(wanted)
    return np.asarray(sorted_values[np.minimum(nearest, sorted_values.size - 1)] == wanted)


def holds(sorted_values: Integers, wanted: int) -> bool:
    """Whether one value is among them."""
    at = int(sorted_values.searchsorted(wanted))
    return at < sorted_values.size and int(sorted_values[at]) == wanted


def common(some: Integers, others: Integers) -> Integers:
    """What is in both of two sorted lists."""
    few, many = (some, others) if some.size <= others.size else (others, some)
    return few[contains(many, few)]


def phrase(words: Sequence[Integers]) -> Integers:
    """Places where words stand one after the other: the place of the first.

    Args:
        words: The sorted places of each word, in order; a word that comes twice is there twice.
    """
    if not words:
        return NOWHERE
    rarest = min(range(len(words)), key=lambda i: words[i].size)
    starts = words[rarest] - rarest
    for offset in sorted(range(len(words)), key=lambda i: words[i].size):
        if not starts.size:
            break
        starts = starts[contains(words[offset], starts + offset)]
    return starts


def near(words: Sequence[tuple[Integers, int]], slop: int) -> tuple[Integers, Integers]:
    """The shortest spans that hold all of the words, in any order, with at most ``slop`` other words among them.

    Args:
        words: The sorted places of each different word, with how often it was asked for.
        slop: The most other words.

    Returns:
        First and last place of each span, ascending. No span holds another one.
    """
    if not words or any(places.size < times for places, times in words):
        return NOWHERE, NOWHERE
    starts = np.unique(np.concatenate([places for places, _ in words]))
    ends = starts.copy()
    for places, times in words:
        last = np.searchsorted(places, starts) + (times - 1)
        reached = np.where(last < places.size, places[np.minimum(last, places.size - 1)], _BEYOND)
        ends = np.maximum(ends, reached)
    asked = sum(times for _, times in words)
    shortest = np.append(ends[1:] != ends[:-1], True)
    fits = (ends >> RUN == starts >> RUN) & (ends - starts + 1 - asked <= slop) & shortest
    return starts[fits], ends[fits]
