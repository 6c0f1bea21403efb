"""A comparison along time: a row per year, month or decade, from the first text on record to the last one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from indexer.index.protocol import SearchIndex
from indexer.index.results import Counted, CountedValues, Tally
from search_app.asking.grammar import parse
from search_app.asking.parameters import Asked
from search_app.asking.periods import edges, on_record
from search_app.finding.trend import CALLED, Column
from search_app.shown.collection import Collection
from search_app.shown.formatting import count
from search_app.study.comparison_rows import Key, Row, Rows, cell


def period_rows(
    by: str, terms: Sequence[Asked], index: SearchIndex, collection: Collection
) -> tuple[list[Counted], Rows, int]:
    """What was counted of each term, the rows, and how many fragments stand in several of them."""
    bare = replace(terms[0], parsed=parse(""), reading=None)
    _, over, said = on_record(bare, by, index, collection)
    words = dict(zip(over, said, strict=True))
    found = [index.search(replace(one.query(), offset=0, limit=0, facets=())) for one in terms]
    times = [one.timeline(edges(over)) for one in found]
    hits = [dict(zip(over, one.fragments, strict=True)) for one in times]

    def row(key: Key) -> Row:
        there = words[key] or any(numbers[key] for numbers in hits)
        cells = [
            cell(one, numbers[key], words[key], key.bounds) if there else None
            for one, numbers in zip(terms, hits, strict=True)
        ]
        return Row(key.label, None if there else "sin texto", words[key], tuple(cells), key)

    counted = [
        Counted(Tally(one.total_full, 0, 0), CountedValues(), notices=one.notices, corrections=one.corrections)
        for one in found
    ]
    return counted, Rows(over, row, hits, words), max((one.repeated for one in times), default=0)


def lines(rows: Sequence[Row]) -> tuple[tuple[Column, ...], ...]:
    """The columns of each term."""
    columns = (
        [Column(row.key, c.count if c else None, row.words, c.url if c else None) for c in row.cells] for row in rows
    )
    return tuple(zip(*columns, strict=True))


def folded(rows: Sequence[Row], by: str) -> list[Row]:
    """The rows of a table: those that hold none of the terms, or no text, as one where they follow one another."""
    shown: list[Row] = []
    for kind, run in groupby(rows, key=lambda row: "some" if any(c and c.count for c in row.cells) else row.note):
        several = list(run)
        if kind == "some" or len(several) == 1:
            shown.extend(several)
            continue
        label = f"{several[0].label} a {several[-1].label}"
        note = f"{count(len(several), *CALLED[by])} {kind or 'sin menciones'}"
        shown.append(Row(label, note, sum(row.words for row in several), several[0].cells))
    return shown
