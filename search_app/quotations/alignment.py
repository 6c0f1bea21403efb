"""The alignment of a quotation's words with a stretch of a text, with the fewest changes.

The quotation is aligned whole, the text freely at both ends; where the quotation leaves something out, the text may go
on for free. Rows of the table are computed at once (numpy), so that a quotation of 900 words takes milliseconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np
import numpy.typing as npt

from indexer.language.spanish import fold

Step = Literal["igual", "cambia", "falta", "sobra", "omite"]
"""Of one word: the same; another one; in the text alone; in the quotation alone; left out by ``[…]``."""
Integers = npt.NDArray[np.int32]

_EDITS = frozenset[Step](("cambia", "falta", "sobra"))
_LACKING = 4
_TOO_MUCH = 5
_OTHER = 5
_ACCENT = 2
"""Costs of a word that the text alone has, that the quotation alone has, that is another one, that differs by its
accents. A word that was left out is the likeliest: "Yo dije" lacks the "nunca" of "Yo nunca dije", "Yo" is there."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """One place in the text where the quotation stands, or nearly so.

    Attributes:
        steps: ``(step, word of the quotation, word of the text)``, in order; the index of the next word where a
            side has none.
        start, end: Words of the text that it covers.
    """

    steps: tuple[tuple[Step, int, int], ...]
    start: int
    end: int

    @property
    def edits(self) -> int:
        """Number of words that differ."""
        return sum(step in _EDITS for step, _, _ in self.steps)


def align(
    quoted: Sequence[str], cuts: frozenset[int], text: Sequence[str], most_edits: int, most: int
) -> list[Alignment]:
    """The places where a quotation stands with at most so many edits, the best first; none overlaps another.

    Args:
        cuts: Indexes of those before which something was left out.
        most_edits, most: Edits of a place; places.
    """
    if not quoted or not text:
        return []
    if not most_edits and not cuts:
        return list(islice(_same(list(quoted), list(text)), most))
    table = _Table(quoted, cuts, text)
    last = table.rows[-1] + table.steps
    found: list[Alignment] = []
    covered, closed = (np.zeros(len(text) + 1, dtype=np.bool_) for _ in range(2))
    near = np.flatnonzero(last <= _TOO_MUCH * most_edits)
    for end in near[np.argsort(last[near], kind="stable")].tolist():
        if len(found) == most:
            break
        if closed[end]:
            continue
        start, edits = table.reached(end)
        if edits > most_edits or end <= start or covered[start + 1 : end + 1].any():
            continue
        found.append(Alignment(tuple(table.back(end))[::-1], start, end))
        covered[start + 1 : end + 1] = True
        # What ends a little later must overlap: another place takes at least so many words.
        closed[start + 1 : end + max(1, len(quoted) - most_edits)] = True
    return found


def _same(quoted: list[str], text: list[str]) -> Iterator[Alignment]:
    """The places where the words are the same, from the first on."""
    size, free = len(quoted), 0
    for at, form in enumerate(text):
        if form == quoted[0] and at >= free and text[at : at + size] == quoted:
            yield Alignment(tuple(("igual", index, at + index) for index in range(size)), at, at + size)
            free = at + size


class _Table:
    """The costs of every beginning of the quotation at every word of the text.

    Each is kept less what the words of the text up to there would cost (``steps``), so that what the text alone has
    costs nothing: a row then takes four operations.
    """

    def __init__(self, quoted: Sequence[str], cuts: frozenset[int], text: Sequence[str]) -> None:
        ids: dict[str, int] = {}
        folded: dict[str, int] = {}
        self.quoted = [ids.setdefault(form, len(ids)) for form in quoted]
        self._quoted_folded = [folded.setdefault(fold(form), len(folded)) for form in quoted]
        self.text = np.fromiter((ids.get(form, -1) for form in text), dtype=np.int32, count=len(text))
        text_folded = np.fromiter((folded.get(fold(form), -1) for form in text), dtype=np.int32, count=len(text))
        self.steps: Integers = np.arange(len(text) + 1, dtype=np.int32) * _LACKING
        row: Integers = -self.steps
        self.rows: list[Integers] = [row]
        self.before_cut: dict[int, Integers] = {}
        self._costs: dict[int, Integers] = {}
        self._reached: dict[tuple[int, int], tuple[int, int]] = {}
        for index, (word, bare) in enumerate(zip(self.quoted, self._quoted_folded, strict=True)):
            if index in cuts:
                self.before_cut[index] = row
                row = self.rows[-1] = np.minimum.accumulate(row + self.steps) - self.steps
            cost = self._costs.get(word)
            if cost is None:
                cost = np.full(len(text), _OTHER, dtype=np.int32)
                cost[text_folded == bare] = _ACCENT
                cost[self.text == word] = 0
                cost -= _LACKING
                self._costs[word] = cost
            best = row + _TOO_MUCH
            np.minimum(best[1:], row[:-1] + cost, out=best[1:])
            row = np.minimum.accumulate(best)
            self.rows.append(row)

    def reached(self, end: int) -> tuple[int, int]:
        """Where the alignment that ends there starts, and its edits. Two that meet go on as one, walked once."""
        passed: list[tuple[tuple[int, int], int]] = []
        edits, start, rest = 0, end, 0
        for step, row, start in self.back(end):
            edits += step in _EDITS
            if row not in self.before_cut:
                if known := self._reached.get((row, start)):
                    start, rest = known
                    break
                passed.append(((row, start), edits))
        self._reached.update((at, (start, edits + rest - before)) for at, before in passed)
        return start, edits + rest

    def back(self, end: int) -> Iterator[tuple[Step, int, int]]:
        """The steps of the alignment that ends there, the last one first."""
        row, column = len(self.quoted), end
        while row > 0:
            below = self.rows[row] if row not in self.before_cut else self.before_cut[row]
            above = self.rows[row - 1]
            cost = int(below[column])
            if column and above[column - 1] + (paid := int(self._costs[self.quoted[row - 1]][column - 1])) == cost:
                row, column = row - 1, column - 1
                yield ("igual" if paid == -_LACKING else "cambia"), row, column
            elif above[column] + _TOO_MUCH == cost:
                row -= 1
                yield "sobra", row, column
            else:
                column -= 1
                yield "falta", row, column
                continue
            if row in self.before_cut:
                before = self.before_cut[row] + self.steps
                here = self.rows[row][column] + self.steps[column]
                while before[column] != here:
                    column -= 1
                    yield "omite", row, column
