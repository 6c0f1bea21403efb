"""What a reader of prose yields, before anyone asks who speaks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

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


RULE = Paragraph("", rule=True)


@dataclass(frozen=True, slots=True)
class Prose:
    """A file of paragraphs.

    Attributes:
        paragraphs: In order of the file.
        warnings: Faults that did not keep it from being read, each ``(fault, cure)`` in Spanish.
    """

    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[tuple[str, str], ...] = ()


def tidy(text: str) -> str:
    """NFC, no invisible characters, every run of white space (NBSP too) one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())
