"""Years, months and decades by which what a search finds is counted, and what is on record in each.

A period of which nothing is on record is not one in which nothing was found.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters, Query
from indexer.language.spanish_dates import MONTHS
from search_app.asking.parameters import Asked
from search_app.shown.addresses import Pair, parameters
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.dates import period, period_words
from search_app.shown.formatting import days

UNITS = {"mes": 1, "anio": 12, "decenio": 120}
"""Months of a period of each kind, the finest first."""
MOST = 30
"""Periods side by side, where nobody says of which kind they are to be."""
_DAY, _MONTH = dt.timedelta(days=1), dt.timedelta(days=31)
_EVER = (dt.date.min, dt.date.max)


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a decade, or the part of it that a search left.

    Attributes:
        name: ``2022``, ``2022-03``, ``2020/2029``; with the days where it is a part.
        label: In words.
        short: Where there is little room: ``2022``, ``mar 2022``.
        bounds: The parameters that bound a search to it; ``written`` as they stand in an address.
    """

    name: str
    label: str
    short: str
    first: dt.date
    last: dt.date
    bounds: tuple[Pair, Pair]
    written: str


@lru_cache
def periods(unit: str, first: dt.date, last: dt.date, cut: tuple[dt.date, dt.date] = _EVER) -> tuple[Period, ...]:
    """Every period of a kind between two days; nothing of them is before or after the two days of ``cut``."""
    step = UNITS[unit]
    months = range((first.year * 12 + first.month - 1) // step * step, last.year * 12 + last.month, step)
    return tuple(_period(month, month + step - 1, cut) for month in months)


def _period(first: int, last: int, cut: tuple[dt.date, dt.date]) -> Period:
    """From one month to another, counted from the year 0."""
    whole = (f"{max(first // 12, 1):04}", f"{min(last // 12, 9999):04}")
    if first == last:
        whole = (f"{whole[0]}-{first % 12 + 1:02}",) * 2
    begins, ends = period(whole[0])[0], period(whole[1])[1]
    label = period_words(whole[0]) if whole[0] == whole[1] else f"{whole[0]} a {whole[1]}"
    if begins < cut[0] or ends > cut[1]:
        begins, ends = max(begins, cut[0]), min(ends, cut[1])
        whole, label = (begins.isoformat(), ends.isoformat()), days(begins, ends)
    since, until = whole
    name = since if since == until else f"{since}/{until}"
    month = f"{MONTHS[begins.month - 1][:3]} " if ends - begins < _MONTH else ""
    bounds = ("desde", since), ("hasta", until)
    return Period(name, label, f"{month}{begins.year}", begins, ends, bounds, parameters(bounds))


OnRecord = tuple[str, tuple[Period, ...], tuple[int, ...]]
"""A kind of period, those from the first text on record to the last one, and how many words are on record in each."""


def on_record(asked: Asked, unit: str, index: SearchIndex, collection: Collection) -> OnRecord:
    """What a search is counted by: its filters say what is on record, its dates and years where to begin and to end.

    ``unit`` is one of ``UNITS``; empty for the finest of which there are no more than ``MOST``.
    """
    query = replace(asked.query(), clauses=(), excluded=(), raw="", offset=0, limit=0, facets=())
    if query.filters == Filters() and not query.also:
        return _every_text(index, collection, fictitious=asked.fictitious, unit=unit)
    return _on_record(query, unit, index)


@once_per_edition
def _every_text(index: SearchIndex, _: Collection, *, fictitious: bool, unit: str) -> OnRecord:
    return _on_record(Query(limit=0, facets=(), with_fictitious=fictitious), unit, index)


def _on_record(query: Query, unit: str, index: SearchIndex) -> OnRecord:
    found = index.search(query)
    known = found.timeline(edges(())).days
    if known is None:
        return unit or "anio", (), ()
    filters = [query.filters, *query.also]
    cut = (
        max([_EVER[0], *(f.since for f in filters if f.since)]),
        min([_EVER[1], *(f.until for f in filters if f.until)]),
    )
    years = [year for f in filters for year in f.of("anio") if year.isdecimal() and 0 < int(year) < 10_000]
    first, last = max(known[0], cut[0]), min(known[1], cut[1])
    if years:
        first, last = max(first, dt.date(min(map(int, years)), 1, 1)), min(last, dt.date(max(map(int, years)), 12, 31))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    unit = unit or next((name for name, step in UNITS.items() if months <= MOST * step), "decenio")
    over = periods(unit, first, last, cut) if first <= last else ()
    return unit, over, found.timeline(edges(over)).words()


def edges(over: Sequence[Period]) -> tuple[dt.date, ...]:
    """The first day of each period, and the day after the last one: what an index counts by."""
    return (*(one.first for one in over), over[-1].last + _DAY if over and over[-1].last < _EVER[1] else _EVER[1])
