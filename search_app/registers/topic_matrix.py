"""The matrix of topics by years, and by the sessions of one. Where nothing was transcribed it is blank, not zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.index.protocol import SearchIndex
from indexer.index.query import Query
from indexer.index.results import Counted, CountedValues
from indexer.language.spanish_dates import MONTHS
from indexer.model import Kind
from indexer.model.session import Event, Session
from indexer.model.vocabulary import Topic
from search_app.asking.listing import ListAsked, contained, event_name
from search_app.asking.parameters import read
from search_app.registers.tallies import transcripts_query
from search_app.registers.topic_matrix_model import Matrix, MatrixColumn, MatrixRow
from search_app.shown.addresses import Pairs, address, fictitious_too, page_address, paged_address
from search_app.shown.collection import Collection, hit_title, once_per_edition
from search_app.shown.page_parts import Link, Pager, counted_link
from search_app.shown.serializing import to_csv

SESSIONS, YEARS = 12, 10
"""Columns side by side."""
CHOICES = 20
"""Events to choose from at once; a filter finds the others."""
PATH = "/temas/"
CSV_COLUMNS = ("tema", "etiqueta", "columna", "fragmentos")
Counts = Mapping[str | None, int]
"""Fragments per topic."""
Cells = Mapping[tuple[str | None, str | None], int]
"""Fragments per topic and column."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a matrix is of.

    Attributes:
        by: ``anio`` or ``mesa``: what its columns are.
        event: The one event; None for all.
        year: The one year; empty for all.
    """

    by: str
    event: Event | None
    year: str
    fictitious: bool

    @property
    def shows_fictitious(self) -> bool:
        """Whether what is fictitious counts: where it was asked for, or the event is."""
        return self.fictitious or bool(self.event and self.event.fictitious)

    def by_year(self, index: SearchIndex, collection: Collection) -> Counted:
        """Fragments per topic and year."""
        slug = self.event.slug if self.event else ""
        return _by_year(index, collection, event=slug, fictitious=self.shows_fictitious)

    def pairs(self) -> list[tuple[str, str]]:
        """What the texts are of, as parameters of a search."""
        event = [("evento", self.event.slug)] if self.event else []
        return [*event, *([("anio", self.year)] if self.year else [])]

    def query(self) -> Query:
        """The transcripts that are counted."""
        return transcripts_query(self.shows_fictitious, **{name: (value,) for name, value in self.pairs()})


def topic_matrix(pairs: Pairs, index: SearchIndex, collection: Collection) -> Matrix | None:
    """The matrix that an address asks for (``evento``, ``anio``); None where there is nothing.

    Texts of several years are shown by year first. Where all are of one, the mesas are of the last event that has a
    transcript.

    Raises:
        QueryRejected: A ``pagina`` that is no number.
    """
    asked, page = _asked(pairs, index, collection)
    if asked is None or not collection.topics:
        return None
    every = _across(asked, index, collection)
    size = YEARS if asked.by == "anio" else SESSIONS
    start = min((page - 1) * size, len(every))
    columns = [_column(one, asked, index, collection) for one in every[start : start + size]]
    totals, cells = _counts(asked, columns, index, collection)
    rows = [_row(topic, asked, columns, totals, cells) for topic in _topics(totals, collection)]
    shown = tuple(row for row in rows if any(cell and cell.count for cell in row.cells))
    choices, names = _choices(index, collection, fictitious=asked.fictitious)
    several = len(choices) > 1
    only = "" if several or not choices else choices[0].slug
    own = [*(pair for pair in asked.pairs() if pair != ("evento", only)), *fictitious_too(asked.fictitious)]
    choosing = ListAsked(PATH, own, contains=contained(pairs), anchor="cruce")
    events = choosing.part(
        len(choices) if several else 0,
        lambda place: _choice(choices[place], asked, collection),
        ("evento", "eventos"),
        lambda: names,
        per_page=CHOICES,
    )
    return Matrix(
        title=", ".join(filter(None, (asked.event.title if asked.event else "Todos los eventos", asked.year))),
        by=asked.by,
        fictitious=bool(asked.event and asked.event.fictitious),
        columns=tuple(columns),
        rows=shown,
        silent=len(rows) - len(shown),
        coverage=collection.coverage([asked.event])
        if asked.event
        else collection.coverage_of_all(fictitious=asked.fictitious),
        events=events,
        years=address(PATH, *(pair for pair in own if pair[0] != "anio"), anchor="cruce") if asked.year else "",
        file=address(PATH, *own, ("formato", "csv")),
        pager=Pager.of(page, len(every), size, lambda n: f"{paged_address(PATH, own, n)}#cruce"),
    )


def matrix_csv(pairs: Pairs, index: SearchIndex, collection: Collection, separator: str) -> str:
    """Every topic in every column, each on a line; where there is no transcript there is no number."""
    asked, _ = _asked(pairs, index, collection)
    if asked is None:
        return to_csv(CSV_COLUMNS, (), separator)
    columns = [_column(one, asked, index, collection) for one in _across(asked, index, collection)]
    yearly = asked.by == "anio"
    counted = asked.by_year(index, collection) if yearly else index.counted(asked.query(), "tema", "mesa")
    lines = (
        (topic.id, topic.label, column.value, (found.fragments if found else 0) if column.said else None)
        for topic in _topics(_numbers(counted.values), collection)
        for column in columns
        for found in [counted.pairs.get((topic.id, column.value))]
    )
    return to_csv(CSV_COLUMNS, (dict(zip(CSV_COLUMNS, line, strict=True)) for line in lines), separator)


def _asked(pairs: Pairs, index: SearchIndex, collection: Collection) -> tuple[Asked | None, int]:
    asked = read([pair for pair in pairs if pair[0] in ("evento", "anio", "pagina", "ficticio")])
    wanted = next((slug for slug in asked.filters.of("evento") if collection.by_event.get(slug)), None)
    event = collection.events[wanted] if wanted else None
    year = next((year for year in asked.filters.of("anio") if year.isdecimal() and 0 < int(year) < 10_000), "")
    if year:
        return Asked("mesa", event, year, asked.fictitious), asked.page
    whole = Asked("anio", event, "", asked.fictitious)
    if len(whole.by_year(index, collection).others) > 1:
        return whole, asked.page
    event = event or _last(index, collection, fictitious=asked.fictitious)
    return Asked("mesa", event, "", asked.fictitious) if event else None, asked.page


@once_per_edition
def _by_year(index: SearchIndex, _: Collection, *, event: str, fictitious: bool) -> Counted:
    """Fragments of transcripts per topic and year: of one event, or of all."""
    return index.counted(transcripts_query(fictitious, **({"evento": (event,)} if event else {})), "tema", "anio")


def _counts(
    asked: Asked, columns: Sequence[MatrixColumn], index: SearchIndex, collection: Collection
) -> tuple[Counts, Cells]:
    """Fragments per topic, in all and in each of the columns that are shown."""
    if asked.by == "anio":
        found = asked.by_year(index, collection)
        return _numbers(found.values), {pair: tally.fragments for pair, tally in found.pairs.items()}
    every = index.counted(asked.query(), "tema").values
    mesas = tuple(column.value for column in columns if column.said)
    there = index.counted(transcripts_query(False, mesa=mesas), "tema", "mesa").pairs if mesas else {}
    return _numbers(every), {pair: tally.fragments for pair, tally in there.items()}


def _numbers(values: CountedValues) -> Counts:
    return dict(zip(values.values, values.fragments, strict=True))


def _across(asked: Asked, index: SearchIndex, collection: Collection) -> Sequence[str] | Sequence[Session]:
    """Every year from the last that has a transcript to the first, or every mesa in the order of the sessions."""
    if asked.by == "anio":
        said = [int(value) for value in asked.by_year(index, collection).others.values if value]
        return list(map(str, range(max(said, default=0), min(said, default=1) - 1, -1)))
    if asked.event is None:
        return _of_year(index, collection, year=asked.year, fictitious=asked.fictitious)
    sessions = collection.by_event[asked.event.slug]
    return _within(sessions, asked.event, int(asked.year)) if asked.year else sessions


@once_per_edition
def _of_year(_: SearchIndex, collection: Collection, *, year: str, fictitious: bool) -> list[Session]:
    events = [event for event in collection.events.values() if fictitious or not event.fictitious]
    found = [one for event in events for one in _within(collection.by_event.get(event.slug, ()), event, int(year))]
    return sorted(found, key=lambda one: one.date or collection.events[one.event].start)


def _within(sessions: Sequence[Session], event: Event, year: int) -> list[Session]:
    """Those that may be of a year."""
    first, last = event.start, event.end
    return [one for one in sessions if (one.date or first).year <= year <= (one.date or last).year]


def _column(of: str | Session, asked: Asked, index: SearchIndex, collection: Collection) -> MatrixColumn:
    if isinstance(of, str):
        here = [("anio", of), *asked.pairs(), *fictitious_too(asked.fictitious)]
        said = of in asked.by_year(index, collection).others.values
        return MatrixColumn(of, of, of, address(PATH, *here, anchor="cruce"), said)
    day = f"{of.date.day} {MONTHS[of.date.month - 1][:3]}" if of.date else of.title
    label = f"Mesa {of.number}" if asked.event and of.number is not None else day
    title = hit_title(collection.events[of.event], of, several=collection.several_events and not asked.event)
    return MatrixColumn(str(of.page), label, title, page_address(of.page), said=collection.has_transcript(of.page))


@once_per_edition
def _choices(_: SearchIndex, collection: Collection, *, fictitious: bool) -> tuple[list[Event], list[str]]:
    """The events to choose from, by what each is found: as they were held; where they are many, the newest first."""
    events = [
        event
        for event in collection.events.values()
        if collection.by_event.get(event.slug) and (fictitious or not event.fictitious)
    ]
    if len(events) > CHOICES:
        events.sort(key=lambda event: (event.start, event.slug), reverse=True)
    return events, list(map(event_name, events))


@once_per_edition
def _last(index: SearchIndex, collection: Collection, *, fictitious: bool) -> Event | None:
    """The last event that has a transcript; where none has, the last one."""
    events, _ = _choices(index, collection, fictitious=fictitious)
    return max(
        events, key=lambda event: (collection.transcribed([event])[0] > 0, event.start, event.slug), default=None
    )


def _topics(totals: Counts, collection: Collection) -> list[Topic]:
    """Those that are spoken of, the most frequent first; where nothing is transcribed, those of any other text."""
    names = totals or collection.overview.topic_counts
    topics = [topic for topic in collection.topics.values() if topic.id in names]
    return sorted(topics, key=lambda topic: -totals.get(topic.id, 0))


def _row(topic: Topic, asked: Asked, columns: Sequence[MatrixColumn], totals: Counts, cells: Cells) -> MatrixRow:
    """Each cell is of a column; of one that has no transcript nothing is known."""
    where = [("tema", topic.id), ("tipo", Kind.TRANSCRIPT.value), *fictitious_too(asked.shows_fictitious)]
    within = asked.pairs() if asked.by == "anio" else []
    found = tuple(
        counted_link(cells.get((topic.id, one.value), 0), *where, *within, (asked.by, one.value)) if one.said else None
        for one in columns
    )
    every = counted_link(totals.get(topic.id, 0), *where, *asked.pairs()) if totals else None
    return MatrixRow(topic, every, found)


def _choice(event: Event, asked: Asked, collection: Collection) -> Link:
    url = address(PATH, ("evento", event.slug), *fictitious_too(asked.fictitious), anchor="cruce")
    return Link(collection.marked(event.title, event.slug), url, chosen=event is asked.event)
