"""What is to be compared, counted: how often terms occur by session, day, period, person or entity."""

from dataclasses import dataclass

from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.index.results import Counted
from search_app.asking.listing import contained
from search_app.asking.parameters import Asked, choice, first_value, read
from search_app.asking.periods import UNITS
from search_app.finding.trend import CALLED
from search_app.shown.addresses import Pairs
from search_app.shown.collection import Collection
from search_app.shown.serializing import to_csv
from search_app.study.comparison_periods import period_rows
from search_app.study.comparison_rows import DAY, Rows, rows_of, texts

MOST_TERMS = 4
ROW_NAMES = {
    "mesa": ("mesa", "mesas"), DAY: ("día", "días"), **CALLED, "persona": ("persona", "personas"),
    "entidad": ("entidad", "entidades"),
}  # fmt: skip
"""What a row is, and several of them."""
CSV_COLUMNS = ("termino", "fila", "fragmentos", "palabras", "por_mil")
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


def rows_offered() -> dict[str, str]:
    """What rows can be, with what pages call it: the facets that say so, days, and kinds of period."""
    mesa, *others = ((facet.name, facet.rows) for facet in FACETS.values() if facet.rows)
    return dict([mesa, (DAY, "Por día"), *((unit, f"Por {CALLED[unit][0]}") for unit in UNITS), *others])


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
    beyond = ", ".join(f"«{one.text}»" for one in found[MOST_TERMS : 2 * MOST_TERMS])
    notices = (f"Se comparan {MOST_TERMS} búsquedas, a lo sumo; sin comparar: {beyond}",) if beyond else ()
    return Comparison(
        asked=tuple(found[:MOST_TERMS]) or (read(rest),),
        terms=min(len(found), MOST_TERMS),
        by=choice("por", first_value("por", pairs), rows_offered()),
        measure=choice("medida", first_value("medida", pairs), MEASURES),
        contains=contained(pairs),
        notices=notices,
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted for a comparison.

    Attributes:
        terms: Each search with what it found.
        words: Of everything that was counted in.
        repeated: Fragments that are in several rows.
    """

    terms: tuple[tuple[Asked, Counted], ...]
    rows: Rows
    words: int
    repeated: int = 0


def counts(comparison: Comparison, index: SearchIndex, collection: Collection) -> Counts:
    """Count every term by the rows; without a term there is nothing but the words."""
    by, terms = comparison.by, comparison.asked[: comparison.terms]
    every = texts("mesa" if by in UNITS else by, comparison.asked[0], index, collection)
    repeated = 0
    if by in UNITS:
        counted, rows, repeated = period_rows(by, comparison.asked[: max(comparison.terms, 1)], index, collection)
    else:
        counted = [index.counted(one.query(), "mesa" if by == DAY else by) for one in terms]
        rows = rows_of(by, every, list(zip(terms, counted, strict=True)), index, collection)
    return Counts(tuple(zip(terms, counted, strict=False)), rows, every.counted.total.words, repeated)


def comparison_csv(comparison: Comparison, index: SearchIndex, collection: Collection, separator: str) -> str:
    """Every row of every term, each on a line, also those without a hit; where there is no text there is no number."""
    found = counts(comparison, index, collection)
    keys = dict.fromkeys((*found.rows.keys, *found.rows.words)) if found.terms else ()
    lines = (
        (one.text, row.label, cell and cell.count, row.words, cell and cell.rate.replace(",", ""))
        for row in map(found.rows.row, keys)
        for (one, _), cell in zip(found.terms, row.cells, strict=True)
    )
    return to_csv(CSV_COLUMNS, (dict(zip(CSV_COLUMNS, line, strict=True)) for line in lines), separator)
