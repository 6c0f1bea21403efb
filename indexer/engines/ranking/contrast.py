"""Collocates and keywords: the words that are more frequent in one part of the texts than in the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property

import numpy as np

from indexer.engines.ranking.arrays import Floats, Integers, Numbers
from indexer.engines.ranking.association import deviation, log_dice, log_likelihood, percent_diff
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.regions import Regions
from indexer.engines.ranking.text_words import Unit
from indexer.engines.understanding.documents import Document
from indexer.index.company import FORM, Contrast, ContrastAsked, ContrastedWord
from indexer.index.query import Query

SAMPLES = 3
"""Occurrences of a form that are read to see how it is written."""
MOST_FORMS = 3
"""Forms of a lemma that are told."""


class Contrasts:
    """Compares the words of one index.

    Args:
        regions: Finds the words that a question is of.
        passages: The passages of the index.
        stored: Reads a passage.
    """

    def __init__(self, regions: Regions, passages: Passages, stored: Callable[[int], Document]) -> None:
        self._regions = regions
        self._passages = passages
        self._stored = stored

    def contrast(self, query: Query, asked: ContrastAsked) -> Contrast:
        """See ``SearchIndex.contrast``."""
        words = self._regions.words
        region = self._regions.region(query, asked.window)
        unit = words.units[asked.unit]
        places = region.here.nonzero()[0]
        pairs = words.pairs[places]
        of_pairs = np.bincount(pairs, minlength=unit.of.size)
        whole = self._every if region.everything.all() else words.counts(words.of_passages(region.everything))
        here, rest = (
            np.bincount(unit.of, weights=n, minlength=len(unit.names)).astype(np.int64)
            for n in (of_pairs, whole - of_pairs)
        )
        sizes = int(places.size), int(whole.sum()) - int(places.size)
        more = (here >= asked.least) & (here * sizes[1] > rest * sizes[0])
        codes = (more & (words.function_words[asked.unit] == asked.function_words)).nonzero()[0]
        here, rest, marks = here[codes], rest[codes], int(region.marks.passages.size)
        measures: dict[str, Floats | Integers] = {
            "here": here,
            "rest": rest,
            "log_likelihood": log_likelihood(here, rest, *sizes),
            "log_dice": log_dice(here, here + rest, marks),
            "percent_diff": percent_diff(here, rest, *sizes),
        }
        order = np.lexsort((-here, -measures[asked.order]))[asked.offset :][: asked.limit]
        shares = np.diff(places.searchsorted(self._pages)) / max(places.size, 1)
        rows = tuple(
            ContrastedWord(said[0], said, n, other, g2, dice, None if np.isinf(diff) else diff, *spread)
            for said, spread, n, other, g2, dice, diff in zip(
                self._forms(unit, codes[order], places, pairs, of_pairs),
                self._spread(unit, codes[order], places, pairs, shares),
                *(measure[order].tolist() for measure in measures.values()),
                strict=True,
            )
        )
        return Contrast(marks, *sizes, int((shares > 0).sum()), int(codes.size), rows)

    @cached_property
    def _every(self) -> Integers:
        return self._regions.words.counts(None)

    @cached_property
    def _pages(self) -> Integers:
        """Where the words of each page begin; at the end, how many words there are."""
        return self._regions.words.begins[self._passages.page.searchsorted(np.arange(len(self._passages.names) + 1))]

    def _spread(
        self, unit: Unit, codes: Integers, places: Integers, pairs: Numbers, shares: Floats
    ) -> list[tuple[int, float]]:
        """In how many pages each of some words stands, and its deviation over them."""
        slot = np.full(len(unit.names), -1)
        slot[codes] = np.arange(codes.size)
        slots = slot[unit.of][pairs]
        wanted = slots >= 0
        page = self._pages.searchsorted(places[wanted], side="right") - 1
        there, held = np.unique(page * max(codes.size, 1) + slots[wanted], return_counts=True)
        page, of_word = np.divmod(there, max(codes.size, 1))
        pages = np.bincount(of_word, minlength=codes.size)
        uneven = deviation(held, of_word, shares[page], codes.size)
        return list(zip(pages.tolist(), uneven.tolist(), strict=True))

    def _forms(
        self, unit: Unit, codes: Integers, places: Integers, pairs: Numbers, counts: Integers
    ) -> list[tuple[str, ...]]:
        """The most frequent forms of some words, as texts write them."""
        forms = self._regions.words.units[FORM]
        by_pair = np.argsort(pairs, kind="stable")
        starts = np.searchsorted(pairs, np.arange(counts.size), sorter=by_pair)
        of_unit = np.argsort(unit.of, kind="stable")
        bounds = np.searchsorted(unit.of, [codes, codes + 1], sorter=of_unit)
        read: dict[int, Document] = {}
        found = []
        for low, high in bounds.T.tolist():
            mine = of_unit[low:high]
            mine = mine[np.lexsort((forms.of[mine], -counts[mine]))][:MOST_FORMS]
            said: dict[str, None] = {}
            for pair in mine[counts[mine] > 0].tolist():
                some = places[by_pair[starts[pair] : starts[pair] + min(SAMPLES, int(counts[pair]))]]
                written = Counter(self._written(int(place), read) for place in some)
                said[min(written, key=lambda word: (-written[word], word[:1].isupper(), word))] = None
            found.append(tuple(said))
        return found

    def _written(self, place: int, read: dict[int, Document]) -> str:
        passage = int(self._regions.words.passage_at(np.array(place)))
        if passage not in read:
            read[passage] = self._stored(passage)
        at = 2 * (place - int(self._regions.words.begins[passage]))
        return read[passage].passage.text[slice(*read[passage].edges()[at : at + 2])]
