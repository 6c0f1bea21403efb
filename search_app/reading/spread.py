"""Where in a session what was looked for falls: a strip of the whole transcript, and how unevenly."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from indexer.index.results import Page
from indexer.model import Kind
from search_app.shown.formatting import clock, count
from search_app.study.dispersion import deviation_of_proportions

LENGTH = 1000
"""Of the whole strip, in units of its drawing."""
PARTS = 10
THINNEST = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring fragments that were found: where they stand on the strip, and the first of them."""

    x: int
    width: int
    number: int
    says: str


@dataclass(frozen=True, slots=True)
class Spread:
    """What was found, over the transcript from its beginning to its end.

    Attributes:
        dispersion: Over tenths of the text (``deviation_of_proportions``), by marks and letters.
    """

    stretches: tuple[Stretch, ...]
    dispersion: str


def spread(page: Page) -> Spread | None:
    """Lay out the strip; None where nothing of what was said was found."""
    said = [passage for passage in page.passages if passage.kind is Kind.TRANSCRIPT]
    total = sum(len(passage.text) for passage in said) or 1
    sizes, hits = Counter[int](), Counter[int]()
    found, at = [], 0
    for passage in said:
        size, marks = len(passage.text), page.marks.get(passage.number, ())
        part = min(PARTS * (2 * at + size) // (2 * total), PARTS - 1)
        sizes[part] += size
        if marks:
            hits[part] += len(marks)
        found.append((bool(marks), at, size, passage))
        at += size
    stretches = []
    for there, run in groupby(found, key=lambda one: one[0]):
        if there:
            several = list(run)
            _, begins, _, first = several[0]
            width = LENGTH * (several[-1][1] + several[-1][2] - begins) // total
            when = f"{clock(first.start_s)} · " if first.start_s is not None else ""
            says = f"{when}{first.person or 'Sin nombre'} · {count(len(several), 'fragmento', 'fragmentos')}"
            stretches.append(Stretch(LENGTH * begins // total, max(width, THINNEST), first.number, says))
    dispersion = deviation_of_proportions(hits, sizes)
    return Spread(tuple(stretches), "" if dispersion is None else f"{dispersion:.2f}") if stretches else None
