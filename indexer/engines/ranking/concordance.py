"""The lines of a concordance: every occurrence of what a query marks, or of a word, in any order."""

from collections.abc import Callable

import numpy as np

from indexer.engines.ranking.arrays import Integers, contains
from indexer.engines.ranking.columns import Column
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.regions import Marks, Regions
from indexer.engines.understanding.documents import Document
from indexer.index.company import FORM, Line, Lines, LinesAsked
from indexer.index.query import Query
from indexer.index.results import Hit


class Concordance:
    """Finds and sorts lines without reading a text; only the lines of a part are read.

    Args:
        regions: Finds the words that a question is of.
        passages: The passages of the index.
        speakers: Who speaks.
        stored: Reads a passage.
    """

    def __init__(
        self, regions: Regions, passages: Passages, speakers: Column, stored: Callable[[int], Document]
    ) -> None:
        self._regions = regions
        self._passages = passages
        self._speakers = speakers
        self._stored = stored

    def lines(self, query: Query, asked: LinesAsked) -> Lines:
        """See ``SearchIndex.lines``."""
        words = self._regions.words
        if asked.word:
            region = self._regions.region(query, asked.window)
            places = words.of_passages(region.everything.nonzero()[0]) if asked.rest else region.here
            code = words.code(asked.unit, asked.word)
            places = places[(words.units[asked.unit].of == code)[words.pairs[places]]]
            if asked.rest:
                places = places[~contains(region.here, places)]
            if asked.window is None or asked.rest:
                marks, beside = Marks(words.passage_at(places), places, places), np.zeros_like(places)
            else:
                marks, beside = self._regions.nearest(places, region.marks, asked.window)
        else:
            marks, _ = self._regions.marks(query)
            beside = np.zeros_like(marks.passages)
        order = self._order(marks, asked)

        def part(start: int, stop: int) -> tuple[Line, ...]:
            return tuple(self._line(marks, int(beside[at]), at) for at in order[start:stop].tolist())

        fragments, pages = (
            int(np.count_nonzero(np.bincount(of))) for of in (marks.passages, self._passages.page[marks.passages])
        )
        return Lines(int(marks.passages.size), fragments, pages, part)

    def _order(self, marks: Marks, asked: LinesAsked) -> Integers:
        """Of each line, its index among the marks."""
        words = self._regions.words
        key = np.zeros(marks.passages.size, dtype=np.int64)
        if asked.by_speaker:
            rows, codes = self._speakers.codes_of(marks.passages)
            key[:] = len(self._speakers.values)
            key[rows] = codes
        elif not asked.keys:
            return np.arange(key.size)
        begins, ends = words.turn_at(marks.passages)
        for distance in asked.keys:
            places = distance + (marks.firsts if distance <= 0 else marks.lasts)
            inside = (places >= begins) & (places < ends)
            # Three ranks fit into one number: one sort, where three would each take as long.
            key *= len(words.units[FORM].names) + 1
            key[inside] += words.ranks[words.pairs[places[inside]]] + 1
        return key.argsort(kind="stable")

    def _line(self, marks: Marks, beside: int, at: int) -> Line:
        passage = int(marks.passages[at])
        document, first = self._stored(passage), int(self._regions.words.begins[passage])
        edges = document.edges()
        page = self._passages.page_at(int(self._passages.page[passage]))
        return Line(
            Hit(page.id, page.event, page.session, document.passage, True, 0.0),
            edges[2 * (int(marks.firsts[at]) - first)],
            edges[2 * (int(marks.lasts[at]) - first) + 1],
            beside,
        )
