"""The words of a page to its lines, in the order in which a person reads them: across the page, or column by column."""

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexer.readers.pdf.names_beside import Row, names_first
from indexer.readers.pdf.words import Printed, Word

_GUTTER = 0.8
"""In letter heights: the narrowest gap between two columns; justified lines have wider ones, but not line by line."""
_FEWEST_LINES = 4
"""A column has at least so many lines; the last page of a text in columns may have fewer."""
_FEWEST_WORDS = 3.0
"""Words of its usual line: a column of fewer is a table's or a list's."""
_FILLED = 0.6
"""How much of the column's width its usual line fills."""
_CLOSE = 2.2
"""In letter heights: lines of a column that stand farther apart are a list, or names beside what was said."""
_CROSSED = 0.25
"""The part of a page's lines that may run over the gutter: titles, heads, feet."""
_MARGIN = 1.6
"""Heads and feet stand so many usual steps from the text."""
_HEAD_LINES = 2
"""Lines of a head or a foot."""
_JOINED = 0.08
"""In letter heights: words nearer than this, with no space drawn between them, are one (letters set singly)."""


@dataclass(frozen=True, slots=True)
class Line(Printed):
    """A printed line, its words parted by single spaces.

    Attributes:
        room: The right edge of the column it stands in.
        edge: The left edge of that column.
        first: The width of its first word.
        bold: How many letters at its start are bold.
    """

    room: float
    edge: float
    first: float
    bold: int = 0


def lines_of(words: Sequence[Word], gutter: float | None = None) -> tuple[list[Line], float | None]:
    """The lines of a page.

    Args:
        words: As they were drawn.
        gutter: Where the page before parted its columns: a page with few lines is then parted there as well.

    Returns:
        The lines as they are read, and where the page was parted.
    """
    rows = _rows(words)
    margins = _in_margins(rows)
    found = _gutter_of([row for n, row in enumerate(rows) if n not in margins], gutter)
    if found is None:
        beside = names_first(rows)
        return (_laid(rows) if beside is None else _laid(*beside)), None
    parted: list[tuple[Row, tuple[Row, Row] | None]] = []
    for n, row in enumerate(rows):
        sides = _sides(row, found)
        inside = sides is not None and (n not in margins or any(_fills(side, rows, found) for side in sides))
        parted.append((row, sides if inside else None))
    lines: list[Line] = []
    for across, group in itertools.groupby(parted, key=lambda one: one[1] is None):
        part = list(group)
        if across:
            lines += _laid([row for row, _ in part])
        else:
            for n in (0, 1):
                lines += lines_of([word for _, sides in part if sides for word in sides[n]])[0]
    return lines, found


