"""Do collocates, keywords and their lines equal those of a reader? 200 of them, drawn from real transcripts.

    python benchmarks/company.py [FOLDER | INDEX] [WORDS]

Each word is counted again by reading every text (``counts_scan``): how often it stands here and in the rest, in how
many pages, how evenly; its measures are worked out again one by one; its two links are followed, their lines counted.
FOLDER defaults to ../shared/data/transcripts. Exit code 1 when anything differs.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.counts_scan import Fragment, Question, Scan
from benchmarks.index_to_count import opened
from indexer.index.company import FORM, Lines
from indexer.index.protocol import SearchIndex
from indexer.language.spanish import fold, stem, tokens
from indexer.model import PageId
from search_app.shown.addresses import Pair
from search_app.study.concordance import read_concordance
from search_app.study.contrast_page import COMPANY, KEYWORDS, StudyAsked, read_study

SEED = 20261130
EACH = 5
"""Words of one list that are counted again."""
Places = set[tuple[int, int]]
"""Words, each by the place of its fragment among all and by its place in it."""


class Draw(NamedTuple):
    """A list of words: its question, and the words that it compares with all others of ``within``."""

    asked: StudyAsked
    here: Places
    within: Places
    marks: int


def main() -> int:
    """Draw, and print the agreement."""
    with opened(sys.argv[1:]) as (index, wanted):
        if index is None:
            return 0
        seen, wrong = compare(index, random.Random(SEED), wanted)
    print(f"semilla {SEED}; palabras: {dict(seen)}; distintas de la lectura independiente: {len(wrong)}")
    print(*wrong, sep="\n")
    return 1 if wrong or sum(seen.values()) < wanted else 0


def compare(index: SearchIndex, rng: random.Random, wanted: int) -> tuple[Counter[str], list[str]]:
    """How many words of each page were counted again, and what was otherwise."""
    catalogue = index.overview().catalogue
    real = {event.slug for event in catalogue.events if not event.fictitious}
    pages = [page for name in catalogue.pages if (page := PageId.parse(name)).event in real]
    scan = Scan([(page, found.passages) for page in pages if (found := index.session(page))], catalogue.topics)
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    while sum(seen.values()) < wanted:
        draw = collocates_of(scan, rng) if rng.random() < 0.5 else keywords_of(scan, rng)
        found = draw.asked.found(index, whole=True)[1]
        units = {place: unit_of(scan.fragments[place[0]], place[1], draw.asked.unit) for place in draw.within}
        here, whole = (Counter(map(units.__getitem__, places)) for places in (draw.here, draw.within))
        sizes = (found.marks, found.words_here, found.words_rest)
        expected = (draw.marks, len(draw.here), len(draw.within) - len(draw.here))
        more = sum(n * expected[2] > (whole[u] - n) * expected[1] for u, n in here.items() if n >= draw.asked.least)
        both = more - found.total  # the list of the function words has the others
        other = replace(draw.asked, function_words=not draw.asked.function_words).found(index, whole=True)[1].total
        if sizes != expected or both != other:
            wrong.append(
                f"{draw.asked.own()} {draw.asked.search.subject()}: {sizes} {found.total}, no {expected} {more - other}"
            )
        for row in rng.sample(found.rows, min(EACH, len(found.rows))):
            record = draw.asked.record(row)
            unit = unit_of_word(row.word, draw.asked.unit)
            mine = [place for place in draw.here if units[place] == unit]
            told = {key: record[key] for key in ("veces", "resto", "g2", "logdice", "diferencia", "mesas", "dp")}
            mine_told, rest_told = (lines(index, record[key]) for key in ("url", "url_resto"))
            told |= {"lineas": mine_told.total, "en_mesas": mine_told.sessions, "lineas_resto": rest_told.total}
            again = measured(here[unit], whole[unit], expected, draw.marks) | spread(scan, draw.here, mine)
            again |= {"lineas": here[unit], "en_mesas": again["mesas"], "lineas_resto": whole[unit] - here[unit]}
            seen[draw.asked.study.path] += 1
            if any(not same(told[key], again[key]) for key in told):
                wrong.append(f"«{row.word}» {record['url']}: {told}, no {again}")
    return seen, wrong


def collocates_of(scan: Scan, rng: random.Random) -> Draw:
    """A word, phrase or prefix of the texts, with a window."""
    (question,) = scan.questions(rng, 1)
    before, after = rng.choice([(5, 5), (3, 0), (0, 4), (1, 1), (10, 10)])
    pairs = [*question.pairs, ("antes", str(before)), ("despues", str(after)), *settings(rng)]
    marks = marked(scan, question)
    held = {place for mark in marks for place in mark}
    here: Places = set()
    for _, turn in turns(scan):
        row = [(at, word) for at, fragment in turn for word in range(len(fragment.words))]
        near = [False] * len(row)
        index = {place: n for n, place in enumerate(row)}
        for mark in marks:
            if mark[0] in index:
                first, last = index[mark[0]], index[mark[-1]]
                for n in (*range(max(0, first - before), first), *range(last + 1, min(len(row), last + after + 1))):
                    near[n] = True
        here |= {place for place, close in zip(row, near, strict=True) if close and place not in held}
    return Draw(read_study(COMPANY, pairs), here, every(scan), len(marks))


def keywords_of(scan: Scan, rng: random.Random) -> Draw:
    """What a person says, or what stands in the fragments of a search."""
    people = sorted({f.passage.person for f in scan.fragments if f.passage.person and "(" not in f.passage.person})
    if people and rng.random() < 0.5:
        person = rng.choice(people)
        said = enumerate(scan.fragments)
        chosen = {at for at, f in said if f.passage.person and fold(f.passage.person) == fold(person)}
        pairs: list[Pair] = [("persona", person)]
        marks = 0
    else:
        (question,) = scan.questions(rng, 1)
        pairs, found = question.pairs, marked(scan, question)
        chosen, marks = {mark[0][0] for mark in found}, len(found)
    here = {place for place in every(scan) if place[0] in chosen}
    return Draw(read_study(KEYWORDS, [*pairs, *settings(rng)]), here, every(scan), marks)


def settings(rng: random.Random) -> list[Pair]:
    """Form or lemma, content or function words, how often."""
    return [("por", rng.choice(["forma", "lema"])), ("funcionales", rng.choice(["si", "no"])), ("minimo", "1")]


def marked(scan: Scan, question: Question) -> list[list[tuple[int, int]]]:
    """The words of each occurrence."""
    at = {(f.page, f.passage.number): n for n, f in enumerate(scan.fragments)}
    found = []
    for place in scan.places(question):
        fragment = at[place.page, place.number]
        words = enumerate(scan.fragments[fragment].words)
        found.append([(fragment, n) for n, word in words if word.start < place.end and place.start < word.end])
    return found


def turns(scan: Scan) -> Iterator[tuple[int, Sequence[tuple[int, Fragment]]]]:
    """The fragments of each turn, with their places."""
    for turn, fragments in groupby(enumerate(scan.fragments), key=lambda pair: id(pair[1].turn)):
        yield turn, list(fragments)


def every(scan: Scan) -> Places:
    """All words."""
    return {(at, word) for at, fragment in enumerate(scan.fragments) for word in range(len(fragment.words))}


def unit_of(fragment: Fragment, word: int, unit: str) -> str:
    """What a word of a fragment counts as."""
    return fragment.words[word].form if unit == FORM else fragment.stems[word]


def unit_of_word(word: str, unit: str) -> str:
    """What a word that a list names counts as."""
    return tokens(word)[0].form if unit == FORM else stem(word)


def measured(here: int, whole: int, sizes: tuple[int, int, int], marks: int) -> dict[str, float | None]:
    """The measures of one word, as their authors write them."""
    rest, (_, size_here, size_rest) = whole - here, sizes
    cells = ((here, rest), (size_here - here, size_rest - rest))
    total = size_here + size_rest
    g2 = 2 * sum(
        cell * math.log(cell * total / (sum(row) * column))
        for row in cells
        for cell, column in zip(row, (size_here, size_rest), strict=True)
        if cell
    )
    diff = 100 * (here / size_here - rest / size_rest) / (rest / size_rest) if rest else None
    dice = 14 + math.log2(2 * here / (whole + marks))
    return {"veces": here, "resto": rest, "g2": g2, "logdice": dice, "diferencia": diff}


def spread(scan: Scan, here: Places, mine: Sequence[tuple[int, int]]) -> dict[str, float]:
    """In how many pages a word stands, and its deviation of proportions."""
    sizes, held = (Counter(str(scan.fragments[at].page) for at, _ in places) for places in (here, mine))
    dp = sum(abs(held[page] / len(mine) - size / len(here)) for page, size in sizes.items()) / 2
    return {"mesas": len(held), "dp": dp}


def lines(index: SearchIndex, url: str) -> Lines:
    """The lines of an address."""
    asked = read_concordance(parse_qsl(urlsplit(url).query))
    return index.lines(asked.search.query(), asked.lines())


def same(told: float | None, again: float | None) -> bool:
    """Whether two numbers are one, as they are rounded."""
    if told is None or again is None:
        return told is again
    return math.isclose(told, again, rel_tol=1e-6, abs_tol=1e-4)


if __name__ == "__main__":
    sys.exit(main())
