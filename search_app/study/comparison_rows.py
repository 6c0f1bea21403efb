"""The rows of a comparison: sessions, days, people or entities, with links to their fragments.

Every fragment is in one row and one only, so that a column adds up to what its search finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.index.facets import FACETS, Facet
from indexer.index.query import NO_VALUE
from indexer.index.results import Counted
from indexer.language.collation import alphabetical
from indexer.language.inferred_names import INFERRED_NAME
from indexer.model import PageId
from search_app.asking.parameters import Asked
from search_app.shown.collection import Collection, hit_title
from search_app.shown.formatting import count, day, days

WITHOUT_HITS = 30
"""Rows up to which those are listed as well where nothing was found."""
WIDER = {"evento", "tipo"}
"""Filters that say nothing of a mesa without text: with them it can still be told that nothing is known of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a term has in a row; ``where`` are the filters that leave just that."""

    fragments: int
    where: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row before it is laid out; ``found`` is None for every term where there is no text to count in."""

    label: str
    note: str | None
    words: int
    found: tuple[Found | None, ...]

    @property
    def total(self) -> int:
        """Of all the terms."""
        return sum(found.fragments for found in self.found if found)


def rows_of(by: str, every: Counted, counted: Sequence[Counted], asked: Asked, collection: Collection) -> list[Row]:
    """The rows in their order.

    Args:
        by: One of ``rows_offered``.
        every: All texts, by mesa (also for days), person or entity.
        counted: Each term, by the same.
        asked: The filters.
        collection: What things are called.
    """
    words = {value.value: value.tally.words for value in every.values}
    hits = [{value.value: value.tally.fragments for value in found.values} for found in counted]
    # A term may name a fictitious event in its text, which then is in no other count.
    labels = {value.value: value.label for found in (every, *counted) for value in found.values}
    values = list(labels)
    if by == "dia":
        return _shown(_days(values, words, hits, collection))

    def row(value: str | None, label: str, note: str | None) -> Row:
        where = ((by, NO_VALUE if value is None else value),)
        found = tuple(Found(n := found.get(value, 0), where if n else ()) for found in hits)
        return Row(label, note, words.get(value, 0), found)

    if by == "mesa":
        return _shown([row(v, *_mesa(v, collection)) for v in values] + _silent(values, counted, asked, collection))
    guesses = {value.value: value.tally.inferred for value in every.values if by == "persona" and value.tally.inferred}
    notes = {value: f"{count(n, 'intervención', 'intervenciones')} con {INFERRED_NAME}" for value, n in guesses.items()}
    named = [row(value, labels[value], notes.get(value)) for value in values if value is not None]
    named.sort(key=lambda row: (-row.total, alphabetical(row.label)))
    return _shown(named + [row(None, *_without(FACETS[by])) for value in values if value is None])


def _shown(rows: list[Row]) -> list[Row]:
    return rows if len(rows) <= WITHOUT_HITS else [row for row in rows if row.total]


def _without(facet: Facet) -> tuple[str, str | None]:
    return facet.none.capitalize(), facet.no_value or None


def _mesa(value: str | None, collection: Collection) -> tuple[str, str | None]:
    if value is None:
        return "Anuncio", "no es de ninguna mesa"
    page = PageId.parse(value)
    session = collection.sessions.get(page)
    event = collection.events[page.event]
    title = collection.marked(hit_title(event, session, several=collection.several_events), page.event)
    return title, None if collection.has_transcript(page) else "sin transcripción: solo se cuenta su descripción"


def _silent(
    values: Sequence[str | None], counted: Sequence[Counted], asked: Asked, collection: Collection
) -> list[Row]:
    """Mesas of which there is no text: nothing is known of them, which is not the same as nothing found."""
    if any(name not in WIDER for name, _ in asked.chosen):
        return []
    every = (event.slug for event in collection.events.values() if asked.fictitious or not event.fictitious)
    events = asked.filters.of("evento") or tuple(every)
    there = set(values)
    rows = []
    for page in collection.sessions:
        if page.event in events and str(page) not in there:
            lacks = "sin texto de este tipo" if collection.has_transcript(page) else "sin transcripción"
            rows.append(Row(_mesa(str(page), collection)[0], lacks, 0, (None,) * len(counted)))
    return rows


def _days(
    values: Sequence[str | None],
    words: Mapping[str | None, int],
    hits: Sequence[Mapping[str | None, int]],
    collection: Collection,
) -> list[Row]:
    """Mesas by their day; those whose day is not confirmed by their event's range; the announcements."""
    groups: dict[tuple[bool, bool, dt.date, dt.date], list[str | None]] = {}
    for value in values:
        groups.setdefault(_day(value, collection), []).append(value)
    rows = []
    for (announced, unconfirmed, first, last), members in sorted(groups.items()):
        found = []
        for one in hits:
            there = [member for member in members if one.get(member)]
            where = tuple(("mesa", NO_VALUE if member is None else member) for member in there)
            found.append(Found(sum(one[member] for member in there), where))
        label, note = days(first, last) if unconfirmed else day(first), "día no confirmado" if unconfirmed else None
        if announced:
            label, note = "Anuncio", "no es de ninguna mesa"
        rows.append(Row(label, note, sum(words.get(member, 0) for member in members), tuple(found)))
    return rows


def _day(value: str | None, collection: Collection) -> tuple[bool, bool, dt.date, dt.date]:
    """What a mesa is grouped by, in the order of the rows: announcement last, then unconfirmed, then the days."""
    if value is None:
        return True, False, dt.date.min, dt.date.min
    page = PageId.parse(value)
    session, event = collection.sessions[page], collection.events[page.event]
    if session.date:
        return False, False, session.date, session.date
    return False, True, event.start, event.end
