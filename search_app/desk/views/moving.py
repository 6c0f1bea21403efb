"""``/acervo/<evento>/<mesa>/mover``: another address for a mesa, its transcript or an event; one mesa of two."""

from collections.abc import Mapping

from flask import render_template, request

from indexer.language.spanish import slug
from indexer.model import Kind, PageId
from search_app.desk.forms.form_fields import InvalidInput, line, page_of
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, current_desk, desk
from search_app.desk.views.sending import carry_out
from search_app.desk.views.session import title_of
from search_app.http.answers import current_index

_TYPED = ("que", "evento", "nombre", "mesa")
_WAYS = {"mover": "Mover", "unir": "Unir", "transcripcion": "Mover la transcripción de"}


@desk.get("/acervo/<evento:evento>/mover")
@desk.get("/acervo/<evento:evento>/<slug:mesa>/mover")
def moving(evento: str, mesa: str | None = None) -> str:
    """Where it may go; and, once that is said, what would change and lead where."""
    page, preview, notice = PageId(evento, mesa), None, ""
    with current_index().now() as (_, collection):
        kinds = collection.kinds(page)
    try:
        if "que" in request.args:
            call = _asked(page, request.args)
            options = {**call.options, "simular": True}
            preview = current_desk().commands.ask(call.command, *call.words, options=options)
    except (InvalidInput, CommandFailed) as fault:
        notice = str(fault)
    return render_template(
        "desk/moving.html",
        pagina=page,
        con_transcripcion=Kind.TRANSCRIPT.value in kinds,
        escrito=request.args,
        previo=preview,
        aviso=notice,
    )


@desk.post("/acervo/<evento:evento>/mover")
@desk.post("/acervo/<evento:evento>/<slug:mesa>/mover")
def move(evento: str, mesa: str | None = None) -> Answer:
    """Let it go there."""
    page = PageId(evento, mesa)
    call = _asked(page, request.form)
    title = f"{_WAYS[request.form['que']]} {title_of(page)} a {call.words[1]}"
    # Not to its new address: the server may still serve the edition before it for a moment.
    return carry_out(title, call, page=page, after="/acervo/historial", retry=f"/acervo/{page}/mover", keeps=_TYPED)


def _asked(page: PageId, form: Mapping[str, str]) -> CommandCall:
    """The command that a form asks for. Raises ``InvalidInput``: it does not say where to."""
    way = form.get("que", "")
    if way not in _WAYS or (page.session is None and way != "mover"):
        raise InvalidInput("Elija qué se hace")
    if way == "mover":
        name = slug(line(form, "nombre", 80, called="El nombre"))
        event = line(form, "evento", 80) or page.event
        target = page_of(name if page.session is None else f"{event}/{name}") if name else None
        if target is None:
            raise InvalidInput("Escriba otro nombre, con letras: mesa-1-resultados")
    else:
        target = page_of(form.get("mesa", ""))
        if target is None or target.session is None:
            raise InvalidInput("Elija a qué mesa")
    options: dict[str, str | bool] = {"tipo": way == "transcripcion" and Kind.TRANSCRIPT.value}
    options["base"] = line(form, "base", 64)
    return CommandCall("unir" if way == "unir" else "mover", (str(page), str(target)), options)
