"""The letters that pdfium finds on a page to words with their places, the page turned so that its text stands upright.

Only what pdfium says of single letters is used (which, where, how large, turned how): their order in the file is the
order in which they were drawn, and nobody reads a page that way.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfTextPage

_HYPHEN = 2  # what pdfium puts for a hyphen at the end of a line
_BETWEEN_SPACES = re.compile("[^\x00-\x20\xa0]*\x02|[^\x00-\x20\xa0]+")
"""A run of letters without a space; a hyphen at the end of a line ends it."""
_LINE_ENDS = frozenset({9, 10, 13})
_SOFT_HYPHEN = "\xad"
_UNKNOWN = "\ufffd"
_PRIVATE = range(0xE000, 0xF900)
_BULLETS = frozenset({0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0xF0A8, 0xF0B0, 0xF02D})  # Word's, in Symbol
_FORCED_BOLD = 1 << 18
_QUARTER = math.pi / 2
_COMMON = frozenset({_HYPHEN, *range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180), *range(0x2010, 0x2027)})
"""Letters and signs that fonts have; others may stand for what has no Unicode."""
_WIDEST = 0.75
"""In letter heights: the usual letters of a word are at most so wide."""
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
class Printed:
    """A text on a page and its box, in points from the lower left corner; ``bottom`` and ``top`` are the font's."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """Of its letters, in points."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Word(Printed):
    """A word; U+FFFD stands for a letter without Unicode. ``spaced``: a space was drawn or seen after it."""

    bold: bool = False
    spaced: bool = True

    def beside(self, other: "Word") -> bool:
        """Whether both stand on one line."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared >= _OVERLAP * min(self.height, other.height)


@dataclass(frozen=True, slots=True)
class PageWords:
    """What stands on a page: words as they were drawn, and what is turned otherwise (a watermark, a stamp)."""

    words: tuple[Word, ...]
    askew: tuple[str, ...] = ()


def words_of(page: PdfTextPage) -> PageWords:
    """The words of a page."""
    raw = page.raw
    codes = [_meant(raw, place, pdfium.FPDFText_GetUnicode(raw, place)) for place in range(page.count_chars())]
    runs = [_Run(raw, codes, *found.span()) for found in _BETWEEN_SPACES.finditer("".join(map(chr, codes)))]
    turns: Counter[int] = Counter()
    for run in runs:
        if run.turns is not None:
            turns[run.turns] += run.end - run.start
    upright = turns.most_common(1)[0][0] if turns else 0
    words = [word for run in runs for word in run.words(upright)]
    return PageWords(tuple(words), _askew([run for run in runs if run.turns != upright]))


def _meant(raw: pdfium.FPDF_TEXTPAGE, place: int, code: int) -> int:
    """The code of a letter; those of signs that text does not have may stand for anything."""
    if 0x20 <= code < 0xE000 or code in _LINE_ENDS:
        return code
    if code in _BULLETS:
        return 0x2022
    lost = code == 0 or code in _PRIVATE or pdfium.FPDFText_HasUnicodeMapError(raw, place) == 1
    return ord(_UNKNOWN) if lost else code


class _Run:
    """Letters that were drawn without a space between them: one word mostly, of which the ends tell where it stands."""

    def __init__(self, raw: pdfium.FPDF_TEXTPAGE, codes: Sequence[int], start: int, end: int) -> None:
        self.start, self.end = start, end
        self._raw, self._codes = raw, codes
        self._letters = [self._letter(place) for place in ((start, end - 1) if end - start > 1 else (start,))]
        self.turns = self._letters[0].turns
        if not self._is_plain():
            self._letters = [self._letter(place) for place in range(start, end)]

    @property
    def text(self) -> str:
        """As it was drawn."""
        return "".join(_character(code, raised=False) for code in self._codes[self.start : self.end])

    def words(self, upright: int) -> Iterator[Word]:
        """Its words, where they stand as most of the page does."""
        letters = [_turned(letter, upright) for letter in self._letters if letter.turns == upright]
        group: list[Letter] = []
        whole = len(self._letters) < self.end - self.start
        for letter in letters:
            if group and not whole and _apart(group[-1], letter):
                yield _word(group, _is_bold(self._raw, group[0].place), spaced=False)
                group = []
            group.append(letter)
        if group:
            yield _word(group, _is_bold(self._raw, group[0].place), text=self.text if whole else None)

    def _is_plain(self) -> bool:
        """Whether its first and last letter tell all: they stand on one line, no farther apart than letters do."""
        if self.turns is None or not all(code in _COMMON for code in self._codes[self.start : self.end]):
            return False
        first, last = (_turned(letter, self.turns) for letter in (self._letters[0], self._letters[-1]))
        height, length = first.top - first.bottom, self.end - self.start
        return (
            self._letters[0].code != ord(_UNKNOWN)
            and self._letters[-1].turns == self.turns
            and abs(first.bottom - last.bottom) <= 0.1 * height
            and abs(first.top - last.top) <= 0.1 * height
            and (length == 1 or 0 < last.right - first.left <= (_WIDEST * length + 1) * height)
        )

    def _letter(self, place: int) -> Letter:
        box, matrix, code = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), self._codes[place]
        if pdfium.FPDFText_HasUnicodeMapError(self._raw, place) == 1:
            code = ord(_UNKNOWN)
        pdfium.FPDFText_GetLooseCharBox(self._raw, place, box)
        pdfium.FPDFText_GetMatrix(self._raw, place, matrix)
        quarters = math.atan2(matrix.b, matrix.a) / _QUARTER  # what pdfium calls the angle is the slant of italics too
        nearest = round(quarters)
        turns = nearest % 4 if abs(quarters - nearest) < 0.05 else None
        return Letter(code, box.left, box.bottom, box.right, box.top, turns, place)


def _turned(letter: Letter, turns: int) -> Letter:
    """The letter on a page that was turned back by so many quarters."""
    code, left, bottom, right, top, _, place = letter
    for _quarter in range(turns):
        left, bottom, right, top = bottom, -right, top, -left
    return Letter(code, left, bottom, right, top, turns, place)


def _apart(one: Letter, other: Letter) -> bool:
    """Whether two letters that were drawn one after the other stand apart."""
    low = min(one.top - one.bottom, other.top - other.bottom)
    if min(one.top, other.top) - max(one.bottom, other.bottom) < _OVERLAP * low:
        return True
    gap = other.left - one.right
    return gap > _JUMP * low or gap < -_JUMP * low


def _word(group: list[Letter], bold: bool, *, spaced: bool = True, text: str | None = None) -> Word:
    first = group[0]
    if text is None:
        text = "".join(
            _character(letter.code, raised=bool(place) and _is_raised(first, letter))
            for place, letter in enumerate(group)
        )
    if text[-1] == _SOFT_HYPHEN:  # inside a word it is not printed
        text = text[:-1] + "-"
    left, right = min(letter.left for letter in group), max(letter.right for letter in group)
    return Word(text, left, right, first.bottom, first.top, bold, spaced)


def _is_raised(first: Letter, letter: Letter) -> bool:
    """Whether a letter is small and stands high, as the mark of a note does."""
    height = first.top - first.bottom
    return letter.top - letter.bottom <= _RAISED * height and letter.bottom > first.bottom + 0.1 * height


def _character(code: int, *, raised: bool) -> str:
    if code == _HYPHEN:
        return "-"
    return SUPERSCRIPTS[code - 0x30] if raised and 0x30 <= code <= 0x39 else chr(code)


def _is_bold(raw: pdfium.FPDF_TEXTPAGE, place: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, place, name, 128, flags)
    return bool(flags.value & _FORCED_BOLD) or b"Bold" in name.value or b"Black" in name.value


def _askew(runs: Sequence[_Run]) -> tuple[str, ...]:
    """What is turned otherwise, as it was drawn; a letter that stands alone is no text."""
    texts: list[list[str]] = []
    before: _Run | None = None
    for run in runs:
        if before is None or run.start > before.end + 2 or run.turns != before.turns:
            texts.append([])
        texts[-1].append(run.text)
        before = run
    joined = (" ".join(parts) for parts in texts)
    return tuple(text for text in joined if sum(c.isalnum() for c in text) > 1)
