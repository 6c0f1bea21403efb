"""``/acervo/corregir``: a word or a name wherever it stands, in one mesa, one event or all of them, and its places."""

from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from search_app.desk.forms.form_fields import InvalidInput, line, page_of
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, current_desk, desk
from search_app.desk.views.sending import carry_out
from search_app.http.answers import current_index
from search_app.shown.formatting import count

PER_PAGE = 50
"""Places on one page; what is ticked on it goes with the form to the others."""
_ADDRESS = "/acervo/corregir"
_TYPED = ("buscar", "por", "donde", "sin_acentos")
_LONGEST = 300
_SEARCH_S = 120.0


@desk.get(_ADDRESS)
def places() -> str:
    """The search, and each place that it finds."""
    return _page(request.args)


@desk.post(_ADDRESS)
def accept() -> Answer:
    """Show other places of the search, with what was ticked so far; or correct what was ticked, in one step."""
    form = request.form
    if form.get("accion") != "corregir":
        return _page(form)
    asked, chosen = _asked(form), form.getlist("lugar")
    if not chosen:
        raise InvalidInput("Marque los lugares que se corrigen")
    call = CommandCall(
        "corregir", (*filter(None, [asked["donde"]]),), {**_options(asked), "escribir": True}, {"lugares": chosen}
    )
    title = f"«{asked['buscado']}» por «{asked['por']}» en {count(len(chosen), 'lugar', 'lugares')}"
    after = f"/acervo/{asked['donde']}/corregir" if "/" in asked["donde"] else _ADDRESS
    return carry_out(title, call, page=asked["donde"], after=after, retry=_ADDRESS, keeps=_TYPED)


def _asked(form: MultiDict[str, str]) -> dict[str, Any]:
    """What is sought, by the names that the template has for it."""
    where = page_of(form.get("donde", ""))
    with current_index().now() as (_, collection):
        if where is None or not collection.exists(where):
            where = None
        scopes = [(slug, collection.marked(event.title, slug)) for slug, event in collection.events.items()]
        if where and where.session:
            scopes.insert(0, (str(where), collection.title(where)))
    return {
        "buscado": line(form, "buscar", _LONGEST, called="Lo que se busca"),
        "por": line(form, "por", _LONGEST, called="Lo que debe decir"),
        "donde": str(where or ""),
        "sin_acentos": bool(form.get("sin_acentos")),
        "alcances": scopes,
    }


def _options(asked: dict[str, Any]) -> dict[str, str | bool]:
    return {"buscar": asked["buscado"], "por": asked["por"] or False, "sin-acentos": asked["sin_acentos"]}


def _page(form: MultiDict[str, str]) -> str:
    asked = _asked(form)
    found: dict[str, Any] = {"lugares": []}
    if asked["buscado"]:
        found = current_desk().commands.ask(
            "corregir", *filter(None, [asked["donde"]]), options=_options(asked), timeout_s=_SEARCH_S
        )
    every = found["lugares"]
    last = max(0, (len(every) - 1) // PER_PAGE)
    number = form.get("pagina", "")
    at = min(int(number), last) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
    shown = every[at * PER_PAGE : (at + 1) * PER_PAGE]
    there, marked = dict.fromkeys(place["lugar"] for place in shown), dict.fromkeys(form.getlist("lugar"))
    if form.get("accion") == "todos":
        marked = dict.fromkeys(marked.keys() - there) if marked.keys() >= there.keys() else marked | there
    return render_template(
        "desk/places.html",
        **asked,
        lugares=shown,
        total=len(every),
        desde=at * PER_PAGE,
        pagina=at,
        ultima=last,
        marcados=marked,
        de_otras=[name for name in marked if name not in there],
        corregidos=found.get("ya_corregidos", 0),
        mas=found.get("mas", 0),
    )
