"""The export page: the selection, its downloads, and the citation forms of a fragment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from search_app.asking.parameters import read
from search_app.citations.cited import Cited
from search_app.citations.embedded import Tags, tags
from search_app.citations.forms import FORMS, Form
from search_app.citations.prose import footnote
from search_app.exporting.corpus import CORPUS
from search_app.exporting.formats import FORMATS, Format, offered
from search_app.exporting.packages import PACKAGES, Package
from search_app.exporting.selecting import named, selection_address
from search_app.exporting.selection import MOST, Missing, Selection, SelectionKind
from search_app.shown.addresses import Pairs, page_address
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


def export_page(selection: Selection, pairs: Pairs) -> dict[str, Any]:
    """What the page shows of what was chosen, and the formats in which it can be had, by the names of its template."""
    chosen = selection.kind is SelectionKind.FRAGMENTS
    names = list(map(named, selection.hits)) if chosen else []
    return {
        "todo": selection,
        "nombres": names,
        "fragmentos": zip(selection.hits, selection.cited, names, strict=True) if chosen else (),
        "faltan": map(missing_words, selection.missing),
        "descargas": _downloads(selection, names, pairs) if selection.hits else (),
        "paquetes": _packages(selection, pairs) if selection.kind in CORPUS else (),
        "regreso": _back(selection, pairs),
        "por_formulario": len(selection_address(names)) > _LONGEST_LINK,
        "sin": lambda name: selection_address([other for other in names if other != name]),
        "nota": footnote,
        "inicio": _start,
        "caben": MOST,
    }


def missing_words(missing: Missing) -> str:
    """``foro/mesa-5/p7: se retiró el 3 de febrero de 2026. Motivo: …``."""
    if missing.withdrawal:
        return f"{missing.asked}: se retiró el {day(missing.withdrawal.date)}. Motivo: {missing.withdrawal.reason}"
    return f"{missing.asked}: no existe"


def _start(text: str) -> str:
    """How a fragment begins."""
    text = " ".join(text.split())
    return text if len(text) <= _START else text[:_START].rsplit(" ", 1)[0] + " …"


def _downloads(selection: Selection, names: list[str], pairs: Pairs) -> Iterator[tuple[str, Format, str]]:
    """The formats on offer, by name, with the address of the file in each."""
    what = [] if names else _asked(selection, pairs)
    for name, form in offered(selection.kind).items():
        if not form.timed or selection.timed:
            yield name, form, selection_address(names, *what, ("formato", name))


def _packages(selection: Selection, pairs: Pairs) -> Iterator[tuple[Package, str]]:
    """The formats of a corpus, with the address of the file in each."""
    untimed = selection.page and selection.page.session and not selection.timed
    for name, package in PACKAGES.items():
        if not (package.timed and untimed):
            yield package, selection_address([], *_asked(selection, pairs), ("formato", name))


def _asked(selection: Selection, pairs: Pairs) -> list[tuple[str, str]]:
    return [("todo_de", str(selection.page.id))] if selection.page else _search_pairs(pairs)


def _search_pairs(pairs: Pairs) -> list[tuple[str, str]]:
    """The search as ``/buscar`` writes it; one that asks for nothing says so by an empty ``q``."""
    asked = read(pairs)
    return [pair for pair in asked.pairs() if pair[0] != "por_pagina"] or [("q", "")]


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
