"""What a reader of prose yields, before anyone asks who speaks; and what a file holds that nobody said, with why."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import LeftOut, Warnings
from indexer.readers.times import leading_stamp
from indexer.word_lists import beside

# Soft hyphen, zero-width characters, byte order mark, bidi marks: invisible, and they break words and labels.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
FULL_STOPS = (".", "?", "!", "…")
CUT_ENDS = (*FULL_STOPS, ",", ";", ":")
SENTENCE_ENDS = (*FULL_STOPS, "”", '"', "»")
CLOSED_ENDS = (*SENTENCE_ENDS, ")", "]")
LINE_ENDS = (*CLOSED_ENDS, ":", "-", "—")
"""How a sentence may end, what closes it counted; and a line that was not broken in the middle of a sentence."""
CELLS = " | "
"""Between the cells of a table's row, which is one paragraph."""
Run = tuple[str, bool]
"""A piece of text, and whether it is bold."""
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
_CURE = "si se dijo en la sesión, póngalo en el texto de quien lo dijo"
_CURES = {NOTE: "se conserva aparte; si se leyó en voz alta, póngala en el texto de quien la leyó"}
_FILLER = re.compile(r"(?:[-–—―_] ?){4,}|(?:\. ?){8,}")
_RULE = re.compile(r"([-–—―─_*=])\1{2,}")
_LONGEST = 300
_BRACKETS = {"(": ")", "[": "]"}
MAX_ACT = 300
"""The longest act, in letters: ``(PROYECCIÓN DE VIDEO …)``."""
_SHAPES = tuple((re.compile("|".join(patterns)), why) for why, patterns in beside(__file__).items())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one line of a paragraph that was broken by hand.

    Attributes:
        text: NFC, white space folded. Empty only where ``rule`` is set.
        bold: How many letters at the start are bold; 0 when the format does not say.
        heading: True for a heading.
        continues: True when it goes on with the paragraph before it after a line break (``<br>``, hard-wrapped text).
        rule: True for a dividing line (``---``, ``<hr>``): no text, but it may announce a speaker.
    """

    text: str
    bold: int = 0
    heading: bool = False
    continues: bool = False
    rule: bool = False


RULE = Paragraph("", rule=True)


@dataclass(frozen=True, slots=True)
class Prose:
    """A file of paragraphs, with what staff are told of it, and what it holds that was not said."""

    paragraphs: tuple[Paragraph, ...]
    warnings: Warnings = ()
    left_out: tuple[LeftOut, ...] = ()


def tidy(text: str) -> str:
    """NFC, no invisible characters, every run of white space (NBSP too) one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in a text."""
    return any(c.isalnum() for c in text)


def count_words(texts: Iterable[str]) -> int:
    """How many words the texts hold together."""
    return sum(len(text.split()) for text in texts)


def some(texts: Sequence[str], most: int = 3) -> str:
    """The first texts of a list for a message, and how many more there are."""
    return ", ".join(texts[:most]) + (f" y {len(texts) - most} más" if len(texts) > most else "")


def shortened(text: str, most: int) -> str:
    """A text for a message: its first letters, and whether it goes on."""
    return text if len(text) <= most else f"{text[:most]}…"


def bold_length(runs: Sequence[tuple[str, bool]], text: str) -> int:
    """How many letters of a paragraph the bold ``runs`` at its start cover; a time before them counts with them."""
    start, seen = "", False
    for run, bold in runs:
        if not bold and run.strip():
            stamp = None if start.strip() else leading_stamp(run.strip())
            if stamp is None or stamp.end() < len(run.strip()):
                break
        seen = seen or (bold and bool(run.strip()))
        start += run
    return min(len(tidy(start)), len(text)) if seen else 0


def paragraphs_of_runs(lines: Sequence[Sequence[Run]], *, heading: bool) -> list[Paragraph]:
    """The lines of one paragraph of a document, parted by hand; empty ones are left out."""
    texts = [(runs, text) for runs in lines if (text := tidy("".join(run for run, _ in runs)))]
    return [
        Paragraph(text, bold_length(runs, text), heading, continues=place > 0)
        for place, (runs, text) in enumerate(texts)
    ]


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


def is_rule(text: str) -> bool:
    """Whether the line is a rule (``---``): a change of speaker may follow it."""
    return _RULE.fullmatch(text) is not None


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