def _rows(words: Sequence[Word]) -> list[Row]:
    """Words that stand on one line, from left to right; the lines from top to bottom."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: -(word.bottom + word.top)):
        beside = next((row for row in reversed(rows[-3:]) if row[0].beside(word)), None)
        if beside is None:
            rows.append([word])
        else:
            beside.append(word)
    for row in rows:
        row.sort(key=lambda word: word.left)
    return rows


def _in_margins(rows: list[Row]) -> set[int]:
    """Lines at the top and the bottom that stand apart from the rest: heads and feet belong to no column."""
    steps = [above[0].bottom - below[0].bottom for above, below in itertools.pairwise(rows)]
    if len(steps) < 2 * _FEWEST_LINES:
        return set()
    wide = [step > _MARGIN * median(steps) for step in steps]
    top = next((n + 1 for n in range(_HEAD_LINES) if wide[n]), 0)
    foot = next((n for n in range(1, _HEAD_LINES + 1) if wide[-n]), 0)
    return {*range(top), *range(len(rows) - foot, len(rows))}


def _pieces(row: Row) -> list[Row]:
    """A row parted at its wide gaps."""
    pieces = [[row[0]]]
    for before, word in itertools.pairwise(row):
        if word.left - before.right > _GUTTER * min(word.height, before.height):
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _gutter_of(rows: list[Row], before: float | None) -> float | None:
    """Where the page is parted into two columns of prose, or None.

    Of all places between the words, that which the fewest lines run over; it parts the page only where both sides then
    look like columns.
    """
    pieces = [(piece[0].left, piece[-1].right) for row in rows for piece in _pieces(row)]
    if len(rows) < 2 or not pieces:
        return None
    low, high = min(left for left, _ in pieces), max(right for _, right in pieces)
    if before is not None and low < before < high:
        crossed = sum(left < before < right for left, right in pieces)
        if crossed <= _CROSSED * len(rows) and any(right <= before for _, right in pieces):
            return before
    middle = (low + 0.2 * (high - low), low + 0.8 * (high - low))
    # A gap begins where a piece ends: how many run over the place just behind each end.
    starts, ends = sorted(left for left, _ in pieces), sorted(right for _, right in pieces)
    gaps: list[tuple[int, float, float]] = []
    for closed, end in enumerate(ends, 1):
        opened = bisect_right(starts, end)
        following = starts[opened] if opened < len(starts) else high
        if middle[0] <= end <= middle[1] and following > end:
            gaps.append((opened - closed, end - following, (end + following) / 2))
    if not gaps or min(gaps)[0] > _CROSSED * len(rows):
        return None
    gutter = min(gaps)[2]
    parted = [sides for row in rows if (sides := _sides(row, gutter)) is not None]
    if len(parted) < (1 - _CROSSED) * len(rows) * 0.5:
        return None
    return gutter if all(_is_column([sides[n] for sides in parted if sides[n]]) for n in (0, 1)) else None


def _sides(row: Row, gutter: float) -> tuple[Row, Row] | None:
    """The row's words left and right of the gutter; None where it runs over."""
    left = [word for word in row if word.right <= gutter]
    right = [word for word in row if word.left >= gutter]
    if len(left) + len(right) < len(row):
        return None
    if left and right and right[0].left - left[-1].right <= _GUTTER * min(left[-1].height, right[0].height):
        return None
    return left, right


def _fills(side: Row, rows: list[Row], gutter: float) -> bool:
    """Whether a side of a row is as long as a line of its column."""
    if not side:
        return False
    low, high = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    width = gutter - low if side[0].right <= gutter else high - gutter
    return side[-1].right - side[0].left >= _FILLED * width


def _is_column(rows: list[Row]) -> bool:
    """Whether these pieces of lines look like a column of prose: long lines, close one below the other."""
    if len(rows) < _FEWEST_LINES:
        return False
    width = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    close = sum(above[0].top - below[0].top <= _CLOSE * below[0].height for above, below in itertools.pairwise(rows))
    return (
        sum(len(row) for row in rows) >= _FEWEST_WORDS * len(rows)
        and median(row[-1].right - row[0].left for row in rows) >= _FILLED * width
        and close >= 0.6 * (len(rows) - 1)
    )


def _laid(rows: list[Row], edge: float | None = None) -> list[Line]:
    """Rows of one column as lines; ``edge`` is where its text begins, if not at its very left."""
    if not rows:
        return []
    edge = min(row[0].left for row in rows) if edge is None else edge
    room = max(row[-1].right for row in rows)
    return [_line(row, edge, room) for row in rows]


def _line(row: Row, edge: float, room: float) -> Line:
    text, first, bold = "", 0.0, 0
    for before, word in zip([None, *row], row, strict=False):
        apart = before is not None and (before.spaced or word.left - before.right >= _JOINED * word.height)
        if apart and not first and before is not None:
            first = before.right - row[0].left
        all_bold = word.bold and bold == len(text)
        text += " " * apart + word.text
        bold = len(text) if all_bold else bold
    highest = max(row, key=lambda word: word.height)
    width = row[-1].right - row[0].left
    return Line(text, row[0].left, row[-1].right, highest.bottom, highest.top, room, edge, first or width, bold)
