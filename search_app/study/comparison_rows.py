"""The rows of a comparison: sessions, days, people or entities, with links to their fragments.

Every fragment is in one row and one only, so that a column adds up to what its search finds. A collection has thousands
of sessions and of people: their numbers are kept in dictionaries, and only the rows that a page shows are laid out.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import Any

from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE, Filters, Query
from indexer.index.results import Counted
from indexer.language.inferred_names import INFERRED_NAME
from indexer.model import PageId
from search_app.asking.listing import names_of, sought
from search_app.asking.parameters import MOST_VALUES, Asked
from search_app.asking.periods import UNITS
from search_app.finding.trend import rate
from search_app.shown.addresses import Pairs, search_address
from search_app.shown.collection import Collection, mesa_title, once_per_edition
from search_app.shown.formatting import count, day, days

DAY = "dia"
"""No facet: the mesas are counted, and put together by their days."""
WITHOUT_TEXT = 30
"""Mesas up to which those are named of which there is no text."""
WIDER = {"evento", "tipo"}
"""Filters that say nothing of a mesa without text: with them it can still be told that nothing is known of it."""
Key = Any
"""What a row is of: a value of a facet, None for what has none; a day."""
Numbers = Mapping[Key, int]
"""A number per row."""
Day = tuple[bool, bool, dt.date, dt.date]
"""A day, in the order of the rows: announcement last, before it the unconfirmed ones; then the days."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many fragments a term has in a row; ``url`` lists them, None where there are none or no address says it."""

    count: int
    rate: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A mesa, day, person or entity.

    Attributes:
        key: What it is of.
        note: What to know of it (no transcript, nobody named), or None.
        words: Of all its texts, within the filters.
        cells: One per term; None where there is no text to count in.
    """

    label: str
    note: str | None
    words: int
    cells: tuple[Cell | None, ...]
    key: Key = None


@dataclass(frozen=True, slots=True)
class Texts:
    """All that the filters leave, whatever the terms ask for.

    Attributes:
        counted: By the facet of the rows; by mesa for days.
        words: Of each row, in the order of the rows.
        places: Of each row in that order.
    """

    counted: Counted
    words: Numbers
    places: Numbers


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows in their order.

    Attributes:
        keys: What each is of.
        row: Lays one out.
        hits: The fragments of each term.
        words: Of each row, also of those that hold none of the terms and are not among ``keys``.
    """

    keys: Sequence[Key]
    row: Callable[[Key], Row]
    hits: Sequence[Numbers]
    words: Numbers

    def longest(self, *, per_thousand_words: bool) -> float:
        """The largest number of all rows: of fragments, or of fragments per thousand words."""
        if not per_thousand_words:
            return float(max((max(hits.values(), default=0) for hits in self.hits), default=0))
        words = self.words
        rates = [
            1000 * hits[key] / words[key] for hits in self.hits for key in hits.keys() & words.keys() if words[key]
        ]
        return max(rates, default=0.0)


def texts(by: str, asked: Asked, index: SearchIndex, collection: Collection) -> Texts:
    """Everything that is counted in, by row; without filters it belongs to the edition, and is counted once."""
    if asked.filters == Filters():
        return _all_texts(index, collection, by=by, fictitious=asked.fictitious)
    return _texts(index, collection, by, asked.filters, asked.fictitious)


@once_per_edition
def _all_texts(index: SearchIndex, collection: Collection, *, by: str, fictitious: bool) -> Texts:
    return _texts(index, collection, by, Filters(), fictitious)


def _texts(index: SearchIndex, collection: Collection, by: str, filters: Filters, fictitious: bool) -> Texts:
    query = Query(filters=filters, correct=False, with_fictitious=fictitious)
    counted = index.counted(query, "mesa" if by == DAY else by)
    words: Numbers = dict(zip(counted.values.values, counted.values.words, strict=True))
    if by == DAY:
        words = _summed(_by_day(words, _days(index, collection)), words)
    return Texts(counted, words, dict(zip(words, range(len(words)), strict=True)))


def rows_of(
    by: str, every: Texts, terms: Sequence[tuple[Asked, Counted]], index: SearchIndex, collection: Collection
) -> Rows:
    """The rows in their order.

    Args:
        by: One of ``rows_offered``.
        every: All texts.
        terms: Each with what was counted of it, by the same facet.
        index: Which was asked.
        collection: What things are called.
    """
    asked = [one for one, _ in terms]
    hits: list[Numbers] = [dict(zip(found.values.values, found.values.fragments, strict=True)) for _, found in terms]
    mesas: list[dict[Day, list[str | None]]] = []
    if by == DAY:
        mesas = [_by_day(one, _days(index, collection)) for one in hits]
        hits = [_summed(group, one) for group, one in zip(mesas, hits, strict=True)]
    silent = _silent(every, asked[0], collection) if by == "mesa" and asked else {}
    keys = _listed(every, hits, tuple(silent))
    if by != "mesa":
        keys = sorted(keys) if by == DAY else _largest_first(keys, hits)

    def where(term: int, key: Key) -> Pairs:
        if by == DAY:
            some = mesas[term].get(key, ())[: MOST_VALUES + 1]
            return [("mesa", NO_VALUE if mesa is None else mesa) for mesa in some]
        return [(by, NO_VALUE if key is None else key)]

    def row(key: Key) -> Row:
        if key in silent:
            return Row(_mesa(key, collection)[0], silent[key], 0, (None,) * len(hits))
        words = every.words.get(key, 0)
        cells = (cell(one, hits[at].get(key, 0), words, where(at, key)) for at, one in enumerate(asked))
        return Row(*_named(by, key, every, collection), words, tuple(cells))

    return Rows(keys, row, hits, every.words)


