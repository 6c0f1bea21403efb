"""What a reader of prose yields, before anyone asks who speaks."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import LeftOut, Warnings
from indexer.readers.times import leading_stamp

# Soft hyphen, zero-width characters, byte order mark, bidi marks: invisible, and they break words and labels.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


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


FULL_STOPS = (".", "?", "!", "…")
CUT_ENDS = (*FULL_STOPS, ",", ";", ":")
SENTENCE_ENDS = (*FULL_STOPS, "”", '"', "»")
CLOSED_ENDS = (*SENTENCE_ENDS, ")", "]")
LINE_ENDS = (*CLOSED_ENDS, ":", "-", "—")
"""How a sentence may end, what closes it counted; and a line that was not broken in the middle of a sentence."""

CELLS = " | "
"""Between the cells of a table's row, which is one paragraph."""

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


Run = tuple[str, bool]
"""A piece of text, and whether it is bold."""


def paragraphs_of_runs(lines: Sequence[Sequence[Run]], *, heading: bool) -> list[Paragraph]:
    """The lines of one paragraph of a document, parted by hand; empty ones are left out."""
    texts = [(runs, text) for runs in lines if (text := tidy("".join(run for run, _ in runs)))]
    return [
        Paragraph(text, bold_length(runs, text), heading, continues=place > 0)
        for place, (runs, text) in enumerate(texts)
    ]
