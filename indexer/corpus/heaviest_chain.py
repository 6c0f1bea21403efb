"""Finds the heaviest chain of links between two orders, by dynamic programming over a Fenwick tree.

O(k log k) for k candidate links. Greedy matching, as in difflib, loses links: of ``No. No. Sí.`` in ``No. Sí. No. Sí.``
it keeps two.
"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple


class Candidate(NamedTuple):
    """A link that a chain may take: old ordinal, span in the new order, weight."""

    row: int
    start: int
    end: int
    weight: int


def chain(candidates: Iterable[Candidate], beside: int = 0) -> list[Candidate]:
    """The heaviest set of candidates that goes forward in both orders, without overlaps.

    ``beside`` is the extra weight of a link whose old neighbour stands right before it in the new text too.
    """
    ordered = sorted(candidates)
    ends = sorted({candidate.end for candidate in ordered})
    tree = [(0, -1)] * (len(ends) + 1)
    scores: list[int] = []
    before: list[int] = []
    last: dict[tuple[int, int], int] = {}
    place = 0
    while place < len(ordered):
        row, first = ordered[place].row, place
        while place < len(ordered) and ordered[place].row == row:
            score, link = _best(tree, bisect_left(ends, ordered[place].start + 1))
            neighbour = last.get((row - 1, ordered[place].start))
            if neighbour is not None and scores[neighbour] + beside >= score:
                score, link = scores[neighbour] + beside, neighbour
            scores.append(score + ordered[place].weight)
            before.append(link)
            place += 1
        for index in range(first, place):
            end = ordered[index].end
            known = last.get((row, end))
            if known is None or scores[known] < scores[index]:
                last[row, end] = index
            _raise(tree, bisect_left(ends, end) + 1, (scores[index], index))
    _, link = _best(tree, len(ends))
    found: list[Candidate] = []
    while link >= 0:
        found.append(ordered[link])
        link = before[link]
    return found[::-1]


def _best(tree: list[tuple[int, int]], place: int) -> tuple[int, int]:
    best = (0, -1)
    while place > 0:
        if tree[place][0] > best[0]:
            best = tree[place]
        place &= place - 1
    return best


def _raise(tree: list[tuple[int, int]], place: int, value: tuple[int, int]) -> None:
    while place < len(tree):
        if value[0] > tree[place][0]:
            tree[place] = value
        place += place & -place
