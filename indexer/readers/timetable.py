"""Times one after the other: which of them go on, and whether they are hours of a day, as in an agenda."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from indexer.readers.cue import parse_time

WORDS_A_SECOND = 8
"""Nobody speaks faster; a text that merely begins its paragraphs with the hour "does"."""

LATEST_START_S = 6 * 3600.0
"""A text that begins later than this is on the clock of the day."""

_SLOWEST = 0.7  # words a second, pauses counted: captions of a slow speaker have more than one
_FIRST_HOUR, _LAST_HOUR = 6, 23
_ROUND, _ROUND_IF_TWO = 5, 15
_SLIPS = 8  # one hour in so many may be no multiple of five minutes


def faster_than_speech(words: int, seconds: Sequence[float]) -> bool:
    """Whether so many words fit in no such time."""
    spoken = sum(max(0.0, after - before) for before, after in pairwise(seconds))
    return words > WORDS_A_SECOND * (spoken + max(1, len(seconds) - 1))


def is_timetable(printed: Sequence[str], words: int) -> bool:
    """Whether times are hours of a day: ``10:00``, ``10:30``, ``11:15`` with a few words each.

    Args:
        printed: As ``parse_time`` reads them, two or more.
        words: Said between the first and the last.
    """
    seconds = [parse_time(time) for time in printed]
    times = [int(second) for second in seconds if second is not None and second == int(second)]
    if len(times) < max(2, len(printed)):
        return False
    steps = [after - before for before, after in pairwise(times)]
    if words > _SLOWEST * sum(step for step in steps if step > 0):
        return False
    if all(time.count(":") == 2 and second % 60 == 0 for time, second in zip(printed, times, strict=True)):
        clock = [(second // 3600, second // 60 % 60) for second in times]  # 10:00:00
    elif all(time.count(":") == 1 for time in printed):
        clock = [divmod(second, 60) for second in times]
    else:
        return False
    round_to = _ROUND if len(clock) > 2 else _ROUND_IF_TWO
    off = sum(minute % round_to != 0 for _, minute in clock)
    return off <= len(clock) // _SLIPS and clock[0][0] >= _FIRST_HOUR and max(clock)[0] <= _LAST_HOUR


def forward(times: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Of pairs of place and second, the longest part that never goes back."""
    tails: list[float] = []
    ends: list[int] = []  # of the best run of each length: its last place
    before: list[int] = []
    for place, (_, second) in enumerate(times):
        length = bisect_right(tails, second)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(second)
            ends.append(place)
        else:
            tails[length], ends[length] = second, place
    run: list[tuple[int, float]] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        run.append(times[place])
        place = before[place]
    return run[::-1]
