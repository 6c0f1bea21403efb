"""The formats: what each is called, how its file ends, and who writes it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from search_app.citations import bibtex, csl, ris
from search_app.exporting import ooxml, plain_text, records, webvtt, word
from search_app.exporting.taken import Asking, NotTaken, Taken
from search_app.present import listed


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a download.

    Attributes:
        label: As the page offers it; ``for_whom`` says what it is good for.
        suffix: Of the file, without the dot.
        mimetype: As the header says it, with its charset.
        write: Gives the file.
    """

    label: str
    for_whom: str
    suffix: str
    mimetype: str
    write: Callable[[Taken], bytes]


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _table(taken: Taken) -> bytes:
    # Without the mark, Excel reads UTF-8 as if it were Windows-1252, and every accent is lost.
    return ("\ufeff" + records.table(taken)).encode()


def _bibtex(taken: Taken) -> bytes:
    said = [f"Consta, edición {taken.edition}: {taken.heading}", *taken.notices]
    return bibtex.bibliography(taken.cited, said).encode()


def _csl(taken: Taken) -> bytes:
    return (csl.written(csl.bibliography(taken.cited)) + "\n").encode()


def _ris(taken: Taken) -> str:
    return ris.bibliography(taken.cited)


def _as_text(write: Callable[[Taken], str]) -> Callable[[Taken], bytes]:
    return lambda taken: write(taken).encode()


def _utf8(mimetype: str) -> str:
    return f"{mimetype}; charset=utf-8"


_TABLES = "text/csv; charset=utf-8; header=present"
FORMATS = {
    "docx": Format("Word", "las citas con sus notas al pie", "docx", ooxml.MIMETYPE, word.document),
    "texto": Format("Texto", "para cualquier programa", "txt", _utf8("text/plain"), _as_text(plain_text.text)),
    "vtt": Format("WebVTT", "subtítulos con tiempos", "vtt", _utf8(webvtt.MIMETYPE), _as_text(webvtt.captions)),
    "csv": Format("CSV", "hojas de cálculo", "csv", _TABLES, _table),
    "json": Format("JSON", "programas", "json", "application/json", lambda taken: _json(records.document(taken))),
    "bibtex": Format("BibTeX", "LaTeX, JabRef", "bib", _utf8(bibtex.MIMETYPE), _bibtex),
    "ris": Format("RIS", "Zotero, EndNote, Mendeley", "ris", _utf8(ris.MIMETYPE), _as_text(_ris)),
    "csl": Format("CSL-JSON", "Zotero, pandoc", "csl.json", csl.MIMETYPE, _csl),
}

_OF_FRAGMENTS = ("docx", "texto", "csv", "json", "bibtex", "ris", "csl")
OFFERED = {
    Asking.NOTHING: (),
    Asking.FRAGMENTS: _OF_FRAGMENTS,
    Asking.SEARCH: _OF_FRAGMENTS,
    Asking.PAGE: ("texto", "vtt", "csv", "json"),
}
"""Which formats there are of what is asked for."""


def format_named(name: str, asking: Asking) -> Format:
    """The format that an address asks for.

    Raises:
        NotTaken: There is none of this name for this; nothing was asked for.
    """
    offered = OFFERED[asking]
    if not offered:
        raise NotTaken(
            400,
            "No se dijo qué llevarse: escriba f=evento/mesa/p42 (uno o varios), todo_de=evento/mesa, o una búsqueda "
            "(q=palabras).",
        )
    if name not in offered:
        what = {Asking.PAGE: "De una página completa"}.get(asking, "De fragmentos y búsquedas")
        raise NotTaken(400, f"{what} no hay «{name[:40]}»: escriba formato={listed(list(offered), 'o')}.")
    return FORMATS[name]


def disposition(name: str, suffix: str) -> str:
    """The header that names the file: in ASCII for old programs, and as it is."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isascii() and (c.isalnum() or c in "-_"))
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(f'{name}.{suffix}', safe='')}"
