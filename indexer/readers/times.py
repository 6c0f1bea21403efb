"""Times as files print them: their patterns, their seconds, and whether a row of them can be those of a recording."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

_CLOCK = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?"
STAMP = rf"({_CLOCK})(?:\s?(?:-->|→|[-–—/]|a)\s?{_CLOCK})?"
"""A time, or a span of two; its group is the time at which it begins."""

_LEADING = re.compile(rf"(?:[\[(<{{]\s?{STAMP}\s?[\])>}}]|{STAMP}(?!\w|[:.,]\w))\s?(?:[-–—|:](?=\s|$)\s?)?")


def leading_stamp(text: str) -> re.Match[str] | None:
    """The time that a text begins with, in brackets (group 1) or without (group 2), and what parts it off."""
    return _LEADING.match(text) if text[:1].isdigit() or text[:1] in ("[", "(", "<", "{") else None


def leading_time(text: str) -> tuple[str, int] | None:
    """The time that a text begins with, as printed, and where what follows begins; None where it is no time."""
    found = leading_stamp(text)
    time = (found[1] or found[2]) if found else None
    return (time, found.end()) if found and time and parse_time(time) is not None else None


MAX_S = 3_600_000.0
"""1,000 hours: a later time is a slip, not a recording."""

_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,] ?([0-9]{1,9}))?")
_COUNT = re.compile(r"([0-9]{1,12}(?:[.,][0-9]{1,12})?) ?(ms|s|m|h)?", re.IGNORECASE)
_ISO = re.compile(r"PT(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,7}(?:[.][0-9]{1,9})?)S)?")
_UNITS_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def parse_time(text: str) -> float | None:
    """Seconds of ``m:ss``, ``h:mm:ss``, with ``.`` or ``,`` and a fraction; None when it is no such time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + float(f"0.{fraction or 0}"), 3)


def read_time(value: Any, unit_s: float = 1.0) -> float | None:
    """Seconds of a time in any of the ways in which programs write one; None when it is none.

    Args:
        value: A number, or text: ``0:05``, ``1.5``, ``1.5s``, ``1500ms``, ``PT1.5S``.
        unit_s: How long one of a number without a unit is.
    """
    if isinstance(value, str):
        text = value.strip()
        if (found := parse_time(text)) is not None:
            return found
        if count := _COUNT.fullmatch(text):
            value = float(count[1].replace(",", "."))
            unit_s = _UNITS_S[count[2].lower()] if count[2] else unit_s
        elif len(text) > 2 and (iso := _ISO.fullmatch(text)):
            hours, minutes, seconds = (float(part or 0) for part in iso.groups())
            value, unit_s = hours * 3600 + minutes * 60 + seconds, 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MAX_S / unit_s:
        return None
    return round(value * unit_s, 3) if math.isfinite(value) else None


def clock(seconds: float) -> str:
    """A time as a person writes it: ``1:02:03.5``, ``0:07``."""
    milliseconds = round(seconds * 1000)
    whole, milliseconds = divmod(milliseconds, 1000)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return f"{text}.{milliseconds:03d}".rstrip("0") if milliseconds else text


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


def forward(times: Sequence[tuple[int, float]], *, strictly: bool = False) -> list[tuple[int, float]]:
    """Of pairs of place and second, the longest part that never goes back, or that always goes on (``strictly``)."""
    tails: list[float] = []
    ends: list[int] = []  # of the best run of each length: its last place
    before: list[int] = []
    for place, (_, second) in enumerate(times):
        length = (bisect_left if strictly else bisect_right)(tails, second)
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


class TimesLine(NamedTuple):
    """How a format writes the line of times of a cue.

    Attributes:
        exact: Matches the whole line; its groups are start, end and, where a format has it, what is said on the line.
        alike: Matches a line that was meant as one, though mistyped.
    """

    exact: re.Pattern[str]
    alike: re.Pattern[str]


_PRINTED = r"(?:-?[0-9]{1,3}:[0-9]{1,3}(?::[0-9]{1,2})?(?:[.,] ?[0-9]{1,9})?|[0-9]{1,6}[.,][0-9]{1,6})"
_COUNTED = r"[0-9]{1,7}(?:[.,][0-9]{1,3})?s?"
_ARROW = r"(?:[-–—]{1,3} ?>|→|⟶)"  # «-->», and what word processors make of it
_MISTYPED = r"[-0-9OoIl:.,; ]"
ARROW_TIMES = TimesLine(
    re.compile(rf"\s*({_PRINTED}) *{_ARROW} *({_PRINTED})(|\s.*)"),
    re.compile(rf" ?-?[0-9O]{_MISTYPED}{{2,30}}{_ARROW}.*| ?{_ARROW} *[0-9].*"),
)
_SBV_TIME = r"-?[0-9]{1,3}:[0-9]{1,2}:[0-9]{1,2}\.[0-9]{1,6}"
COMMA_TIMES = TimesLine(
    re.compile(rf"\s*({_SBV_TIME}) ?, ?({_SBV_TIME})\s*"),
    re.compile(rf"-?[0-9O]{{1,3}}[:.,;][0-9Ol]{{1,2}}[:.,;]{_MISTYPED}{{8,40}}"),
)
RANGES = TimesLine(
    re.compile(
        rf"\s*[\[(]?\s?({_PRINTED}|{_COUNTED}) ?(?:{_ARROW}|[-–—](?=\s?{_PRINTED}\s?[\])]))\s?({_PRINTED}|{_COUNTED})"
        r"\s?[\])]?:?(|\s.*)"
    ),
    ARROW_TIMES.alike,
)
"""As recognisers print what they do: ``[00:00.000 --> 00:04.500]  text``, ``[0.00s -> 5.00s] text``."""
