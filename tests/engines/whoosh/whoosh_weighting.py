"""The formula of our scorer as a Whoosh weighting model, and the queries that Whoosh lacks; see ``whoosh_reference``.

Postings are walked through the public interface of Whoosh's matchers, a call a posting; nothing of ours decodes them.
Some of Whoosh 2.7.4 cannot be a reference. ``DisjunctionMaxMatcher`` takes the best of two matchers that stand at
different documents, and ``Require`` keeps what it should leave out: both are mended here. ``AndNot`` lets the first
document through where the excluded ones begin before it: a collector with a mask leaves them out in its place.
"""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from whoosh.matching import ListMatcher, Matcher, NullMatcher, RequireMatcher, UnionMatcher, WrappingMatcher
from whoosh.query import Or, Query, Require
from whoosh.query.compound import CompoundQuery
from whoosh.scoring import BaseScorer, WeightingModel

from indexer.engines.ranking import bm25

Counts = dict[int, int]
"""How often something is in each document of a segment."""
Run = tuple[str, int]
"""A page, and the number of one of its turns."""


class Fragment(NamedTuple):
    """What ``page`` says of a document."""

    page: str
    number: int
    order: int
    run: int
    first: int
    words: int


class Posting(NamedTuple):
    """One document of a term, and where in its turn the term stands."""

    document: int
    weight: float
    positions: tuple[int, ...]


class Reading:
    """The live documents of an index, as Whoosh's readers and matchers tell them."""

    def __init__(self, searcher: Any) -> None:
        self.leaves: list[tuple[Any, int]] = list(searcher.leaf_searchers())
        self.postings = cache(self._postings)
        self.counted: dict[Query, list[Counts]] = {}
        self.fragments: list[dict[int, Fragment]] = []
        for leaf, _ in self.leaves:
            here: dict[int, Fragment] = {}
            for page in leaf.reader().field_terms("page"):
                matcher = leaf.reader().postings("page", page)
                while matcher.is_active():
                    here[matcher.id()] = Fragment(page, *struct.unpack_from("<5I", matcher.value()))
                    matcher.next()
            self.fragments.append(here)
        lengths = [max(f.words, bm25.SHORTEST) for here in self.fragments for f in here.values()]
        self.live, self.mean = len(lengths), sum(lengths) / len(lengths)

    def place(self, searcher: Any) -> int:
        """Which of the segments a searcher is of."""
        return next(place for place, (leaf, _) in enumerate(self.leaves) if leaf is searcher)

    def _postings(self, place: int, field: str, text: str) -> tuple[Posting, ...]:
        """A term in a segment."""
        reader = self.leaves[place][0].reader()
        if (field, text) not in reader:
            return ()
        found, matcher = [], reader.postings(field, text)
        while matcher.is_active():
            positions = tuple(matcher.value_as("positions")) if field in ("exact", "stem") else ()
            found.append(Posting(matcher.id(), matcher.weight(), positions))
            matcher.next()
        return tuple(found)

    def frequency(self, field: str, text: str) -> int:
        """How many documents hold a term."""
        return sum(len(self.postings(place, field, text)) for place in range(len(self.leaves)))

    def words(self, place: int, field: str, text: str) -> Iterator[tuple[Run, int, int]]:
        """Where a word stands in a segment: the turn, the position in it, the document."""
        for document, _, positions in self.postings(place, field, text):
            fragment = self.fragments[place][document]
            yield from (((fragment.page, fragment.run), position, document) for position in positions)


class Bm25(BaseScorer):  # type: ignore[misc]
    """BM25 in one segment, of something that ``n`` documents of the index hold."""

    def __init__(self, reading: Reading, place: int, n: int) -> None:
        self._idf = math.log(1 + (reading.live - n + 0.5) / (n + 0.5))
        self._fragments, self._mean = reading.fragments[place], reading.mean

    def score(self, matcher: Matcher) -> float:
        """Of the document at which a matcher stands."""
        tf, length = matcher.weight(), max(self._fragments[matcher.id()].words, bm25.SHORTEST)
        norm = bm25.K1 * (1 - bm25.B + bm25.B * length / self._mean)
        return float(self._idf * tf * (bm25.K1 + 1) / (tf + norm))


