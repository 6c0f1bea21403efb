"""Collocates and keywords: the words that are more frequent in one part of the texts than in the rest."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property, lru_cache

import numpy as np

from indexer.engines.ranking.arrays import NOWHERE, Floats, Integers, Numbers
from indexer.engines.ranking.association import deviation, log_dice, log_likelihood, percent_diff
from indexer.engines.ranking.key_phrases import KeyPhrases
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.regions import Regions
from indexer.engines.ranking.text_words import Unit
from indexer.engines.understanding.documents import Document
from indexer.index.company import PHRASE, Contrast, ContrastAsked, ContrastedWord
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
        self._stored = lru_cache(maxsize=256)(stored)

    def contrast(self, query: Query, asked: ContrastAsked) -> Contrast:
        """See ``SearchIndex.contrast``."""
        words = self._regions.words
        region = self._regions.region(query, asked.window)
        places = region.here
        sizes = int(places.size), int(self._passages.words[region.everything].sum()) - int(places.size)
        shares = np.diff(places.searchsorted(self._pages)) / max(places.size, 1)
        if asked.unit == PHRASE:
            phrases = self._phrases.among(region, *sizes, asked.least)
            unit = Unit([""] * len(phrases), np.arange(len(phrases)))
            places = np.concatenate([NOWHERE, *(at for at, _, _ in phrases)])
            of_pairs = np.array([at.size for at, _, _ in phrases], dtype=np.int64)
            whole = np.array([at.size + elsewhere for at, _, elsewhere in phrases], dtype=np.int64)
            pairs = unit.of.repeat(of_pairs)
            functional, lengths = np.zeros(len(phrases), dtype=np.bool_), [length for _, length, _ in phrases]
        else:
            unit, pairs = words.units[asked.unit], words.pairs[places]
            of_pairs, whole = words.counts(pairs), words.within(region.everything)
            functional, lengths = words.function_words[asked.unit], [1] * unit.of.size
        here, rest = (
            np.bincount(unit.of, weights=n, minlength=len(unit.names)).astype(np.int64)
            for n in (of_pairs, whole - of_pairs)
        )
        more = (here >= asked.least) & (here * sizes[1] > rest * sizes[0])
        codes = (more & (functional == asked.function_words)).nonzero()[0]
        here, rest, marks = here[codes], rest[codes], int(region.marks.passages.size)
        measures: dict[str, Floats | Integers] = {
            "here": here,
            "rest": rest,
            "log_likelihood": log_likelihood(here, rest, *sizes),
            "log_dice": log_dice(here, here + rest, marks),
            "percent_diff": percent_diff(here, rest, *sizes),
        }
        order = np.lexsort((-here, -measures[asked.order]))[asked.offset :][: asked.limit]
        slots = np.full(len(unit.names), -1)
        slots[codes[order]] = np.arange(order.size)
        slots = slots[unit.of]
        shown = (slots >= 0)[pairs]
        places, pairs = places[shown], pairs[shown]
        rows = tuple(
            ContrastedWord(said[0], said, n, other, g2, dice, None if np.isinf(diff) else diff, *spread)
            for said, spread, n, other, g2, dice, diff in zip(
                self._forms(slots, order.size, places, pairs, lengths),
                self._spread(slots[pairs], order.size, places, shares),
                *(measure[order].tolist() for measure in measures.values()),
                strict=True,
            )
        )
        return Contrast(marks, *sizes, int((shares > 0).sum()), int(codes.size), rows)

    @cached_property
    def _phrases(self) -> KeyPhrases:
        return KeyPhrases(self._regions.words)

    @cached_property
    def _pages(self) -> Integers:
        """Where the words of each page begin; at the end, how many words there are."""
        return self._regions.words.begins[self._passages.page.searchsorted(np.arange(len(self._passages.names) + 1))]

    def _spread(self, slots: Integers, size: int, places: Integers, shares: Floats) -> list[tuple[int, float]]:
        """In how many pages each word stands, and its deviation over them.

        Args:
            slots: The word at each place.
            size: How many words there are.
            places: Where they stand.
            shares: The share of all words that each page has.
        """
        page = self._pages.searchsorted(places, side="right") - 1
        order = _small(slots, size).argsort(kind="stable")
        page, of_word = page[order], slots[order]
        firsts = ((np.diff(page, prepend=-1) != 0) | (np.diff(of_word, prepend=-1) != 0)).nonzero()[0]
        page, of_word, held = page[firsts], of_word[firsts], np.diff(firsts, append=places.size)
        pages = np.bincount(of_word, minlength=size)
        return list(zip(pages.tolist(), deviation(held, of_word, shares[page], size).tolist(), strict=True))

    def _forms(
        self, slots: Integers, size: int, places: Integers, pairs: Numbers, lengths: list[int]
    ) -> list[tuple[str, ...]]:
        """The most frequent forms of each word, as texts write them.

        Args:
            slots: The word of each pair; -1 for none of them.
            size: How many words there are.
            places: Where they stand.
            pairs: The pair at each place.
            lengths: Of each pair, in words: one, but for phrases.
        """
        kinds = (slots >= 0).nonzero()[0]
        ordinals = _small(kinds.searchsorted(np.arange(slots.size)), kinds.size)[pairs]
        places, counts = places[ordinals.argsort(kind="stable")], np.bincount(ordinals, minlength=kinds.size)
        starts = counts.cumsum() - counts
        found: list[dict[str, None]] = [{} for _ in range(size)]
        for at in np.lexsort((kinds, -counts)).tolist():
            said = found[slots[kinds[at]]]
            if counts[at] and len(said) < MOST_FORMS:
                some = places[starts[at] : starts[at] + min(SAMPLES, int(counts[at]))].tolist()
                written = Counter(self._written(place, lengths[kinds[at]]) for place in some)
                said[min(written, key=lambda word: (-written[word], word[:1].isupper(), word))] = None
        return [tuple(said) for said in found]

    def _written(self, place: int, length: int) -> str:
        passage = int(self._regions.words.passage_at(np.array(place)))
        at, read = 2 * (place - int(self._regions.words.begins[passage])), self._stored(passage)
        return read.passage.text[slice(*read.edges()[at : at + 2 * length : 2 * length - 1])]


def _small(numbers: Integers, size: int) -> Numbers:
    """Numbers below a size, as narrow as they can be: those of 16 bits are sorted in a tenth of the time."""
    return numbers.astype(np.min_scalar_type(size))
