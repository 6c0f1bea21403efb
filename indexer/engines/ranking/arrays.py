"""Arithmetic with the places of words.

A place is one integer: ``run << 32 | position``, where a run is a turn's neighbouring fragments and the position
counts its words. Runs are numbered in the order of the sessions, so sorted places are in reading order, words of one
phrase stand at neighbouring integers, and no phrase reaches from one run into another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

RUN = 32
"""Bits of a position."""

NOWHERE = np.zeros(0, dtype=np.int64)


def union(lists: Sequence[Integers]) -> Integers:
    """The places of any of several words, sorted, each once."""
    if len(lists) == 1:
        return lists[0]
    return np.unique(np.concatenate(lists)) if lists else NOWHERE


def contains(sorted_values: Integers, wanted: Integers) -> Mask:
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
