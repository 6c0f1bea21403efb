"""The CSV and JSON exports: one record per fragment, with its citation."""

from collections.abc import Iterable, Iterator
from typing import Any

from indexer.index.results import Hit
from search_app.citations.cited import Cited
from search_app.citations.forms import FORMS
from search_app.citations.prose import plain
from search_app.exporting.selection import Selection
from search_app.finding.json_results import fragment
from search_app.shown.serializing import EXCEL, to_csv, to_rows

COLUMNS = (
    "id", "evento", "mesa", "tipo", "titulo", "persona", "cargo", "institucion", "fecha", "inicio_s", "fin_s", "texto",
    "temas", "version", "redaccion", "ficticio", "persona_inferida", "completo", "url", "direccion", "video",
)  # fmt: skip
"""Of a record, in this order; citations follow."""


def record(hit: Hit, cited: Cited) -> dict[str, Any]:
    """One fragment."""
    found = fragment(hit, extract=False) | {
        "institucion": cited.institution,
        "direccion": cited.address,
    }
    citations = {form.key: plain(form.prose(cited)) for form in FORMS.values() if form.key and form.prose}
    return {name: found[name] for name in COLUMNS} | citations


def document(selection: Selection) -> dict[str, Any]:
    """All of it, as JSON says it."""
    return {
        "titulo": selection.heading,
        "consulta": selection.text,
        "edicion": selection.edition,
        "fecha_de_consulta": selection.consulted.isoformat(),
        "direccion": selection.address,
        "total": selection.total,
        "avisos": list(selection.notices),
        "resultados": list(map(record, selection.hits, selection.cited)),
    }


def table(pages: Iterable[Selection], separator: str) -> Iterator[str]:
    """Fragments for a spreadsheet, a row each: the header, then what each selection holds."""
    columns = (*COLUMNS, *(form.key for form in FORMS.values() if form.key))
    yield EXCEL + to_csv(columns, (), separator)
    for page in pages:
        yield "".join(to_rows(columns, map(record, page.hits, page.cited), separator))
