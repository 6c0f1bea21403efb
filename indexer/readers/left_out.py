"""What a file holds and nobody said: page numbers, credits, lines of programs. It is kept and told, with its reason."""

import re
from collections import Counter
from collections.abc import Iterable

from indexer.model import LeftOut, Warnings
from indexer.readers.paragraphs import has_words, shortened, some
from indexer.word_lists import beside

HEAD = "encabezado o pie de página"
PAGE_NUMBER = "número de página"
LINE_NUMBER = "números de renglón"
TURNED = "texto girado o marca de agua"
NOTE = "nota al pie"
SURROUNDS = "menú, pie o aviso de la página web"
HIDDEN = "texto oculto"
LINKS = "enlaces de la página web"
CONTENTS = "índice del documento"
COMMENT = "comentario al margen"
DOCUMENT_HEAD = "encabezado o pie del documento"
PROGRAM = "línea de un programa, no de la sesión"
"""Why something is left out."""

_QUIET = frozenset({PAGE_NUMBER, LINE_NUMBER, LINKS, CONTENTS, DOCUMENT_HEAD})
"""What nobody can take for speech: it is listed, and no warning is due."""
_FEW_WORDS = 40
"""A menu or a notice of a page has fewer; it is listed, and told of only where it may hold speech."""
_LETTERS = 70


def gathered(lines: Iterable[tuple[str, str]]) -> tuple[LeftOut, ...]:
    """Texts with why they are left out, the same one once with how often; in the order in which they first stand."""
    return tuple(LeftOut(text, why, times) for (text, why), times in Counter(lines).items())


def said(left_out: Iterable[LeftOut]) -> Warnings:
    """The warnings of it: one a reason."""
    by_reason: dict[str, list[str]] = {}
    for one in left_out:
        if one.why not in _QUIET and not (one.why == SURROUNDS and len(one.text.split()) < _FEW_WORDS):
            by_reason.setdefault(one.why, []).append(one.text)
    shown = {why: some([f"«{shortened(text, _LETTERS)}»" for text in texts]) for why, texts in by_reason.items()}
    return tuple(
        (f"se dejó fuera de lo dicho ({why}): {lines}", _CURES.get(why, _CURE)) for why, lines in shown.items()
    )


_CURE = "si se dijo en la sesión, póngalo en el texto de quien lo dijo"
_CURES = {NOTE: "se conserva aparte; si se leyó en voz alta, póngala en el texto de quien la leyó"}


_FILLER = re.compile(r"(?:[-–—―_] ?){4,}|(?:\. ?){8,}")
_RULE = re.compile(r"([-–—―─_*=])\1{2,}")
_LONGEST = 300
_BRACKETS = {"(": ")", "[": "]"}

MAX_ACT = 300
"""The longest act, in letters: ``(PROYECCIÓN DE VIDEO …)``."""


def is_rule(text: str) -> bool:
    """Whether the line is a rule (``---``): a change of speaker may follow it."""
    return _RULE.fullmatch(text) is not None


_SHAPES = tuple((re.compile("|".join(patterns)), why) for why, patterns in beside(__file__).items())


def why_not_speech(text: str) -> str | None:
    """Why a tidied line is no speech (``1 de 58``, ``Elaboró: …``); empty for mere ornament, None where it may be."""
    if not has_words(text):
        return ""
    if len(text) > _LONGEST:
        return None
    bare = text[1:-1] if text[0] == "(" and text[-1] == ")" else text
    return next((why for shape, why in _SHAPES if shape.fullmatch(text) or shape.fullmatch(bare)), None)


def without_filler(text: str) -> Iterable[str]:
    """The pieces of a paragraph between runs of ``- - - -``, which fill the lines of an acta."""
    if not any(sign in text for sign in ("-", "–", "—", "_", "...")):
        return [text]
    return [piece.strip() for piece in _FILLER.split(text) if has_words(piece)]


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
