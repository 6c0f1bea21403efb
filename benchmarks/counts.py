"""Do the counts of the pages equal those of a reader? 200 questions over real transcripts, each asked three times.

    python benchmarks/counts.py [FOLDER | INDEX] [QUESTIONS]

1. the concordance against a scan of every text (``counts_scan``): each occurrence, by its place;
2. the comparison by mesa and by person against the same scan: fragments and words of each row;
3. every number of those comparisons against the search that it links to.

FOLDER, of which an index is built (``index_to_count``), defaults to ../shared/data/transcripts. Exit code 1 when
anything differs.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.counts_scan import Place, Question, Scan
from benchmarks.index_to_count import opened
from indexer.index.company import LinesAsked
from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE
from indexer.language.spanish import fold
from indexer.model import PageId
from search_app.asking.parameters import read
from search_app.shown.collection import Collection
from search_app.study.comparison import comparison_page
from search_app.study.comparison_counts import read_comparison

SEED = 20251204


def main() -> int:
    """Ask, and print the agreement."""
    with opened(sys.argv[1:]) as (index, wanted):
        return compare(index, wanted) if index else 0


def compare(index: SearchIndex, wanted: int) -> int:
    """All three, for every question."""
    collection = Collection(index.overview())
    pages = [PageId.parse(name) for name in collection.catalogue.pages]
    held = [(page, found.passages) for page in pages if (found := index.session(page))]
    scan = Scan(held, collection.catalogue.topics)
    questions = scan.questions(random.Random(SEED), wanted)
    kinds = Counter(question.kind for question in questions)
    good: Counter[str] = Counter()
    seen = rows = links = 0
    took = time.perf_counter()
    for question in questions:
        expected = scan.places(question)
        seen += len(expected)
        good["concordancia"] += same_occurrences(index, question, expected)
        for by in ("mesa", "persona"):
            right, linked, told = same_rows(index, collection, scan, question, expected, by)
            good[f"comparación por {by}"] += right
            good["enlaces"] += linked
            rows += told
            links += told
    print(f"preguntas: {dict(kinds)}; apariciones: {seen:,}; {time.perf_counter() - took:.0f} s")
    asked = len(questions)
    for name in ("concordancia", "comparación por mesa", "comparación por persona"):
        print(f"{name}: {good[name]} de {asked} iguales a la lectura independiente")
    print(f"enlaces de las comparaciones: {good['enlaces']} de {links} dan los fragmentos que dice su número")
    agreed = all(good[name] == asked for name in good if name != "enlaces") and good["enlaces"] == links
    return 0 if agreed and asked == wanted else 1


def same_occurrences(index: SearchIndex, question: Question, expected: list[Place]) -> bool:
    """Whether the concordance has the very occurrences."""
    found = index.lines(read(question.pairs).query(), LinesAsked())
    told = [Place(o.hit.page, o.hit.passage.number, o.start, o.end) for o in found.part(0, found.total)]
    agreed = Counter(told) == Counter(expected) and found.total == len(expected)
    if not agreed:
        print(f"concordancia de {question}: {len(told)}, no {len(expected)}")
    return agreed


def same_rows(
    index: SearchIndex, collection: Collection, scan: Scan, question: Question, expected: list[Place], by: str
) -> tuple[bool, int, int]:
    """Whether the rows are those of the scan, how many numbers equal their search, how many there are."""
    there = {(place.page, place.number) for place in expected}
    fragments: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for fragment in scan.fragments:
        mesa = str(fragment.page) if fragment.page.session else NO_VALUE
        row = mesa if by == "mesa" else fold(fragment.passage.person or NO_VALUE)
        words[row] += len(fragment.words)
        fragments[row] += (fragment.page, fragment.passage.number) in there
    told: Counter[str] = Counter()
    linked = numbers = 0
    page, pages = 1, 1
    right = True
    while page <= pages:
        pairs = [*question.pairs, ("por", by), ("pagina", str(page))]
        shown = comparison_page(read_comparison(pairs), index, collection)
        pages = shown.part.pager.pages
        for row in shown.part.rows:
            (cell,) = row.cells
            if cell is None or not cell.count:
                continue
            numbers += 1
            asked = parse_qsl(urlsplit(cell.url or "").query)
            linked += index.search(read(asked).query()).total_full == cell.count
            key = dict(asked)[by] if by == "mesa" else fold(dict(asked)[by])
            told[key] += cell.count
            right = right and row.words == words[key]
        page += 1
    right = right and told == +fragments
    if not right:
        print(f"comparación por {by} de {question}: {dict(told)}, no {dict(+fragments)}")
    return right, linked, numbers


if __name__ == "__main__":
    sys.exit(main())
