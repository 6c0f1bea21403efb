"""Long lists by parts: which part of which list an address asks for (``lista``, ``contiene``, ``pagina``)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Generic, TypeVar

from indexer.index.facets import FACETS, Means
from indexer.index.protocol import SearchIndex
from indexer.language.spanish import fold
from indexer.model.session import Event
from search_app.asking.parameters import LONGEST_VALUE, first_value, read
from search_app.asking.typed_text import clean
from search_app.shown.addresses import Pairs, address, fictitious_too, paged_address
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.formatting import count, days
from search_app.shown.page_parts import Link, Pager

T = TypeVar("T")

PER_PAGE = 100
"""Rows of a part. A list that is no longer is shown whole, as if there were no parts."""
_ALONE = Pager(1, 1)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """The part of a list that a page shows.

    Attributes:
        rows: What is shown.
        total: How many rows the whole list has; ``found`` are those that contain what is asked for.
        said: Which of them are shown, in words; empty where the list is shown whole.
        contains: What the rows contain, as typed.
        action: The address of the filter, and ``kept`` the parameters that it keeps; empty where there is none.
        unfiltered: The address of the list without what is typed into the filter.
        pager: To the parts beside it.
        whole: The address of this list alone, where a page with several shows the beginning of it.
        orders: The orders in which it can be had, where they differ.
    """

    rows: tuple[T, ...] = ()
    total: int = 0
    found: int = 0
    said: str = ""
    contains: str = ""
    action: str = ""
    kept: Pairs = ()
    unfiltered: str = ""
    pager: Pager = _ALONE
    whole: str | None = None
    orders: tuple[Link, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether the page shows the list: it has rows, or would without its filter."""
        return bool(self.rows or self.said)


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What an address asks of the lists of its page.

    Attributes:
        path: Of the page.
        kept: What else the address of the page holds.
        page: From 1.
        contains: What the rows must contain.
        only: The one list that is asked for, of a page with several; empty for the beginning of each.
        fictitious: Whether fictitious texts are asked for.
        anchor: Where the list stands on its page, if not at its head.
        chosen: What narrowed the rows already, beside ``contains``.
    """

    path: str
    kept: Pairs = ()
    page: int = 1
    contains: str = ""
    only: str = ""
    fictitious: bool = False
    anchor: str = ""
    chosen: Pairs = ()

    def part(
        self,
        total: int,
        row: Callable[[int], T],
        called: tuple[str, str],
        names: Callable[[], Sequence[str]],
        *,
        of: str = "",
        per_page: int = PER_PAGE,
    ) -> Part[T]:
        """Return the part of a list that the page shows.

        Args:
            total: How many rows the list has.
            row: Makes the row at a place.
            called: One row, and several, in words.
            names: What the rows are called, folded and in their order; asked for where they are filtered.
            of: The name of the list, on a page with several.
            per_page: How many rows a part has.
        """
        alone = self.only == of
        if self.only and not alone:
            return Part(total=total)
        contains, page = (self.contains, self.page) if alone else ("", 1)
        places: Sequence[int] = range(total)
        for word in sought(contains).split():
            known = names()
            places = [place for place in places if word in known[place]]
        start = min((page - 1) * per_page, len(places))
        shown = places[start : start + per_page]
        kept = [*self.kept, *([("lista", of)] if of else ())]
        narrowed = [*self.chosen, *([("contiene", contains)] if contains else ())] if alone else []
        here = [*kept, *narrowed]
        long = total > per_page or bool(narrowed) or bool(self.only)
        return Part(
            rows=tuple(map(row, shown)),
            total=total,
            found=len(places),
            said=_said(start, len(shown), len(places), called, contains) if long or (total and not shown) else "",
            contains=contains,
            action=address(self.path, anchor=self.anchor) if long and alone else "",
            kept=kept,
            unfiltered=address(self.path, *kept, anchor=self.anchor) if narrowed else "",
            pager=Pager.of(page, len(places) if alone else 0, per_page, lambda n: paged_address(self.path, here, n)),
            whole=None if alone or not long else address(self.path, *kept, anchor=of),
        )


def _said(start: int, shown: int, total: int, called: tuple[str, str], contains: str) -> str:
    """``51 a 100 de 3,012 personas``."""
    if not total:
        return f"Nada en esta lista {f'contiene «{contains}»' if contains else 'cumple con lo elegido'}"
    if not shown:
        return "Esta página está más allá de la última"
    which = f"{start + 1:,} a {start + shown:,} de " if shown < total else ""
    return f"{which}{count(total, *called)}{f' con «{contains}»' if contains else ''}"


def read_list(pairs: Pairs, path: str, *lists: str, kept: Pairs = ()) -> ListAsked:
    """Read what an address asks of the lists of its page.

    Args:
        pairs: The parameters of the address.
        path: Of the page.
        lists: The names of its lists, where there are several.
        kept: What else its address holds, beside ``ficticio``.

    Raises:
        QueryRejected: ``pagina`` is no number.
    """
    asked = read([pair for pair in pairs if pair[0] in ("pagina", "ficticio")])
    only = first_value("lista", pairs)
    return ListAsked(
        path,
        (*kept, *fictitious_too(asked.fictitious)),
        asked.page,
        contained(pairs),
        only if only in lists else "",
        asked.fictitious,
    )


def sought(name: str) -> str:
    """A name as a filter looks for it: folded, and ñ as whoever has no such key types it."""
    return fold(name).replace("ñ", "n")


def contained(pairs: Pairs) -> str:
    """What the rows of a list must contain (``contiene``)."""
    return clean(first_value("contiene", pairs)[:LONGEST_VALUE])


def names_of(facet: str, values: Sequence[str | None], index: SearchIndex, collection: Collection) -> list[str]:
    """What the values of a facet are called, folded: with their event and its year, where they are of one."""
    known = _names(index, collection, facet=facet)
    return list(map(known.get, values, repeat("")))


@once_per_edition
def _names(_: SearchIndex, collection: Collection, *, facet: str) -> dict[str | None, str]:
    labels: Mapping[str, str] = FACETS[facet].labels(collection.catalogue)
    if FACETS[facet].means is Means.PERSON:
        overview = collection.overview
        labels = {name: name for name in (*overview.people, *overview.people_fictitious)}
    if FACETS[facet].of_page is None:
        return {value: sought(label) for value, label in labels.items()}
    events = {slug: f"{event.title} {event.start.year}" for slug, event in collection.events.items()}
    return {value: sought(f"{label} {events.get(value.partition('/')[0], '')}") for value, label in labels.items()}


@once_per_edition
def real_events(_: SearchIndex, collection: Collection) -> tuple[list[Event], list[str], list[int]]:
    """Every event that is not fictitious, the newest first; by what each is found; their years."""
    events = [event for event in collection.newest if not event.fictitious]
    return events, list(map(event_name, events)), list(dict.fromkeys(event.start.year for event in events))


def event_name(event: Event) -> str:
    """By what an event is found: title, organiser and days, folded."""
    return sought(f"{event.title} {event.organiser or ''} {days(event.start, event.end)}")


def year_links(years: Iterable[int], contains: str, path: str) -> tuple[Link, ...]:
    """The filter of a list of events with each year."""
    named = ((str(year), address(path, ("contiene", str(year)))) for year in years)
    return tuple(Link(year, url, chosen=year == contains) for year, url in named)
