"""Facets, orders of results, and links to other views of one search."""

from collections.abc import Iterable
from dataclasses import replace
from os.path import commonprefix

from msgspec import structs

from indexer.index.facets import FACETS, Means
from indexer.index.orders import CHRONOLOGICAL, ORDERS, RANKED
from indexer.index.protocol import SearchIndex
from indexer.index.results import FacetValue, Results
from indexer.model import PageId
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.listing import ListAsked, names_of
from search_app.asking.parameters import Asked
from search_app.finding.page_model import DateForm, FacetList, FacetPage
from search_app.shown.addresses import Pairs, address, parameters, quoted
from search_app.shown.collection import Collection, mesa_title
from search_app.shown.dates import BOUNDS
from search_app.shown.page_parts import Link

SHOWN_AT_ONCE = 8
"""Values of a facet that are seen before it is unfolded, beside those that are chosen."""
WORTH_SAYING_ONCE = 20
"""Letters with which all values of a facet begin, from which on they are said once: their ends tell them apart."""


class Variants:
    """The addresses of a search with one parameter more or less: a page has 60 or more, so they are written once."""

    def __init__(self, asked: Asked) -> None:
        self._written = [(pair, parameters([pair])) for pair in asked.pairs()]
        self._all = "&".join(written for _, written in self._written)
        self._at = address("/buscar")

    def without(self, gone: tuple[str, str]) -> str:
        """The first page of the search without a parameter."""
        kept = "&".join(written for pair, written in self._written if pair != gone)
        return f"{self._at}?{kept}" if kept else self._at

    def before(self, name: str) -> str:
        """The first page of the search with a parameter more, up to its value; names are plain words."""
        return f"{self._at}?{self._all}{'&' if self._all else ''}{name}="


def facet_lists(asked: Asked, results: Results, collection: Collection) -> tuple[FacetList, ...]:
    """The facets that have anything to choose."""
    variants, chosen = Variants(asked), asked.chosen
    lists = (_facet(name, results.facets.get(name, ()), chosen, variants, collection) for name in FACETS)
    return tuple(facet for facet in lists if facet.values)


def _facet(
    name: str, values: Iterable[FacetValue], chosen: Pairs, variants: Variants, collection: Collection
) -> FacetList:
    first: list[Link] = []
    folded: list[Link] = []
    rest, before, facet = 0, variants.before(name), FACETS[name]
    own = {value for key, value in chosen if key == name}
    if facet.newest_first:
        values = sorted(values, key=lambda value: value.value or "", reverse=True)
    for at, value in enumerate(values):
        if value.value is None:
            rest += value.count
            continue
        held = value.value in own
        url = variants.without((name, value.value)) if held else before + quoted(value.value)
        marked = facet.of_page or facet.means is Means.PERSON
        text = collection.shown(name, value.value, value.label) if marked else value.label
        link = Link(text, url, value.count, held)
        (first if held or at < SHOWN_AT_ONCE else folded).append(link)
    if len(folded) == 1 and not rest:
        first, folded = [*first, *folded], []  # one line to unfold one line
    texts = [link.text for link in (*first, *folded)]
    shared = commonprefix(texts).rpartition(" ")[0] if facet.of_page and len(texts) > 1 else ""  # noqa: RUF071 (no paths)
    if (cut := len(shared)) < WORTH_SAYING_ONCE:
        shared = ""
    else:
        first, folded = ([structs.replace(one, text=f"…{one.text[cut:]}") for one in part] for part in (first, folded))
    return FacetList(name, facet.label, tuple(first), rest, tuple(folded), variants.before("lista") + name, shared)


def facet_page(asked: Asked, name: str, contains: str, index: SearchIndex, collection: Collection) -> FacetPage:
    """Every value of a facet, counted as beside the results: without its own filter, partial matches too."""
    others = {facet: values for facet, values in asked.filters.values.items() if facet != name}
    query = replace(asked.query(), filters=replace(asked.filters, values=others))
    found = index.counted(query, name, partial=True).values
    places = [at for at in range(len(found)) if found.values[at] is not None]
    places.sort(key=found.fragments.__getitem__, reverse=True)
    variants, chosen = Variants(asked), set(asked.chosen)

    def link(at: int) -> Link:
        pair = name, found.values[places[at]] or ""
        url = variants.without(pair) if pair in chosen else variants.before(name) + quoted(pair[1])
        label = found.row(places[at]).label
        if FACETS[name].means is Means.SESSION:
            label = mesa_title(PageId.parse(pair[1]), collection)
        return Link(collection.shown(*pair, label), url, found.fragments[places[at]], pair in chosen)

    kept = asked.pairs()
    listing = ListAsked("/buscar", kept, asked.page, contains, name)
    values = listing.part(
        len(places),
        link,
        ("valor", "valores"),
        lambda: names_of(name, [found.values[at] for at in places], index, collection),
        of=name,
    )
    return FacetPage(
        label=FACETS[name].label,
        text=asked.text,
        values=values,
        chosen=in_force(asked, collection, lambda gone: address("/buscar", *less(kept, gone), ("lista", name))),
        results=asked.address(),
        coverage=coverage_asked_in(asked, collection),
        kept=tuple(pair for pair in kept if pair[0] != "q"),
    )


def date_form(asked: Asked, collection: Collection) -> DateForm:
    """The form of the two dates, filled in as they were asked for."""
    said = dict(pair for pair in asked.chosen if pair[0] in BOUNDS)
    return DateForm(
        bounds=tuple((name, (*said.get(name, "").split("-"), "", "")[:3]) for name in BOUNDS),
        years=collection.years,
        kept=[pair for pair in asked.pairs() if pair[0] not in BOUNDS],
    )


def orders(asked: Asked) -> tuple[Link, ...]:
    """Every order of the results; without words to rank by, those by time."""
    ranked = bool(asked.parsed.clauses)
    chosen = CHRONOLOGICAL if asked.order == RANKED and not ranked else asked.order
    current = ("orden", asked.order)
    return tuple(
        Link(
            order.label,
            asked.address(without=[current], plus=[("orden", name)] if name != RANKED else []),
            chosen=name == chosen,
        )
        for name, order in ORDERS.items()
        if ranked or name != RANKED
    )


def other_views(asked: Asked) -> tuple[Link, ...]:
    """The same search as a concordance, and beside other words."""
    views = (("Palabra en contexto", "/en-contexto"), ("Comparar", "/comparar")) if asked.parsed.clauses else ()
    return tuple(Link(text, elsewhere(asked, path)) for text, path in views)


def files(asked: Asked) -> tuple[Link, ...]:
    """The same search to take away."""
    tables = (Link(name.upper(), elsewhere(asked, "/exportar", ("formato", name))) for name in ("csv", "json"))
    return (*tables, Link("Word, citas y otros", elsewhere(asked, "/exportar")))


def elsewhere(asked: Asked, path: str, *more: tuple[str, str]) -> str:
    """Another page about the same search: its text and filters, not how its results are laid out."""
    pairs = [pair for pair in asked.pairs() if pair[0] not in ("orden", "por_pagina")]
    if more and not pairs:
        pairs = [("q", "")]
    return address(path, *pairs, *more)
