"""Days as people write them in Spanish: ``4 de diciembre de 2025``, ``4 y 5 de diciembre``, ``4/12/2025``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from indexer.language.folding import fold

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_NUMBERS = {month: number for number, month in enumerate(MONTHS, 1)} | {"setiembre": 9}
_NAMED = re.compile(
    r"\b(\d{1,2})[ºo°.]?((?:(?:\s*,\s*|\s+(?:y|e|al|a)\s+|\s*[-–—]\s*)(?:el\s+)?\d{1,2})*)\s+(?:de\s+)?"
    rf"({'|'.join(_NUMBERS)})\b(?:,?\s+(?:del?\s+)?(?:ano\s+)?(\d{{4}}))?"
)
_WEEKDAY = re.compile(r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b,?")
_LOCAL = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def day_of(text: str) -> dt.date | None:
    """The day that a text is, written in any of these ways; None where it is none, or says more than one."""
    rest = _WEEKDAY.sub("", fold(text)).strip(" ,.")
    found = [*days_in(rest)]
    whole = any(form.fullmatch(rest) for form in (_NAMED, _LOCAL, _ISO))
    return found[0] if whole and len(found) == 1 else None


def days_in(text: str, year: int | None = None) -> Iterator[dt.date]:
    """Every day that a text names, in order. ``year`` is that of days that say none; without it they are left out."""
    plain = fold(text)
    found: list[tuple[int, str, int, int]] = []
    for match in _NAMED.finditer(plain):
        said = int(match[4]) if match[4] else year
        days = [match[1], *re.findall(r"\d+", match[2])]
        found += [(match.start(), day, _NUMBERS[match[3]], said) for day in days if said is not None]
    found += [(match.start(), match[1], int(match[2]), int(match[3])) for match in _LOCAL.finditer(plain)]
    found += [(match.start(), match[3], int(match[2]), int(match[1])) for match in _ISO.finditer(plain)]
    for _, day, month, said in sorted(found, key=lambda one: one[0]):
        try:
            yield dt.date(said, month, int(day))
        except ValueError:
            continue
