"""``/exportar``: the selection as a page, or as a file."""

from __future__ import annotations

import tempfile

from flask import Blueprint, Response, render_template, request, send_file

from indexer.errors import QueryRejected
from search_app.citations.cited import today
from search_app.exporting.corpus import Corpus, gathered
from search_app.exporting.formats import disposition, format_named
from search_app.exporting.packages import MIMETYPE, PACKAGES, file_name, write_package
from search_app.exporting.page import export_page, missing_words
from search_app.exporting.selecting import ExportContext, select, selection_kind
from search_app.exporting.selection import LARGEST_SELECTION, MOST, NotSelected, Selection
from search_app.http.answers import TITLES, base, current_index, pairs, problem
from search_app.http.few_at_once import RETRY_AFTER_S, TooMany, few_at_once
from search_app.shown.addresses import Pairs
from search_app.shown.serializing import separator

exporting = Blueprint("exporting", __name__)


@exporting.get("/exportar")
@exporting.post("/exportar")
def export() -> Response:
    """The page of what was chosen; with ``formato``, the file. What is too long for an address is sent as a form."""
    request.max_content_length, request.max_form_parts = LARGEST_SELECTION, 2 * MOST
    try:
        answer = _answer()
    except NotSelected as refused:
        answer = _refused(refused.status, refused.detail)
    except QueryRejected as rejected:
        answer = _refused(400, f"{rejected}.")
    except TooMany as busy:
        answer = _refused(503, str(busy))
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    answer.headers["Vary"] = "Accept"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@few_at_once()
def _answer() -> Response:
    given = _given()
    wanted, sep = (
        next((value.strip() for name, value in given if name == asked and value.strip()), "")
        for asked in ("formato", "sep")
    )
    packed = wanted in PACKAGES
    written_as = format_named(wanted, selection_kind(given)) if wanted and not packed else None
    with current_index().now() as (index, collection):
        context = ExportContext(index, collection, base(), today(), separator(sep))
        if wanted and packed:
            return _packed(gathered(context, given), wanted)
        selection = select(context, given, written=written_as is not None)
    if written_as is None:
        return Response(render_template("exporting/export.html", **export_page(selection, given)))
    _whole_or_none(selection)
    file = Response(written_as.write(selection))
    file.headers["Content-Type"] = written_as.mimetype
    file.headers["Content-Disposition"] = disposition(selection.file, written_as.suffix)
    return file


def _packed(corpus: Corpus, package: str) -> Response:
    """A corpus as a file: it is made on the disk, so that neither memory nor a thread waits for a slow client."""
    made = tempfile.TemporaryFile()  # noqa: SIM115, it is closed with the answer
    write_package(made, corpus, PACKAGES[package])
    made.seek(0)
    file = send_file(made, MIMETYPE, max_age=None)
    file.headers["Content-Disposition"] = disposition(file_name(corpus, package), "zip")
    return file


def _given() -> Pairs:
    """What the address and the form say, but for the fragments that a button of the form takes out (``menos``)."""
    given = [*pairs(), *(request.form.items(multi=True) if request.method == "POST" else ())]
    less = {value for name, value in given if name == "menos"}
    return [(name, value) for name, value in given if name != "menos" and not (name == "f" and value in less)]


def _whole_or_none(selection: Selection) -> None:
    """No file silently lacks what was asked for."""
    if not selection.missing:
        return
    withdrawn = all(each.withdrawal for each in selection.missing)
    said = "; ".join(map(missing_words, selection.missing))
    raise NotSelected(410 if withdrawn else 404, f"Falta lo que se pidió, y no se da un archivo incompleto. {said}.")


def _refused(status: int, detail: str) -> Response:
    """A page for who asks for pages, a problem for everybody else."""
    if any(kind == "text/html" and quality > 0 for kind, quality in request.accept_mimetypes):
        title = TITLES.get(status, "Error")
        return Response(render_template("shown/error.html", titulo=title, detalle=detail, codigo=status), status)
    return problem(status, detail)
