"""Page models of the comparison."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.asking.listing import Part
from search_app.shown.page_parts import Link
from search_app.study.bar_chart import Chart
from search_app.study.comparison_rows import Row


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
class Cell:
    """How many fragments a term has in a row; ``url`` lists them, None where there are none or no address says it."""

    count: int
    rate: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A mesa, day, person or entity.

    Attributes:
        note: What to know of it (no transcript, nobody named), or None.
        words: Of all its texts, within the filters.
        cells: One a term; None where there is no text to count in.
    """

    label: str
    note: str | None
    words: int
    cells: tuple[Cell | None, ...]


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
        part: Which rows these are, of all.
        missing: What a row without an address is, in words; None where every cell has its address.
    """

    terms: tuple[Term, ...]
    texts: tuple[str, ...]
    bys: tuple[Link, ...]
    measures: tuple[Link, ...]
    heading: str
    rows: tuple[ComparedRow, ...]
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
