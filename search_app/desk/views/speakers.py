"""``/acervo/<evento>/<mesa>/hablantes``: who speaks, fragment by fragment."""

from __future__ import annotations

from functools import partial

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import PageId
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.desk.forms.speakers import (
    SpeakersForm,
    added_people,
    as_given,
    as_typed,
    changes_of,
    choosing,
    speakers_form,
)
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import current_desk, desk, see_other
from search_app.desk.views.home import carry_out
from search_app.desk.views.session import beside_video, interrupted_job, session_at, title_of

_NOT_CHOSEN = (
    "No se guardó nada todavía: escribió personas que no estaban en la lista. Ya están; elija dónde habla cada una, y "
    "guarde."
)


@desk.get("/acervo/<evento:evento>/<slug:mesa>/hablantes")
def speakers(evento: str, mesa: str) -> Response:
    """The fragments in a row."""
    page = PageId(evento, mesa)
    session_at(page)
    job = interrupted_job(page)
    typed = as_typed(job.calls[0].given) if job and job.calls and job.calls[0].given else None
    return _page(page, speakers_form(current_desk().commands.ask("hablantes", str(page)), typed))


@desk.post("/acervo/<evento:evento>/<slug:mesa>/hablantes")
def name(evento: str, mesa: str) -> AnyResponse | tuple[Response, int]:
    """Write all of it at once; without the script, people may be put on the list before."""
    page = PageId(evento, mesa)
    session_at(page)
    # With the script the form says every change; without it, what it says is read beside the fragments.
    if request.form.get("con_programa"):
        changes = changes_of(request.form, ())
    else:
        answer = current_desk().commands.ask("hablantes", str(page))
        now = speakers_form(answer)
        changes = changes_of(request.form, now.rows)
        again = partial(choosing, answer, changes, request.form.get("base", ""), request.form.get("personas", ""))
        try:
            added = added_people(request.form)
        except InvalidInput as fault:
            return _page(page, again(), f"{fault}."), 400
        if request.form.get("accion") == "lista":
            return _page(page, again(added))
        if {*added} - {*now.people, *request.form.getlist("en_lista")}:
            return _page(page, again(added), _NOT_CHOSEN), 400
    given = as_given(request.form.get("base", ""), changes)
    call = CommandCall("hablantes", (str(page),), {"escribir": True}, given)
    title = f"Quién habla en {title_of(page)}"
    return carry_out(title, call, page=page, after=f"/acervo/{page}/hablantes", reopens=True)


@desk.post("/acervo/<evento:evento>/<slug:mesa>/hablantes/nombre")
def rename(evento: str, mesa: str) -> AnyResponse:
    """One speaker is called as another: a name is mended, two become one, or one that is inferred is confirmed."""
    page = PageId(evento, mesa)
    was, to = line(request.form, "de", 200, called="El nombre"), line(request.form, "a", 200, called="El nombre")
    if not to:
        raise InvalidInput("Escriba cómo se llama")
    if was == to and not request.form.get("confirma"):
        return see_other(f"/acervo/{page}/hablantes")
    said = f"Confirmar que habla «{to}»" if was == to else f"«{was}» se llama «{to}»"
    call = CommandCall("hablantes", (str(page),), {"unir": was, "en": to})
    return carry_out(f"{said} en {title_of(page)}", call, page=page, after=f"/acervo/{page}/hablantes")


def _page(page: PageId, shown: SpeakersForm, notice: str = "") -> Response:
    return beside_video("desk/speakers.html", page, notice, quien=shown)
