"""Finds what looks like personal data in a text that may be published: its patterns stand in ``personal_data.toml``."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from indexer.model.passage import Passage
from indexer.word_lists import beside

MOST = 100
"""Places that are told of one text."""
_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"


class PersonalData(NamedTuple):
    """A place that looks like personal data: as a person calls it (``CURP``), the fragment, and where in its text."""

    what: str
    passage: Passage
    start: int
    end: int


def personal_data(passages: Iterable[Passage]) -> tuple[PersonalData, ...]:
    """The places of a text, in its order; the first ``MOST``."""
    found = [PersonalData(what, one, *span) for one in passages for what, span in _found(one.text)]
    return tuple(found[:MOST])


def _found(text: str) -> list[tuple[str, tuple[int, int]]]:
    found: list[tuple[str, tuple[int, int]]] = []
    for what, pattern, check in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if check(match[0].upper()) and not any(start < last and first < end for _, (first, last) in found):
                found.append((what, (start, end)))
    return sorted(found, key=lambda one: one[1])


def _curp(text: str) -> bool:
    total = sum(_CURP.index(letter) * (18 - at) for at, letter in enumerate(text[:17]))
    return int(text[17]) == -total % 10


def _rfc(text: str) -> bool:
    rest = -sum(_RFC.index(letter) * (13 - at) for at, letter in enumerate(text[:12])) % 11
    return text[12] == ("A" if rest == 10 else str(rest))


def _telephone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(digits.removeprefix("52") if len(digits) == 12 else digits) == 10


_CHECKS: dict[str, Callable[[str], bool]] = {"curp": _curp, "rfc": _rfc, "telefono": _telephone, "": bool}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...]:
    rows = beside(__file__)["patterns"]
    return tuple((row["what"], re.compile(row["pattern"], re.I), _CHECKS[row.get("check", "")]) for row in rows)
