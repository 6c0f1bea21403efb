"""``/acervo/historial``: the history of changes, and undoing one."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from search_app.desk.forms.form_fields import page_of
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import current_desk, desk
from search_app.desk.views.home import carry_out

PER_PAGE = 50
MOST_STEPS = 10**9


@desk.get("/acervo/historial")
def history() -> str:
    """The steps, the newest first."""
    page = page_of(request.args.get("de", ""))
    number = min(max(request.args.get("pagina", 1, type=int), 1), MOST_STEPS)
    part = {"ultimos": str(PER_PAGE + 1), "saltar": str((number - 1) * PER_PAGE)}
    found = current_desk().commands.ask("historial", *([str(page)] if page else []), options=part)["pasos"]
    shown, more = found[:PER_PAGE], len(found) > PER_PAGE
    named = (step["titulo"] for step in shown if step["titulo"] and page and step["pagina"] == str(page))
    return render_template(
        "desk/history.html", pasos=shown, de=page, titulo_de=next(named, page), numero=number, mas=more
    )


@desk.get("/acervo/historial/paso_<int:paso>")
def step(paso: int) -> str:
    """One step."""
    asked = current_desk().commands.ask("historial", options={"paso": str(paso)}) if 0 < paso <= MOST_STEPS else {}
    found = next(iter(asked.get("pasos", ())), None)
    if found is None:
        abort(404)
    return render_template("desk/step.html", paso=found)


@desk.post("/acervo/historial/paso_<int:paso>")
def undo(paso: int) -> AnyResponse:
    """Take it back: a step of its own."""
    return carry_out(f"Deshacer el paso {paso}", CommandCall("deshacer", (str(paso),)), after="/acervo/historial")
