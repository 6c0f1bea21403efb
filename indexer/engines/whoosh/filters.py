"""Filters: values as a reader typed them become masks over the fragments.

A value that nothing answers to matches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol, Self, TypeVar

import numpy as np

from indexer.engines.whoosh.columns import Columns, Mask
from indexer.engines.whoosh.passages import Passages
from indexer.engines.whoosh.positions import Integers
from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS, Means
from indexer.index.query import NO_VALUE, Filters, Query
from indexer.language.entities import Entities
from indexer.language.spanish import fold, slug
from indexer.language.vocabulary import Vocabulary

Test = Callable[[Integers], Mask]
"""Which of some fragments a filter leaves."""


class Narrowed(Protocol):
    """What is found, and can be made less."""

    @property
    def fragments(self) -> Integers:
        """The fragments, ascending."""

    def only(self, keep: Mask) -> Self:
        """Those that stay."""


_Found = TypeVar("_Found", bound=Narrowed)


class Selection:
    """What a query's filters leave, told of the fragments that its words match alone.

    Attributes:
        chosen: The parameters that hold a filter.
    """

    def __init__(self, held: Sequence[Test], own: Mapping[str, Test]) -> None:
        self._held = held
        self._own = own
        self.chosen = frozenset(own)

    def of(self, found: _Found) -> _Found:
        """What all filters together leave."""
        for test in (*self._held, *self._own.values()):
            found = found.only(test(found.fragments))
        return found

    def without(self, name: str, fragments: Integers) -> Integers:
        """What all filters but the parameter of this name leave. Fields in the text (``also``) hold for every facet."""
        for test in (*self._held, *(own for other, own in self._own.items() if other != name)):
            fragments = fragments[test(fragments)]
        return fragments


class Filtering:
    """Resolves filters over one index."""

    def __init__(self, passages: Passages, columns: Columns, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self._passages = passages
        self._columns = columns
        self._entities = Entities(catalogue.entities)
        self._vocabulary = vocabulary
        self._fictitious = np.array([page.event.fictitious for page in passages.pages], dtype=np.bool_)
        self._sessions = self._session_names()
        self._people: dict[str, list[int]] = {}
        for code, person in enumerate(columns["persona"].values):
            for called in {fold(person), slug(person)}:
                self._people.setdefault(called, []).append(code)
        self._every: Mask = np.ones(len(passages), dtype=np.bool_)
        self._real = self._of_pages(~self._fictitious) if self._fictitious.any() else self._every

    def select(self, query: Query) -> Selection:
        """What the filters of a query leave, fictitious events hidden where nobody asked for them."""
        held: list[Test] = []
        visible = self.visible(query)
        if visible is not self._every:
            held.append(visible.__getitem__)
        for filters in (query.filters, *query.also):
            if filters.since is not None or filters.until is not None:
                held.append(self._of_dates(filters).__getitem__)
        for filters in query.also:
            held.extend(self._own(filters).values())
        return Selection(held, self._own(query.filters))

    def visible(self, query: Query) -> Mask:
        """The fragments that may be told of at all: of real events, and of fictitious ones that were asked for."""
        if self._real is self._every:
            return self._every
        asked = self._asked_for(query)
        if asked.all():
            return self._every
        return self._of_pages(~self._fictitious | asked) if asked.any() else self._real

    def every(self) -> Mask:
        """All fragments."""
        return self._every

    def real(self) -> Mask:
        """The fragments of events that are not fictitious."""
        return self._real

    def _own(self, filters: Filters) -> dict[str, Test]:
        tests: dict[str, Test] = {}
        for name, values in filters.values.items():
            codes = sorted({code for value in values for code in self._codes(name, value)})
            tests[name] = partial(self._columns[name].having, codes, or_none=NO_VALUE in values)
        return tests

    def _codes(self, name: str, value: str) -> Iterable[int]:
        """Indexes of the values of a column that a typed value means."""
        column = self._columns[name]
        typed = fold(value.strip())
        match FACETS[name].means:
            case Means.VALUE:
                wanted = {typed}
            case Means.SESSION:
                number = typed.isascii() and typed.isdecimal() and len(typed) < 10
                return self._sessions.get(int(typed) if number else typed, ())
            case Means.TOPIC:
                wanted = {self._vocabulary.resolve(value) or typed}
            case Means.PERSON:
                return self._people.get(typed, ())
            case Means.HOME:  # a speaker of an OPLE is counted in its state
                wanted = {self._entities.home(self._entities.resolve(value) or typed)}
            case Means.ENTITY:
                wanted = {self._entities.resolve(value) or typed}
            case Means.LABEL:
                named = enumerate(zip(column.values, column.labels, strict=True))
                return [code for code, names in named if typed in map(fold, names)]
        return [code for code, key in enumerate(column.values) if key in wanted]

    def _session_names(self) -> dict[str | int, list[int]]:
        """Indexes of the sessions that are called so: by folder, as ``evento/mesa``, by number."""
        found: dict[str | int, list[int]] = {}
        for code, name in enumerate(self._columns["mesa"].values):
            session = self._passages.pages[self._passages.by_id[name]].session
            if session is not None:
                called: set[str | int] = {session.slug, name}
                if session.number is not None:
                    called.add(session.number)
                for each in called:
                    found.setdefault(each, []).append(code)
        return found

    def _asked_for(self, query: Query) -> Mask:
        """Of each page, whether its event was chosen by name, or all fictitious ones were asked for."""
        if query.with_fictitious:
            return np.ones_like(self._fictitious)
        if not any(filters.of("evento") or filters.of("mesa") for filters in (query.filters, *query.also)):
            return np.zeros_like(self._fictitious)
        chosen: set[str] = set()
        for filters in (query.filters, *query.also):
            chosen.update(fold(value.strip()) for value in filters.of("evento"))
            chosen.update(fold(value.strip()).partition("/")[0] for value in filters.of("mesa") if "/" in value)
        return np.array([page.event.slug in chosen for page in self._passages.pages], dtype=np.bool_)

    def _of_dates(self, filters: Filters) -> Mask:
        since, until = filters.since, filters.until
        pages = [
            (since is None or page.last >= since) and (until is None or page.first <= until)
            for page in self._passages.pages
        ]
        return self._of_pages(np.array(pages, dtype=np.bool_))

    def _of_pages(self, pages: Mask) -> Mask:
        return np.asarray(pages[self._passages.page], dtype=np.bool_)
