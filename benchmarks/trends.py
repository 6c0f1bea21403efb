"""Do the columns of a trend equal a reader's count? 200 columns drawn at random over real transcripts, seeded.

    python benchmarks/trends.py [FOLDER | INDEX] [COLUMNS]

FOLDER, of which an index is built (``index_to_count``), defaults to ../shared/data/transcripts. Each column is of a
random question (``counts_scan``) by a random kind of period, and is compared with a scan of every text: fragments,
words, whether anything is on record; and with the search that it links to. Exit code 1 when anything differs.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.counts import SEED
from benchmarks.counts_scan import Question, Scan
from benchmarks.index_to_count import opened
from indexer.index.protocol import SearchIndex
from indexer.model import PageId
from search_app.asking.parameters import read
from search_app.asking.periods import UNITS
from search_app.finding.trend import Column, trend
from search_app.shown.collection import Collection


def main() -> int:
    """Draw, and print the agreement."""
    with opened(sys.argv[1:]) as (index, wanted):
        return compare(index, wanted) if index else 0


def compare(index: SearchIndex, wanted: int) -> int:
    """Every column that was drawn."""
    collection, rng = Collection(index.overview()), random.Random(SEED)
    days = days_of(collection)
    held = [(page, found.passages) for page in days if (found := index.session(page))]
    scan = Scan(held, collection.catalogue.topics)
    questions = scan.questions(rng, wanted)
    right, linked, links, kinds = 0, 0, 0, Counter[str]()
    took = time.perf_counter()
    for question in questions:
        asked, unit = read(question.pairs), rng.choice(tuple(UNITS))
        column = rng.choice(trend(asked, index.search(asked.query()), index, collection, unit).columns)
        kinds[unit if column.fragments else f"{unit}, {'sin texto' if column.fragments is None else '0'}"] += 1
        right += same(column, question, scan, days)
        if column.url:
            links += 1
            search = read(parse_qsl(urlsplit(column.url).query)).query()
            linked += index.search(search).total_full == column.fragments
    print(f"columnas: {dict(kinds)}; semilla {SEED}; {time.perf_counter() - took:.0f} s")
    print(f"tendencia: {right} de {len(questions)} columnas iguales a la lectura independiente")
    print(f"enlaces: {linked} de {links} dan los fragmentos que dice su columna")
    return 0 if right == len(questions) == wanted and linked == links else 1


def days_of(collection: Collection) -> dict[PageId, tuple[dt.date, dt.date]]:
    """The days that each page may be of, read off the catalogue; of real events."""
    found = {}
    for page in map(PageId.parse, collection.catalogue.pages):
        event, session = collection.events[page.event], collection.sessions.get(page)
        if not event.fictitious:
            day = session.date if session else None
            found[page] = (day or event.start, day or event.end)
    return found


def same(column: Column, question: Question, scan: Scan, days: dict[PageId, tuple[dt.date, dt.date]]) -> bool:
    """Whether a column says what a reader counts."""

    def within(page: PageId) -> bool:
        return days[page][0] <= column.period.last and days[page][1] >= column.period.first

    there = {(place.page, place.number) for place in scan.places(question) if within(place.page)}
    words = sum(len(fragment.words) for fragment in scan.fragments if within(fragment.page))
    expected = (len(there) if words else None, words)
    agreed = (column.fragments, column.words) == expected
    if not agreed:
        print(f"{question}, {column.period.name}: {(column.fragments, column.words)}, no {expected}")
    return agreed


if __name__ == "__main__":
    sys.exit(main())
