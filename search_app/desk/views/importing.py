"""``/acervo/importar``: many files at once, shown line by line as they were understood, and published as one step."""

from collections import Counter
from typing import IO

from flask import g, render_template, request

from indexer.model import Version
from search_app.desk.forms.form_fields import InvalidInput, shown_name
from search_app.desk.forms.importing import AT_ONCE, EVENT, NEW_EVENT, event_typed, import_call, import_rows, typed_with
from search_app.desk.forms.upload_limits import LARGEST_BATCH, MANY_AT
from search_app.desk.jobs.job import CommandCall, Job, State
from search_app.desk.staff_desk import QUICK_S
from search_app.desk.views.guard import Answer, current_desk, desk, see_other, sender
from search_app.desk.views.sending import done_or_waiting, draft_here

_UNSENT: tuple[State, ...] = ("borrador", "fallo")


@desk.get(MANY_AT)
def many() -> str:
    """The form."""
    return _form({EVENT: request.args.get(EVENT, "")})


@desk.post(MANY_AT)
def receive_many() -> Answer:
    """Files: onto the disk, then looked at."""
    event = event_typed(request.form)
    sent = [file for name in ("archivos", "carpeta") for file in request.files.getlist(name) if file.filename]
    if not sent:
        return _form(event, "Elija varios archivos, una carpeta o un zip"), 400
    files: list[tuple[str, IO[bytes]]] = [(file.filename or "", file.stream) for file in sent]
    named = shown_name(files[0][0].rpartition("/")[2]) if len(files) == 1 else f"{len(files)} archivos"
    title, again = f"Importar {named}", f"{MANY_AT}/{{}}"
    job = current_desk().jobs.new(*sender(), name=named, typed=event, title=title, retry=again)
    return done_or_waiting(current_desk().examine(job, _call(job, simulated=True), files), QUICK_S)


@desk.get(f"{MANY_AT}/<encargo>")
def understood(encargo: str) -> str:
    """What was understood of them."""
    return _shown(draft_here(encargo, _UNSENT))


@desk.post(f"{MANY_AT}/<encargo>")
def publish_many(encargo: str) -> Answer:
    """Keep what was changed; then publish, look again, show another page, or give it up."""
    draft, action = draft_here(encargo, _UNSENT), request.form.get("accion", "")
    try:
        typed = typed_with(draft, request.form)
    except InvalidInput as fault:
        return _shown(draft, f"{fault}."), 400
    elsewhere = any(typed.get(name, "") != draft.typed.get(name, "") for name in (EVENT, NEW_EVENT))
    draft = current_desk().jobs.change(draft.id, only=_UNSENT, typed=typed) or draft
    if action == "revisar" or elsewhere or draft.examined is None:
        return done_or_waiting(current_desk().examine(draft, _call(draft, simulated=True)), QUICK_S)
    if action != "publicar":
        return see_other(f"{MANY_AT}/{draft.id}?pagina={action[:6]}")
    call = _call(draft, simulated=False)
    chosen = [row for row in import_rows(draft) if row.told["estado"] == "importar" and not row.left_out]
    title = f"Importar {len(chosen)} grabaciones" if len(chosen) != 1 else f"Importar «{chosen[0].values['titulo']}»"
    done = current_desk().send(draft, calls=(call,), title=title, page=str(call.options.get(EVENT, "")), after="")
    return done_or_waiting(done or draft, QUICK_S)


def _call(draft: Job, *, simulated: bool) -> CommandCall:
    return import_call(draft, simulated=simulated, one_event=bool(g.account.events))


def _form(typed: dict[str, str], fault: str = "") -> str:
    return render_template("desk/importing.html", escrito=typed, aviso=fault, mas=LARGEST_BATCH)


def _shown(draft: Job, fault: str = "") -> str:
    rows = import_rows(draft)
    pages = max(1, -(-len(rows) // AT_ONCE))
    page = min(max(request.args.get("pagina", 1, type=int), 1), pages)
    return render_template(
        "desk/import_review.html",
        borrador=draft,
        entendido=draft.examined or {},
        renglones=rows[(page - 1) * AT_ONCE : page * AT_ONCE],
        cuantos=Counter(row.told["estado"] for row in rows),
        total=len(rows),
        pagina=page,
        paginas=pages,
        escrito=draft.typed,
        versiones=[(version.value, version.label) for version in Version],
        aviso=fault or draft.error,
    )