def cell(asked: Asked, fragments: int, words: int, where: Pairs) -> Cell:
    """A cell whose fragments are those that ``where`` leaves: filters of a search of the same name give way to it."""
    url = None
    if fragments and len(where) <= MOST_VALUES:
        names = {name for name, _ in where}
        url = search_address(("q", asked.text), *(pair for pair in asked.state() if pair[0] not in names), *where)
    return Cell(fragments, rate(fragments, words), url)


def _listed(every: Texts, hits: Sequence[Numbers], silent: Sequence[Key] = ()) -> list[Key]:
    """What has a row, in order: where a term was found, and what has no text."""
    found = dict.fromkeys(chain.from_iterable(hits))
    # A term may name a fictitious event in its text, which then is in no other count.
    further = [key for key in found if key not in every.places]
    known = [key for key in found if key in every.places]
    known.sort(key=every.places.__getitem__)
    return [*known, *further, *silent]


def _largest_first(keys: Iterable[Key], hits: Sequence[Numbers]) -> list[Key]:
    """Of equals, the first by name; what has no value last."""
    total: dict[Key, int] = defaultdict(int)
    for one in hits:
        for key, n in one.items():
            total[key] += n
    keys = list(keys)
    named = sorted([key for key in keys if key is not None], key=total.__getitem__, reverse=True)
    return [*named, *(key for key in keys if key is None)]


def _named(by: str, key: Key, every: Texts, collection: Collection) -> tuple[str, str | None]:
    """The label of a row, and what to know of it."""
    if by == DAY:
        return _day_named(key)
    if by == "mesa":
        return _mesa(key, collection)
    if key is None:
        return FACETS[by].none.capitalize(), FACETS[by].no_value or None
    place = every.places.get(key) if by == "persona" else None
    guesses = every.counted.values.row(place).tally.inferred if place is not None else 0
    note = f"{count(guesses, 'intervención', 'intervenciones')} con {INFERRED_NAME}" if guesses else None
    return collection.label(by, key), note


def _mesa(value: str | None, collection: Collection) -> tuple[str, str | None]:
    if value is None:
        return "Anuncio", "no es de ninguna mesa"
    page = PageId.parse(value)
    note = None if collection.has_transcript(page) else "sin transcripción: solo se cuenta su descripción"
    return mesa_title(page, collection), note


def _silent(every: Texts, asked: Asked, collection: Collection) -> dict[str, str]:
    """Mesas of which there is no text, and why: nothing is known of them, which is not the same as nothing found.

    Where there are more mesas than are listed without anything found, none.
    """
    if any(name not in WIDER for name, _ in asked.chosen):
        return {}
    known = (event.slug for event in collection.events.values() if asked.fictitious or not event.fictitious)
    events = asked.filters.of("evento") or known
    found = (session.page for slug in events for session in collection.by_event.get(slug, ()))
    pages = list(islice(found, WITHOUT_TEXT + 1))  # no pass over all mesas
    if len(pages) > WITHOUT_TEXT:
        return {}
    return {
        str(page): "sin texto de este tipo" if collection.has_transcript(page) else "sin transcripción"
        for page in sorted(pages, key=collection.places.__getitem__)
        if str(page) not in every.places
    }


@once_per_edition
def _days(_: SearchIndex, collection: Collection) -> dict[str | None, Day]:
    """By mesa: what it is grouped by."""
    found: dict[str | None, Day] = {None: (True, False, dt.date.min, dt.date.min)}
    for page, session in collection.sessions.items():
        event = collection.events[page.event]
        known = session.date
        found[str(page)] = (False, False, known, known) if known else (False, True, event.start, event.end)
    return found


def _day_named(key: Day) -> tuple[str, str | None]:
    announced, unconfirmed, first, last = key
    if announced:
        return "Anuncio", "no es de ninguna mesa"
    return (days(first, last), "día no confirmado") if unconfirmed else (day(first), None)


def row_names(by: str, keys: Sequence[Key], index: SearchIndex, collection: Collection) -> list[str]:
    """What the rows are called, folded."""
    if by in UNITS:
        return [sought(key.label) for key in keys]
    if by != DAY:
        return names_of(by, keys, index, collection)
    return list(map(_day_names(index, collection).__getitem__, keys))


@once_per_edition
def _day_names(index: SearchIndex, collection: Collection) -> dict[Day, str]:
    return {key: sought(_day_named(key)[0]) for key in set(_days(index, collection).values())}


def _by_day(numbers: Numbers, day_of: Mapping[str | None, Day]) -> dict[Day, list[str | None]]:
    of = day_of.__getitem__
    return {key: list(mesas) for key, mesas in groupby(sorted(numbers, key=of), key=of)}


def _summed(groups: Mapping[Day, Iterable[str | None]], numbers: Numbers) -> dict[Day, int]:
    return {key: sum(map(numbers.__getitem__, mesas)) for key, mesas in groups.items()}
