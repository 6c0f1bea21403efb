"""``/acervo/historial``: the history of changes, and undoing one."""

from flask import abort, g, render_template, request

from search_app.desk.forms.form_fields import page_of
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, current_desk, desk
from search_app.desk.views.sending import carry_out

PER_PAGE = 50
MOST_STEPS = 10**9


@desk.get("/acervo/historial")
def history() -> str:
    """The steps, the newest first."""
    page = page_of(request.args.get("de", ""))
    page = page if page and g.account.covers(frozenset([page.event])) else None
    number = min(max(request.args.get("pagina", 1, type=int), 1), MOST_STEPS // PER_PAGE)
    part = {"ultimos": str(PER_PAGE + 1), "saltar": str((number - 1) * PER_PAGE)}
    theirs = [str(page)] if page else g.account.events
    found = current_desk().commands.ask("historial", *theirs, options=part)["pasos"]
    shown, more = found[:PER_PAGE], len(found) > PER_PAGE
    named = (step["titulo"] for step in shown if step["titulo"] and page and step["pagina"] == str(page))
    return render_template(
        "desk/history.html", pasos=shown, de=page, titulo_de=next(named, page), numero=number, mas=more
    )


@desk.get("/acervo/historial/paso_<int:paso>")
def step(paso: int) -> str:
    """One step, as far as it is of events that are theirs who ask."""
    if not 0 < paso <= MOST_STEPS:
        abort(404)
    steps = current_desk().commands.ask("historial", *g.account.events, options={"paso": str(paso)})["pasos"]
    if (found := next(iter(steps), None)) is None:
        abort(404)
    files, covers = found.get("archivos", []), g.account.covers
    found["archivos"] = [one for one in files if covers(frozenset(one["ruta"].split("/")[:-1][:1]))]
    return render_template("desk/step.html", paso=found)


@desk.post("/acervo/historial/paso_<int:paso>")
def undo(paso: int) -> Answer:
    """Take it back: a step of its own."""
    return carry_out(f"Deshacer el paso {paso}", CommandCall("deshacer", (str(paso),)), after="/acervo/historial")
