"""The table of export formats: name, suffix, media type, and the function that writes it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from search_app.citations import bibtex, csl, ris
from search_app.citations.forms import FORMS
from search_app.exporting import ooxml, plain_text, records, webvtt, word
from search_app.exporting.corpus import CORPUS
from search_app.exporting.packages import PACKAGES
from search_app.exporting.selection import NotSelected, Selection, SelectionKind
from search_app.shown.formatting import listed
from search_app.shown.serializing import to_json

_FRAGMENTS = frozenset({SelectionKind.FRAGMENTS, SelectionKind.SEARCH})
_PAGE = frozenset({SelectionKind.PAGE})


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a download.

    Attributes:
        label: As the page offers it; ``for_whom`` says what it is good for.
        suffix: Of the file, without the dot.
        mimetype: As the header says it, with its charset.
        write: Makes the file; a text is sent as UTF-8.
        of: What can be had in it.
        cites: Whether it is offered beside the citation of a fragment.
        timed: Whether it needs passages with times.
        help: What the help page calls it, where that is not its label.
    """

    label: str
    for_whom: str
    suffix: str
    mimetype: str
    write: Callable[[Selection], str | bytes]
    of: frozenset[SelectionKind]
    cites: bool = False
    timed: bool = False
    help: str = ""


def _bibtex(selection: Selection) -> str:
    said = [f"Consta, edición {selection.edition}: {selection.heading}", *selection.notices]
    return bibtex.bibliography(selection.cited, said)


def _utf8(mimetype: str) -> str:
    return f"{mimetype}; charset=utf-8"


FORMATS: dict[str, Format] = {
    "docx": Format(
        "Word", "las citas con sus notas al pie", "docx", ooxml.MIMETYPE, word.document, _FRAGMENTS, cites=True,
        help="Word, con notas al pie verdaderas",
    ),
    "texto": Format(
        "Texto", "para cualquier programa", "txt", _utf8("text/plain"), plain_text.text, _FRAGMENTS | _PAGE,
        help="texto",
    ),
    "vtt": Format(
        "WebVTT", "subtítulos con tiempos", "vtt", _utf8(webvtt.MIMETYPE), webvtt.captions, _PAGE, timed=True
    ),
    "csv": Format(
        "CSV", "hojas de cálculo", "csv", f"{_utf8('text/csv')}; header=present",
        lambda selection: "".join(records.table([selection], selection.separator)), _FRAGMENTS | _PAGE,
    ),
    "json": Format(
        "JSON", "programas", "json", "application/json",
        lambda selection: to_json(records.document(selection), indent=1) + "\n", _FRAGMENTS | _PAGE,
    ),
    "bibtex": Format(
        FORMS["bibtex"].label, "LaTeX, JabRef", "bib", _utf8(bibtex.MIMETYPE), _bibtex, _FRAGMENTS, cites=True
    ),
    "ris": Format(
        FORMS["ris"].label, "Zotero, EndNote, Mendeley", "ris", _utf8(ris.MIMETYPE),
        lambda selection: ris.bibliography(selection.cited), _FRAGMENTS, cites=True,
    ),
    "csl": Format(
        FORMS["csl"].label, "Zotero, pandoc", "csl.json", csl.MIMETYPE,
        lambda selection: csl.written(csl.bibliography(selection.cited)) + "\n", _FRAGMENTS, cites=True,
    ),
}  # fmt: skip
"""By the value of ``formato``, in the order in which pages offer them."""


def offered(asking: SelectionKind) -> dict[str, Format]:
    """The formats that there are of what is asked for."""
    return {name: form for name, form in FORMATS.items() if asking in form.of}


def said(asking: SelectionKind) -> list[str]:
    """The same formats as the help page calls them."""
    return [form.help or form.label for form in offered(asking).values()]


def format_named(name: str, asking: SelectionKind) -> Format:
    """The format that an address asks for.

    Raises:
        NotSelected: There is none of this name for this; nothing was asked for.
    """
    there = offered(asking)
    if not there:
        raise NotSelected(
            400,
            "No se dijo qué llevarse: escriba f=evento/mesa/p42 (uno o varios), todo_de=evento/mesa, o una búsqueda "
            "(q=palabras).",
        )
    if name not in there:
        what = {SelectionKind.PAGE: "De una página completa"}.get(asking, "De fragmentos y búsquedas")
        packages = f" Sin límite, en un .zip: formato={listed(PACKAGES, 'o')}." if asking in CORPUS else ""
        raise NotSelected(400, f"{what} no hay «{name[:40]}»: escriba formato={listed(there, 'o')}.{packages}")
    return there[name]


def disposition(name: str, suffix: str) -> str:
    """The header that names the file: in ASCII for old programs, and as it is."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isascii() and (c.isalnum() or c in "-_"))
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(f'{name}.{suffix}', safe='')}"
