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
from search_app.desk.jobs.job_store import Order
from search_app.desk.staff_desk import QUICK_S
from search_app.desk.views.guard import current_desk, desk, see_other, sender
from search_app.desk.views.home import done_or_waiting
from search_app.desk.views.session import beside_video, session_at, title_of

_NOT_CHOSEN = (
    "No se guardó nada todavía: escribió personas que no estaban en la lista. Ya están; elija dónde habla cada una, y "
    "guarde."
)


@desk.get("/acervo/<evento:evento>/<slug:mesa>/hablantes")
def speakers(evento: str, mesa: str) -> Response:
    """The fragments in a row."""
    page = PageId(evento, mesa)
    session_at(page)
    interrupted = current_desk().jobs.get(request.args.get("encargo", ""))
    typed = None
    if interrupted and interrupted.page == str(page) and interrupted.orders and interrupted.orders[0].given:
        typed = as_typed(interrupted.orders[0].given)
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
    job = current_desk().jobs.new(
        *sender(),
        state="espera",
        title=f"Quién habla en {title_of(page)}",
        page=str(page),
        orders=(
            Order("hablantes", (str(page),), {"escribir": True}, given=as_given(request.form.get("base", ""), changes)),
        ),
        after=f"/acervo/{page}/hablantes",
    )
    job = current_desk().jobs.with_retry(job, f"/acervo/{page}/hablantes?encargo={job.id}")
    return done_or_waiting(current_desk().queue(job), QUICK_S)


@desk.post("/acervo/<evento:evento>/<slug:mesa>/hablantes/nombre")
def rename(evento: str, mesa: str) -> AnyResponse:
    """One speaker is called as another: a name is mended, two become one, or one that is inferred is confirmed."""
    page = PageId(evento, mesa)
    was, to = line(request.form, "de", 200, called="El nombre"), line(request.form, "a", 200, called="El nombre")
    if not to:
        raise InvalidInput("Escriba cómo se llama")
    if was == to and not request.form.get("confirma"):
        return see_other(f"/acervo/{page}/hablantes")
    job = current_desk().jobs.new(
        *sender(),
        state="espera",
        title=f"{f'Confirmar que habla «{to}»' if was == to else f'«{was}» se llama «{to}»'} en {title_of(page)}",
        page=str(page),
        orders=(Order("hablantes", (str(page),), {"unir": was, "en": to}),),
        after=f"/acervo/{page}/hablantes",
        retry=f"/acervo/{page}/hablantes",
    )
    return done_or_waiting(current_desk().queue(job), QUICK_S)


def _page(page: PageId, shown: SpeakersForm, notice: str = "") -> Response:
    return beside_video("desk/speakers.html", page, notice, quien=shown)
