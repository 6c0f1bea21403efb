"""Days as people write them in Spanish: ``4 de diciembre de 2025``, ``4 y 5 de diciembre``, ``4/12/2025``."""

import contextlib
import datetime as dt
import re
from collections.abc import Iterator

from indexer.language.folding import fold

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_NUMBERS = {month: number for number, month in enumerate(MONTHS, 1)} | {"setiembre": 9}
_SHORT = {month[:3]: number for month, number in _NUMBERS.items()} | {"sept": 9}
_GAP = r"[\s_./-]*"
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})[ºo°.]?((?:(?:\s*,\s*|\s+(?:y|e|al|a)\s+|\s*[-–—]\s*)(?:el\s+)?\d{1,2})*)"
    rf"{_GAP}(?:de{_GAP})?({'|'.join([*_NUMBERS, *_SHORT])})(?![a-z])"
    rf"(?:,?{_GAP}(?:del?{_GAP})?(?:ano{_GAP})?(\d{{4}})(?!\d))?"
)
_WEEKDAY = re.compile(r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b,?")
_LOCAL = re.compile(r"(?<!\d)(\d{1,2})[/._ -](\d{1,2})[/._ -](\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:18|19|20)\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")


def day_of(text: str) -> dt.date | None:
    """The day that a text is, written in any of these ways; None where it is none, or says more than one."""
    rest = _WEEKDAY.sub("", fold(text)).strip(" ,.")
    found = days_at(rest)
    return found[0][2] if [one[:2] for one in found] == [(0, len(rest))] else None


def days_in(text: str, year: int | None = None) -> Iterator[dt.date]:
    """Every day that a text names, in order. ``year`` is that of days that say none; without it they are left out."""
    return (day for _, _, day in days_at(fold(text), year))


def days_at(text: str, year: int | None = None) -> list[tuple[int, int, dt.date]]:
    """The same of a folded text, each with where it begins and ends: in a name also 20251204, 4_dic_2025."""
    found: list[tuple[re.Match[str], int | None, int, str]] = []
    for match in _NAMED.finditer(text):
        said = int(match[4]) if match[4] else year if match[3] in _NUMBERS else None
        month = (_NUMBERS | _SHORT)[match[3]]
        found += [(match, said, month, day) for day in (match[1], *re.findall(r"\d+", match[2]))]
    found += [(match, int(match[3]), int(match[2]), match[1]) for match in _LOCAL.finditer(text)]
    found += [(match, int(match[1]), int(match[2]), match[3]) for match in _ISO.finditer(text)]
    days = []
    for match, said, month, day in sorted(found, key=lambda one: one[0].start()):
        with contextlib.suppress(ValueError):
            days += [(match.start(), match.end(), dt.date(said, month, int(day)))] if said is not None else []
    return days
