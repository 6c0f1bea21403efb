"""From a mesa that was opened from a search to the sessions before and after it in which it finds something."""

from bisect import bisect_left
from dataclasses import replace

from indexer.errors import QueryRejected
from indexer.index.orders import CHRONOLOGICAL
from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters
from indexer.index.results import Page
from indexer.model import PageId
from search_app.asking.marking import carried, marks_anything
from search_app.asking.parameters import read
from search_app.shown.addresses import Pairs, anchor_address
from search_app.shown.collection import Collection
from search_app.shown.page_parts import Link


def sessions_found(
    page: Page, pairs: Pairs, index: SearchIndex, collection: Collection
) -> tuple[Link | None, Link | None]:
    """The sessions before and after a mesa with full matches of the search: at their last and at their first one."""
    try:
        asked = read(pairs)
    except QueryRejected:
        return None, None
    if page.session is None or not marks_anything(asked):
        return None, None
    with_fictitious = asked.fictitious or page.event.fictitious
    query = replace(asked.query(), with_fictitious=with_fictitious, order=CHRONOLOGICAL, facets=(), offset=0, limit=1)
    found, places = index.counted(query, "mesa").values, collection.places
    mesas = [mesa for mesa in found.values if mesa is not None]

    def link(at: int, *, last: bool) -> Link | None:
        if not 0 <= at < len(mesas):
            return None
        here = Filters({"mesa": (mesas[at],)})
        offset = found.fragments[at] - 1 if last else 0
        hit = index.search(replace(query, also=(*query.also, here), offset=offset)).hits[0]
        url = anchor_address(hit.page, hit.passage.number, asked.text, *carried(asked))
        return Link(collection.title(hit.page), url, found.fragments[at])

    at = bisect_left(mesas, places[page.id], key=lambda mesa: places[PageId.parse(mesa)])
    return link(at - 1, last=True), link(at + (str(page.id) in mesas[at : at + 1]), last=False)
