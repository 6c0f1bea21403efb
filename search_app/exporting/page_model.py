"""Page models of the export page and of the citation forms."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.citations import Cited
from search_app.citations.embedded import Tags
from search_app.citations.forms import Form
from search_app.citations.prose import Prose
from search_app.exporting.selection import Selection
from search_app.shown.page_parts import Link


@dataclass(frozen=True, slots=True)
class CitationForms:
    """A fragment's citation in every form.

    Attributes:
        forms: With the anchor of each.
        name: ``evento/mesa/p42``, as ``/exportar`` takes it.
        tags: What the page says to Zotero.
        downloads: Addresses of the files, named by format.
        select: The address that takes the fragment into a selection without a script.
    """

    name: str
    cited: Cited
    forms: tuple[tuple[str, Form], ...]
    tags: Tags
    downloads: tuple[Link, ...]
    select: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file on offer."""

    label: str
    for_whom: str
    url: str


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """A fragment in a selection; ``without`` is the address of the selection without it."""

    cited: Cited
    name: str
    place: str
    speaker: str | None
    start: str
    url: str
    footnote: Prose
    without: str


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What was chosen, and the formats in which it can be had.

    Attributes:
        lines: Of a selection, each of its fragments; of a search and of a page none.
        missing: What was asked for and is not there, a sentence each.
        back: Where what is taken away can be read.
        kept: The address of a search that says of which edition it is.
        names: Of the fragments chosen, as ``/exportar`` takes them.
        most: Fragments of one download.
    """

    selection: Selection
    lines: tuple[ChosenLine, ...]
    missing: tuple[str, ...]
    downloads: tuple[Download, ...]
    back: Link | None
    kept: str | None
    names: tuple[str, ...]
    most: int
