"""Hours of the day that look like times of a recording: the agenda of a session, the hours of its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

WORDS_A_SECOND = 8
"""Nobody speaks faster; a text that merely begins its paragraphs with the hour "does"."""

LATEST_START_S = 6 * 3600.0
"""A text that begins later than this is on the clock of the day."""

_SLOWEST = 0.7  # words a second, pauses counted: captions of a slow speaker have more than one
_FIRST_HOUR, _LAST_HOUR = 6, 23
_ROUND = 5
_SLIPS = 8  # one hour in so many may be no multiple of five minutes


def faster_than_speech(words: int, seconds: Sequence[float]) -> bool:
    """Whether so many words fit in no such time."""
    spoken = sum(max(0.0, after - before) for before, after in pairwise(seconds))
    return words > WORDS_A_SECOND * (spoken + max(1, len(seconds) - 1))


def is_timetable(seconds: Sequence[float], words: int) -> bool:
    """Whether times are hours of a day: ``10:00``, ``10:30``, ``11:15`` with a few words each.

    Args:
        seconds: As read from ``m:ss`` or ``h:mm:ss``, two or more.
        words: Said between the first and the last.
    """
    if len(seconds) < 2 or not all(second == int(second) for second in seconds):
        return False
    steps = [after - before for before, after in pairwise(seconds)]
    if words > _SLOWEST * sum(step for step in steps if step > 0):
        return False
    if seconds[0] >= LATEST_START_S:  # 10:00:00
        clock = [(int(second) // 3600, int(second) // 60 % 60) for second in seconds if not second % 60]
    else:
        clock = [(int(second) // 60, int(second) % 60) for second in seconds]
    hours = [hour for hour, minute in clock if minute % _ROUND == 0]
    off = len(seconds) - len(hours)
    return (
        bool(hours)
        and off <= len(seconds) // _SLIPS
        and clock[0][0] >= _FIRST_HOUR
        and max(hour for hour, _ in clock) <= _LAST_HOUR
    )
