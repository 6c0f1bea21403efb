"""The export page: the selection, its downloads, and the citation forms of a fragment."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.results import Hit
from indexer.model import Kind
from search_app.asking.parameters import read
from search_app.citations.cited import Cited
from search_app.citations.embedded import Tags, tags
from search_app.citations.forms import FORMS, Form
from search_app.citations.prose import Prose, footnote
from search_app.exporting.formats import FORMATS, offered
from search_app.exporting.selecting import named, selection_address
from search_app.exporting.selection import MOST, Missing, Selection, SelectionKind
from search_app.shown.addresses import Pairs, fragment_address, page_address
from search_app.shown.collection import page_title
from search_app.shown.formatting import day
from search_app.shown.page_parts import Link

_START = 140
"""Characters of a fragment that a selection shows."""
_LONGEST_LINK = 8_000
"""Characters of an address that servers in between let through; a longer selection is sent as a form."""


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
    """A file on offer: as a link, or by what the form of the page has as ``formato``."""

    label: str
    for_whom: str
    url: str
    format: str


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """A fragment in a selection; ``without`` is the address of the selection without it, where there is one."""

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
        by_form: Whether they are too many for an address.
        most: Fragments of one download.
    """

    selection: Selection
    lines: tuple[ChosenLine, ...]
    missing: tuple[str, ...]
    downloads: tuple[Download, ...]
    back: Link | None
    kept: str | None
    names: tuple[str, ...]
    by_form: bool
    most: int


def export_page(selection: Selection, pairs: Pairs) -> ExportPage:
    """Lay out what was chosen."""
    names = tuple(map(named, selection.hits)) if selection.kind is SelectionKind.FRAGMENTS else ()
    by_form = len(selection_address(names)) > _LONGEST_LINK
    return ExportPage(
        selection=selection,
        lines=tuple(
            _line(hit, cited, [] if by_form else [name for name in names if name != named(hit)])
            for hit, cited in zip(selection.hits, selection.cited, strict=True)
        )
        if names
        else (),
        missing=tuple(map(missing_words, selection.missing)),
        downloads=_downloads(selection, names, pairs) if selection.hits else (),
        back=_back(selection, pairs),
        kept=selection.address if selection.kind is SelectionKind.SEARCH else None,
        names=names,
        by_form=by_form,
        most=MOST,
    )


def missing_words(missing: Missing) -> str:
    """``foro/mesa-5/p7: se retiró el 3 de febrero de 2026. Motivo: …``."""
    if missing.withdrawal:
        return f"{missing.asked}: se retiró el {day(missing.withdrawal.date)}. Motivo: {missing.withdrawal.reason}"
    return f"{missing.asked}: no existe"


def _line(hit: Hit, cited: Cited, others: list[str]) -> ChosenLine:
    text = " ".join(hit.passage.text.split())
    start = text if len(text) <= _START else text[:_START].rsplit(" ", 1)[0] + " …"
    return ChosenLine(
        cited=cited,
        name=named(hit),
        place=page_title(hit.event, hit.session),
        speaker=hit.passage.person if cited.spoken else None,
        start=start,
        url=fragment_address(hit.page, hit.passage.number),
        footnote=footnote(cited),
        without=selection_address(others),
    )


def _downloads(selection: Selection, names: tuple[str, ...], pairs: Pairs) -> tuple[Download, ...]:
    def at(name: str) -> str:
        asked = ("formato", name)
        if selection.kind is SelectionKind.FRAGMENTS:
            return selection_address(names, asked)
        if selection.page:
            return selection_address([], ("todo_de", str(selection.page.id)), asked)
        return selection_address([], *_search_pairs(pairs), asked)

    there = {name: form for name, form in offered(selection.kind).items() if not form.timed or _timed(selection)}
    return tuple(Download(form.label, form.for_whom, at(name), name) for name, form in there.items())


def _search_pairs(pairs: Pairs) -> list[tuple[str, str]]:
    """The search as ``/buscar`` writes it; one that asks for nothing says so by an empty ``q``."""
    asked = read(pairs)
    return [pair for pair in asked.pairs() if pair[0] != "por_pagina"] or [("q", "")]


def _timed(selection: Selection) -> bool:
    return any(hit.passage.kind is Kind.TRANSCRIPT and hit.passage.start_s is not None for hit in selection.hits)


def _back(selection: Selection, pairs: Pairs) -> Link | None:
    if selection.page:
        return Link("Leer la página", page_address(selection.page.id))
    if selection.kind is SelectionKind.SEARCH:
        return Link("Ver los resultados", read(pairs).address())
    return None


def citation_forms(cited: Cited, name: str, topics: tuple[str, ...]) -> CitationForms:
    """The citation of one fragment in every form; ``name`` is ``evento/mesa/p42``."""
    return CitationForms(
        name=name,
        cited=cited,
        forms=tuple(FORMS.items()),
        tags=tags(cited, topics),
        downloads=tuple(
            Link(one.label, selection_address([name], ("formato", to))) for to, one in FORMATS.items() if one.cites
        ),
        select=selection_address([name]),
    )
