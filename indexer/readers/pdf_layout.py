"""The lines of a PDF's pages to paragraphs: running heads out, broken words mended, lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.readers.furniture import is_act
from indexer.readers.paragraphs import Paragraph, tidy
from indexer.readers.wordlist import words

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_EDGE = 4
"""Lines at the top and bottom of a page among which a running head is looked for."""

_DIGITS = re.compile(r"\d+")
_PAGE_OF = re.compile(r"\W*(?:p[áa]g(?:ina|\.)?\W*#(?:\W*(?:de|/)\W*#)?|# ?de ?#)\W*", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"[^\w#]*#[^\w#]*")
_BROKEN = re.compile(r"([^\W\d_]{2,})[-‐]$")
_WORD = re.compile(r"^([^\W\d_]+)")
_SENTENCE_ENDS = (".", "?", "!", "…", ":", "”", '"', "»", ")", "]")
_SHORT = 0.72
"""A line shorter than this part of the usual width may end its paragraph."""

# First halves of compounds that keep their hyphen: político-electoral, técnico-operativo.
_COMPOUND = words(
    """
    político jurídico técnico socio económico histórico teórico práctico médico físico ético crítico público árbol
    democrático administrativo normativo electoral cívico lingüístico geográfico estadístico operativo
    """
)


def paragraphs_of_pages(pages: Sequence[Sequence[str]]) -> tuple[Paragraph, ...]:
    """Lay out the text of the pages.

    Args:
        pages: The lines of each page, top to bottom.

    Returns:
        One ``Paragraph`` a line, those after a paragraph's first marked as continuing it, so that a label at the
        start of any line can still be seen.
    """
    tidied = [[tidy(line.translate(_LIGATURES)) for line in page] for page in pages]
    lines = [line for page in _without_running_heads(tidied) for line in (*page, "")]
    lines = _mend_broken_words(lines)
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(len(lengths) * 0.85)] if lengths else 0
    return tuple(_join(lines, usual))


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop what repeats at the edges of half of the pages (digits aside), and page numbers."""
    pages = [[line for line in page if line] for page in pages]
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_key(page[place]) for place in _edges(page)})
    full = sum(bool(page) for page in pages)

    def runs(line: str) -> bool:
        key = _key(line)
        if _PAGE_OF.fullmatch(key):
            return True
        if 2 * seen[key] <= full:
            return False
        return _BARE_NUMBER.fullmatch(key) is not None or (full > 2 and len(line) <= 200)

    return [[line for place, line in enumerate(page) if place not in _edges(page) or not runs(line)] for page in pages]


def _edges(page: list[str]) -> set[int]:
    return {*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))}


def _key(line: str) -> str:
    return _DIGITS.sub("#", line)


def _mend_broken_words(lines: list[str]) -> list[str]:
    """Bring a word that was broken at the end of a line together on that line.

    The hyphen goes unless the document writes the word with it elsewhere, or the halves make a compound.
    """
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(lines).casefold()))
    mended = list(lines)
    for place, line in enumerate(mended):
        broken = _BROKEN.search(line)
        after = _next_text(mended, place) if broken else None
        if broken is None or after is None:
            continue
        rest = _WORD.match(mended[after])
        if rest is None or not rest[1][0].islower():
            continue
        first, second = broken[1].casefold(), rest[1].casefold()
        keep = first + second not in words and (f"{first}-{second}" in words or first in _COMPOUND)
        end = re.match(r"\S+", mended[after])
        taken = end[0] if end else rest[1]
        mended[place] = (line if keep else line[:-1]) + taken
        mended[after] = mended[after][len(taken) :].lstrip()
    return mended


def _next_text(lines: list[str], place: int) -> int | None:
    """The next line with text, over at most the end of one page."""
    for after in range(place + 1, min(place + 3, len(lines))):
        if lines[after]:
            return after
    return None


def _join(lines: list[str], usual: int) -> list[Paragraph]:
    done: list[Paragraph] = []
    before = ""
    for line in lines:
        if not line:
            continue
        done.append(Paragraph(line, continues=bool(before) and _goes_on(before, line, usual)))
        before = line
    return done


def _goes_on(before: str, line: str, usual: int) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if is_act(before) or is_act(line):
        return False
    if line[0].islower():
        return True
    return len(before) >= _SHORT * usual and not (before.endswith(_SENTENCE_ENDS) and len(before) < 0.9 * usual)
