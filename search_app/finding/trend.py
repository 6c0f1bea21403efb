"""The trend of a search: how many fragments there are by year or month, as columns that lead to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from markupsafe import Markup, escape

from indexer.index.protocol import SearchIndex
from indexer.index.results import Results
from search_app.asking.parameters import Asked
from search_app.asking.periods import Period, edges, on_record
from search_app.shown.addresses import address, parameters
from search_app.shown.collection import Collection
from search_app.shown.dates import BOUNDS
from search_app.shown.page_parts import Link

CALLED = {"mes": ("mes", "meses"), "anio": ("año", "años"), "decenio": ("decenio", "decenios")}
"""What a period of each kind is called, and several."""
HEIGHT = 56
"""Pixels of the tallest column."""
NAMED = 3
"""Periods that are named below the columns of a results page, at most."""
PER_THOUSAND = ("medida", "mil")


class Column(msgspec.Struct, frozen=True):
    """One period of a trend.

    Attributes:
        fragments: How many were found; None where nothing is on record.
        words: On record, whoever said them.
        url: The search bounded to it; None where nothing was found.
    """

    period: Period
    fragments: int | None
    words: int
    url: str | None

    @property
    def rate(self) -> str:
        """Fragments per thousand words, as text; empty where nothing is on record."""
        return rate(self.fragments or 0, self.words)

    @property
    def per_thousand(self) -> float | None:
        """The same as a number."""
        return 1000 * (self.fragments or 0) / self.words if self.words else None


@dataclass(frozen=True, slots=True)
class Trend:
    """A search by period.

    Attributes:
        unit: The kind of period.
        total: Fragments that match in full, each once.
        repeated: How many of them stand in several periods: the day of their mesa is not confirmed.
        measures: What the columns may show.
        views: The same with other searches, and to take away.
    """

    unit: str
    columns: tuple[Column, ...]
    total: int
    repeated: int
    measures: tuple[Link, ...] = ()
    views: tuple[Link, ...] = ()


def trend(asked: Asked, results: Results, index: SearchIndex, collection: Collection, unit: str = "") -> Trend:
    """Count what a search found by period; ``unit`` as in ``on_record``."""
    unit, over, words = on_record(asked, unit, index, collection)
    found = results.timeline(edges(over))
    kept = parameters(pair for pair in asked.pairs() if pair[0] not in BOUNDS)
    before = f"{address('/buscar')}?{kept}{'&' if kept else ''}"
    columns = tuple(
        Column(period, some if some or said else None, said, before + period.written if some else None)
        for period, some, said in zip(over, found.fragments, words, strict=True)
    )
    more = [*(pair for pair in asked.pairs() if pair[0] not in ("orden", "por_pagina")), ("por", unit)]
    measures = (
        Link("fragmentos", asked.address(without=[PER_THOUSAND]), chosen=not asked.per_thousand),
        Link("por mil palabras", asked.address(plus=[PER_THOUSAND]), chosen=asked.per_thousand),
    )
    views = Link("Comparar", address("/comparar", *more)), Link("CSV", address("/comparar", *more, ("formato", "csv")))
    return Trend(unit, columns, results.total_full, found.repeated, measures, views)


def size(fragments: int, words: int, *, per_thousand: bool) -> float:
    """What the length of a bar says."""
    return (1000 * fragments / words if words else 0.0) if per_thousand else float(fragments)


def rate(fragments: int, words: int) -> str:
    """Fragments per thousand words: ``3.25``; empty where there are no words."""
    return f"{1000 * fragments / words:,.2f}" if words else ""


def axis(columns: Sequence[Column], most: int = NAMED) -> list[tuple[float, str]]:
    """The periods that are named below the columns: where each begins, in hundredths of the drawing."""
    step = max(-(-len(columns) // most), 1)
    return [(round(100 * at / len(columns), 1), columns[at].period.short) for at in range(0, len(columns), step)]


def drawn(columns: Sequence[Column], *, per_thousand: bool, longest: float = 0.0) -> Markup:
    """The gaps, and the columns as links, in an SVG whose unit is a column. A link takes the whole height.

    Args:
        columns: Of each period. What was found is seen, however little it is.
        per_thousand: Whether their lengths are per thousand words.
        longest: The largest number that is drawn to this scale; 0 for that of these columns.
    """
    sizes = [size(one.fragments or 0, one.words, per_thousand=per_thousand) for one in columns]
    scale = HEIGHT / (longest or max(sizes, default=0) or 1)
    heights = [max(round(scale * each), 1) for each in sizes]
    gaps = "".join(f"M{at} 0h1v{HEIGHT}h-1z" for at, one in enumerate(columns) if one.fragments is None)
    links = [
        f'<a href="{escape(one.url)}" tabindex="-1"><title>{one.period.label}: {one.fragments:,}'
        f'{f" ({one.rate} por mil)" if one.rate else ""}</title><rect x="{at}" width="1" height="{HEIGHT}"/>'
        f'<path d="M{at} {HEIGHT - heights[at]}h.8v{heights[at]}h-.8"/></a>'
        for at, one in enumerate(columns)
        if one.url
    ]
    return Markup("".join([f'<path class="hueco" d="{gaps}"/>' if gaps else "", *links]))
