"""``/acervo/<evento>/<mesa>/hablantes``: who speaks, fragment by fragment."""

from functools import partial

from flask import Response, request

from indexer.language.collation import alphabetical
from indexer.model import PageId
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.desk.forms.speakers import (
    SpeakersForm,
    added_people,
    as_given,
    as_typed,
    changes_of,
    choosing,
    closed,
    speakers_form,
)
from search_app.desk.jobs.job import CommandCall, Job
from search_app.desk.views.guard import SAID, Answer, current_desk, desk, login_session, see_other, sender
from search_app.desk.views.sending import carry_out, interrupted_job
from search_app.desk.views.session import beside_video, title_of
from search_app.http.answers import current_index


@desk.get("/acervo/<evento:evento>/<slug:mesa>/hablantes")
def speakers(evento: str, mesa: str) -> Response:
    """The fragments in a row."""
    page = PageId(evento, mesa)
    job, draft = interrupted_job("hablantes", page), _draft(page)
    answer = current_desk().commands.ask("hablantes", str(page))
    if job and job.calls[0].given:
        return _page(page, speakers_form(answer, as_typed(job.calls[0].given)))
    if draft is None:
        return _page(page, speakers_form(answer))
    given = draft.calls[0].given
    return _page(page, choosing(answer, as_typed(given), given["base"], ""), draft=draft)


@desk.post("/acervo/<evento:evento>/<slug:mesa>/hablantes")
def name(evento: str, mesa: str) -> Answer:
    """Write all of it at once; without the script, people may be put on the list before."""
    page = PageId(evento, mesa)
    draft = _draft(page)
    if request.form.get("accion") == "descartar":
        if draft is not None:
            current_desk().jobs.discard(draft.id)
        return see_other(f"/acervo/{page}/hablantes")
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
        if request.form.get("accion") == "lista" or request.form.get("propone"):
            return _page(page, again(added))
        if {*added} - {*now.people, *request.form.getlist("en_lista")}:
            return _page(page, again(added), SAID["sin_elegir"]), 400
        changes = changes if request.form.get("final") else closed(changes, now.rows)
    given = as_given(request.form.get("base", ""), changes)
    call = CommandCall("hablantes", (str(page),), {"escribir": True}, given)
    title = f"Quién habla en {title_of(page)}"
    if request.form.get("accion") == "borrador":
        if draft is None:
            jobs, retry = current_desk().jobs, f"/acervo/{page}/hablantes"
            jobs.put(jobs.new(*sender(), title=title, page=str(page), calls=(call,), retry=retry))
        else:
            current_desk().jobs.change(draft.id, only=("borrador",), calls=(call,))
        return see_other(f"/acervo/{page}/hablantes")
    if draft is not None:
        current_desk().jobs.discard(draft.id)
    return carry_out(title, call, page=page, after=f"/acervo/{page}/hablantes", reopens=True)


@desk.post("/acervo/<evento:evento>/<slug:mesa>/hablantes/nombre")
def rename(evento: str, mesa: str) -> Answer:
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


def _draft(page: PageId) -> Job | None:
    """What this person began to say of the page, and did not publish."""
    jobs = (job for job in current_desk().jobs.all() if job.state == "borrador" and job.page == str(page))
    mine = (job for job in jobs if job.author == login_session().name and job.calls)
    return next((job for job in mine if job.calls[0].command == "hablantes"), None)


def _page(page: PageId, shown: SpeakersForm, notice: str = "", draft: Job | None = None) -> Response:
    with current_index().now() as (_, collection):
        sessions = collection.by_event.get(page.event, ())
        known = sorted(
            {one.name for session in sessions for one in session.participants} - {*shown.people}, key=alphabetical
        )
    return beside_video("desk/speakers.html", page, notice, quien=shown, del_evento=known, borrador=draft)
