"""A search that somebody follows: how much it finds in each mesa, from which a browser tells what is new."""

from dataclasses import dataclass, replace

from indexer.index.protocol import SearchIndex
from search_app.asking.parameters import Asked, read
from search_app.finding.atom_feed import title
from search_app.finding.facets import elsewhere
from search_app.finding.results_page import answered
from search_app.shown.addresses import Pairs, parameters, search_address
from search_app.shown.collection import Collection


@dataclass(frozen=True, slots=True)
class Followed:
    """What ``/seguir`` shows of a search; ``kept`` are its parameters as an address holds them, empty without one."""

    kept: str
    title: str
    results: str
    feed: str


def follow_page(pairs: Pairs, collection: Collection) -> Followed:
    """The page on which a search is kept, and what is kept is seen."""
    asked = read(pairs)
    kept = asked.subject()
    return Followed(parameters(kept), title(asked, collection), search_address(*kept), elsewhere(asked, "/buscar.atom"))


def found_per_session(pairs: Pairs, index: SearchIndex, _: Collection) -> tuple[Asked, int, dict[str, int]]:
    """A search, how many fragments match in full, and how many of them per mesa; announcements count in all."""
    asked = answered(read(pairs), index)[0]
    found = index.counted(replace(asked.query(), facets=()), "mesa")
    counts = zip(found.values.values, found.values.fragments, strict=True)
    return asked, found.total.fragments, {mesa: n for mesa, n in counts if mesa is not None}
