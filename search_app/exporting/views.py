"""``/exportar``: the selection as a page, or as a file; ``/descargas/``: the editions that are kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, current_app, render_template, request

from search_app.asking.listing import read_list
from search_app.citations.cited import today
from search_app.exporting.corpus import gathered
from search_app.exporting.downloads import made_on_disk, named
from search_app.exporting.formats import format_named
from search_app.exporting.kept_editions import kept_editions
from search_app.exporting.packages import MIMETYPE, PACKAGES, file_name, write_package, write_summed
from search_app.exporting.page import export_page, missing_words
from search_app.exporting.selecting import ExportContext, fragment_called, select, selection_kind
from search_app.exporting.selection import LARGEST_SELECTION, MOST, NotSelected, Selection
from search_app.http.answers import base, current_index, pairs
from search_app.http.few_at_once import few_at_once
from search_app.shown.addresses import Pairs, fragment_id
from search_app.shown.serializing import separator

exporting = Blueprint("exporting", __name__)


@exporting.get("/exportar")
@exporting.post("/exportar")
@few_at_once()
def export() -> Response:
    """The page of what was chosen; with ``formato``, the file. What is too long for an address is sent as a form."""
    request.max_content_length, request.max_form_parts = LARGEST_SELECTION, 2 * MOST
    given = _given()
    wanted, sep = (
        next((value.strip() for name, value in given if name == asked and value.strip()), "")
        for asked in ("formato", "sep")
    )
    packed = wanted in PACKAGES
    written_as = format_named(wanted, selection_kind(given)) if wanted and not packed else None
    with _context(sep) as context:
        if packed:
            corpus = gathered(context, given)
            return made_on_disk(
                lambda out: write_package(out, corpus, PACKAGES[wanted]), file_name(corpus, wanted), "zip", MIMETYPE
            )
        selection = select(context, given, written=written_as is not None)
    if written_as is None:
        return Response(render_template("exporting/export.html", **export_page(selection, given)))
    _whole_or_none(selection)
    file = Response(written_as.write(selection))
    file.headers["Content-Type"] = written_as.mimetype
    return named(file, selection.file, written_as.suffix)


@exporting.get("/descargas/")
def editions() -> str:
    """The editions that are kept."""
    asked = read_list(pairs(), "/descargas/")
    with _context() as context:
        kept = list(kept_editions(current_app.config["CONSTA_DESCARGAS"], context).values())
        part = asked.part(len(kept), kept.__getitem__, ("edición", "ediciones"), lambda: [one.name for one in kept])
        return render_template("exporting/kept.html", ediciones=part)


@exporting.get("/descargas/<edicion>")
@few_at_once()
def edition(edicion: str) -> Response:
    """One of them; with ``f`` a fragment as it was, with ``formato`` the file."""
    given = request.args.get("f", "").strip(" /")
    asked = fragment_id(*called) if (called := fragment_called(given)) else given
    with _context() as context:
        kept = kept_editions(current_app.config["CONSTA_DESCARGAS"], context).get(edicion)
        if kept is None:
            raise NotSelected(404, "Esa edición no se conserva aquí. Las que hay están en /descargas/.")
        if request.args.get("formato"):
            return made_on_disk(lambda out: write_summed(out, kept.files(), kept.day), kept.path.stem, "zip", MIMETYPE)
        found = next((one for _, one, may_be_read in kept.fragments(asked) if one["id"] == asked and may_be_read), None)
    if asked and not found:
        raise NotSelected(
            404,
            f"La edición {edicion} no da «{asked[:200]}»: no lo tenía o se retiró. Pegue la dirección que da la cita.",
        )
    return Response(render_template("exporting/kept.html", una=kept, de=found))


@exporting.after_request
def _of_who_asks(answer: Response) -> Response:
    answer.headers["Vary"] = "Accept"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@contextmanager
def _context(sep: str = "") -> Iterator[ExportContext]:
    with current_index().now() as (index, collection):
        yield ExportContext(index, collection, base(), today(), separator(sep))


def _given() -> Pairs:
    """What the address and the form say, but for the fragments that a button of the form takes out (``menos``)."""
    given = [*pairs(), *(request.form.items(multi=True) if request.method == "POST" else ())]
    less = {value for name, value in given if name == "menos"}
    return [(name, value) for name, value in given if name != "menos" and not (name == "f" and value in less)]


def _whole_or_none(selection: Selection) -> None:
    """No file silently lacks what was asked for."""
    if selection.page and not selection.hits:
        raise NotSelected(404, f"«{selection.page.id}» no tiene texto propio. Con sus mesas: formato=csv.zip o tei.")
    if not selection.missing:
        return
    withdrawn = all(each.withdrawal for each in selection.missing)
    said = "; ".join(map(missing_words, selection.missing))
    raise NotSelected(410 if withdrawn else 404, f"Falta lo que se pidió, y no se da un archivo incompleto. {said}.")
