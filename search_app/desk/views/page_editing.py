"""``/acervo/<evento>/editar``, ``/acervo/<evento>/<mesa>/editar``: the data of an event or of a mesa."""

from flask import render_template, request

from indexer.language.collation import alphabetical
from indexer.model import PageId
from indexer.model.page_fields import fields_of
from indexer.model.vocabulary import MENTIONED
from search_app.desk.forms.page_editing import FieldForm, faults_of, field_form, given_of, more_of
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, current_desk, desk
from search_app.desk.views.sending import carry_out, interrupted_job
from search_app.http.answers import current_index
from search_app.registers.tallies import key_phrases


@desk.get("/acervo/<evento:evento>/editar")
@desk.get("/acervo/<evento:evento>/<slug:mesa>/editar")
def page_data(evento: str, mesa: str | None = None) -> str:
    """The form with what is known."""
    page = PageId(evento, mesa)
    job = interrupted_job("editar", page)
    now, typed = current_desk().commands.ask("editar", str(page)), job.calls[0].given if job else None
    form = field_form(fields_of(page), now, typed)
    return _shown(page, form, [job.error] if job and job.error and not form.others else [])


@desk.post("/acervo/<evento:evento>/editar")
@desk.post("/acervo/<evento:evento>/<slug:mesa>/editar")
def edit_data(evento: str, mesa: str | None = None) -> Answer:
    """Write it; or show it again with more rows, or with the link of the video that was typed."""
    page = PageId(evento, mesa)
    given = given_of(request.form, fields_of(page))
    form = FieldForm(fields_of(page), given["base"], given, more_of(request.form))
    if request.form.get("accion", "guardar") != "guardar":
        return _shown(page, form)
    if faults := faults_of(given, fields_of(page)):
        return _shown(page, form, faults), 400
    call = CommandCall("editar", (str(page),), {"escribir": True}, given)
    title = f"Editar los datos de «{given['campos']['titulo']}»"
    return carry_out(title, call, page=page, after=f"/acervo/{page}/editar", reopens=True)


def _shown(page: PageId, form: FieldForm, faults: list[str] | None = None) -> str:
    with current_index().now() as (index, collection):
        sessions = collection.by_event.get(page.event, ())
        return render_template(
            "desk/page_editing.html",
            datos=form,
            pagina=page,
            evento=collection.events[page.event],
            mesas=sessions if page.session is None else (),
            temas=collection.topics.values(),
            entidades={
                entity.id: entity.name
                for entity in sorted(collection.catalogue.entities, key=lambda one: alphabetical(one.name))
                if entity.sort not in MENTIONED
            },
            personas=sorted({one.name for session in sessions for one in session.participants}, key=alphabetical),
            faltas=faults or [],
            frases=key_phrases(index, collection, facet="mesa", values=(str(page),)),
        )
