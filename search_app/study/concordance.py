"""The concordance page (word in context): every occurrence of a search or of one word, one per line, sorted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.errors import QueryRejected
from indexer.index import orders
from indexer.index.company import Line, Lines, LinesAsked
from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase
from indexer.index.results import Hit, Results
from indexer.language.spanish import Token, tokens
from indexer.model import Kind
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.parameters import Asked
from search_app.asking.spelling import Spelling, corrected_text, spelling
from search_app.finding.results_page import short_cautions
from search_app.shown.addresses import Pairs, address, anchor_address, paged_address, search_address
from search_app.shown.collection import Collection, hit_title
from search_app.shown.dates import brief_date
from search_app.shown.formatting import clock, count, listed
from search_app.shown.page_parts import Link, Pager
from search_app.study.lines_file import FORMATS, said_at
from search_app.study.turn_context import WIDTH, Turns
from search_app.study.words_asked import PER_PAGE, WordAsked, first_values, notices, read_search

PATH = "/en-contexto"
SIDE = 3
"""Words of one side by which lines are sorted, where no positions are named."""
ORDERS = {
    "sesiones": "En el orden de las sesiones",
    "izquierda": "Por la palabra anterior",
    "derecha": "Por la palabra siguiente",
    "persona": "Por quien habla",
}
POSITIONS = {
    "c": "lo buscado",
    **{f"i{n}": f"{n}.ª a la izquierda" for n in range(1, 6)},
    **{f"d{n}": f"{n}.ª a la derecha" for n in range(1, 6)},
}
"""What lines can be sorted by, up to ``MOST_POSITIONS`` of them: ``orden=d1,d2,i1``."""
MOST_POSITIONS = 3
_POSITION = re.compile(r"([id])([1-5])|c")


@dataclass(frozen=True, slots=True)
class ConcordanceAsked:
    """What is asked of a concordance.

    Attributes:
        order: One of ``ORDERS``, or positions joined by commas.
    """

    search: Asked
    word: WordAsked
    order: str

    def lines(self) -> LinesAsked:
        """The same, as an index is asked for it."""
        sides = {"izquierda": range(-1, -SIDE - 1, -1), "derecha": range(1, SIDE + 1)}
        keys = sides.get(self.order, ()) if self.order in ORDERS else map(_distance, self.order.split(","))
        word = self.word
        return LinesAsked(word.word, word.unit, word.near, word.rest, tuple(keys), self.order == "persona")

    def state(self) -> list[tuple[str, str]]:
        """All of it but the page and the order, as an address says it."""
        size = self.search.per_page
        sized = [("por_pagina", str(size))] if size != PER_PAGE else []
        return [*self.search.subject(), *self.word.pairs(), *sized]

    def pairs(self) -> list[tuple[str, str]]:
        """The same with the order."""
        return [*self.state(), *([("orden", self.order)] if self.order != "sesiones" else [])]

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return (self.word.word or self.search.text)[:40]

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.search.parsed.clauses or self.word.word)


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One occurrence in its context.

    Attributes:
        left: What stands before the keyword, in three parts where a word of it is told apart: up to that word, the
            word, the rest. Otherwise all of it is the first part.
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
        orders: The orders by one thing.
        sorted_by: The positions in force, as many as there may be; empty where none is.
        kept: Parameters that the forms keep.
        search: The same search among the results.
        files: All lines to take away.
        others: The same search on the other pages about words.
    """

    text: str
    summary: str
    explained: str | None
    coverage: str
    notices: tuple[str, ...]
    spelling: Spelling
    chosen: tuple[Link, ...]
    orders: tuple[Link, ...]
    sorted_by: tuple[str, ...]
    lines: tuple[ConcordanceLine, ...]
    pager: Pager
    kept: tuple[tuple[str, str], ...]
    search: Link
    files: tuple[Link, ...]
    others: tuple[Link, ...]


def read_concordance(pairs: Pairs) -> ConcordanceAsked:
    """What is asked for.

    Raises:
        QueryRejected: As ``asking.read`` does; an order or a word that is none.
    """
    written = [part.strip() for name, value in pairs if name == "orden" for part in value[:300].split(",")]
    order = ",".join(filter(None, written))
    if not order or order in orders.ORDERS:
        order = "sesiones"
    positions = order.split(",")
    if order not in ORDERS and (len(positions) > MOST_POSITIONS or not all(map(_POSITION.fullmatch, positions))):
        raise QueryRejected(
            f"El orden «{order[:40]}» no existe: los órdenes son {listed(ORDERS, 'o')}; o hasta {MOST_POSITIONS} "
            "posiciones con comas: i1 a i5 (a la izquierda), d1 a d5 (a la derecha) y c (lo buscado), como d1,d2,i1"
        )
    return ConcordanceAsked(read_search(pairs), WordAsked.of(first_values(pairs)), order)


def heading(wanted: ConcordanceAsked) -> str:
    """What the lines are of, in words."""
    text, word = wanted.search.text, wanted.word
    return word.in_words(text) if word.word else f"«{text}» en contexto"


