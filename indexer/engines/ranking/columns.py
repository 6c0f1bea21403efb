"""The values of each facet as integer columns, one row per fragment and value, to be counted with ``bincount``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from indexer.engines.ranking.arrays import NOWHERE, Integers, Mask, contains
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.postings import PostingsReader
from indexer.engines.ranking.store import Store
from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS, Facet, Means
from indexer.language.collation import alphabetical
from indexer.language.spanish import fold
from indexer.model.vocabulary import Topic


class Column:
    """One facet.

    Attributes:
        values: What the parameter takes, in the order in which equal counts are shown.
        labels: How each value is called.
        fragments, codes: One row per fragment and value: the fragment, the index of the value; sorted by value, then
            by fragment.
    """

    def __init__(
        self, values: Sequence[str], labels: Sequence[str], fragments: Integers, codes: Integers, size: int
    ) -> None:
        """``size`` is the number of passages in the index."""
        self.values = tuple(values)
        self.labels = tuple(labels)
        self.fragments = fragments
        self.codes = codes
        self._begins = np.searchsorted(codes, np.arange(len(self.values) + 1))
        # By fragment: its one value, or where its values are.
        many = np.bincount(fragments, minlength=size)
        self._single: Integers | None = None
        if many.max(initial=0) <= 1:
            self._single = np.full(size, len(self.values), dtype=np.int64)
            self._single[fragments] = codes
        else:
            self._sorted = codes[np.argsort(fragments, kind="stable")]
            self._last = np.cumsum(many)
            self._many = many

    def counts(self, fragments: Integers) -> Integers:
        """Return how many of the fragments have each value."""
        if self._single is not None:
            return np.bincount(self._single[fragments], minlength=len(self.values) + 1)[:-1]
        return np.bincount(self.codes_of(fragments)[1], minlength=len(self.values))

    def codes_of(self, fragments: Integers) -> tuple[Integers, Integers]:
        """Return a row per value of a fragment: the index of the fragment in the list, the index of the value."""
        if self._single is not None:
            codes = self._single[fragments]
            there = np.flatnonzero(codes < len(self.values))
            return there, codes[there]
        many = self._many[fragments]
        ends = np.cumsum(many)
        rows = np.arange(ends[-1] if ends.size else 0) + np.repeat(self._last[fragments] - ends, many)
        return np.repeat(np.arange(fragments.size), many), self._sorted[rows]

    def having(self, wanted: Iterable[int], fragments: Integers, *, or_none: bool = False) -> Mask:
        """Return which of the fragments have any of the wanted values (indexes) or, with ``or_none``, no value."""
        if self._single is not None:
            flags = np.zeros(len(self.values) + 1, dtype=np.bool_)
            flags[list(wanted)] = True
            flags[-1] = or_none
            return np.asarray(flags[self._single[fragments]])
        keep = self._many[fragments] == 0 if or_none else np.zeros(fragments.size, dtype=np.bool_)
        for code in wanted:
            keep |= contains(self.fragments[self._begins[code] : self._begins[code + 1]], fragments)
        return keep


Columns = Mapping[str, Column]
"""By the name of the facet."""


def columns(store: Store, reader: PostingsReader, passages: Passages, catalogue: Catalogue) -> Columns:
    """Return every facet of an index."""
    return {name: _of_facet(facet, store, reader, passages, catalogue) for name, facet in FACETS.items()}


def _of_facet(facet: Facet, store: Store, reader: PostingsReader, passages: Passages, catalogue: Catalogue) -> Column:
    if facet.of_page:
        pages: dict[str, list[Integers]] = {}
        for page in passages.pages:
            for value in facet.of_page(page.event, page.session):
                pages.setdefault(value, []).append(np.arange(page.start, page.stop))
        rows = {value: _any(parts) for value, parts in pages.items()}
    else:
        terms = {term for term, _ in store.terms(facet.field)}
        rows = {term: reader.fragments(facet.field, term) for term in terms}
    if facet.means is Means.PERSON:
        rows = _by_name(rows)
    elif facet.means is Means.TOPIC:
        rows = _widened(rows, catalogue.topics)
    return _column(rows, facet.labels(catalogue), len(passages), ordered=facet.of_page is not None)


def _column(rows: Mapping[str, Integers], labels: Mapping[str, str], size: int, *, ordered: bool = False) -> Column:
    found = {value: fragments for value, fragments in rows.items() if fragments.size}
    values = list(found)
    if not ordered:
        values.sort(key=lambda value: (alphabetical(labels.get(value, value)), value))
    return Column(
        tuple(values),
        tuple(labels.get(value, value) for value in values),
        np.concatenate([NOWHERE, *(found[value] for value in values)]),
        np.repeat(np.arange(len(values)), [found[value].size for value in values]),
        size,
    )


def _by_name(rows: Mapping[str, Integers]) -> dict[str, Integers]:
    """One value per folded name, called by its most frequent spelling."""
    spellings: dict[str, Counter[str]] = {}
    for name, fragments in rows.items():
        spellings.setdefault(fold(name), Counter())[name] += int(fragments.size)
    best = {
        # Of spellings as frequent, the one with accents, then the one that is not all in capitals.
        key: min(found, key=lambda name: (-found[name], name.isascii(), name.isupper(), name))
        for key, found in spellings.items()
    }
    return {best[key]: _any([rows[name] for name in found]) for key, found in spellings.items()}


def _widened(rows: Mapping[str, Integers], topics: Iterable[Topic]) -> dict[str, Integers]:
    """A fragment of a topic is also one of its broader topics."""
    broader = {topic.id: topic.broader for topic in topics}
    found: dict[str, list[Integers]] = {}
    for topic, fragments in rows.items():
        for above in above_and_itself(topic, broader):
            found.setdefault(above, []).append(fragments)
    return {topic: _any(parts) for topic, parts in found.items()}


def above_and_itself(topic: str, broader: Mapping[str, Iterable[str]]) -> set[str]:
    """Return a topic and all its broader ones; a vocabulary that goes in circles does no harm."""
    seen: set[str] = set()
    left = [topic]
    while left:
        current = left.pop()
        if current not in seen:
            seen.add(current)
            left.extend(broader.get(current, ()))
    return seen


def _any(parts: list[Integers]) -> Integers:
    return np.unique(np.concatenate([NOWHERE, *parts]))
