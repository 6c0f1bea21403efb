"""The comparison page: how often terms occur by session, day, person or entity, and per thousand words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import QueryRejected
from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.index.results import Counted, Results
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.listing import ListAsked, Part, contained
from search_app.asking.parameters import MOST_VALUES, Asked, read
from search_app.asking.spelling import spelling
from search_app.asking.typed_text import clean
from search_app.shown.addresses import Pair, Pairs, address, search_address
from search_app.shown.collection import Collection
from search_app.shown.formatting import count
from search_app.shown.page_parts import Link
from search_app.study.bar_chart import Chart, Value, chart
from search_app.study.comparison_rows import DAY, Cell, Row, Rows, rate, row_names, rows_of, texts

PATH = "/comparar"
MOST_TERMS = 4
ROWS = 20
"""Rows of a page."""
LETTERS = "ABCD"
MEASURES = {"fragmentos": "Fragmentos", "mil": "Fragmentos por cada 1,000 palabras"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be compared.

    Attributes:
        asked: A search for each term, with the same filters; without a term, the filters alone.
        terms: How many there are.
        contains: What the rows must contain.
        notices: What was left out.
    """

    asked: tuple[Asked, ...]
    terms: int
    by: str
    measure: str
    contains: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One of the searches that are compared.

    Attributes:
        letter: A to D: what its bars and columns are told apart by, beside their pattern.
        place: From 1: which pattern.
        label: In words.
        url: Its fragments.
        total: How many there are.
        rate: Fragments a thousand words, of all that was counted; empty where there are no words.
    """

    letter: str
    place: int
    label: str
    url: str
    total: int
    rate: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """The page of a comparison.

    Attributes:
        terms: What is compared; ``texts`` are the boxes of the form, empty ones included.
        bys, measures: What rows can be and what is counted; the choices that are in force are marked.
        words: Of everything that was counted in.
        kept: Parameters that the form keeps.
        as_typed: The same without corrections, where there were any.
        only_said: The same in transcripts alone; None where that is asked for or there is nothing else.
        part: The rows that are shown, of all.
        missing: What a row without an address is, in words; None where every cell has its address.
    """

    terms: tuple[Term, ...]
    texts: tuple[str, ...]
    bys: tuple[Link, ...]
    measures: tuple[Link, ...]
    heading: str
    words: int
    chart: Chart | None
    coverage: str
    notices: tuple[str, ...]
    chosen: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...]
    as_typed: str | None
    only_said: str | None
    missing: str | None
    part: Part[Row]


def rows_offered() -> dict[str, str]:
    """What rows can be, with what pages call it: the facets that say so, and days."""
    mesa, *others = ((facet.name, facet.rows) for facet in FACETS.values() if facet.rows)
    return dict([mesa, (DAY, "Por día"), *others])


def read_comparison(pairs: Pairs) -> Comparison:
    """Read the parameters.

    Raises:
        QueryRejected: As ``asking.read`` does; a ``por`` or a ``medida`` that does not exist.
    """
    texts = dict.fromkeys(text for name, value in pairs if name == "q" and (text := value.strip()))
    rest = [pair for pair in pairs if pair[0] not in ("q", "orden", "por_pagina")]
    asked: dict[str, Asked] = {}
    for text in texts:
        one = read([("q", text), *rest])
        asked.setdefault(one.text, one)
    # A text that holds nothing to read is none.
    found = [one for text, one in asked.items() if text]
    beyond = [f"«{one.text}»" for one in found[MOST_TERMS:]]
    notices = (
        [f"Se comparan {MOST_TERMS} búsquedas, a lo sumo: quedó fuera {', '.join(beyond[:MOST_TERMS])}"]
        if beyond
        else []
    )
    return Comparison(
        asked=tuple(found[:MOST_TERMS]) or (read(rest),),
        terms=min(len(found), MOST_TERMS),
        by=_choice("por", pairs, rows_offered(), "mesa"),
        measure=_choice("medida", pairs, MEASURES, "fragmentos"),
        contains=contained(pairs),
        notices=tuple(notices),
    )


def comparison_page(comparison: Comparison, index: SearchIndex, collection: Collection) -> ComparisonPage:
    """Count, and lay out."""
    asked = comparison.asked[0]
    terms = comparison.asked[: comparison.terms]
    facet = "mesa" if comparison.by == DAY else comparison.by
    every = texts(comparison.by, asked, index, collection)
    counted = [index.counted(one.query(), facet) for one in terms]
    both = list(zip(terms, counted, strict=True))
    rows = rows_of(comparison.by, every, both, index, collection)
    typed = [("q", one.text) for one in terms]
    words = every.counted.total.words
    own: list[Pair] = [] if comparison.by == "mesa" else [("por", comparison.by)]
    measured: list[Pair] = [] if comparison.measure == "fragmentos" else [("medida", comparison.measure)]
    state = asked.state()
    here = [*typed, *own, *measured, *state]
    part = ListAsked(PATH, here, asked.page, comparison.contains).part(
        len(rows.keys) if terms else 0,
        lambda place: rows.row(rows.keys[place]),
        ("fila", "filas"),
        lambda: row_names(comparison.by, rows.keys, index, collection),
        per_page=ROWS,
    )
    named = tuple(_term(place, one, found, words, collection) for place, (one, found) in enumerate(both))
    corrected = [
        f"{LETTERS[at]}: {notice[:1].lower()}{notice[1:]}"
        for at, (one, found) in enumerate(both)
        if (notice := spelling(one, Results(0, 0, (), {}, corrections=found.corrections)).notice)
    ]
    cut = [n.rstrip(".") for one, found in both for n in (*one.parsed.notices, *found.notices)]
    return ComparisonPage(
        terms=named,
        texts=tuple([one.text for one in terms] + [""] * (MOST_TERMS - len(terms))),
        bys=tuple(
            Link(label, address(PATH, *typed, ("por", name), *measured, *state), chosen=name == comparison.by)
            for name, label in rows_offered().items()
        ),
        measures=tuple(
            Link(label, address(PATH, *typed, *own, ("medida", name), *state), chosen=name == comparison.measure)
            for name, label in MEASURES.items()
        ),
        heading="Día" if comparison.by == DAY else FACETS[facet].label,
        words=words,
        chart=_chart(comparison.measure, part.rows, rows, named) if terms else None,
        coverage=coverage_asked_in(asked, collection),
        notices=tuple(dict.fromkeys((*comparison.notices, *corrected, *cut, *asked.notices))),
        chosen=in_force(asked, collection, lambda gone: address(PATH, *less(here, gone))),
        kept=(*own, *measured, *state),
        as_typed=address(PATH, *here, ("corregir", "no")) if corrected else None,
        only_said=_only_said(asked, index, collection, here) if terms else None,
        missing=_missing(part.rows),
        part=part,
    )


def _choice(name: str, pairs: Pairs, choices: dict[str, str], default: str) -> str:
    wanted = next((value for key, value in pairs if key == name and value.strip()), default)
    value = clean(wanted[:300])
    if value not in choices:
        raise QueryRejected(f"«{name}» no puede ser «{value[:40]}»: escriba {name}={' o '.join(choices)}")
    return value


def _term(place: int, asked: Asked, found: Counted, words: int, collection: Collection) -> Term:
    label = asked.text
    topics = asked.parsed.filters.of("tema")
    if topics and not asked.parsed.clauses and not asked.parsed.excluded:
        label = f"Tema: {' o '.join(collection.label('tema', topic) for topic in topics)}"
    url = search_address(("q", asked.text), *asked.state())
    return Term(
        LETTERS[place], place + 1, label, url, found.total.fragments,
        rate(found.total.fragments, words),
    )  # fmt: skip


def _missing(rows: Sequence[Row]) -> str | None:
    if any(cell and cell.count and cell.url is None for row in rows for cell in row.cells):
        return f"Un número sin enlace reúne más de {MOST_VALUES} mesas: búsquelas con el filtro de fechas."
    return None


def _only_said(asked: Asked, index: SearchIndex, collection: Collection, here: list[Pair]) -> str | None:
    """The same in transcripts alone, where other texts are counted as well."""
    if any(name == "tipo" for name, _ in asked.chosen):
        return None
    kinds = texts("tipo", asked, index, collection).words
    return address(PATH, *here, ("tipo", "transcripcion")) if kinds.keys() - {"transcripcion"} else None


def _chart(measure: str, shown: Sequence[Row], rows: Rows, terms: Sequence[Term]) -> Chart | None:
    def size(fragments: int, words: int) -> float:
        return float(fragments) if measure == "fragmentos" else (1000 * fragments / words if words else 0.0)

    longest = rows.longest(per_thousand_words=measure == "mil")
    if not longest:
        return None

    def value(row: Row, cell: Cell | None, term: Term) -> Value | None:
        if cell is None:
            return None
        fragments = count(cell.count, "fragmento", "fragmentos")
        text = f"{cell.count:,}" if measure == "fragmentos" else cell.rate
        said = fragments if measure == "fragmentos" else f"{cell.rate} por cada 1,000 palabras ({fragments})"
        return Value(
            size(cell.count, row.words), f"{term.letter} {text}", f"{term.label}, {row.label}: {said}", cell.url
        )

    groups = [(row.label, [value(row, c, t) for c, t in zip(row.cells, terms, strict=True)]) for row in shown]
    return chart(groups, longest)
