"""Neighbouring results of one session, grouped into one stretch."""

from collections.abc import Sequence
from itertools import accumulate

from search_app.finding.page_model import Group, Item


def grouped(items: Sequence[Item]) -> tuple[Group, ...]:
    """Consecutive results of one text whose fragments are neighbours.

    Nothing changes places: a result that ranks between two neighbours keeps them apart, a fragment stays before its
    neighbour where it ranks higher, and a partial match is never in one group with a full one.
    """
    groups: list[list[Item]] = []
    for item in items:
        if groups and _joins(item, groups[-1]):
            groups[-1].append(item)
        else:
            groups.append([item])
    starts = accumulate(map(len, groups), initial=0)
    return tuple(Group(start, tuple(group)) for start, group in zip(starts, groups, strict=False))


def _joins(item: Item, group: Sequence[Item]) -> bool:
    hit, first = item.hit, group[0].hit
    if (hit.page, hit.full, hit.passage.kind) != (first.page, first.full, first.passage.kind):
        return False
    orders = [other.hit.passage.order for other in group]
    return hit.passage.order in (min(orders) - 1, max(orders) + 1)
