"""Waiting in tests: for a condition, never for a number of seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PATIENCE_S = 300.0
"""After this a test says what never came true. No test is meant to take it, and no busy machine either."""


def until(true: Callable[[], Found], told: Callable[[], object] = lambda: "it never came true") -> Found:
    """What a condition gives once it holds.

    Args:
        true: The condition; asked again and again.
        told: What to say when it never holds.
    """
    end = time.monotonic() + PATIENCE_S
    while not (found := true()):
        assert time.monotonic() < end, told()
        time.sleep(0.01)
    return found
