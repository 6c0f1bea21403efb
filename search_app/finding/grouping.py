"""Neighbouring results of one session, grouped into one stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search_app.finding.page_model import Group, Item


def grouped(items: Sequence[Item]) -> tuple[Group, ...]:
    """Consecutive results of one text whose fragments are neighbours.

    Nothing changes places: a result that ranks between two neighbours keeps them apart, a fragment stays before its
    neighbour where it ranks higher, and a partial match is never in one group with a full one.
    """
    return tuple(Group(start, tuple(items[start:stop])) for start, stop in _runs(items))


def _runs(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in range(1, len(items) + 1):
        if stop < len(items) and _joins(items[stop], items[start:stop]):
            continue
        yield start, stop
        start = stop


def _joins(item: Item, group: Sequence[Item]) -> bool:
    hit, first = item.hit, group[0].hit
    if (hit.page, hit.full, hit.passage.kind) != (first.page, first.full, first.passage.kind):
        return False
    orders = [other.hit.passage.order for other in group]
    return hit.passage.order in (min(orders) - 1, max(orders) + 1)
