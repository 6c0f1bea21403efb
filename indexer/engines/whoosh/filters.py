"""Filters: values as a reader typed them become masks over the fragments.

A value that nothing answers to matches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from indexer.engines.whoosh.columns import Columns, Mask
from indexer.engines.whoosh.passages import PagePlace, Passages
from indexer.index.catalogue import Catalogue
from indexer.index.query import FIELDS, NO_VALUE, Filters, Query
from indexer.language.entities import Entities
from indexer.language.spanish import fold, slug
from indexer.language.vocabulary import Vocabulary


class Selection:
    """The fragments that a query's filters leave.

    Attributes:
        mask: All filters together.
    """

    def __init__(self, held: Mask, own: dict[str, Mask]) -> None:
        self._held = held
        self._own = own
        self.mask = self.without("")

    def without(self, name: str) -> Mask:
        """All filters but the parameter of this name. Fields in the text (``also``) hold for every facet."""
        mask = self._held
        for other, own in self._own.items():
            if other != name:
                mask = mask & own
        return mask


class Filtering:
    """Resolves filters over one index."""

    def __init__(self, passages: Passages, columns: Columns, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self._passages = passages
        self._columns = columns
        self._entities = Entities(catalogue.entities)
        self._vocabulary = vocabulary
        self._fictitious = np.array([page.event.fictitious for page in passages.pages], dtype=np.bool_)

    def select(self, query: Query) -> Selection:
        """What the filters of a query leave, fictitious events hidden where nobody asked for them."""
        held = self.visible(query)
        for filters in (query.filters, *query.also):
            held = held & self._of_dates(filters)
        for filters in query.also:
            for mask in self._own(filters).values():
                held = held & mask
        return Selection(held, self._own(query.filters))

    def visible(self, query: Query) -> Mask:
        """The fragments that may be told of at all: of real events, and of fictitious ones that were asked for."""
        return self._of_pages(~self._fictitious | self._asked_for(query))

    def real(self) -> Mask:
        """The fragments of events that are not fictitious."""
        return self._of_pages(~self._fictitious)

    def _own(self, filters: Filters) -> dict[str, Mask]:
        masks = {}
        for name, attribute in FIELDS.items():
            values: tuple[str, ...] = getattr(filters, attribute)
            if values:
                column = self._columns[name]
                codes = {code for value in values for code in self._codes(name, value)}
                masks[name] = column.mask(codes, len(self._passages))
                if NO_VALUE in values:
                    masks[name] |= ~column.mask(range(len(column.values)), len(self._passages))
        return masks

    def _codes(self, name: str, value: str) -> Iterable[int]:
        """Indexes of the values of a column that a typed value means."""
        column = self._columns[name]
        typed = fold(value.strip())
        match name:
            case "evento":
                wanted = {typed}
            case "mesa":
                return [code for code, page in enumerate(column.values) if _is_session(self._page(page), typed)]
            case "tema":
                wanted = {self._vocabulary.resolve(value) or typed}
            case "persona":
                return [c for c, person in enumerate(column.values) if typed in (fold(person), slug(person))]
            case "entidad":  # a speaker of an OPLE is counted in its state
                wanted = {self._entities.home(self._entities.resolve(value) or typed)}
            case "menciona":
                wanted = {self._entities.resolve(value) or typed}
            case _:
                named = enumerate(zip(column.values, column.labels, strict=True))
                return [code for code, names in named if typed in map(fold, names)]
        return [code for code, key in enumerate(column.values) if key in wanted]

    def _page(self, name: str) -> PagePlace:
        return self._passages.pages[self._passages.by_id[name]]

    def _asked_for(self, query: Query) -> Mask:
        """Of each page, whether its event was chosen by name, or all fictitious ones were asked for."""
        if query.with_fictitious:
            return np.ones_like(self._fictitious)
        chosen: set[str] = set()
        for filters in (query.filters, *query.also):
            chosen.update(fold(value.strip()) for value in filters.event)
            chosen.update(fold(value.strip()).partition("/")[0] for value in filters.session if "/" in value)
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


def _is_session(page: PagePlace, typed: str) -> bool:
    """Whether a page is meant by a folder name, ``evento/mesa`` or a number."""
    session = page.session
    if session is None:
        return False
    number = typed.isascii() and typed.isdecimal() and len(typed) < 10 and int(typed) == session.number
    return number or typed in (session.slug, str(page.id))
