"""Works out, once per generation, the arrays that every answer needs: where passages stand, and the facets' values."""

from collections.abc import Iterable, Mapping

import numpy as np

from indexer.engines.ranking.accumulator import Accumulator
from indexer.engines.ranking.arrays import NOWHERE, RUN, Integers
from indexer.engines.ranking.columns import column_numbers
from indexer.engines.ranking.derived import Derived
from indexer.engines.ranking.hits import Hits
from indexer.engines.ranking.passages import Passages
from indexer.engines.ranking.postings import PostingsReader
from indexer.engines.ranking.store import Store
from indexer.engines.understanding.catalogue_order import (
    OrderedPage,
    above_and_itself,
    best_spellings,
    by_label,
    pages_in_order,
)
from indexer.engines.understanding.documents import ANSWERS, CORRECTED, INFERRED
from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS, Facet, Means
from indexer.language.spanish import fold
from indexer.model.vocabulary import Topic


def derive(store: Store, catalogue: Catalogue) -> Derived:
    """Return the arrays of an index that was just written."""
    pages = pages_in_order(catalogue)
    found = Derived(_of_passages(store, pages), {"pages": tuple(str(page.id) for page in pages)})
    passages = Passages(found, catalogue)
    reader = PostingsReader(store, passages, Accumulator(len(passages)))
    numbers, values = dict(found.numbers), dict(found.values)
    for name, facet in FACETS.items():
        rows = _of_pages(facet, pages, numbers["page_edges"]) if facet.of_page else _of_terms(facet, store, reader)
        if facet.means is Means.PERSON:
            rows, hits = _by_name(rows), Hits(store, passages)
            said = {
                name: hits.document(int(fragments[0])).passage for name, fragments in rows.items() if fragments.size
            }
            values["roles"] = tuple(name for name, passage in said.items() if not passage.identified)
        elif facet.means is Means.TOPIC:
            rows = _widened(rows, catalogue.topics)
        rows = {value: fragments for value, fragments in rows.items() if fragments.size}
        order = list(rows)
        if not facet.of_page:
            order = by_label(order, facet.labels(catalogue))
        values[name] = tuple(order)
        column = column_numbers([rows[value] for value in order], len(passages))
        numbers |= {f"{name}.{part}": array for part, array in column.items()}
    return Derived(numbers, values)


def _of_passages(store: Store, pages: list[OrderedPage]) -> dict[str, Integers]:
    """The arrays that ``Passages`` reads."""
    sizes = store.sizes()
    segment, document, page, number, order, run, first, words, marks = _rows(store, sizes, pages).T
    sorting = np.lexsort((order, page))
    segment, document, page, run = segment[sorting], document[sorting], page[sorting], run[sorting]
    begins = np.ones(page.size, dtype=np.int64)
    begins[1:] = (page[1:] != page[:-1]) | (run[1:] != run[:-1])
    ends = np.cumsum([0, *sizes], dtype=np.int64)
    fragment = np.full(int(ends[-1]), -1, dtype=np.int64)
    fragment[ends[segment] + document] = np.arange(page.size)
    return {
        "page": page,
        "number": number[sorting],
        "words": words[sorting],
        "first": (np.cumsum(begins) << RUN) + first[sorting],
        "corrected": np.flatnonzero(marks[sorting] & CORRECTED),
        "inferred": (marks[sorting] & INFERRED) != 0,
        "answers": (marks[sorting] & ANSWERS) != 0,
        "segment": segment,
        "document": document,
        "fragment": fragment,
        "segment_ends": ends[1:],
        "page_edges": np.searchsorted(page, np.arange(len(pages) + 1)),
        "page_event": _integers(one.event_at for one in pages),
        "page_first_day": _integers(one.days[0] for one in pages),
        "page_last_day": _integers(one.days[1] for one in pages),
    }


def _integers(numbers: Iterable[int]) -> Integers:
    return np.fromiter(numbers, dtype=np.int64)


def _rows(store: Store, sizes: list[int], pages: list[OrderedPage]) -> Integers:
    """A row per live document: segment, document, page, number, order, run, first position, words, marks."""
    by_id = {str(page.id): index for index, page in enumerate(pages)}
    dead = [np.zeros(size, dtype=np.bool_) for size in sizes]
    for index, flags in enumerate(dead):
        flags[store.deleted(index)] = True
    rows = [np.zeros((0, 9), dtype=np.int64)]
    for term in sorted({term for term, _ in store.terms("page")}):
        if term not in by_id:
            continue
        for posted in store.postings("page", term):
            count = posted.documents.size
            head = np.empty((count, 3), dtype=np.int64)
            head[:, 0], head[:, 1], head[:, 2] = posted.segment, posted.documents, by_id[term]
            row = np.hstack((head, posted.numbers.astype(np.int64).reshape(count, 6)))
            rows.append(row[~dead[posted.segment][posted.documents]])
    return np.concatenate(rows)


def _of_pages(facet: Facet, pages: list[OrderedPage], edges: Integers) -> dict[str, Integers]:
    """The passages of each value of a facet that the page decides, in the order of the pages."""
    assert facet.of_page is not None
    found: dict[str, list[Integers]] = {}
    for index, page in enumerate(pages):
        for value in facet.of_page(page.event, page.session):
            found.setdefault(value, []).append(np.arange(edges[index], edges[index + 1]))
    return {value: _any(parts) for value, parts in found.items()}


def _of_terms(facet: Facet, store: Store, reader: PostingsReader) -> dict[str, Integers]:
    """The passages of each value of a facet that the passage decides."""
    terms = {term for term, _ in store.terms(facet.field)}
    return {term: reader.fragments(facet.field, term) for term in terms}


def _by_name(rows: Mapping[str, Integers]) -> dict[str, Integers]:
    """One value per folded name, called by its most frequent spelling."""
    best = best_spellings({name: int(fragments.size) for name, fragments in rows.items()})
    found: dict[str, list[Integers]] = {}
    for name, fragments in rows.items():
        found.setdefault(best[fold(name)], []).append(fragments)
    return {name: _any(parts) for name, parts in found.items()}


def _widened(rows: Mapping[str, Integers], topics: Iterable[Topic]) -> dict[str, Integers]:
    """A fragment of a topic is also one of its broader topics."""
    broader = {topic.id: topic.broader for topic in topics}
    found: dict[str, list[Integers]] = {}
    for topic, fragments in rows.items():
        for above in above_and_itself(topic, broader):
            found.setdefault(above, []).append(fragments)
    return {topic: _any(parts) for topic, parts in found.items()}


def _any(parts: list[Integers]) -> Integers:
    return np.unique(np.concatenate([NOWHERE, *parts]))
