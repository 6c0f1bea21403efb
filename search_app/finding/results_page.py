"""Search results laid out as a page: totals, notices, results with snippets."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase
from indexer.index.results import Hit, Results
from search_app.asking.filters_in_force import coverage_asked_in, in_force, people_meant, people_notices, person_choices
from search_app.asking.marking import carried
from search_app.asking.parameters import NOT_BY_MEANING, Asked
from search_app.asking.questions import of_nobody, of_somebody, unquoted
from search_app.asking.spelling import corrected_text, searched_instead, spelling
from search_app.finding.expansions import expansion_lines
from search_app.finding.facets import date_form, elsewhere, facet_lists, files, orders, other_views
from search_app.finding.grouping import grouped
from search_app.finding.no_results import alternatives, instead_of_nobody, untranscribed, with_fictitious
from search_app.finding.page_model import Item, SearchPage
from search_app.finding.trend import trend
from search_app.shown.addresses import anchor_address, fragment_address
from search_app.shown.collection import Collection, hit_title
from search_app.shown.dates import brief_date
from search_app.shown.edition_notice import changed
from search_app.shown.formatting import clock, count, snippet
from search_app.shown.page_parts import Pager
from search_app.shown.video import video_link

NOT_IN_THESE_WORDS = ". No hay nada con esas palabras; se buscaron las diga quien las diga"
QUESTION_WIDTH = 140
"""Characters of the question above its answer."""


def answered(asked: Asked, index: SearchIndex) -> tuple[Asked, Results]:
    """What a search gives: a question by what it asks for, one whose quotes nothing answers without them."""
    meant = understood = of_somebody(asked, index)
    results = index.search((meant or asked).query())
    spelled = None if meant else corrected_text(asked, results)
    if spelled and (understood := of_somebody(asked, index, spelled)):  # the name itself was mistyped
        meant = understood = replace(understood, notices=(*asked.notices, searched_instead(results)))
        results = index.search(meant.query())
    for other in (asked if meant else None, unquoted(asked)):
        if other is not None and not (results.total_full or results.total_partial):
            again = index.search(other.query())
            if again.total_full or again.total_partial or other is asked:
                meant, results = other, again
    if understood and meant is asked and understood.reading:
        asked = replace(asked, notices=(*asked.notices, f"{understood.reading.told}{NOT_IN_THESE_WORDS}"))
    else:
        asked = meant or asked
    return replace(asked, people=people_meant(asked, index) or of_nobody(asked, index)), results


def search_page(asked: Asked, results: Results, index: SearchIndex, collection: Collection) -> SearchPage:
    """Lay out what a search found."""
    total = results.total_full + results.total_partial
    searched = corrected_text(asked, results) or asked.text
    along = carried(asked)
    choices = person_choices(asked)
    labels = _labels(results) if asked.chosen else {}
    items = tuple(item(hit, searched, collection, along) for hit in results.hits)
    partial = sum(hit.full for hit in results.hits)
    parted = not any(hit.full for hit in results.hits[partial:]) and partial < len(items)
    return SearchPage(
        text=asked.text,
        results=results,
        summary=summary(asked, results),
        coverage=coverage_asked_in(asked, collection),
        notices=tuple(
            notice.rstrip(".")
            for notice in (
                *asked.searched.notices,
                *asked.notices,
                *(() if choices else people_notices(asked)),
                *results.notices,
                *changed(asked.edition, collection.catalogue.edition),
            )
        ),
        expansions=expansion_lines(asked, results, collection),
        narrow=asked.address(plus=[("ampliar", "no")]) if asked.expand else None,
        by_words=asked.address(plus=[NOT_BY_MEANING]) if results.by_meaning else None,
        chosen=in_force(asked, collection, lambda pair: asked.address(without=[pair]), labels),
        choices=choices,
        instead=instead_of_nobody(asked, index),
        facets=facet_lists(asked, results, collection),
        dates=date_form(asked, collection),
        orders=orders(asked),
        items=items,
        groups=grouped(items),
        partial_from=partial if parted else None,
        pager=Pager.of(asked.page, total, asked.per_page, lambda page: asked.address(page=page)),
        alternatives=alternatives(asked, index, collection) if not total else (),
        with_fictitious=with_fictitious(asked, index) if not total else None,
        untranscribed=untranscribed(asked, collection),
        views=other_views(asked.as_searched()),
        files=files(asked.as_searched()) if total else (),
        feed=elsewhere(asked.as_searched(), "/buscar.atom"),
        follow=elsewhere(asked, "/seguir"),
        kept=tuple(pair for pair in asked.pairs() if pair[0] not in ("q", "corregir", "sin")),
        spelling=spelling(asked, results),
        trend=trend(asked, results, index, collection) if results.total_full else None,
    )


def _labels(results: Results) -> dict[tuple[str, str], str]:
    """What the index calls the values of the facets, by parameter and value."""
    return {
        (facet, value.value): value.label
        for facet, values in results.facets.items()
        for value in values
        if value.value is not None
    }


def item(hit: Hit, text: str, collection: Collection, along: Sequence[tuple[str, str]] = ()) -> Item:
    """One result.

    Args:
        hit: As the index gave it.
        text: What is marked when its page is opened.
        along: The parameters that go along (``carried``).
    """
    passage = hit.passage
    address, second = video_link(hit.session, passage)
    return Item(
        hit=hit,
        place=hit_title(hit.event, hit.session, several=collection.several_events),
        date=brief_date(hit.event, hit.session),
        clock=None if passage.start_s is None else clock(passage.start_s),
        extract=snippet(passage.text, hit.marks),
        question=snippet(asked.passage.text, asked.marks, QUESTION_WIDTH) if (asked := hit.question) else None,
        context=anchor_address(hit.page, passage.number, text, *along),
        lasting=fragment_address(hit.page, passage.number),
        video=address if passage.start_s is not None else None,
        video_clock=None if second is None else clock(second),
        cautions=tuple(short_cautions(hit)),
    )


def short_cautions(hit: Hit) -> list[str]:
    notes = ["Texto ficticio"] if hit.event.fictitious else []
    if hit.passage.own_wording:
        notes.append("Redacción propia, a partir de fuentes")
    elif hit.passage.version == "subtitulos_automaticos":
        notes.append("Subtítulos automáticos")
    if hit.passage.original is not None:
        notes.append("Texto corregido")
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
