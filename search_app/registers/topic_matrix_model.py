"""Page model of the matrix of topics."""

from dataclasses import dataclass

from indexer.model.vocabulary import Topic
from search_app.asking.listing import Part
from search_app.shown.page_parts import Link, Pager


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A year or a mesa.

    Attributes:
        value: What the parameter takes.
        label, title: Where there is little room, and the whole.
        url: The sessions of the year, or the mesa.
        said: Whether anything of it is transcribed.
    """

    value: str
    label: str
    title: str
    url: str
    said: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A topic: in all the transcripts that were asked for, and in each column; None where a column has none."""

    topic: Topic
    total: Link | None
    cells: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics by years or by mesas.

    Attributes:
        columns: What stands side by side.
        rows: The topics that any of the columns speaks of; ``silent`` counts the others.
        events: The events to choose from, or a part of them; none where there is one.
        years: The address of the years, where the columns are the mesas of one.
        file: The address of every column and every topic as CSV.
        pager: Of the columns.
    """

    title: str
    by: str
    fictitious: bool
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    silent: int
    coverage: str
    events: Part[Link]
    years: str
    file: str
    pager: Pager