def concordance_page(wanted: ConcordanceAsked, index: SearchIndex, collection: Collection) -> ConcordancePage:
    """Lay out one page of the concordance."""
    asked, own = wanted.search, [pair for pair in wanted.pairs() if pair not in wanted.search.pairs()]
    here, turns = wanted.pairs(), Turns(index)
    query = asked.query()
    start = (asked.page - 1) * asked.per_page
    results, found = Results(0, 0, (), {}), Lines(0, 0, 0, lambda _, __: ())
    if wanted.any:
        results = index.search(replace(query, offset=0, limit=0, facets=()))
        found = index.lines(query, wanted.lines())
    marking = wanted.word.word if wanted.word.word and not wanted.word.near else corrected_text(asked, results)
    chosen = in_force(asked, collection, lambda gone: address(PATH, *less(here, gone)))
    if wanted.word.word:
        gone = wanted.word.pairs()
        without = address(PATH, *(pair for pair in here if pair not in gone))
        chosen = (*chosen, Link(wanted.word.in_words(asked.text), without))
    return ConcordancePage(
        text=asked.text,
        summary=_summary(wanted, found),
        explained=_explained(wanted, found, results),
        coverage=coverage_asked_in(asked, collection),
        notices=notices(wanted.any, asked, results),
        spelling=spelling(asked, results, lambda pairs: address(PATH, *pairs, *own)),
        chosen=chosen,
        orders=tuple(
            Link(label, address(PATH, *wanted.state(), ("orden", name)), chosen=name == wanted.order)
            for name, label in ORDERS.items()
        ),
        sorted_by=tuple([*(wanted.order.split(",") if wanted.order not in ORDERS else ()), *[""] * 3][:MOST_POSITIONS]),
        lines=tuple(
            _line(one, wanted, marking or asked.text, turns, collection)
            for one in found.part(start, start + asked.per_page)
        ),
        pager=Pager.of(asked.page, found.total, asked.per_page, lambda page: paged_address(PATH, here, page)),
        kept=tuple(pair for pair in here if pair[0] != "q"),
        search=Link("Ver los fragmentos", search_address(*asked.pairs())),
        files=tuple(Link(form.label, address(PATH, *here, ("formato", name))) for name, form in FORMATS.items()),
        others=others(asked),
    )


def others(asked: Asked, *, here: str = PATH) -> tuple[Link, ...]:
    """A search on the other pages about words."""
    pages = {PATH: "Palabra en contexto", "/compania": "Palabras en compañía", "/claves": "Palabras clave"}
    return tuple(Link(label, address(path, *asked.subject())) for path, label in pages.items() if path != here)


def _distance(position: str) -> int:
    """How many words to the right (below 0: to the left) a position is."""
    return 0 if position == "c" else int(position[1:]) * (1 if position[0] == "d" else -1)


def _summary(wanted: ConcordanceAsked, found: Lines) -> str:
    if not wanted.any:
        return ""
    if not found.total:
        return "Ninguna aparición"
    how_many = count(found.total, "aparición", "apariciones")
    fragments = count(found.fragments, "fragmento", "fragmentos")
    return f"{how_many} en {fragments} de {count(found.sessions, 'mesa o anuncio', 'mesas y anuncios')}"


def _explained(wanted: ConcordanceAsked, found: Lines, results: Results) -> str | None:
    """What is counted, where a reader could take it for something else."""
    if wanted.word.near and not wanted.word.rest:
        return "Cada vez que está esa palabra es una línea, con la aparición más cercana de lo buscado en el centro."
    loose = [clause for clause in wanted.search.parsed.clauses if not isinstance(clause, Phrase)]
    if found.total and len(loose) > 1 and not wanted.word.word:
        return (
            "Cada palabra es una línea, en los fragmentos que las tienen todas; "
            "para una frase seguida, escríbala entre comillas."
        )
    if not found.total and results.total_partial:
        partial = count(results.total_partial, "fragmento tiene", "fragmentos tienen")
        return f"Ningún fragmento tiene todas las palabras; {partial} algunas, y aquí no se cuentan."
    return None


def _line(one: Line, wanted: ConcordanceAsked, marking: str, turns: Turns, collection: Collection) -> ConcordanceLine:
    hit, passage = one.hit, one.hit.passage
    left, right = turns.before(hit, one.start, WIDTH), turns.after(hit, one.end, WIDTH)
    apart = one.beside or next(iter(wanted.lines().keys), 0)
    return ConcordanceLine(
        left=_parted(left, tokens(left)[apart : apart + 1 or None] if apart < 0 else ()),
        keyword=" ".join(passage.text[one.start : one.end].split()),
        right=_parted(right, tokens(right)[apart - 1 : apart] if apart > 0 else ()),
        hit=hit,
        spoken=passage.kind is Kind.TRANSCRIPT,
        place=hit_title(hit.event, hit.session, several=collection.several_events),
        date=brief_date(hit.event, hit.session),
        clock=None if (second := said_at(one)) is None else clock(second),
        url=anchor_address(hit.page, passage.number, marking, *wanted.search.widening()),
        cautions=tuple(short_cautions(hit)),
    )


def _parted(text: str, words: Sequence[Token]) -> tuple[str, str, str]:
    """What stands before a word, the word, what stands behind it; all in the first where there is none."""
    return (text[: words[0].start], words[0].text, text[words[0].end :]) if words else (text, "", "")
