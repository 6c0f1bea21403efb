"""The lines of a PDF's pages to paragraphs: broken words mended, lines joined."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from indexer.readers.paragraphs import Paragraph, is_act
from indexer.readers.pdf.columns import Line
from indexer.readers.words import listed

_BROKEN = re.compile(r"([^\W\d_]{2,})[-‐]$")
_WORD = re.compile(r"^([^\W\d_]+)")
_INDENT = 0.8
"""In letter heights: a line that begins farther in than the one above begins a paragraph."""
_PARTED = 1.3
"""A line farther below the one above than this many usual steps begins a paragraph."""
_TITLE = 1.15
"""Letters so much higher than the usual ones are a heading's."""
_SPACE = 0.25
"""In letter heights: the least room that a word needs before it."""

_COMPOUND = listed("first_halves_of_compounds")


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
    height = median(line.height for line in lines) if lines else 0.0
    return tuple(
        Paragraph(text, bold=min(line.bold, len(text)), heading=line.height >= _TITLE * height, continues=on)
        for text, line, on in zip(mended, lines, goes_on, strict=True)
        if text
    )


def _with_room(page: Sequence[Line]) -> list[Line]:
    """The lines with the edges of their column as what is left on the page shows them."""
    columns: dict[int, list[Line]] = {}
    for line in page:
        columns.setdefault(round(line.edge / 30), []).append(line)
    laid: dict[int, tuple[float, float]] = {}
    for place, some in columns.items():
        usual = Counter(round(line.left) for line in some).most_common(1)[0]
        edge = float(usual[0]) if 2 * usual[1] > len(some) else min(line.left for line in some)
        laid[place] = edge, max(line.right for line in some)
    return [replace(line, edge=laid[round(line.edge / 30)][0], room=laid[round(line.edge / 30)][1]) for line in page]


def _step(above: Line, line: Line) -> float:
    """How far a line stands below the one above, in points; 0.0 where it begins a column or a page."""
    return max(above.bottom - line.bottom, 0.0)


def _goes_on(above: Line, line: Line, usual: float) -> bool:
    """Whether a line belongs to the paragraph of the line above it."""
    if is_act(above.text) or is_act(line.text):
        return False
    if abs(above.height - line.height) > (_TITLE - 1) * min(above.height, line.height):
        return False
    if line.text[0].islower() and line.edge - line.left < _INDENT * line.height:
        return True
    if _step(above, line) > _PARTED * usual:
        return False
    height = line.height
    if line.edge - line.left > _INDENT * height:
        return False
    if line.left - line.edge > _INDENT * height and abs(above.left - above.edge) < _INDENT * height:
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
