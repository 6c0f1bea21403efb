"""``/acervo/agregar``: the desk receives a text, previews how it was read, and publishes it."""

import contextlib
import re
from typing import Any

import msgspec
from flask import render_template, request

from indexer.model import Kind, PageId, Version
from search_app.desk.forms.destination import FIELDS, Destination, calls, destination_of, video_calls
from search_app.desk.forms.form_fields import InvalidInput, lines, page_of, pasted_suffix, shown_name, suffix_of
from search_app.desk.forms.upload_limits import LARGEST_FILE, LARGEST_TEXT
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.jobs.job import Job
from search_app.desk.views.guard import SAID, Answer, current_desk, desk, see_other, sender
from search_app.desk.views.sending import UNSENT, done_or_waiting, draft_here, may_publish
from search_app.http.answers import current_index
from search_app.shown.collection import Collection

PASTED = "texto pegado"
_AT_ONCE_S = 1.5
_STATE = re.compile(r"(?:[0-9a-f]{64})?")
_NO_TEXT = ("direccion", "video", "audio", "comprimido", "tabla")
"""What ``examinar`` may call it that is no text of a mesa (``que_es``): its page says where it leads."""


@desk.get("/acervo/agregar")
def add() -> str:
    """The form."""
    return _form({name: request.args.get(name, "")[:2_500] for name in FIELDS})


@desk.get("/acervo/<evento:evento>/<slug:mesa>/reemplazar")
def replace(evento: str, mesa: str) -> str:
    """The form, for a text that takes the destination of another one."""
    page = PageId(evento, mesa)
    return _form({"mesa": str(page), "tipo": request.args.get("tipo", Kind.TRANSCRIPT.value)}, replaced=page)


@desk.post("/acervo/agregar")
def receive() -> Answer:
    """A text: onto the disk, then shown."""
    typed = _typed()
    pasted = request.form.get("texto", "")
    try:
        if (count := len([file for file in request.files.getlist("archivo") if file])) > 1:
            raise InvalidInput(f"Eligió {count} archivos: aquí se agrega uno; para todos de una vez está «Importar»")
        if request.files.get("archivo") and pasted.strip():
            raise InvalidInput("Envíe el archivo o pegue el texto, no las dos cosas: quite uno de los dos")
        text, clock = lines(request.form, "texto", LARGEST_TEXT, called="El texto pegado"), sent_file("tiempos")
        sent = sent_file("archivo")
        data, name, suffix = sent or (f"{text}\n".encode(), PASTED, pasted_suffix(text))
        if not (sent or text):
            cure = "Elija también el texto al que se le darán las horas de esos subtítulos"
            raise InvalidInput(cure if clock else "Elija un archivo o pegue un texto")
        if clock and len(data) + len(clock[0]) > LARGEST_FILE:
            both = f"El texto y «{clock[1]}» pasan juntos de 32 MB"
            raise InvalidInput(f"{both}: envíe solo los subtítulos, sin video ni audio")
    except InvalidInput as fault:
        return _form({**typed, "texto": pasted}, str(fault)), 400
    job = current_desk().jobs.new(*sender(), name=name, typed=typed, title=f"Agregar «{name}»")
    job = current_desk().jobs.put(job, data, suffix, clock and (clock[0], clock[2]))
    return see_other(f"/acervo/agregar/{job.id}")


@desk.get("/acervo/agregar/<encargo>")
def preview(encargo: str) -> str:
    """What was understood of it."""
    return _shown(draft_here(encargo))


@desk.post("/acervo/agregar/<encargo>")
def publish(encargo: str) -> Answer:
    """Publish it, change where it goes, or give it up."""
    draft = draft_here(encargo)
    typed = {**draft.typed, **_typed()}
    draft = current_desk().jobs.change(draft.id, only=UNSENT, typed=typed) or draft
    understood = (draft if draft.examined else _examined(draft, "", "")).examined or {}
    what = understood.get("que_es")
    try:
        with current_index().now() as (_, collection):
            destination = _destination(draft, collection)
        given = video_calls(destination, understood["direccion"]) if what == "direccion" else ()
    except InvalidInput as fault:
        return _shown(draft, f"{fault}."), 400
    if request.form.get("accion") != "publicar":
        return see_other(f"/acervo/agregar/{draft.id}")
    title = f"Poner el video de {destination.title}"
    if not given:
        base = request.form.get("base", "?")
        seen = request.form.get("visto") == f"{destination.page} {destination.kind}"
        if what in _NO_TEXT:
            return _shown(draft), 409
        if seen and not destination.replaces:
            return _shown(draft, SAID["texto_quitado"]), 409
        if destination.replaces and not (seen and _STATE.fullmatch(base)):
            return _shown(draft, "Esa mesa ya tiene este texto: vea la diferencia y confirme que lo reemplaza."), 409
        given = calls(destination, base, with_clock=bool(draft.clock))
        action = "Reemplazar el texto de" if destination.replaces else "Agregar a"
        title = f"{action} {destination.title}: «{draft.name}»"
    again = f"/acervo/agregar/{draft.id}"
    done = current_desk().send(draft, calls=given, page=str(destination.page), title=title, after="", retry=again)
    return done_or_waiting(done or draft, _AT_ONCE_S)


