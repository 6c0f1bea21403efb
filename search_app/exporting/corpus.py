"""A corpus to take away: what a search, a page or an event holds, without bound, one page in memory at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.index.results import Hit
from indexer.model import PageId
from search_app.asking.parameters import read
from search_app.exporting.selecting import ExportContext, select, selection_kind
from search_app.exporting.selection import NotSelected, Selection, SelectionKind
from search_app.shown.addresses import Pairs

CORPUS = frozenset({SelectionKind.PAGE, SelectionKind.SEARCH})
"""What can be taken away as one."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is taken away.

    Attributes:
        context: The generation that it is of.
        what: What was asked for: its heading, its name, its address and its notices; not its fragments.
        wanted: By page, the numbers of its fragments, each with whether it matches in full.
    """

    context: ExportContext
    what: Selection
    wanted: Mapping[PageId, Mapping[int, bool]]

    @property
    def fragments(self) -> int:
        """How many fragments it has."""
        return sum(map(len, self.wanted.values()))

    @property
    def fictitious(self) -> bool:
        """Whether any of it was never said."""
        return any(self.context.collection.events[page.event].fictitious for page in self.wanted)

    def pages(self) -> Iterator[Selection]:
        """Its pages in the order of the sessions, each read when its turn comes."""
        for page, numbers in self.wanted.items():
            if found := self.context.index.session(page):
                hits = tuple(
                    Hit(page, found.event, found.session, passage, numbers[passage.number], 0.0)
                    for passage in found.passages
                    if passage.number in numbers
                )
                yield self.context.of_page(found, hits)


def gathered(context: ExportContext, pairs: Pairs) -> Corpus:
    """Find what is asked for by name alone: no text is read.

    Raises:
        NotSelected: There is no such page, or nothing that can be taken away as a corpus is asked for.
        QueryRejected: A parameter of a search that cannot be read.
    """
    if selection_kind(pairs) not in CORPUS:
        raise NotSelected(
            400, "En este formato se da una búsqueda (q=palabras; sin palabras, todo el acervo) o todo_de=evento."
        )
    what = select(context, pairs, written=False, whole=True)
    if what.page:
        pairs = [("mesa" if what.page.session else "evento", str(what.page.id))]
    query = read(pairs).query()
    collection = context.collection
    most = sum(record.passages for record in collection.catalogue.pages.values())
    found = context.index.ranked(replace(query, order="cronologico", offset=0, limit=most, facets=(), marked=False))
    wanted: dict[PageId, dict[int, bool]] = {}
    for place, (page, number) in enumerate(found.fragments):
        wanted.setdefault(page, {})[number] = place < found.total_full
    ordered = sorted(wanted, key=lambda page: (collection.event_places[page.event], collection.places.get(page, -1)))
    return Corpus(context, what, {page: wanted[page] for page in ordered})
