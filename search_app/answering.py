"""Results to the page of results: totals in words, filters, facets, what to try when nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase, Query
from indexer.index.results import FacetValue, Hit, Results
from indexer.model import Event
from search_app.addresses import anchor_address, fragment_address
from search_app.asking import Asked, as_question, read, without_quotes
from search_app.citation import caution
from search_app.collection import Collection, hit_title
from search_app.labels import FACETS, KINDS, ORDERS
from search_app.pages import FacetList, Item, Link, Pager, SearchPage
from search_app.present import clock, count, snippet
from search_app.spelling import corrected_text, spelling
from search_app.video import video_link
from search_app.widening import widened

MOST_REMEDIES = 4
"""Filters that are tried without, each a search of its own."""


def answered(asked: Asked, index: SearchIndex) -> tuple[Asked, Results]:
    """What a search gives. A question whose quotes nothing answers is asked once more, without them."""
    results = index.search(asked.query())
    if not results.total_full and not results.total_partial and (loose := as_question(asked)):
        again = index.search(loose.query())
        if again.total_full or again.total_partial:
            return loose, again
    return asked, results


def search_page(asked: Asked, results: Results, index: SearchIndex, collection: Collection) -> SearchPage:
    """Lay out what was found."""
    total = results.total_full + results.total_partial
    searched = corrected_text(asked, results) or asked.text
    items = tuple(item(hit, searched, collection, asked.widening()) for hit in results.hits)
    partial = sum(hit.full for hit in results.hits)
    parted = not any(hit.full for hit in results.hits[partial:]) and partial < len(items)
    facets = tuple(_facet(name, results.facets.get(name, ()), asked, collection) for name in FACETS)
    return SearchPage(
        text=asked.text,
        results=results,
        summary=summary(asked, results),
        coverage=_coverage(asked, collection),
        notices=tuple(n.rstrip(".") for n in (*asked.searched.notices, *asked.notices, *results.notices)),
        widened=widened(asked, results, collection),
        narrow=asked.address(plus=[("ampliar", "no")]) if asked.expand else None,
        chosen=_chosen(asked, collection, results),
        facets=tuple(facet for facet in facets if facet.values),
        orders=tuple(_order(name, label, asked) for name, label in ORDERS.items()) if asked.parsed.clauses else (),
        items=items,
        partial_from=partial if parted else None,
        pager=pager(asked, total),
        remedies=_remedies(asked, index, collection) if not total else (),
        with_fictitious=_with_fictitious(asked, index) if not total else None,
        kept=tuple(pair for pair in asked.pairs() if pair[0] not in ("q", "corregir", "sin")),
        spelling=spelling(asked, results),
    )


def item(hit: Hit, text: str, collection: Collection, widening: Sequence[tuple[str, str]] = ()) -> Item:
    """One result.

    Args:
        hit: As the index gave it.
        text: What is marked when its page is opened; ``widening`` are the parameters that say with which topics.
    """
    passage = hit.passage
    address, second = video_link(hit.session, passage)
    warning = caution(passage, hit.event)
    return Item(
        hit=hit,
        place=hit_title(hit.event, hit.session, several=collection.several_events),
        kind=KINDS[passage.kind],
        clock=None if passage.start_s is None else clock(passage.start_s),
        speaker=passage.person,
        post=passage.post,
        extract=snippet(passage.text, hit.marks),
        context=anchor_address(hit.page, passage.number, text, *widening),
        lasting=fragment_address(hit.page, passage.number),
        video=address if passage.start_s is not None else None,
        video_clock=None if second is None else clock(second),
        cautions=tuple(_short_cautions(hit)) if warning else (),
    )


def _short_cautions(hit: Hit) -> list[str]:
    notes = ["Texto ficticio"] if hit.event.fictitious else []
    if hit.passage.own_wording:
        notes.append("Redacción propia, a partir de fuentes")
    elif hit.passage.version == "subtitulos_automaticos":
        notes.append("Subtítulos automáticos")
    return notes


def summary(asked: Asked, results: Results) -> str:
    """The totals in words. Without words to look for there is nothing to match in part."""
    full, partial = results.total_full, results.total_partial
    loose = [clause for clause in asked.searched.clauses if not isinstance(clause, Phrase)]
    if not full and not partial:
        return "Ningún fragmento"
    if len(loose) < 2 and not partial:
        return count(full, "fragmento", "fragmentos")
    if not full:
        return f"Ningún fragmento con todas las palabras; {count(partial, 'fragmento', 'fragmentos')} con algunas"
    words = f"{count(full, 'fragmento', 'fragmentos')} con todas las palabras"
    return f"{words}; {count(partial, 'más', 'más')} con algunas" if partial else words


def _coverage(asked: Asked, collection: Collection) -> str:
    """Of what was asked in, how much has a transcript: what is missing is said on every page."""
    named = [value for name, value in asked.chosen if name == "evento"] + list(asked.parsed.filters.event)
    chosen = [event for event in collection.events.values() if event.slug in named]
    events: list[Event] = chosen or [
        event for event in collection.events.values() if asked.fictitious or not event.fictitious
    ]
    return coverage(*collection.transcribed(events))


def coverage(with_transcript: int, total: int) -> str:
    """``1 de 6 mesas con transcripción``."""
    if not total:
        return "Sin mesas todavía"
    if not with_transcript:
        none = "La única mesa no" if total == 1 else f"Ninguna de las {total:,} mesas"
        return f"{none} tiene transcripción todavía"
    return f"{with_transcript:,} de {count(total, 'mesa', 'mesas')} con transcripción"


def _chosen(asked: Asked, collection: Collection, results: Results) -> tuple[Link, ...]:
    """The filters in force, in words, each with the address without it."""
    names = {**FACETS, "desde": "Desde", "hasta": "Hasta"}
    said = {(facet, value.value): value.label for facet, values in results.facets.items() for value in values}
    links = [
        Link(
            f"{names[name]}: {_facet_label(name, value, label, collection)}",
            asked.address(without=[(name, value)]),
        )
        for name, value in asked.chosen
        for label in [said.get((name, value)) or collection.label(name, value)]
    ]
    if asked.fictitious:
        links.append(Link("Con textos ficticios", asked.address(without=[("ficticio", "si")])))
    if not asked.expand:
        links.append(Link("Solo estas palabras", asked.address(without=[("ampliar", "no")])))
    links += [
        Link(f"Sin el tema: {collection.label('tema', topic)}", asked.address(without=[("sin", topic)]))
        for topic in asked.unwanted
    ]
    if not asked.correct:
        links.append(Link("Sin corregir la ortografía", asked.address(without=[("corregir", "no")])))
    return tuple(links)


def _facet_label(name: str, value: str, label: str, collection: Collection) -> str:
    """As the index calls it; events and sessions say when they are fictitious."""
    return collection.marked(label, value.partition("/")[0]) if name in ("evento", "mesa") else label


def _facet(name: str, values: tuple[FacetValue, ...], asked: Asked, collection: Collection) -> FacetList:
    links, rest = [], 0
    for value in values:
        if value.value is None:
            rest += value.count
            continue
        pair = (name, value.value)
        chosen = pair in asked.chosen
        url = asked.address(without=[pair]) if chosen else asked.address(plus=[pair])
        label = _facet_label(name, value.value, value.label, collection)
        links.append(Link(label, url, value.count, chosen))
    return FacetList(name, FACETS[name], tuple(links), rest)


def _order(name: str, label: str, asked: Asked) -> Link:
    current = ("orden", asked.order)
    plus = [("orden", name)] if name != "relevancia" else []
    return Link(label, asked.address(without=[current], plus=plus), chosen=name == asked.order)


def pager(asked: Asked, total: int) -> Pager:
    """Where one is in the list. Past the end, the way back is to the last page."""
    pages = max(1, -(-total // asked.per_page))
    previous = min(asked.page - 1, pages)
    return Pager(
        page=asked.page,
        pages=pages,
        previous=asked.address(page=previous) if asked.page > 1 else None,
        next=asked.address(page=asked.page + 1) if asked.page < pages else None,
    )


def _remedies(asked: Asked, index: SearchIndex, collection: Collection) -> tuple[Link, ...]:
    """What the same search gives without one of its filters; only what gives something."""
    links = []
    for name, value in asked.chosen[:MOST_REMEDIES]:
        shorter = _without(asked, name, value)
        found = _total(index, shorter.query())
        if found:
            label = collection.label(name, value)
            links.append(Link(f"Quitar «{label}»", asked.address(without=[(name, value)]), found))
    if any(isinstance(clause, Phrase) for clause in asked.parsed.clauses):
        loose = read([(name, without_quotes(value) if name == "q" else value) for name, value in asked.pairs()])
        if found := _total(index, loose.query()):
            links.append(Link("Buscar sin comillas", loose.address(), found))
    return tuple(links)


def _without(asked: Asked, name: str, value: str) -> Asked:
    kept = [pair for pair in asked.pairs() if pair != (name, value)]
    return read(kept)


def _with_fictitious(asked: Asked, index: SearchIndex) -> Link | None:
    """The door to the fictitious texts, when only they hold what was looked for."""
    if asked.fictitious or not asked.parsed.clauses:
        return None
    found = _total(index, replace(asked.query(), with_fictitious=True))
    address = asked.address(plus=[("ficticio", "si")])
    return Link("Buscar también en los textos ficticios", address, found) if found else None


def _total(index: SearchIndex, query: Query) -> int:
    results = index.search(replace(query, offset=0, limit=1))
    return results.total_full + results.total_partial
