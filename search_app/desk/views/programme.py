"""``/acervo/nuevo``: a new event with its mesas, or new mesas of one, from a programme that is pasted."""

from flask import abort, render_template, request

from search_app.desk.forms.destination import event_name
from search_app.desk.forms.form_fields import InvalidInput
from search_app.desk.forms.page_editing import more_of
from search_app.desk.forms.programme import EVENT, MESAS, ProgrammeForm, programme_form, typed_form
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import SAID, Answer, current_desk, desk
from search_app.desk.views.sending import carry_out, interrupted_job
from search_app.http.answers import current_index


@desk.get("/acervo/nuevo")
def new_page() -> str:
    """The form; with ``encargo`` as it was when it failed."""
    if job := interrupted_job("programa"):
        call = job.calls[0]
        return _shown(programme_form("" if call.given["campos"] else call.words[0], call.given), [job.error])
    return _shown(ProgrammeForm(request.args.get("evento", "")))


@desk.post("/acervo/nuevo")
def make_pages() -> Answer:
    """Show what was understood of the programme, or make it all as one step."""
    action = request.form.get("accion", "guardar")
    form = typed_form(request.form, more=3 if more_of(request.form) else 0)
    if form.more:
        return _shown(form)
    if action == "entender":
        if not form.programme:
            return _shown(form, ["Pegue el programa en su recuadro"]), 400
        asked = {"programa": form.programme, "campos": form.said}
        options = {"escribir": True, "simular": True}
        found = current_desk().commands.ask("programa", form.event or "evento", options=options, given=asked)
        faults = [] if found["mesas"] else [SAID["sin_mesas"]]
        return _shown(programme_form(form.event, found, form.programme), faults, understood=True)
    if faults := form.faults:
        return _shown(form, faults), 400
    if form.event and not form.mesas:
        raise InvalidInput("Escriba al menos una mesa, o pegue el programa y pulse «Ver qué se entendió»")
    with current_index().now() as (_, collection):
        event = form.event or event_name(str(form.said["titulo"]), collection)
        if form.event and form.event not in collection.events:
            abort(404)
    call = CommandCall("programa", (event,), {"escribir": True}, form.given)
    title = f"Agregar {len(form.mesas)} mesas a {event}" if form.event else f"Crear el evento «{form.said['titulo']}»"
    after = f"/acervo/{event}/editar"
    return carry_out(title, call, page=event, after=after, retry="/acervo/nuevo", reopens=True)


def _shown(form: ProgrammeForm, faults: list[str] | None = None, *, understood: bool = False) -> str:
    with current_index().now() as (_, collection):
        if form.event and form.event not in collection.events:
            abort(404)
    return render_template(
        "desk/programme.html",
        datos=form,
        campos=EVENT,
        de_mesas=MESAS,
        faltas=faults or [],
        entendido=understood,
    )
