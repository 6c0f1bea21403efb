"""``/acervo/<evento>/<mesa>/retirar``: withdrawing a text from corpus and index, with a published reason.

First somebody says what; then the page shows the words that go, and asks whether they may come back.
"""

import datetime as dt
from typing import NamedTuple

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from indexer.model import KEPT_DAYS, Kind, PageId, Passage
from search_app.desk.forms.form_fields import InvalidInput, fragment_number, line
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, desk
from search_app.desk.views.sending import carry_out
from search_app.desk.views.session import title_of
from search_app.http.answers import current_index
from search_app.shown import formatting

CONFIRMED = "RETIRAR"
"""What is typed, so that nobody withdraws by a slip."""
WAYS = ("conservar", "siempre")
"""With a copy that is kept for some days, or for ever; neither is preset."""
MOST = 40
"""Fragments that are shown."""
TYPED = ("que", "fragmento", "motivo", "como")


class _Target(NamedTuple):
    """What is to go: in words, as the command is told, its fragments; and the options of the command."""

    what: str
    target: str
    passages: list[Passage]
    options: dict[str, str | bool]


@desk.get("/acervo/<evento:evento>/retirar")
@desk.get("/acervo/<evento:evento>/<slug:mesa>/retirar")
def withdrawing(evento: str, mesa: str | None = None) -> str | tuple[str, int]:
    """What is to go; then its words, and why."""
    page, typed = PageId(evento, mesa), _typed(request.args)
    typed["que"] = typed["que"] or "fragmento" * bool(typed["fragmento"])
    try:
        return _page(page, typed, _target(page, typed) if typed["que"] else None)
    except InvalidInput as fault:
        return _page(page, typed, None, f"{fault}."), 400


@desk.post("/acervo/<evento:evento>/retirar")
@desk.post("/acervo/<evento:evento>/<slug:mesa>/retirar")
def withdraw(evento: str, mesa: str | None = None) -> Answer:
    """Let it go."""
    page, typed, gone = PageId(evento, mesa), _typed(request.form), None
    try:
        gone = _target(page, typed)
        reason = line(request.form, "motivo", 500, called="El motivo")
        if typed["como"] not in WAYS:
            raise InvalidInput("Elija si puede deshacerse o es para siempre")
        if not reason:
            raise InvalidInput("Escriba el motivo: lo leerá quien siga una cita")
        if line(request.form, "confirmacion", 40).upper() != CONFIRMED:
            raise InvalidInput(f"Para confirmar, escriba {CONFIRMED} en el último renglón")
    except InvalidInput as fault:
        return _page(page, typed, gone, f"{fault}."), 400
    options = gone.options | {"motivo": reason, "conservar": typed["como"] == "conservar"}
    call, again = CommandCall("retirar", (gone.target,), options), f"/acervo/{page}/retirar"
    return carry_out(f"Retirar {gone.what}", call, page=page, after="/acervo/historial", retry=again, keeps=TYPED[:-1])


def _typed(form: MultiDict[str, str]) -> dict[str, str]:
    return {name: form.get(name, "")[:600] for name in TYPED}


def _target(page: PageId, typed: dict[str, str]) -> _Target:
    """What was chosen, with its words. Raises ``InvalidInput``: nothing was chosen, or it is not there."""
    title, chosen = title_of(page), typed["que"]
    whole = chosen == ("mesa" if page.session else "evento")
    with current_index().now() as (index, collection):
        below = collection.by_event.get(page.event, ()) if whole and page.session is None else ()
        pages = [page, *(one.page for one in below)]
        passages = [one for each in pages if (stored := index.session(each)) for one in stored.passages]
    if whole:
        return _Target(f"toda la mesa {title}" if page.session else f"todo el evento {title}", str(page), passages, {})
    if chosen == "fragmento":
        if (number := fragment_number(typed["fragmento"])) is None:
            raise InvalidInput("Escriba el número del fragmento: es el 42 de una dirección que termina en p42")
        found = [one for one in passages if one.number == number]
        if not found:
            raise InvalidInput(f"No hay un fragmento {number} en {title}")
        return _Target(f"el fragmento {number} de {title}", f"{page}#p{number}", found, {})
    if chosen in {kind.value for kind in Kind if (kind is Kind.ANNOUNCEMENT) is (page.session is None)}:
        said = [one for one in passages if one.kind == chosen and one.fact is None]
        article = "el" if chosen == Kind.ANNOUNCEMENT else "la"
        return _Target(f"{article} {Kind(chosen).label.lower()} de {title}", str(page), said, {"tipo": chosen})
    raise InvalidInput("Elija qué se retira")


def _page(page: PageId, typed: dict[str, str], gone: _Target | None, fault: str = "") -> str:
    with current_index().now() as (_, collection):
        kinds, sessions = collection.kinds(page), collection.by_event.get(page.event, ())
    return render_template(
        "desk/withdrawing.html",
        mesa=page,
        escrito=typed,
        aviso=fault,
        palabra=CONFIRMED,
        se_va=gone,
        palabras=sum(len(one.text.split()) for one in gone.passages) if gone else 0,
        hasta=formatting.day(dt.date.today() + dt.timedelta(KEPT_DAYS)),
        cuantos=MOST,
        tipos=[(kind, Kind(kind).label) for kind in kinds],
        mesas=len(sessions),
    )
