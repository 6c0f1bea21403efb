"""The lines of a PDF's pages to paragraphs: broken words mended, lines joined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.readers.furniture import is_act
from indexer.readers.paragraphs import Paragraph
from indexer.readers.pdf_columns import Line
from indexer.readers.wordlist import words

_BROKEN = re.compile(r"([^\W\d_]{2,})[-‐]$")
_WORD = re.compile(r"^([^\W\d_]+)")
_SENTENCE_ENDS = (".", "?", "!", "…", ":", "”", '"', "»", ")", "]")
_INDENT = 0.8
"""In letter heights: a line that begins farther in than the one above begins a paragraph."""
_PARTED = 1.3
"""A line farther below the one above than this many usual steps begins a paragraph."""
_SPACE = 0.25
"""In letter heights: the least room that a word needs before it."""

# First halves of compounds that keep their hyphen: político-electoral, técnico-operativo.
_COMPOUND = words(
    """
    político jurídico técnico socio económico histórico teórico práctico médico físico ético crítico público árbol
    democrático administrativo normativo electoral cívico lingüístico geográfico estadístico operativo
    """
)


def paragraphs_of_pages(pages: Sequence[Sequence[Line]]) -> tuple[Paragraph, ...]:
    """Lay out the text of the pages.

    Args:
        pages: The lines of each page as they are read, without what is printed for the sake of the page.

    Returns:
        One ``Paragraph`` a line, those after a paragraph's first marked as continuing it, so that a label at the
        start of any line can still be seen.
    """
    lines = [line for page in pages for line in _with_room(page)]
    steps = sorted(step for above, line in itertools.pairwise(lines) if (step := _step(above, line)))
    usual = steps[len(steps) // 2] if steps else 0.0
    goes_on = [False, *(_goes_on(above, line, usual) for above, line in itertools.pairwise(lines))]
    mended = _mend_broken_words([line.text for line in lines])
    return tuple(
        Paragraph(text, bold=min(line.bold, len(text)), continues=on)
        for text, line, on in zip(mended, lines, goes_on, strict=True)
        if text
    )


def _with_room(page: Sequence[Line]) -> list[Line]:
    """The lines with the edges of their column as what is left on the page shows them."""
    columns: dict[int, list[Line]] = {}
    for line in page:
        columns.setdefault(round(line.edge / 30), []).append(line)
    edges = {place: (min(a.left for a in some), max(a.right for a in some)) for place, some in columns.items()}
    return [replace(line, edge=edges[round(line.edge / 30)][0], room=edges[round(line.edge / 30)][1]) for line in page]


def _step(above: Line, line: Line) -> float:
    """How far a line stands below the one above, in points; 0.0 where it begins a column or a page."""
    return 0.0 if line.turns else max(above.bottom - line.bottom, 0.0)


def _goes_on(above: Line, line: Line, usual: float) -> bool:
    """Whether a line belongs to the paragraph of the line above it."""
    if is_act(above.text) or is_act(line.text):
        return False
    if line.text[0].islower():
        return True
    if _step(above, line) > _PARTED * usual:
        return False
    height = line.height
    if line.left - line.edge > _INDENT * height and above.left - above.edge < _INDENT * height:
        return False
    # The next word would have found room on the line above: the break was meant.
    return above.room - above.right < line.first + _SPACE * height


def _mend_broken_words(lines: Sequence[str]) -> list[str]:
    """Bring a word that was broken at the end of a line together on that line.

    The hyphen goes unless the document writes the word with it elsewhere, or the halves make a compound.
    """
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(lines).casefold()))
    mended = list(lines)
    for place in range(len(mended) - 1):
        line = mended[place]
        broken, rest = _BROKEN.search(line), _WORD.match(mended[place + 1])
        if broken is None or rest is None or not rest[1][0].islower():
            continue
        first, second = broken[1].casefold(), rest[1].casefold()
        keep = first + second not in words and (f"{first}-{second}" in words or first in _COMPOUND)
        taken = mended[place + 1].split(" ", 1)
        mended[place] = (line if keep else line[:-1]) + taken[0]
        mended[place + 1] = taken[1] if len(taken) > 1 else ""
    return mended
