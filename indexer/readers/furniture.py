"""What stands in a transcript and was not said: footers, page numbers, filler, closing marks; and acts, which were."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PAGE = re.compile(r"(?:p[áa]g(?:ina|\.)? ?:? ?)?\d{1,4} de \d{1,4}|p[áa]g(?:ina|\.) ?:? ?\d{1,4}", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:elabor[óo]|revis[óo]|valid[óo]|autoriz[óo]|transcribi[óo]|captur[óo]) ?: .{0,120}", re.IGNORECASE
)
_CLOSING = re.compile(r"[-–—―─*_~ ]{1,12}[oO0]{1,6}[-–—―─*_~ ]{1,12}|[oO]0[oO]|oo0oo")
_FILLER = re.compile(r"(?:[-–—―_] ?){4,}|(?:\. ?){8,}")
_RULE = re.compile(r"([-–—―─_*=])\1{2,}")
_BRACKETS = {"(": ")", "[": "]"}

MAX_ACT = 300
"""The longest act, in letters: ``(PROYECCIÓN DE VIDEO …)``."""


def is_rule(text: str) -> bool:
    """Whether the line is a rule (``---``): a change of speaker may follow it."""
    return _RULE.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """Whether the line is no speech: ``1 de 58``, ``Página 1 de 14``, ``Elaboró: …``, ``-o0o-``, ``- - - -``.

    Args:
        text: One tidied line.
    """
    if not any(c.isalnum() for c in text):
        return True
    if len(text) > 150:
        return False
    return any(shape.fullmatch(text) for shape in (_PAGE, _CREDIT, _CLOSING))


def without_filler(text: str) -> Iterable[str]:
    """The pieces of a paragraph between runs of ``- - - -``, which fill the lines of an acta."""
    if "-" not in text and "–" not in text and "—" not in text and "_" not in text and "..." not in text:
        return [text]
    return [piece.strip() for piece in _FILLER.split(text) if any(c.isalnum() for c in piece)]


def is_act(text: str) -> bool:
    """Whether the line is an act and nothing else: ``(Aplausos)``, ``[Música]``, ``(INICIA VIDEO)``."""
    return (
        2 < len(text) <= MAX_ACT
        and _BRACKETS.get(text[0]) == text.rstrip(".")[-1:]
        and text.count(text[0]) == 1
        and any(c.isalpha() for c in text)
    )


def opens_act(text: str) -> bool:
    """Whether an act begins here and ends on a later line: ``(INICIA VIDEO``."""
    return len(text) <= MAX_ACT and text[:1] in _BRACKETS and _BRACKETS[text[0]] not in text
