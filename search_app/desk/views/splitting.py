"""``/acervo/<evento>/partir``: the captions of a whole day become its mesas."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, render_template, request

from indexer.errors import CorpusError
from indexer.language.typed_values import typed_value
from indexer.model.page_fields import DAY_FIELDS
from search_app.asking.listing import read_list, sought
from search_app.desk.forms.form_fields import InvalidInput
from search_app.desk.forms.splitting import begins, cuts_given, kept, lasts, of_other_days, parts_of, parts_typed
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.jobs.job import CommandCall, Job
from search_app.desk.staff_desk import QUICK_S
from search_app.desk.views.adding import sent_file
from search_app.desk.views.guard import Answer, current_desk, desk, see_other, sender
from search_app.desk.views.sending import UNSENT, done_or_waiting, draft_here
from search_app.http.answers import pairs
from search_app.http.security_headers import with_player
from search_app.shown.formatting import count
from search_app.shown.video import player, web_address

PER_PAGE = 16
"""Fragments of one page: a quarter of an hour, twenty screens of a phone."""


@desk.get("/acervo/<evento:evento>/partir")
def split(evento: str) -> str:
    """The form for the file."""
    return _form(evento)


@desk.post("/acervo/<evento:evento>/partir")
def split_file(evento: str) -> Answer:
    """The file, onto the disk."""
    typed = {name: request.form.get(name, "")[:2_000] for name in DAY_FIELDS}
    try:
        typed = {name: str(typed_value(DAY_FIELDS[name], value) or "") for name, value in typed.items()}
        if (sent := sent_file("archivo")) is None:
            raise InvalidInput("Elija el archivo de los subtítulos")
    except (InvalidInput, CorpusError) as fault:
        return _form(evento, typed, f"{fault}."), 400
    data, name, suffix = sent
    again, title = f"/acervo/{evento}/partir/{{}}", f"Partir «{name}»"
    job = current_desk().jobs.new(*sender(), name=name, typed=typed, title=title, page=evento, retry=again)
    return see_other(current_desk().jobs.put(job, data, suffix).retry)


@desk.get("/acervo/<evento:evento>/partir/<encargo>")
def split_parts(evento: str, encargo: str) -> Response:
    """The text of the day, and the mesas that it is split into so far."""
    draft = draft_here(encargo)
    return _shown(draft, draft.note or draft.error)


@desk.post("/acervo/<evento:evento>/partir/<encargo>")
def split_decide(evento: str, encargo: str) -> Answer:
    """A mesa begins or ends here; or all of it is published, or given up."""
    draft = draft_here(encargo)
    told = _outlined(draft).examined or {}
    try:
        parts = parts_typed(request.form, parts_of(told, draft.typed.get("cortes", ""), draft.typed.get("fecha", "")))
        draft = current_desk().jobs.change(draft.id, only=UNSENT, typed={**draft.typed, "cortes": kept(parts)}) or draft
        if request.form.get("accion") != "publicar":
            return see_other(f"{draft.retry}{_shown_next()}")
        cuts = cuts_given(parts)
    except InvalidInput as fault:
        return _shown(draft, f"{fault}."), 400
    options = {field.option[2:]: draft.typed[name] for name, field in DAY_FIELDS.items() if draft.typed.get(name)}
    call = CommandCall("partir", (), {"evento": evento, "escribir": True, **options}, {"cortes": cuts}, with_file=True)
    title = f"Partir «{draft.name}» en {count(len(cuts), 'mesa', 'mesas')}"
    done = current_desk().send(draft, calls=(call,), title=title, after="/acervo/")
    answer = done_or_waiting(done or draft, QUICK_S)
    now = current_desk().jobs.get(draft.id)
    return see_other(draft.retry) if now and now.state == "fallo" else answer


def _shown_next() -> str:
    """The part of the text that a button leads to: another page, a fragment, what holds other words; else the same."""
    form, asked = request.form, request.args.to_dict()
    words, number = form.get("contiene", "")[:300], form.get("fragmento", "")
    if "contiene" in form and words != asked.get("contiene", ""):
        asked = {"contiene": words} if words else {}
    if page := form.get("pagina"):
        asked["pagina"] = page
    if number.isdecimal():
        asked = {"pagina": str((int(number[:9]) - 1) // PER_PAGE + 1)}
    place = number or form.get("empieza") or form.get("termina") or ""
    anchor = f"#p{place}" if place.isdecimal() else "#texto" * (bool(page) or "filtrar" in form.values())
    return f"{'?' * bool(asked)}{urlencode(asked)}{anchor}"


def _form(event: str, typed: dict[str, str] | None = None, notice: str = "") -> str:
    return render_template("desk/split_file.html", evento=event, escrito=typed or {}, aviso=notice)


def _outlined(draft: Job) -> Job:
    """The draft with what ``partir`` says of its file; asked once."""
    if draft.examined is not None:
        return draft
    told = current_desk().commands.ask(
        "partir", str(current_desk().jobs.path(draft)), options={"evento": draft.page}, timeout_s=120
    )
    return current_desk().jobs.change(draft.id, only=UNSENT, examined=told) or draft


def _shown(draft: Job, notice: str = "") -> Response:
    try:
        draft = _outlined(draft)
    except CommandFailed as fault:
        notice = str(fault).replace(draft.file, draft.name)
    told = draft.examined or {}
    rows = told.get("fragmentos", [])
    last_s = float(told.get("fin_s", 0.0))
    parts = parts_of(told, draft.typed.get("cortes", ""), draft.typed.get("fecha", ""))
    asked = replace(read_list(pairs(), draft.retry), anchor="texto")
    words = sought(asked.contains)
    listed = asked.part(
        len(rows), rows.__getitem__, ("fragmento", "fragmentos"), lambda: [sought(str(row["texto"])) for row in rows],
        per_page=PER_PAGE,
    )  # fmt: skip
    screen = player(draft.typed.get("video"))
    start = float(draft.typed.get("video_inicio_s") or 0)
    page = {"player": screen, "video": web_address(draft.typed.get("video")), "title": draft.name, "id": draft.page}
    html = render_template(
        "desk/split_parts.html",
        borrador=draft,
        pagina=page,
        desfase=start,
        aviso=notice,
        partes=[(part, begins(part), lasts(part, parts, last_s)) for part in parts],
        fragmentos=listed,
        lugar_de=lambda second: next((row for row in reversed(rows) if row["inicio_s"] <= second), None),
        hallado=lambda row: words and next((cue for cue in row["subtitulos"] if words in sought(cue["texto"])), None),
        de_otro_dia=of_other_days(told, draft.typed.get("fecha", "")),
        fin_s=last_s,
    )
    return with_player(Response(html), screen)
