"""``/acervo/<evento>/<mesa>/corregir``: corrections by fragment, a part of a long text at a time."""

from dataclasses import replace
from typing import Any

from flask import Response, request

from indexer.model import PageId
from search_app.asking.listing import read_list, sought
from search_app.desk.forms.corrections import CorrectionsForm, as_edited, corrections_form, without
from search_app.desk.forms.edits import edits_of, kept
from search_app.desk.forms.form_fields import InvalidInput
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, current_desk, desk
from search_app.desk.views.sending import carry_out, interrupted_job
from search_app.desk.views.session import beside_video, title_of
from search_app.http.answers import pairs
from search_app.shown.addresses import address, local

PER_PAGE = 15
"""Fragments on one page: as many of 120 words as make twenty screens of a phone."""
_SEARCH_S = 120.0


@desk.get("/acervo/<evento:evento>/<slug:mesa>/corregir")
def corrections_page(evento: str, mesa: str) -> Response:
    """The text by fragment."""
    page = PageId(evento, mesa)
    ours = interrupted_job("corregir", page)
    now = current_desk().commands.ask("corregir", str(page), timeout_s=_SEARCH_S)
    shown = corrections_form(now, edits_of(ours.typed) if ours else ())
    return _page(page, shown, ours.error if ours and not _crossed(shown) else "")


@desk.post("/acervo/<evento:evento>/<slug:mesa>/corregir")
def edit(evento: str, mesa: str) -> Answer:
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
    on = int(request.form.get("accion") == "seguir")
    return _written(page, f"Corregir {title_of(page)}", given, kept(request.form, edits), on)


@desk.post("/acervo/<evento:evento>/<slug:mesa>/corregir/sobrantes")
def clear(evento: str, mesa: str) -> Answer:
    """Take away corrections that cannot be applied any more."""
    page = PageId(evento, mesa)
    names = request.form.getlist("sobra")
    if not names:
        raise InvalidInput("Marque las correcciones que se quitan")
    given = without(names, _now(str(page)), request.form.get("base", ""))
    return _written(page, f"Quitar de {title_of(page)} correcciones que ya no se aplican", given)


def _written(
    page: PageId, title: str, given: dict[str, Any], typed: dict[str, str] | None = None, on: int = 0
) -> Answer:
    """Write corrections, and show the same part of the text again, or the one that many pages on."""
    call = CommandCall("corregir", (str(page),), {"escribir": True}, given)
    asked = read_list(pairs(), "")
    part = [("pagina", str(asked.page + on))] if asked.page + on > 1 else []
    part += [("contiene", asked.contains)] if asked.contains else []
    after = local(address(f"/acervo/{page}/corregir", *part))
    return carry_out(title, call, page=page, after=after, reopens=True, typed=typed)


def _now(page: str) -> dict[str, Any]:
    """The present state, without looking for doubtful words: that takes longest, and nobody sees them here."""
    return current_desk().commands.ask("corregir", page, options={"sin-dudosas": True}, timeout_s=_SEARCH_S)


def _crossed(shown: CorrectionsForm) -> bool:
    """Whether somebody else changed what was edited here as well: the page says where, and nothing is written."""
    return bool(shown.both or shown.lost)


def _page(page: PageId, shown: CorrectionsForm, fault: str = "") -> Response:
    asked, every = read_list(pairs(), f"/acervo/{page}/corregir"), shown.fragments
    numbers = [str(fragment.number) for fragment in every]
    if (wanted := request.args.get("fragmento", "")) in numbers:
        asked = replace(asked, page=numbers.index(wanted) // PER_PAGE + 1)
    part = asked.part(
        len(every),
        every.__getitem__,
        ("fragmento", "fragmentos"),
        lambda: [sought(fragment.text) for fragment in every],
        per_page=PER_PAGE,
    )
    here = {fragment.number for fragment in part.rows}
    rows = tuple(fragment for fragment in every if fragment.unsaved or fragment.number in here)
    return beside_video(
        "desk/corrections.html",
        page,
        fault,
        texto=replace(shown, fragments=rows),
        parte=part,
        todos=len(every),
        cotejados=sum(fragment.checked_now for fragment in every),
    )
