"""Filters: values as a reader typed them become masks over the fragments.

A value that nothing answers to matches nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol, Self, TypeVar

import numpy as np

from indexer.engines.ranking.arrays import Integers, Mask
from indexer.engines.ranking.columns import Columns
from indexer.engines.ranking.passages import Passages
from indexer.engines.understanding.filter_values import FilterValues
from indexer.index.catalogue import Catalogue
from indexer.index.query import NO_VALUE, Filters, Query
from indexer.language.vocabulary import Vocabulary

Test = Callable[[Integers], Mask]
"""Tells which of some fragments a filter leaves."""


class Filterable(Protocol):
    """Matches that a filter can reduce."""

    @property
    def fragments(self) -> Integers:
        """Its fragments, ascending."""

    def only(self, keep: Mask) -> Self:
        """Return the matches without the fragments that are not kept."""


_Found = TypeVar("_Found", bound=Filterable)


class Selection:
    """The filters of a query, to be applied to the fragments that its words match.

    Attributes:
        chosen: The parameters that have a filter.
    """

    def __init__(self, always: Sequence[Test], own: Mapping[str, Test]) -> None:
        self._always = always
        self._own = own
        self.chosen = frozenset(own)

    def of(self, found: _Found) -> _Found:
        """Return what all filters together leave."""
        for test in (*self._always, *self._own.values()):
            found = found.only(test(found.fragments))
        return found

    def without(self, name: str, fragments: Integers) -> Integers:
        """Return what all filters leave but the parameter of this name. Fields in the text (``also``) always filter."""
        for test in (*self._always, *(own for other, own in self._own.items() if other != name)):
            fragments = fragments[test(fragments)]
        return fragments


class Filtering:
    """Resolves filters over one index."""

    def __init__(self, passages: Passages, columns: Columns, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self._passages = passages
        self._columns = columns
        self._meant = FilterValues({name: column.values for name, column in columns.items()}, catalogue, vocabulary)
        self.bearing = self._meant.bearing
        self._events = [event.slug for event in catalogue.events]
        fictitious = np.array([event.fictitious for event in catalogue.events], dtype=np.bool_)
        self._fictitious: Mask = fictitious[passages.event_of]
        self._every: Mask = np.ones(len(passages), dtype=np.bool_)
        self._real = self._of_pages(~self._fictitious) if self._fictitious.any() else self._every

    def select(self, query: Query) -> Selection:
        """Return the filters of a query. One of them hides fictitious events unless somebody asked for them."""
        always: list[Test] = []
        visible = self.visible(query)
        if visible is not self._every:
            always.append(visible.__getitem__)
        for filters in (query.filters, *query.also):
            if filters.since is not None or filters.until is not None:
                always.append(self._of_dates(filters).__getitem__)
        for filters in query.also:
            always.extend(self._own(filters).values())
        return Selection(always, self._own(query.filters))

    def visible(self, query: Query) -> Mask:
        """Return the fragments that may be shown at all: of real events, and of fictitious ones that were asked for."""
        if self._real is self._every:
            return self._every
        asked = self._asked_for(query)
        if asked.all():
            return self._every
        return self._of_pages(~self._fictitious | asked) if asked.any() else self._real

    def every(self) -> Mask:
        """Return the mask of all fragments."""
        return self._every

    def real(self) -> Mask:
        """Return the mask of the fragments of real events."""
        return self._real

    def _own(self, filters: Filters) -> dict[str, Test]:
        tests: dict[str, Test] = {}
        for name, values in filters.values.items():
            codes = sorted({code for value in values for code in self._meant.codes(name, value)})
            tests[name] = partial(self._columns[name].having, codes, or_none=NO_VALUE in values)
        return tests

    def _asked_for(self, query: Query) -> Mask:
        """Per page, whether its event was chosen by name, or all fictitious ones were asked for."""
        if query.with_fictitious:
            return np.ones_like(self._fictitious)
        chosen = self._meant.events(query)
        if not chosen:
            return np.zeros_like(self._fictitious)
        return np.array([slug in chosen for slug in self._events], dtype=np.bool_)[self._passages.event_of]

    def _of_dates(self, filters: Filters) -> Mask:
        since, until = filters.since, filters.until
        pages = np.ones_like(self._fictitious)
        if since is not None:
            pages &= self._passages.last_day >= since.toordinal()
        if until is not None:
            pages &= self._passages.first_day <= until.toordinal()
        return self._of_pages(pages)

    def _of_pages(self, pages: Mask) -> Mask:
        return np.asarray(pages[self._passages.page], dtype=np.bool_)
