"""``/acervo/encargos/``: how a job is getting on; it is tried again, published, given back or given up."""

import time
from collections.abc import Sequence
from typing import Any

from flask import Response, g, redirect, render_template, request

from indexer.model.page_fields import fields_of
from search_app.desk.forms.form_fields import InvalidInput, lines, page_of
from search_app.desk.forms.page_editing import differences
from search_app.desk.jobs.job import Job
from search_app.desk.staff_desk import QUICK_S
from search_app.desk.views.guard import Answer, current_desk, desk, see_other
from search_app.desk.views.registers import REGISTERS
from search_app.desk.views.sending import done_or_waiting, job_named, may_publish, where_after
from search_app.http.answers import current_index


@desk.get("/acervo/encargos/<encargo>")
def job(encargo: str) -> Answer:
    """How one job is getting on."""
    found = job_named(encargo)
    if found.state == "borrador" or (found.state == "por_revisar" and found.is_text):
        return see_other(found.retry or f"/acervo/agregar/{found.id}")
    if found.state == "hecho":
        current_index().refresh()
    if found.state == "hecho" and found.after:
        return redirect(where_after(found), 303)
    changes, outdated = _changes(found) if found.state == "por_revisar" else ((), False)
    return render_template(
        "desk/job.html",
        encargo=found,
        antes=current_desk().jobs.before(found),
        detenido=_trouble(found),
        sin_publicar=_unpublished(found),
        avance=current_desk().jobs.progress(found) if found.state == "en_curso" else None,
        tomados=current_desk().completed_steps(found) if found.state == "fallo" else (),
        publica=may_publish(found),
        cambios=changes,
        rebasada=outdated,
    )


def _changes(proposed: Job) -> tuple[Sequence[tuple[str, str, str]], bool]:
    """What a proposal would change of its page, topic or person, and whether somebody changed that row meanwhile.

    Each change is a field, what it says now and what it would say. A row that changed is not published over.
    """
    outdated = False
    call, given = proposed.calls[0], proposed.calls[0].given
    if given and (register := REGISTERS.get(call.command)):
        fields, rows = register.fields, current_desk().commands.ask(call.command, options=register.lists)[call.command]
        now: dict[str, Any] = {"campos": next((row for row in rows if row[fields[0].key] == given.get("antes")), {})}
        outdated = bool(given.get("antes")) and "base" in given and now["campos"].get("base") != given["base"]
    elif given and call.command == "editar" and (page := page_of(call.words[0])) is not None:
        now = current_desk().commands.ask("editar", str(page), options={"escribir": True, "simular": True}, given=given)
        fields = tuple(field for field in fields_of(page) if field.key in now["cambia"])
    else:
        return (), False
    campos = {**now["campos"], **given.get("campos", {})}
    return differences(fields, now, {**now, **given, "campos": campos}), outdated


@desk.get("/acervo/encargos/<encargo>/estado")
def state(encargo: str) -> Response:
    """The same in a word, how many go before, and on a second line how far it is, for the page that waits."""
    found = job_named(encargo)
    far = current_desk().jobs.progress(found) if found.state == "en_curso" else None
    said = f"{found.state} {current_desk().jobs.before(found)}{' detenido' if _trouble(found) else ''}"
    return Response("\n".join([said, *([" ".join(map(str, far))] if far else [])]), mimetype="text/plain")


@desk.post("/acervo/encargos/<encargo>")
def again(encargo: str) -> Answer:
    """Try once more what failed, publish what waits for it, give that back to its author, or give it up."""
    found = job_named(encargo)
    if request.form.get("accion") == "devolver":
        return give_back(found)
    if request.form.get("accion") == "descartar":
        current_desk().jobs.discard(found.id)
        return see_other("/acervo/")
    if found.state == "por_revisar" and request.form.get("visto") != found.says:
        raise InvalidInput("Quien lo propuso lo cambió desde que usted abrió su página: vea qué haría ahora")
    if found.state == "fallo" and found.calls and found.calls[0].options.get("simular"):
        return done_or_waiting(current_desk().examine(found, found.calls[0]), QUICK_S)
    if found.state in ("fallo", "por_revisar"):
        return done_or_waiting(current_desk().send(found, calls=found.calls) or found, QUICK_S)
    return see_other(f"/acervo/encargos/{found.id}")


def give_back(job: Job) -> Answer:
    """A proposal goes back to its author, with what there is to change."""
    if not may_publish(job):
        raise InvalidInput("Esa propuesta ya no espera, o no le toca a su cuenta: vea cómo va en el escritorio")
    note = lines(request.form, "nota", 2_000, called="La nota")
    if not note:
        raise InvalidInput("Escriba en la nota qué hay que cambiar, para quien lo propuso")
    gone = {"state": "fallo", "note": note, "reviewer": g.account.name, "made_s": time.time()}
    current_desk().jobs.change(job.id, only=("por_revisar",), **gone)
    return see_other("/acervo/")


def _trouble(job: Job) -> str:
    """Why it does not get on though it should."""
    return current_desk().worker.trouble(job.id) if job.waiting else ""


def _unpublished(job: Job) -> bool:
    """Whether a text that was added is in the corpus and cannot be read: something of its event or mesa is broken."""
    if job.state != "hecho" or all(call.command != "agregar" for call in job.calls):
        return False
    fragments = (job.answer or {}).get("fragmentos")
    if fragments is not None:
        return not fragments
    page = page_of(job.page)
    with current_index().now() as (_, collection):
        return page is not None and not collection.exists(page)
