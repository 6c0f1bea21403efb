"""Page models of the page of results."""

from dataclasses import dataclass

import msgspec
from markupsafe import Markup

from indexer.index.results import Hit, Results
from search_app.asking.listing import Part
from search_app.asking.spelling import Spelling
from search_app.finding.trend import Trend
from search_app.shown.addresses import Pairs
from search_app.shown.page_parts import Link, Pager


class FacetList(msgspec.Struct, frozen=True):
    """A facet as a quiet list: what is seen at once, chosen ones among it, and what unfolds (``folded``).

    ``rest`` counts the fragments of the values that are not listed, all of which are at the address ``every``.
    ``shared`` is how all of them begin, where that is left out of each.
    """

    name: str
    label: str
    values: tuple[Link, ...]
    rest: int = 0
    folded: tuple[Link, ...] = ()
    every: str = ""
    shared: str = ""


@dataclass(frozen=True, slots=True)
class FacetPage:
    """Every value of one facet in a search, those with most fragments first.

    Attributes:
        label: What the facet is called.
        values: The part that is shown.
        results: The address of the search.
    """

    label: str
    text: str
    values: Part[Link]
    chosen: tuple[Link, ...]
    results: str
    coverage: str
    kept: Pairs


class Item(msgspec.Struct, frozen=True):
    """One result as a page shows it; ``question`` is what it answers, where that matches too."""

    hit: Hit
    place: str
    date: str
    clock: str | None
    extract: Markup
    question: Markup | None
    context: str
    lasting: str
    video: str | None
    video_clock: str | None
    cautions: tuple[str, ...]


class Group(msgspec.Struct, frozen=True):
    """Results that are neighbours in the list and in their mesa; most groups are of one.

    Attributes:
        start: Position of the first in the list, from 0.
        items: In the order of the list.
    """

    start: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ExpansionLine:
    """``PREP = Programa de Resultados Electorales Preliminares``: the topic's address, the search without it."""

    text: str
    url: str
    without: str


@dataclass(frozen=True, slots=True)
class DateForm:
    """From when and until when: the parts (year, month, day) of each bound as it stands, by its parameter.

    Attributes:
        years: The first and the last one on record.
        kept: Parameters that the form keeps.
    """

    bounds: tuple[tuple[str, tuple[str, ...]], ...]
    years: tuple[int, int]
    kept: Pairs


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results page.

    Attributes:
        results: As the index gave them.
        summary: The totals in words.
        coverage: How much of what was asked in has a transcript, in words.
        spelling: What is said of mistyped words.
        expansions: What was searched besides; ``narrow`` is the address without any of it.
        by_words: Where meaning orders it as well: the address of the search that words alone order.
        chosen: Filters in force, each with the address that removes it.
        choices: The people among whom a part of a name leaves the choice.
        instead: What else there is of somebody who does not speak.
        groups: The same, neighbours of one mesa together.
        partial_from: Position in ``items`` from which on all are partial matches, or None.
        alternatives: On an empty page: what to try, with the number of fragments each would give.
        untranscribed: Mesas chosen that have no transcript.
        views: The same search as other pages lay it out; ``files``, ``feed``, ``follow``: to take away.
        kept: Parameters that the search box keeps.
        trend: Where something matches in full.
    """

    text: str
    results: Results
    summary: str
    coverage: str
    notices: tuple[str, ...]
    expansions: tuple[ExpansionLine, ...]
    narrow: str | None
    by_words: str | None
    chosen: tuple[Link, ...]
    choices: tuple[Link, ...]
    instead: tuple[Link, ...]
    facets: tuple[FacetList, ...]
    dates: DateForm
    orders: tuple[Link, ...]
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    partial_from: int | None
    pager: Pager
    alternatives: tuple[Link, ...]
    with_fictitious: Link | None
    untranscribed: tuple[str, ...]
    views: tuple[Link, ...]
    files: tuple[Link, ...]
    feed: str
    follow: str
    kept: tuple[tuple[str, str], ...]
    spelling: Spelling
    trend: Trend | None
