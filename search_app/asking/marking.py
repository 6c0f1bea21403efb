"""Which words and fragments a page marks when a reader opens it from a search."""

from dataclasses import replace

from indexer.errors import QueryRejected
from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters
from indexer.index.results import Page, Spans
from indexer.model import Kind, PageId
from indexer.model.session import Event
from search_app.asking.parameters import Asked, any_filter, read
from search_app.shown.addresses import Pairs, fictitious_too
from search_app.shown.collection import Collection

_READ = {"q", "pagina", "ampliar", "sin", "corregir"}


def within(name: str) -> bool:
    """Whether a filter parts the passages of one page; the others hold for all of it or for none."""
    return name in FACETS and FACETS[name].of_page is None


def carried(asked: Asked) -> list[tuple[str, str]]:
    """What goes along, beside the text, when a result is opened: its page then counts the same fragments.

    What holds for whole pages goes along too: the next session with matches is one of the same search.
    """
    if not marks_anything(asked):
        return []
    understood = asked.understood() if asked.parsed.clauses else []
    return [*asked.chosen, *understood, *fictitious_too(asked.fictitious)]


def read_marking(pairs: Pairs) -> Asked:
    """What to mark on a page, and which part of its lists; a page is read whatever its marks were to be."""
    try:
        return read([pair for pair in pairs if pair[0] in _READ or within(pair[0])])
    except QueryRejected:
        return read(())


def marks_anything(asked: Asked) -> bool:
    """Whether something was asked for on the page."""
    return bool(asked.parsed.clauses) or any(within(name) for name, _ in asked.chosen)


def open_page(index: SearchIndex, collection: Collection, page: PageId, asked: Asked) -> Page | None:
    """The page, with the fragments that a search in it finds (``marks``), each with the places to mark.

    Filters count as in a search: the fragments that they leave out are not marked.
    """
    if not marks_anything(asked):
        return index.session(page)
    event: Event | None = collection.events.get(page.event)
    # On its own page a fictitious text is seen without being asked for: its words are no typing errors there.
    query = replace(asked.query(), with_fictitious=bool(event and event.fictitious), facets=(), meaning=False)
    if not asked.chosen and not any_filter(asked.parsed):
        return index.session(page, query)
    found = index.session(page)
    if found is None:
        return None
    here = (
        Filters({"evento": (page.event,), "tipo": (Kind.ANNOUNCEMENT.value,)})
        if page.session is None
        else Filters({"mesa": (str(page),)})
    )
    hits = index.search(replace(query, also=(*query.also, here), offset=0, limit=len(found.passages))).hits
    marks: dict[int, Spans] = {hit.passage.number: hit.marks for hit in hits if hit.page == page}
    return replace(found, marks=marks)
