"""``/acervo/<evento>/editar``, ``/acervo/<evento>/<mesa>/editar``: the data of an event or of a mesa."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import PageId
from indexer.model.page_fields import fields_of
from search_app.desk.forms.page_editing import PageForm, faults_of, given_of, more_of, page_form
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import current_desk, desk
from search_app.desk.views.home import carry_out
from search_app.desk.views.session import interrupted_job
from search_app.http.answers import current_index


@desk.get("/acervo/<evento:evento>/editar")
@desk.get("/acervo/<evento:evento>/<slug:mesa>/editar")
def page_data(evento: str, mesa: str | None = None) -> str:
    """The form with what is known."""
    page = _page_at(evento, mesa)
    job = interrupted_job(page)
    typed = job.calls[0].given if job and job.calls and job.calls[0].command == "editar" else None
    form = page_form(page, current_desk().commands.ask("editar", str(page)), typed)
    return _shown(form, [job.error] if job and job.error and not form.others else [])


@desk.post("/acervo/<evento:evento>/editar")
@desk.post("/acervo/<evento:evento>/<slug:mesa>/editar")
def edit_data(evento: str, mesa: str | None = None) -> AnyResponse | str | tuple[str, int]:
    """Write it; or show it again with more rows, or with the link of the video that was typed."""
    page = _page_at(evento, mesa)
    given = given_of(request.form, page)
    form = PageForm(page, given["base"], given, more_of(request.form))
    if request.form.get("accion", "guardar") != "guardar":
        return _shown(form)
    if faults := faults_of(given, fields_of(page)):
        return _shown(form, faults), 400
    call = CommandCall("editar", (str(page),), {"escribir": True}, given)
    title = f"Editar los datos de «{given['campos']['titulo']}»"
    return carry_out(title, call, page=page, after=f"/acervo/{page}/editar", reopens=True)


def _page_at(event: str, session: str | None) -> PageId:
    page = PageId(event, session)
    with current_index().now() as (_, collection):
        if not collection.exists(page):
            abort(404)
    return page


def _shown(form: PageForm, faults: list[str] | None = None) -> str:
    with current_index().now() as (_, collection):
        sessions = collection.by_event.get(form.page.event, ())
        return render_template(
            "desk/page_editing.html",
            datos=form,
            pagina=form.page,
            titulo_pagina=collection.title(form.page),
            evento=collection.events[form.page.event],
            mesas=sessions if form.page.session is None else (),
            temas=collection.topics.values(),
            entidades=collection.entities,
            personas=sorted({person.name for session in sessions for person in session.participants}),
            faltas=faults or [],
        )
