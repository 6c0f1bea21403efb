"""Counts by period: passages to their pages, pages to the days that they may be of."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from indexer.engines.ranking.arrays import Integers
from indexer.engines.ranking.passages import Passages
from indexer.index.results import Timeline


def timeline(passages: Passages, fragments: Integers, periods: Sequence[dt.date]) -> Timeline:
    """Count passages, and the words in them, by period (``Results.timeline``).

    A page counts in each period from that of its first day to that of its last one. So many pages began by a period,
    so many had ended before it: their difference is the count, and no period is walked.
    """
    starts = np.array([day.toordinal() for day in periods])
    pages, size = passages.page[fragments], passages.first_day.size
    count = np.bincount(pages, minlength=size)
    there = count.nonzero()[0]
    if not there.size:
        return Timeline((0,) * (len(periods) - 1), lambda: (0,) * (len(periods) - 1))
    days = passages.first_day[there], passages.last_day[there]
    # Before the first period is 0, after the last one its number and one more.
    first, last = (starts.searchsorted(day, side="right") for day in days)

    def by_period(numbers: Integers) -> tuple[int, ...]:
        begun, ended = (np.bincount(at, numbers, len(periods) + 1) for at in (first, last))
        found = begun.cumsum() - ended.cumsum() + ended
        return tuple(found[1 : len(periods)].astype(np.int64).tolist())

    several = np.minimum(last, len(periods) - 1) > np.maximum(first, 1)
    return Timeline(
        by_period(count[there]),
        lambda: by_period(np.bincount(pages, passages.words[fragments], size)[there]),
        int(count[there][several].sum()),
        (dt.date.fromordinal(int(days[0].min())), dt.date.fromordinal(int(days[1].max()))),
    )
