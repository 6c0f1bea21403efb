"""One timed cue, and times as the files of captions and recognisers write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from indexer.model.transcript import Speaker

MAX_S = 3_600_000.0
"""1,000 hours: a later time is a slip, not a recording."""

_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,] ?([0-9]{1,9}))?")
_COUNT = re.compile(r"([0-9]{1,12}(?:[.,][0-9]{1,12})?) ?(ms|s|m|h)?", re.IGNORECASE)
_ISO = re.compile(r"PT(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,7}(?:[.][0-9]{1,9})?)S)?")
_UNITS_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as a file holds it.

    Attributes:
        start_s: When it appears, on the file's clock; None when the file does not say, or says what cannot be.
        end_s: When it goes, or None when the file does not say. Time on screen, not of speech: it may overlap the next.
        lines: Its lines as printed, markup and blank ones included.
        place: Where it stands, for messages (``línea 12``, ``entrada 3``); empty for text that nobody timed (a title).
        speaker: Whom the file names beside the text, or None; a voice tag inside the text goes before.
    """

    start_s: float | None
    end_s: float | None
    lines: tuple[str, ...]
    place: str
    speaker: Speaker | None = None


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
    """A time as a person writes it: ``1:02:03.500``, ``0:07``."""
    milliseconds = round(seconds * 1000)
    whole, milliseconds = divmod(milliseconds, 1000)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return f"{text}.{milliseconds:03d}" if milliseconds else text