def sent_file(field: str) -> tuple[bytes, str, str] | None:
    """A file of the form: its bytes, its name as it is shown, what that says of its format; None without any.

    Raises ``InvalidInput``: it is empty or too large.
    """
    if not (file := request.files.get(field)):
        return None
    data, name = file.read(), shown_name(file.filename or "")
    if not data:
        raise InvalidInput(f"El archivo «{name}» está vacío: elija otro")
    if len(data) > LARGEST_FILE:
        raise InvalidInput(f"«{name}» pasa de 32 MB: envíe solo el texto o los subtítulos, sin video ni audio")
    return data, name, suffix_of(file.filename or "")


def _typed() -> dict[str, str]:
    """What the form says; of boxes of one name, all that are ticked."""
    return {name: ",".join(filter(None, request.form.getlist(name)))[:2_500] for name in FIELDS if name in request.form}


def _form(typed: dict[str, str], fault: str = "", replaced: PageId | None = None) -> str:
    return render_template("desk/adding.html", escrito=typed, aviso=fault, reemplazo=replaced)


def _destination(draft: Job, collection: Collection) -> Destination:
    """Where a draft goes; an address goes where a text would, as none."""
    likely = str((draft.examined or {}).get("que_es"))
    typed = {**draft.typed, "tipo": Kind.TRANSCRIPT.value} if likely in _NO_TEXT else draft.typed
    return destination_of(typed, collection, likely)


def _shown(draft: Job, fault: str = "") -> str:
    """The page of a draft: what was understood, where it goes, what it would change."""
    destination: Destination | None = None
    said = fault
    with current_index().now() as (_, collection):
        page = page_of(draft.typed.get("mesa", ""))
        there = str(page) if page and collection.exists(page) and not draft.typed.get("titulo_mesa") else ""
        draft = _examined(draft, there, draft.typed.get("tipo", ""))
        try:
            destination = _destination(draft, collection)
        except InvalidInput as error:
            said = said or (f"{error}." if draft.typed.get("mesa") or draft.typed.get("titulo_mesa") else "")
    understood = draft.examined or {}
    if understood.get("que_es") in _NO_TEXT:
        return render_template(
            "desk/no_text.html", borrador=draft, lugar=destination, escrito=draft.typed, aviso=said,
            entendido=understood,
        )  # fmt: skip
    if destination:
        draft = _examined(draft, there, destination.kind.value)
        understood = draft.examined or {}
    difference, why, base = _difference(draft, destination)
    if not fault and draft.state == "fallo" and (draft.answer or {}).get("conflicto"):
        said = SAID["texto_cambiado" if destination and destination.replaces else "texto_quitado"]
    return render_template(
        "desk/review.html",
        borrador=draft,
        lugar=destination,
        escrito=draft.typed,
        aviso=said,
        entendido=understood,
        grave=any(p.get("gravedad") == "error" for p in understood.get("problemas", [])),
        diferencia=difference,
        sin_diferencia=why,
        base=base,
        versiones=[(version.value, version.label) for version in Version],
        tipos=[(kind.value, kind.label) for kind in Kind if kind is not Kind.ANNOUNCEMENT],
        tomados=current_desk().completed_steps(draft),
        publica=may_publish(draft),
    )


def _examined(draft: Job, where: str, kind: str) -> Job:
    """The draft with what ``examinar`` says of it, for a page that is there and a kind; asked once for each.

    Read as a transcript it tells what it seems to be; that stays known when it is then read as anything else.
    """
    asked, before = f"{where} {kind or Kind.TRANSCRIPT}", draft.examined or {}
    if before.get("preguntado") == asked:
        return draft
    plain = draft.name.count(".") == 1 and suffix_of(draft.name) == suffix_of(draft.file)
    called = draft.name if plain and not draft.name.strip().startswith(".") else ""
    try:
        found = _ask("examinar", draft, mesa=where or False, tipo=kind or False, nombre=called or False)
    except CommandFailed as error:
        found = {"problemas": [{"texto": str(error), "gravedad": "error"}]}
    if kind and kind != Kind.TRANSCRIPT and "que_es" in before:
        found["que_es"] = before["que_es"]
    examined = {**found, "preguntado": asked}
    with contextlib.suppress(OSError):  # a full disk: it is asked again
        current_desk().jobs.change(draft.id, only=UNSENT, examined=examined)
    return msgspec.structs.replace(draft, examined=examined)


def _ask(command: str, draft: Job, **options: str | bool) -> dict[str, Any]:
    """What a command says of the text of a draft, and of the captions that came with it."""
    jobs = current_desk().jobs
    options["tiempos"] = bool(draft.clock) and str(jobs.path(draft, draft.clock))
    return current_desk().commands.ask(command, str(jobs.path(draft)), options=options, timeout_s=120)


def _difference(draft: Job, destination: Destination | None) -> tuple[dict[str, object] | None, str, str | None]:
    """What replacing would change, or why that cannot be said; and the state of the text that would be replaced."""
    if destination is None or not destination.replaces:
        return None, "", None
    page, kind = str(destination.page), destination.kind.value
    try:
        found = _ask("comparar", draft, mesa=page, tipo=kind)
        return found, "", str(found["base"])
    except CommandFailed as error:
        why = str(error)
    with contextlib.suppress(CommandFailed):  # a text that nobody can read can be replaced all the same
        return None, why, str(_ask("examinar", draft, mesa=page, tipo=kind)["base"])
    return None, why, None
