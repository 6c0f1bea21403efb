"""Types of arrays, and arithmetic with sorted ones: passages, and positions of words.

A position is one integer: ``run << 32 | n`` is the n-th word of a run, and a run is the neighbouring passages of one
turn. Runs are numbered in the order of the sessions. So sorted positions are in reading order, the words of a phrase
stand at neighbouring integers, and no phrase reaches from one run into another.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

RUN = 32
"""Bits of a word's number in its run."""

_SEARCH = 16
"""So many times fewer values are looked up one by one."""

NOWHERE = np.zeros(0, dtype=np.int64)


def union(lists: Sequence[Integers]) -> Integers:
    """Return what is in any of several sorted lists, sorted, each once."""
    if len(lists) == 1:
        return lists[0]
    return distinct(np.concatenate(lists)) if lists else NOWHERE


def distinct(values: Integers) -> Integers:
    """Return the different values, sorted. ``np.unique`` hashes them: of sorted runs that takes ten times as long."""
    ordered = np.sort(values, kind="stable")
    return np.asarray(ordered[np.append(True, ordered[1:] != ordered[:-1])[: ordered.size]])


def contains(sorted_values: Integers, wanted: Integers) -> Mask:
    """Return which of ``wanted`` are among ``sorted_values``."""
    if not sorted_values.size:
        return np.zeros(wanted.size, dtype=np.bool_)
    return np.asarray(sorted_values.take(sorted_values.searchsorted(wanted), mode="clip") == wanted)


def among(sorted_values: Integers, wanted: Integers, size: int) -> Mask:
    """Return which of ``wanted`` are among ``sorted_values``, where all are numbers from -1 up to ``size``."""
    if _SEARCH * wanted.size < sorted_values.size + size // _SEARCH:
        return contains(sorted_values, wanted)
    there = np.zeros(size + 1, dtype=np.bool_)
    there[sorted_values] = True
    return there[wanted]


def ranges(begins: Integers, ends: Integers) -> Integers:
    """Return the numbers from each beginning up to its end, one range after the other."""
    lengths = ends - begins
    shifts: Integers = begins - lengths.cumsum() + lengths
    return np.arange(lengths.sum()) + shifts.repeat(lengths)


def holds(sorted_values: Integers, wanted: int) -> bool:
    """Return whether one value is among ``sorted_values``."""
    at = int(sorted_values.searchsorted(wanted))
    return at < sorted_values.size and int(sorted_values[at]) == wanted


def common(some: Integers, others: Integers) -> Integers:
    """Return what is in both of two sorted lists, each of which has it once."""
    few, many = (some, others) if some.size <= others.size else (others, some)
    if _SEARCH * few.size < many.size:
        return few[contains(many, few)]
    both = np.concatenate((some, others))
    both.sort(kind="stable")  # two sorted runs are merged, in a third of the time of as many bisections
    return np.asarray(both[:-1][both[1:] == both[:-1]])
