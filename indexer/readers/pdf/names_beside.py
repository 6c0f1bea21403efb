"""Names in a column of their own beside what was said: each is put before the words that it stands beside."""

import itertools
from collections import Counter
from statistics import median

from indexer.readers.pdf.words import Word

Row = list[Word]

_FEWEST = 3
"""Fewer names beside the text are no layout."""
_ALIGNED = 0.6
"""The part of all lines that begins at one place right of the names."""
_SPARSE = 0.8
"""Names stand beside at most this part of the lines; more is a table."""
_GAP = 0.8
"""In letter heights: the least gap between a name and the text."""
_PARTED = 1.25
"""In usual steps: the gap between two turns, where they are parted by one."""
_ENDS = (":", ".-", ".–", ".—")


def names_first(rows: list[Row]) -> tuple[list[Row], float] | None:
    """Rows in which every name begins its turn, and where the text begins; None where no names stand beside the text.

    A name may stand at the top, in the middle or at the foot of what was said, or run over several lines: where the
    text beside it is parted by gaps, the name belongs to the whole part.

    Args:
        rows: The lines of a page or a column, from top to bottom.
    """
    edge = _edge(rows)
    if edge is None:
        return None
    parts: list[list[tuple[Row, Row]]] = []
    steps = [above[0].bottom - below[0].bottom for above, below in itertools.pairwise(rows)]
    usual = median(steps)
    for place, row in enumerate(rows):
        beside = [word for word in row if word.right < edge]
        text = [word for word in row if word.right >= edge]
        if not place or steps[place - 1] > _PARTED * usual:
            parts.append([])
        parts[-1].append((beside, text))
    laid: list[Row] = []
    for part in parts:
        for names, texts in _turns(part):
            first = texts[0] if texts else []
            laid += [row for row in ([*names, *first], *texts[1:]) if row]
    return laid, edge


def _turns(part: list[tuple[Row, Row]]) -> list[tuple[Row, list[Row]]]:
    """The names and lines of each turn of a part that no gap parts."""
    ended = [names for names, _ in part if names and names[-1].text.endswith(_ENDS)]
    if len(ended) < 2:  # one name, on one line or several
        return [([word for names, _ in part for word in names], [text for _, text in part if text])]
    turns: list[tuple[Row, list[Row]]] = [([], [])]
    open_name = False
    for names, text in part:
        if names and not open_name:
            turns.append(([], []))
        turns[-1][0].extend(names)
        if text:
            turns[-1][1].append(text)
        open_name = bool(names) and not names[-1].text.endswith(_ENDS)
    return [turn for turn in turns if turn[0] or turn[1]]


def _edge(rows: list[Row]) -> float | None:
    """Where the text begins, right of the names."""
    if len(rows) < 2 * _FEWEST:
        return None
    starts: Counter[int] = Counter()
    for row in rows:
        gaps = [row[0], *(b for a, b in itertools.pairwise(row) if b.left - a.right > _GAP * min(a.height, b.height))]
        starts.update({round(word.left / 2) for word in gaps})
    column = starts.most_common(1)[0][0]
    edge = 2.0 * column - 2
    beside = [row for row in rows if row[0].left < edge]
    if starts[column] < _ALIGNED * len(rows) or not _FEWEST <= len(beside) <= _SPARSE * len(rows):
        return None
    return edge if _hang(beside, edge) else None


def _hang(beside: list[Row], edge: float) -> bool:
    """Whether nothing that begins left of the text runs into it: a name may stand on a line without text."""
    return all(not (word.left < edge < word.right) for row in beside for word in row) and all(
        b.left - a.right > _GAP * min(a.height, b.height)
        for row in beside
        for a, b in itertools.pairwise(row)
        if a.left < edge <= b.left
    )
