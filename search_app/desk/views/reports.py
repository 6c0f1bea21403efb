"""``/acervo/reportes``, the form with which a reader reports an error, and the private page of its answer."""

import datetime as dt

from flask import abort, g, render_template, request

from indexer.language.spanish import fold
from indexer.model import PageId
from search_app.desk.forms.form_fields import InvalidInput, fragment_number, line, lines, page_of
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, current_desk, desk, failure
from search_app.desk.views.sending import carry_out
from search_app.desk.views.session import title_of
from search_app.http.answers import base, current_index
from search_app.shown.addresses import address

LONGEST = 1_000
_ANSWER = "/acervo/respuesta"
TRAP = "en-blanco"
"""A box that people do not see: who fills it is a program."""


@desk.get("/acervo/reportar")
def report_form() -> str:
    """The form, for a page and maybe a fragment of it."""
    return _form({name: request.args.get(name, "")[:200] for name in ("pagina", "fragmento")})


@desk.post("/acervo/reportar")
def report() -> Answer:
    """What a reader says is wrong."""
    form = request.form
    typed = {name: form.get(name, "")[:4_000] for name in ("pagina", "fragmento", "frase", "texto")}
    if form.get(TRAP):
        return render_template("desk/reported.html", pagina="")
    page = page_of(form.get("pagina", ""))
    try:
        said = lines(form, "texto", LONGEST, called="Lo que escribió")
        sentence = line(form, "frase", LONGEST, called="La frase")
        if not said:
            raise InvalidInput("Diga qué está mal")
        number = _fragment(page, form.get("fragmento", ""), sentence)
        # What cannot be taken is no try: whoever mends the form is not sent away.
        if not current_desk().limit.allow(f"reporte {request.remote_addr}"):
            return _form(typed, "Ya envió varios reportes. Espere un minuto y vuelva a intentarlo."), 429
        given = {"frase": sentence, "texto": said, "desde": f"web {request.remote_addr}"}
        found = current_desk().commands.ask("reporte", f"{page}#p{number}", given=given)
    except (InvalidInput, CommandFailed) as fault:
        return _form(typed, str(fault).rstrip(".") + "."), 400
    link = base() + address(_ANSWER, ("clave", found["clave"]))
    return render_template(
        "desk/reported.html", pagina=str(page), enlace=link, hasta=dt.date.fromisoformat(found["hasta"])
    )


@desk.get(_ANSWER)
def answer() -> str | tuple[str, int]:
    """What became of a report, for whoever has its link."""
    if not current_desk().limit.allow(f"respuesta {request.remote_addr}"):
        said = "Este enlace se abrió muchas veces en un minuto. Espere un momento y vuelva a abrirlo."
        return failure("Espere un momento", said, 429)
    try:
        found = current_desk().commands.ask("respuesta", given={"clave": request.args.get("clave", "")[:100]})
    except CommandFailed as fault:
        return failure("No hay nada en ese enlace", str(fault), 404)
    return render_template("desk/answer.html", r=found, hasta=dt.date.fromisoformat(found["hasta"]))


@desk.get("/acervo/reportes")
def waiting() -> str:
    """What readers reported about the events of who asks, the newest first."""
    answer, covers = current_desk().commands.ask("reportes"), g.account.covers
    theirs = [one for one in answer["reportes"] if covers(frozenset([PageId.parse(one["pagina"]).event]))]
    found = sorted(theirs, key=lambda one: one["fecha"], reverse=True)
    still_open = [one for one in found if one["estado"] != "cerrado"]
    every = request.args.get("todos") == "si"
    shown, closed = found if every else still_open, len(found) - len(still_open)
    told = answer.get("avisos", [])
    return render_template("desk/reports.html", reportes=shown, todos=every, cerrados=closed, avisos=told)


@desk.post("/acervo/reportes")
def close() -> Answer:
    """One is dealt with, and maybe answered."""
    if (page := page_of(request.form.get("pagina", ""))) is None:
        raise InvalidInput("No se sabe de qué página es el reporte: vuelva a «Reportes» y respóndalo desde ahí")
    options = {
        "cerrar": line(request.form, "reporte", 100),
        "mesa": str(page),
        "motivo": line(request.form, "motivo", LONGEST, called="La nota") or False,
        "respuesta": lines(request.form, "respuesta", LONGEST, called="La respuesta") or False,
    }
    title = f"{'Responder' if options['respuesta'] else 'Cerrar'} un reporte de {title_of(page)}"
    return carry_out(title, CommandCall("reportes", (), options), after="/acervo/reportes", page=page)


def _fragment(page: PageId | None, asked: str, sentence: str) -> int:
    """The fragment that is meant: as its number says, else the one that holds the sentence."""
    if page is None:
        raise InvalidInput("No se sabe de qué página es: ábrala y use «Reportar un error» en ella")
    with current_index().now() as (index, collection):
        if not collection.exists(page):
            raise InvalidInput("Esa página ya no está")
        found = index.session(page)
    passages = found.passages if found else ()
    number, sought = fragment_number(asked), " ".join(fold(sentence).split())
    if number is not None and number in {one.number for one in passages}:
        return number
    holds = (one.number for one in passages if sought and sought in " ".join(fold(one.text).split()))
    if (number := next(holds, None)) is None:
        raise InvalidInput("Copie en «La frase» unas palabras tal como están en la página, para encontrarlas")
    return number


def _form(typed: dict[str, str], fault: str = "") -> str:
    page = page_of(typed.get("pagina", ""))
    with current_index().now() as (_, collection):
        if page is None or not collection.exists(page):
            abort(404)
    g.setdefault("visit", None)
    return render_template("desk/report.html", escrito=typed, aviso=fault, pagina=page)
