"""The comparison page: how often terms occur by session, day, person or entity, and per thousand words."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.index.results import Counted, Results
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.listing import ListAsked, Part
from search_app.asking.parameters import MOST_VALUES, Asked
from search_app.asking.periods import UNITS
from search_app.asking.spelling import spelling
from search_app.finding.trend import Column, rate, size
from search_app.shown.addresses import Pair, address, search_address
from search_app.shown.collection import Collection
from search_app.shown.formatting import count
from search_app.shown.page_parts import Link
from search_app.study.bar_chart import Chart, Value, chart
from search_app.study.comparison_counts import MEASURES, MOST_TERMS, ROW_NAMES, Comparison, Counts, counts, rows_offered
from search_app.study.comparison_periods import folded, lines
from search_app.study.comparison_rows import Cell, Row, Rows, row_names, texts
from search_app.study.dispersion import deviation_of_proportions

PATH = "/comparar"
ROWS, PERIODS = 20, 60
"""Rows of a page; along time there may be more, which are columns of a drawing."""
LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Term:
    """One of the searches that are compared.

    Attributes:
        letter: A to D: what its bars and columns are told apart by, beside their pattern.
        place: From 1: which pattern.
        label: In words.
        url: Its fragments.
        total: How many there are.
        rate: Fragments per thousand words, of all that was counted; empty where there are no words.
        dispersion: How unevenly they fall into the rows, from ``0.00`` to ``1.00``; empty where that says nothing.
    """

    letter: str
    place: int
    label: str
    url: str
    total: int
    rate: str
    dispersion: str


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
        lines: Along time, the columns of each term in place of the chart.
        longest: The largest number of all rows, to which every one is drawn.
        shown: The rows of the table: ``part``, but those that say nothing and follow one another as one.
        without: How many rows hold none of the terms and are not listed, in words.
        file: The address of all rows as CSV.
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
    lines: tuple[tuple[Column, ...], ...]
    longest: float
    shown: Sequence[Row]
    without: str | None
    file: str
    part: Part[Row]


def comparison_page(comparison: Comparison, index: SearchIndex, collection: Collection) -> ComparisonPage:
    """Count, and lay out."""
    asked, by = comparison.asked[0], comparison.by
    found = counts(comparison, index, collection)
    both, rows, words = found.terms, found.rows, found.words
    typed = [("q", one.text) for one, _ in both]
    own: list[Pair] = [] if by == "mesa" else [("por", by)]
    measured: list[Pair] = [] if comparison.measure == "fragmentos" else [("medida", comparison.measure)]
    state = asked.state()
    here = [*typed, *own, *measured, *state]
    part = ListAsked(PATH, here, asked.page, comparison.contains).part(
        len(rows.keys) if both else 0,
        lambda place: rows.row(rows.keys[place]),
        ("fila", "filas"),
        lambda: row_names(by, rows.keys, index, collection),
        per_page=PERIODS if by in UNITS else ROWS,
    )
    named = tuple(_term(place, *each, found, collection) for place, each in enumerate(both))
    corrected = [
        f"{LETTERS[at]}: {notice[:1].lower()}{notice[1:]}"
        for at, (one, of) in enumerate(both)
        if (notice := spelling(one, Results(0, 0, (), {}, corrections=of.corrections)).notice)
    ]
    cut = [n.rstrip(".") for one, of in both for n in (*one.parsed.notices, *of.notices)]
    if found.repeated:
        cut.append(
            f"Sin día confirmado, {count(found.repeated, 'fragmento cuenta', 'fragmentos cuentan')} en varias filas"
        )
    longest = rows.longest(per_thousand_words=comparison.measure == "mil")
    return ComparisonPage(
        terms=named,
        texts=tuple([one.text for one, _ in both] + [""] * (MOST_TERMS - len(both))),
        bys=tuple(
            Link(label, address(PATH, *typed, ("por", name), *measured, *state), chosen=name == by)
            for name, label in rows_offered().items()
        ),
        measures=tuple(
            Link(label, address(PATH, *typed, *own, ("medida", name), *state), chosen=name == comparison.measure)
            for name, label in MEASURES.items()
        ),
        heading=FACETS[by].label if by in FACETS else ROW_NAMES[by][0].capitalize(),
        words=words,
        chart=_chart(comparison.measure, part.rows, longest, named) if both and by not in UNITS else None,
        lines=lines(part.rows) if by in UNITS and longest else (),
        longest=longest,
        shown=folded(part.rows, by) if by in UNITS else part.rows,
        without=_without(by, rows, words) if both else None,
        file=address(PATH, *here, ("formato", "csv")),
        coverage=coverage_asked_in(asked, collection),
        notices=tuple(dict.fromkeys((*comparison.notices, *corrected, *cut, *asked.notices))),
        chosen=in_force(asked, collection, lambda gone: address(PATH, *less(here, gone))),
        kept=(*own, *measured, *state),
        as_typed=address(PATH, *here, ("corregir", "no")) if corrected else None,
        only_said=_only_said(asked, index, collection, here) if both else None,
        missing=_missing(part.rows),
        part=part,
    )


def _without(by: str, rows: Rows, words: int) -> str | None:
    """``31 mesas sin menciones``: the rows that are not listed, as one. There may be thousands: none is looked at."""
    one, several = ROW_NAMES.get(by, ("fila", "filas"))
    listed = [rows.words[key] for key in rows.keys if key in rows.words]
    others = len(rows.words) - len(listed)
    said = count(words - sum(listed), "palabra", "palabras")
    return f"{count(others, one, several)} sin menciones ({said})" if others else None


def _term(place: int, asked: Asked, found: Counted, counted: Counts, collection: Collection) -> Term:
    label = asked.text
    topics = asked.parsed.filters.of("tema")
    if topics and not asked.parsed.clauses and not asked.parsed.excluded:
        label = f"Tema: {' o '.join(collection.label('tema', topic) for topic in topics)}"
    url = search_address(("q", asked.text), *asked.state())
    total, rows = found.total.fragments, counted.rows
    spread = deviation_of_proportions(rows.hits[place], rows.words)
    return Term(
        LETTERS[place], place + 1, label, url, total, rate(total, counted.words),
        "" if spread is None else f"{spread:.2f}",
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


def _chart(measure: str, shown: Sequence[Row], longest: float, terms: Sequence[Term]) -> Chart | None:
    if not longest:
        return None

    def value(row: Row, cell: Cell | None, term: Term) -> Value | None:
        if cell is None:
            return None
        fragments = count(cell.count, "fragmento", "fragmentos")
        text = f"{cell.count:,}" if measure == "fragmentos" else cell.rate
        said = fragments if measure == "fragmentos" else f"{cell.rate} por cada 1,000 palabras ({fragments})"
        return Value(
            size(cell.count, row.words, per_thousand=measure == "mil"),
            f"{term.letter} {text}",
            f"{term.label}, {row.label}: {said}",
            cell.url,
        )

    groups = [(row.label, [value(row, c, t) for c, t in zip(row.cells, terms, strict=True)]) for row in shown]
    return chart(groups, longest)
