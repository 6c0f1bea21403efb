"""``/acervo/<evento>/<mesa>/retirar``: withdrawing a text from corpus and index, with a published reason."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import Kind, PageId
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import desk
from search_app.desk.views.home import carry_out
from search_app.desk.views.session import title_of
from search_app.http.answers import current_index

CONFIRMED = "RETIRAR"
"""What is typed, so that nobody withdraws by a slip."""


@desk.get("/acervo/<evento:evento>/retirar")
@desk.get("/acervo/<evento:evento>/<slug:mesa>/retirar")
def withdrawing(evento: str, mesa: str | None = None) -> str:
    """What is to go, and why."""
    return _page(PageId(evento, mesa), {"fragmento": request.args.get("fragmento", "")})


@desk.post("/acervo/<evento:evento>/retirar")
@desk.post("/acervo/<evento:evento>/<slug:mesa>/retirar")
def withdraw(evento: str, mesa: str | None = None) -> AnyResponse | tuple[str, int]:
    """Let it go."""
    page = PageId(evento, mesa)
    typed = {name: request.form.get(name, "")[:600] for name in ("que", "fragmento", "motivo", "conservar")}
    try:
        reason = line(request.form, "motivo", 500, called="El motivo")
        what, target, options = _what(page, request.form.get("que", ""), request.form.get("fragmento", ""))
        if not reason:
            raise InvalidInput("Escriba el motivo: lo leerá quien siga una cita")
        if line(request.form, "confirmacion", 40).upper() != CONFIRMED:
            raise InvalidInput(f"Para confirmar, escriba {CONFIRMED} en el último renglón")
    except InvalidInput as fault:
        return _page(page, typed, f"{fault}."), 400
    options |= {"motivo": reason, "conservar": bool(typed["conservar"])}
    call, again = CommandCall("retirar", (target,), options), f"/acervo/{page}/retirar"
    return carry_out(f"Retirar {what}", call, page=page, after="/acervo/historial", retry=again)


def _what(page: PageId, chosen: str, fragment: str) -> tuple[str, str, dict[str, str | bool]]:
    """In words; what the command is told; and its options."""
    title = title_of(page)
    if chosen == ("mesa" if page.session else "evento"):
        return f"toda la mesa {title}" if page.session else f"todo el evento {title}", str(page), {}
    if chosen == "fragmento":
        number = fragment.strip().lstrip("#p¶ ")
        if not (number.isascii() and number.isdecimal() and 0 < len(number) < 10):
            raise InvalidInput("Escriba el número del fragmento: es el 42 de una dirección que termina en p42")
        return f"el fragmento {int(number)} de {title}", f"{page}#p{int(number)}", {}
    if chosen in {kind.value for kind in Kind if (kind is Kind.ANNOUNCEMENT) is (page.session is None)}:
        return f"{Kind(chosen).label.lower()} de {title}", str(page), {"tipo": chosen}
    raise InvalidInput("Elija qué se retira")


def _page(page: PageId, typed: dict[str, str], fault: str = "") -> str:
    with current_index().now() as (_, collection):
        if not collection.exists(page):
            abort(404)
        title = collection.title(page)
        sessions = len(collection.by_event.get(page.event, ()))
        kinds = [(kind, Kind(kind).label) for kind in collection.kinds(page)]
    return render_template(
        "desk/withdrawing.html",
        mesa=page,
        titulo_mesa=title,
        tipos=kinds,
        mesas=sessions,
        escrito=typed,
        aviso=fault,
        palabra=CONFIRMED,
    )
