"""``/acervo/`` and the errands: what waits, what lacks, what was done last; how one errand is getting on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.language.named_people import proposals
from search_app.desk.forms.destination import choices
from search_app.desk.forms.form_fields import page_of
from search_app.desk.forms.history import steps
from search_app.desk.forms.missing import lacking
from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.jobs import Errand
from search_app.desk.views.guard import desk, room, see_other, within
from search_app.http.answers import current_index

LAST = 5


@desk.get("/acervo/")
def home() -> str:
    """The first page of the desk."""
    errands = list(room().errands.all())
    commands = room().commands
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(_open_reports, commands)
        try:
            last, notice = steps(commands.ask("historial", options={"ultimos": str(LAST)})), ""
        except CommandFailed as error:
            last, notice = (), str(error)
    with current_index().now() as (index, collection):
        lacks, events, people = lacking(collection), choices(collection), len(proposals(index, collection.catalogue))
    return render_template(
        "desk/home.html",
        borradores=[e for e in errands if e.state == "borrador"],
        esperan=[(e, room().errands.before(e)) for e in errands if e.waiting],
        fallidos=[e for e in errands if e.state == "fallo"],
        pasos=last,
        aviso=notice,
        faltan=lacks,
        eventos=events,
        reportes=waiting.result(),
        parecidos=people,
    )


@desk.get("/acervo/encargos/<encargo>")
def errand(encargo: str) -> AnyResponse | str:
    """How one errand is getting on."""
    found = _found(encargo)
    if found.state == "borrador":
        return see_other(f"/acervo/agregar/{found.id}")
    if found.state == "hecho" and found.after:
        return redirect(_after(found), 303)
    return render_template(
        "desk/job.html",
        encargo=found,
        antes=room().errands.before(found),
        detenido=_trouble(found),
        sin_publicar=_unpublished(found),
        tomados=room().taken(found) if found.state == "fallo" else (),
    )


@desk.get("/acervo/encargos/<encargo>/estado")
def state(encargo: str) -> Response:
    """The same in a word, and how many go before, for the page that waits."""
    found = _found(encargo)
    held_up = " detenido" if _trouble(found) else ""
    return Response(f"{found.state} {room().errands.before(found)}{held_up}", mimetype="text/plain")


@desk.post("/acervo/encargos/<encargo>")
def again(encargo: str) -> AnyResponse:
    """Try once more what failed, or give it up."""
    found = _found(encargo)
    if request.form.get("accion") == "descartar":
        room().errands.discard(found.id)
        return see_other("/acervo/")
    if found.state == "fallo":
        room().send(found)
    return see_other(f"/acervo/encargos/{found.id}")


def done_or_waiting(errand: Errand, seconds: float) -> AnyResponse:
    """Where somebody goes who has just sent an errand: on, when it is done at once; else to the errand's page."""
    now = room().worker.wait(errand.id, seconds)
    if now is not None and now.state == "hecho" and now.after:
        return redirect(_after(now), 303)
    if now is not None and now.state == "fallo" and now.retry and (now.answer or {}).get("conflicto"):
        return see_other(now.retry)
    return see_other(f"/acervo/encargos/{errand.id}")


def _after(errand: Errand) -> str:
    """Where one goes on, with the name of what was done, so that the page says it."""
    return f"{within(errand.after)}{'&' if '?' in errand.after else '?'}hecho={errand.id}"


def _trouble(errand: Errand) -> str:
    """Why it does not get on though it should."""
    return room().worker.trouble(errand.id) if errand.waiting else ""


def _unpublished(errand: Errand) -> bool:
    """Whether a text that was added is in the corpus and cannot be read: something of its event or mesa is broken."""
    if errand.state != "hecho" or all(order.command != "agregar" for order in errand.orders):
        return False
    fragments = (errand.answer or {}).get("fragmentos")
    if fragments is not None:
        return not fragments
    page = page_of(errand.page)
    with current_index().now() as (_, collection):
        return page is not None and not collection.exists(page)


def _found(name: str) -> Errand:
    found = room().errands.get(name)
    if found is None:
        abort(404)
    return found


def _open_reports(commands: Commands) -> int | None:
    """How many reports wait; None where that cannot be said."""
    try:
        found = commands.ask("reportes").get("reportes", [])
    except CommandFailed:
        return None
    return len([report for report in found if report.get("estado") != "cerrado"])
