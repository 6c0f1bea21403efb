"""One timed cue, and times as caption files write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_S = 3_600_000.0
"""1,000 hours: a later time is a slip, not a recording."""

_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,] ?([0-9]{1,9}))?")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as a file holds it.

    Attributes:
        start_s: When it appears, on the file's clock.
        end_s: When it goes, or None when the file does not say. Time on screen, not of speech: it may overlap the next.
        lines: Its lines as printed, markup and blank ones included.
        place: Where it stands, for messages (``línea 12``, ``entrada 3``).
    """

    start_s: float
    end_s: float | None
    lines: tuple[str, ...]
    place: str


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


def clock(seconds: float) -> str:
    """A time as a person writes it: ``1:02:03.500``, ``0:07``."""
    milliseconds = round(seconds * 1000)
    whole, milliseconds = divmod(milliseconds, 1000)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return f"{text}.{milliseconds:03d}" if milliseconds else text
