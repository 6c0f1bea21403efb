"""The letters that pdfium finds on a page to words with their places, the page turned so that its text stands upright.

Only what pdfium says of single letters is used (which, where, how large, turned how): their order in the file is the
order in which they were drawn, and nobody reads a page that way.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfTextPage

_HYPHEN = 2  # what pdfium puts for a hyphen at the end of a line
_SOFT_HYPHEN = "\xad"
_UNKNOWN = "\ufffd"
_PRIVATE = range(0xE000, 0xF900)
_BULLETS = frozenset({0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0xF0A8, 0xF0B0, 0xF02D})  # Word's, in Symbol
_FORCED_BOLD = 1 << 18
_QUARTER = math.pi / 2
_JUMP = 1.0
"""In letter heights: a gap wider than this is no space between two words."""
_RAISED = 0.8
"""Marks of notes are at most so high as the letters before them."""
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""How raised digits are written until it is known whether they are the marks of notes."""
_OVERLAP = 0.5
"""Letters of one line share at least this part of the lower one's height."""


class Letter(NamedTuple):
    """One letter: its code, its box (``bottom`` < ``top``), the quarter turns in which it stands (None: askew)."""

    code: int
    left: float
    bottom: float
    right: float
    top: float
    turns: int | None
    place: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page, in points from its lower left corner.

    Attributes:
        text: Its letters; U+FFFD for one that has no Unicode.
        left, right, bottom, top: Its box; ``bottom`` and ``top`` are those of the font, not of these letters.
        bold: Whether its first letter is.
        spaced: Whether a space was drawn, or seen by pdfium, after it.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool = False
    spaced: bool = True

    @property
    def height(self) -> float:
        """Of its font's letters, in points."""
        return self.top - self.bottom

    def beside(self, other: Word) -> bool:
        """Whether both stand on one line."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared >= _OVERLAP * min(self.height, other.height)


@dataclass(frozen=True, slots=True)
class PageWords:
    """What stands on a page.

    Attributes:
        words: In the order in which they were drawn.
        askew: Text that is turned otherwise than most of the page (a watermark, a stamp in the margin).
    """

    words: tuple[Word, ...]
    askew: tuple[str, ...] = ()


def words_of(page: PdfTextPage) -> PageWords:
    """The words of a page."""
    raw = page.raw
    letters = _letters(raw, page.count_chars())
    turns = Counter(letter.turns for letter in letters if letter.turns is not None)
    upright = turns.most_common(1)[0][0] if turns else 0
    straight = [letter for letter in letters if letter.turns == upright or letter.code in (0x20, 0x0A, 0x0D)]
    others = [letter for letter in letters if letter.turns != upright]
    words = _words(raw, [_turned(letter, upright) for letter in straight])
    return PageWords(tuple(words), _runs(others))


def _letters(raw: pdfium.FPDF_TEXTPAGE, count: int) -> list[Letter]:
    found: list[Letter] = []
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    code_of, box_of, matrix_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetMatrix
    lost = pdfium.FPDFText_HasUnicodeMapError
    for place in range(count):
        code = code_of(raw, place)
        if code in _BULLETS:
            code = 0x2022
        elif code == 0 or code in _PRIVATE or lost(raw, place) == 1:
            code = ord(_UNKNOWN)
        box_of(raw, place, box)
        matrix_of(raw, place, matrix)
        quarters = math.atan2(matrix.b, matrix.a) / _QUARTER  # what pdfium calls the angle is the slant of italics too
        nearest = round(quarters)
        turns = nearest % 4 if abs(quarters - nearest) < 0.05 else None
        found.append(Letter(code, box.left, box.bottom, box.right, box.top, turns, place))
    return found


def _turned(letter: Letter, turns: int) -> Letter:
    """The letter on a page that was turned back by so many quarters."""
    code, left, bottom, right, top, _, place = letter
    if turns == 1:
        left, bottom, right, top = bottom, -right, top, -left
    elif turns == 2:
        left, bottom, right, top = -right, -top, -left, -bottom
    elif turns == 3:
        left, bottom, right, top = -top, left, -bottom, right
    return Letter(code, left, bottom, right, top, turns, place)


def _words(raw: pdfium.FPDF_TEXTPAGE, letters: list[Letter]) -> list[Word]:
    words: list[Word] = []
    group: list[Letter] = []

    def end(*, spaced: bool) -> None:
        if group:
            words.append(_word(group, _is_bold(raw, group[0].place), spaced=spaced))
            group.clear()

    for letter in letters:
        if letter.code != _HYPHEN and (letter.code <= 0x20 or letter.code == 0xA0):
            end(spaced=True)
            continue
        if group and _apart(group[-1], letter):
            end(spaced=False)
        group.append(letter)
        if letter.code == _HYPHEN:
            end(spaced=True)
    end(spaced=True)
    return words


def _apart(one: Letter, other: Letter) -> bool:
    """Whether two letters that were drawn one after the other stand apart."""
    low = min(one.top - one.bottom, other.top - other.bottom)
    if min(one.top, other.top) - max(one.bottom, other.bottom) < _OVERLAP * low:
        return True
    gap = other.left - one.right
    return gap > _JUMP * low or gap < -_JUMP * low


def _word(group: list[Letter], bold: bool, *, spaced: bool) -> Word:
    text = "".join(
        _character(letter, raised=bool(place) and _is_raised(group[0], letter)) for place, letter in enumerate(group)
    )
    if text[-1] == _SOFT_HYPHEN:  # inside a word it is not printed
        text = text[:-1] + "-"
    left, right = min(letter.left for letter in group), max(letter.right for letter in group)
    return Word(text, left, right, group[0].bottom, group[0].top, bold, spaced)


def _is_raised(first: Letter, letter: Letter) -> bool:
    """Whether a letter is small and stands high, as the mark of a note does."""
    height = first.top - first.bottom
    return letter.top - letter.bottom <= _RAISED * height and letter.bottom > first.bottom + 0.1 * height


def _character(letter: Letter, *, raised: bool) -> str:
    if letter.code == _HYPHEN:
        return "-"
    character = chr(letter.code)
    return SUPERSCRIPTS[int(character)] if raised and character in "0123456789" else character


def _is_bold(raw: pdfium.FPDF_TEXTPAGE, place: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, place, name, 128, flags)
    return bool(flags.value & _FORCED_BOLD) or b"Bold" in name.value or b"Black" in name.value


def _runs(letters: list[Letter]) -> tuple[str, ...]:
    """What is turned otherwise, as it was drawn; one that stands alone is no text."""
    runs: list[str] = []
    before: Letter | None = None
    for letter in letters:
        if letter.code <= 0x20:
            continue
        if before is None or letter.place > before.place + 3 or letter.turns != before.turns:
            runs.append("")
        runs[-1] += " " * (before is not None and letter.place > before.place + 1) + chr(letter.code)
        before = letter
    return tuple(" ".join(run.split()) for run in runs if sum(c.isalnum() for c in run) > 1)
