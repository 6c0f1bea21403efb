"""The concordance page (word in context): every occurrence of a search, one per line, sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import QueryRejected
from indexer.index import orders
from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase
from indexer.index.results import Hit, Results
from indexer.language.spanish import Token, tokens
from indexer.model import Kind
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.parameters import Asked, read
from search_app.asking.spelling import Spelling, corrected_text, spelling
from search_app.asking.typed_text import clean
from search_app.finding.results_page import short_cautions
from search_app.shown.addresses import Pairs, address, anchor_address, paged_address, search_address
from search_app.shown.collection import Collection, hit_title
from search_app.shown.dates import brief_date
from search_app.shown.formatting import clock, count, listed, number
from search_app.shown.page_parts import Link, Pager
from search_app.study.occurrences import WIDTH, Found, Occurrence, Turns, arranged, occurrences

PATH = "/en-contexto"
PER_PAGE = 50
ORDERS = {
    "sesiones": "En el orden de las sesiones",
    "izquierda": "Por la palabra anterior",
    "derecha": "Por la palabra siguiente",
    "persona": "Por quien habla",
}


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One occurrence in its context.

    Attributes:
        left: What stands before the keyword, in three parts where lines are sorted by the word next to it: up to that
            word, the word, the rest. Otherwise all of it is the first part.
        keyword: As written.
        right: What stands behind it, in the same way.
        hit: Where it was found.
        spoken: Whether it is of a transcript.
        place: Mesa or event.
        clock: When it is said.
        url: Where the fragment stands marked on its page.
    """

    left: tuple[str, str, str]
    keyword: str
    right: tuple[str, str, str]
    hit: Hit
    spoken: bool
    place: str
    date: str
    clock: str | None
    url: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """The page of a concordance.

    Attributes:
        summary: Totals in words; empty where nothing was asked for.
        explained: What is counted, where that is not plain.
        chosen: Filters in force, each with the address without it.
        kept: Parameters that the form keeps.
        search: The same search among the results.
    """

    text: str
    summary: str
    explained: str | None
    coverage: str
    notices: tuple[str, ...]
    spelling: Spelling
    chosen: tuple[Link, ...]
    orders: tuple[Link, ...]
    lines: tuple[ConcordanceLine, ...]
    pager: Pager
    kept: tuple[tuple[str, str], ...]
    search: Link | None


def read_concordance(pairs: Pairs) -> tuple[Asked, str]:
    """What is asked for, and the order of the lines.

    Raises:
        QueryRejected: As ``asking.read`` does; an order that does not exist.
    """
    wanted = next((value for name, value in pairs if name == "orden" and value.strip()), "")
    order = clean(wanted[:300])
    if not order or order in orders.ORDERS:
        order = "sesiones"
    if order not in ORDERS:
        names = listed(list(ORDERS), "o")
        raise QueryRejected(f"El orden «{order[:40]}» no existe: los órdenes son {names}")
    rest = [pair for pair in pairs if pair[0] != "orden"]
    if not any(name == "por_pagina" and value.strip() for name, value in rest):
        rest.append(("por_pagina", str(PER_PAGE)))
    return read(rest), order