class Weighting(WeightingModel):  # type: ignore[misc]
    """The formula, with the statistics of live documents: for one searcher."""

    def __init__(self) -> None:
        self._reading: Reading | None = None

    def reading(self, searcher: Any) -> Reading:
        """Of the index of a searcher, or of one of its segments."""
        self._reading = self._reading or Reading(searcher.get_parent())
        return self._reading

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> BaseScorer:
        """What Whoosh asks for each term of a query, in each segment."""
        reading = self.reading(searcher)
        return Bm25(reading, reading.place(searcher), reading.frequency(fieldname, text.decode("utf-8")))


class Counted(Query):  # type: ignore[misc]
    """Scored as a term that stands wherever this was counted."""

    boost: float

    def counts(self, reading: Reading, place: int) -> Counts:
        """How often it is in each document of a segment."""
        raise NotImplementedError

    def estimate_size(self, ixreader: Any) -> int:
        """No document is left out of the estimate."""
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's own matcher of a list of documents."""
        reading = searcher.weighting.reading(searcher)
        if self not in reading.counted:
            reading.counted[self] = [self.counts(reading, place) for place in range(len(reading.leaves))]
        counted, place = reading.counted[self], reading.place(searcher)
        if not counted[place]:
            return NullMatcher()
        documents = sorted(counted[place])
        weights = [counted[place][document] for document in documents]
        bm25 = Bm25(reading, place, sum(map(len, counted)))
        return WrappingMatcher(ListMatcher(documents, weights, scorer=bm25), boost=self.boost)


@dataclass(frozen=True)
class AnyTerm(Counted):
    """Several terms of a field that count as one."""

    field_name: str
    texts: tuple[str, ...]
    boost: float = 1.0

    def counts(self, reading: Reading, place: int) -> Counts:
        found: Counter[int] = Counter()
        for text in self.texts:
            for document, weight, _ in reading.postings(place, self.field_name, text):
                found[document] += int(weight)
        return dict(found)


@dataclass(frozen=True)
class InARow(Counted):
    """Words one after the other in a turn, whatever its fragments; each may be any of several."""

    field_name: str
    slots: tuple[tuple[str, ...], ...]
    boost: float = 1.0

    def counts(self, reading: Reading, place: int) -> Counts:
        there = [
            {(run, position): d for text in slot for run, position, d in reading.words(place, self.field_name, text)}
            for slot in self.slots
        ]
        return dict(
            Counter(
                document
                for (run, position), document in there[0].items()
                if all((run, position + ahead) in words for ahead, words in enumerate(there))
            )
        )


@dataclass(frozen=True)
class Near(Counted):
    """The shortest spans of a turn that hold all of the words, in any order, with at most ``slop`` other words."""

    forms: tuple[str, ...]
    slop: int
    boost: float = 1.0

    def counts(self, reading: Reading, place: int) -> Counts:
        runs: dict[Run, list[tuple[int, str, int]]] = {}
        for form in set(self.forms):
            for run, position, document in reading.words(place, "exact", form):
                runs.setdefault(run, []).append((position, form, document))
        asked = Counter(self.forms)
        found: Counter[int] = Counter()
        for words in runs.values():
            words.sort()
            # A span is shortest where it lacks a word as soon as either of its ends is taken away.
            for first, (position, _, document) in enumerate(words):
                held: Counter[str] = Counter()
                for last in range(first, len(words)):
                    held[words[last][1]] += 1
                    if held >= asked:
                        ends = words[first][1], words[last][1]
                        shortest = all(not held - Counter([end]) >= asked for end in ends)
                        others = words[last][0] - position + 1 - len(self.forms)
                        found[document] += shortest and others <= self.slop
                        break
        return {document: n for document, n in found.items() if n}


class AnyOf(Or):  # type: ignore[misc]
    """Whoosh's ``Or`` as a tree of its union matchers, whatever the size of the index."""

    matcher_type = Or.DEFAULT_MATCHER


class BestMatcher(UnionMatcher):  # type: ignore[misc]
    """Scores the better of two matchers where both stand at the same document."""

    def score(self) -> float:
        """Of the document at which it stands."""
        here = [m for m in (self.a, self.b) if m.is_active() and m.id() == self.id()]
        return float(max(m.score() for m in here))


class Best(CompoundQuery):  # type: ignore[misc]
    """``DisjunctionMax``, with a matcher that looks where it stands."""

    def _matcher(self, subs: Any, searcher: Any, context: Any) -> Matcher:
        return self._tree_matcher(subs, BestMatcher, searcher, context, None)


class Within(Require):  # type: ignore[misc]
    """``Require``, with the matcher that Whoosh has for it."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        return RequireMatcher(self.a.matcher(searcher, context), self.b.matcher(searcher, context))
