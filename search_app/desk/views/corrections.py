"""``/acervo/<evento>/<mesa>/corregir``: corrections by fragment, and of a word or a name wherever it stands."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import PageId
from search_app.desk.forms.corrections import (
    CorrectionsForm,
    as_accepted,
    as_edited,
    chosen,
    corrections_form,
    place_name,
    without,
)
from search_app.desk.forms.edits import edits_of, kept
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import current_desk, desk
from search_app.desk.views.home import carry_out
from search_app.desk.views.session import beside_video, interrupted_job, session_at, title_of

LONGEST = 300
_SEARCH_S = 120.0


@desk.get("/acervo/<evento:evento>/<slug:mesa>/corregir")
def corrections_page(evento: str, mesa: str) -> Response | str:
    """The text by fragment; with ``buscar``, every place of some words."""
    page = PageId(evento, mesa)
    session_at(page)
    if request.args.get("buscar", "").strip():
        return _places(page)
    ours = interrupted_job(page)
    now = current_desk().commands.ask("corregir", str(page), timeout_s=_SEARCH_S)
    shown = corrections_form(now, edits_of(ours.typed) if ours else ())
    return _page(page, shown, ours.error if ours and not _crossed(shown) else "")


@desk.post("/acervo/<evento:evento>/<slug:mesa>/corregir")
def edit(evento: str, mesa: str) -> AnyResponse | tuple[Response, int]:
    """What was edited in the boxes, and what was checked."""
    page = PageId(evento, mesa)
    edits = edits_of(request.form)
    now = corrections_form(_now(str(page)), edits)
    if _crossed(now):
        return _page(page, now)
    try:
        given = as_edited(edits, now)
    except InvalidInput as fault:
        return _page(page, now, f"{fault}."), 400
    return _written(page, f"Corregir {title_of(page)}", {str(page): given}, kept(request.form, edits))


@desk.post("/acervo/<evento:evento>/<slug:mesa>/corregir/lugares")
def accept(evento: str, mesa: str) -> AnyResponse:
    """The places that were accepted, one by one."""
    page = PageId(evento, mesa)
    asked, found = _found(page, request.form)
    by_page = chosen(request.form.getlist("lugar"), found["lugares"])
    if not by_page:
        raise InvalidInput(
            "Marque los lugares que se corrigen; si ya no están, otra persona los corrigió: busque otra vez"
        )
    count = sum(map(len, by_page.values()))
    title = f"«{asked['buscado']}» por «{asked['por']}» en {count} {'lugar' if count == 1 else 'lugares'}"
    return _written(page, title, {name: as_accepted(places, _now(name)) for name, places in by_page.items()})


@desk.post("/acervo/<evento:evento>/<slug:mesa>/corregir/sobrantes")
def clear(evento: str, mesa: str) -> AnyResponse:
    """Take away corrections that cannot be applied any more."""
    page = PageId(evento, mesa)
    session_at(page)
    names = request.form.getlist("sobra")
    if not names:
        raise InvalidInput("Marque las correcciones que se quitan")
    given = without(names, _now(str(page)), request.form.get("base", ""))
    return _written(page, f"Quitar de {title_of(page)} correcciones que ya no se aplican", {str(page): given})


def _written(page: PageId, title: str, given: dict[str, Any], typed: dict[str, str] | None = None) -> AnyResponse:
    """Write corrections, given by page."""
    calls = [CommandCall("corregir", (name,), {"escribir": True}, said) for name, said in given.items()]
    return carry_out(title, *calls, page=page, after=f"/acervo/{page}/corregir", reopens=True, typed=typed)


def _now(page: str) -> dict[str, Any]:
    """The present state, without looking for doubtful words: that takes longest, and nobody sees them here."""
    return current_desk().commands.ask("corregir", page, options={"sin-dudosas": True}, timeout_s=_SEARCH_S)


def _places(page: PageId) -> str:
    session = session_at(page)
    asked, found = _found(page, request.args)
    return render_template(
        "desk/places.html",
        mesa=page,
        titulo_mesa=title_of(page),
        session=session,
        **asked,
        lugares=[{**place, "nombre": place_name(place)} for place in found["lugares"]],
        corregidos=found.get("ya_corregidos", 0),
    )


def _found(page: PageId, form: MultiDict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is sought, by the names that the template has for it, and what ``corregir`` says of it."""
    sought, instead = line(form, "buscar", LONGEST, called="Lo que se busca"), line(form, "por", LONGEST)
    wide, plain = form.get("donde") == "evento", bool(form.get("sin_acentos"))
    options: dict[str, str | bool] = {"buscar": sought, "sin-acentos": plain, "por": instead or False}
    where = page.event if wide else str(page)
    found = current_desk().commands.ask("corregir", where, options=options, timeout_s=_SEARCH_S)
    return {"buscado": sought, "por": instead, "amplio": wide, "sin_acentos": plain}, found


def _crossed(shown: CorrectionsForm) -> bool:
    """Whether somebody else changed what was edited here as well: the page says where, and nothing is written."""
    return bool(shown.both or shown.lost)


def _page(page: PageId, shown: CorrectionsForm, fault: str = "") -> Response:
    return beside_video("desk/corrections.html", page, fault, texto=shown)