def concordance_page(asked: Asked, order: str, index: SearchIndex, collection: Collection) -> ConcordancePage:
    """Lay out one page of the concordance."""
    own = [("orden", order)] if order != "sesiones" else []
    size = [("por_pagina", str(asked.per_page))] if asked.per_page != PER_PAGE else []
    text = [("q", asked.text)] if asked.text else []
    here = [*text, *asked.state(), *own, *size]
    turns = Turns(index)
    start = (asked.page - 1) * asked.per_page
    if not asked.parsed.clauses:
        found = Found((), 0, 0, False, Results(0, 0, (), {}))
        shown: Sequence[Occurrence] = ()
    elif order == "sesiones":
        found = occurrences(index, asked.query(), start, asked.per_page)
        shown = found.occurrences
    else:
        found = occurrences(index, asked.query())
        shown = arranged(found.occurrences, order, turns)[start : start + asked.per_page]
    marking = corrected_text(asked, found.results) or asked.text
    return ConcordancePage(
        text=asked.text,
        summary=_summary(asked, found),
        explained=_explained(asked, found),
        coverage=coverage_asked_in(asked, collection),
        notices=tuple(n.rstrip(".") for n in (*asked.parsed.notices, *asked.notices, *found.results.notices)),
        spelling=spelling(asked, found.results, lambda pairs: address(PATH, *pairs, *own)),
        chosen=in_force(asked, collection, lambda gone: address(PATH, *less(here, gone))),
        orders=tuple(_order(name, label, order, [*text, *asked.state(), *size]) for name, label in ORDERS.items()),
        lines=tuple(_line(one, order, marking, asked, turns, collection) for one in shown),
        pager=Pager.of(asked.page, found.total, asked.per_page, lambda page: paged_address(PATH, here, page)),
        kept=(*asked.state(), *own, *size),
        search=Link("Ver los fragmentos", search_address(*text, *asked.state())) if asked.text else None,
    )


def _summary(asked: Asked, found: Found) -> str:
    if not asked.parsed.clauses:
        return ""
    if found.more:
        fragments = count(found.results.total_full, "fragmento", "fragmentos")
        return f"Más de {number(found.total)} apariciones, en {fragments}"
    if not found.total:
        return "Ninguna aparición"
    how_many = count(found.total, "aparición", "apariciones")
    return f"{how_many} en {count(found.fragments, 'fragmento', 'fragmentos')}"


def _explained(asked: Asked, found: Found) -> str | None:
    """What is counted, where a reader could take it for something else."""
    loose = [clause for clause in asked.parsed.clauses if not isinstance(clause, Phrase)]
    if found.more:
        return (
            f"Se ordenan y se muestran las primeras {number(found.total)} en el orden de las sesiones; "
            "para ver las demás, elija una mesa, una persona o unas fechas."
        )
    if found.total and len(loose) > 1:
        return (
            "Cada palabra es una línea, en los fragmentos que las tienen todas; "
            "para una frase seguida, escríbala entre comillas."
        )
    if not found.total and found.results.total_partial:
        partial = count(found.results.total_partial, "fragmento tiene", "fragmentos tienen")
        return f"Ningún fragmento tiene todas las palabras; {partial} algunas, y aquí no se cuentan."
    return None


def _order(name: str, label: str, current: str, pairs: list[tuple[str, str]]) -> Link:
    return Link(label, address(PATH, *pairs, ("orden", name)), chosen=name == current)


def _line(
    one: Occurrence, order: str, marking: str, asked: Asked, turns: Turns, collection: Collection
) -> ConcordanceLine:
    hit, passage = one.hit, one.hit.passage
    left, right = turns.before(hit, one.start, WIDTH), turns.after(hit, one.end, WIDTH)
    said_at = max((second for offset, second in passage.cues if offset <= one.start), default=passage.start_s)
    return ConcordanceLine(
        left=_parted(left, tokens(left)[-1:] if order == "izquierda" else ()),
        keyword=" ".join(passage.text[one.start : one.end].split()),
        right=_parted(right, tokens(right)[:1] if order == "derecha" else ()),
        hit=hit,
        spoken=passage.kind is Kind.TRANSCRIPT,
        place=hit_title(hit.event, hit.session, several=collection.several_events),
        date=brief_date(hit.event, hit.session),
        clock=None if said_at is None else clock(said_at),
        url=anchor_address(hit.page, passage.number, marking, *asked.widening()),
        cautions=tuple(short_cautions(hit)),
    )


def _parted(text: str, words: Sequence[Token]) -> tuple[str, str, str]:
    """What stands before a word, the word, what stands behind it; all in the first where there is none."""
    return (text[: words[0].start], words[0].text, text[words[0].end :]) if words else (text, "", "")
