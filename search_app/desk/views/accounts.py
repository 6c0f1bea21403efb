"""``/acervo/cuentas``: the accounts of the desk; ``/acervo/mi-cuenta``: one's own password and sessions."""

from flask import abort, g, render_template, request

from indexer.language.spanish import fold
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.login.accounts import Account
from search_app.desk.views.guard import Answer, current_desk, desk, login_session, see_other
from search_app.desk.views.visitor import begin, said_by_proxy
from search_app.http.answers import base
from search_app.shown.addresses import address

_OPTIONS = ("enlace", "desactivar", "activar", "cerrar-sesiones")
"""Buttons that are options of the command; «crear» gives a link too, and «papel» changes what an account may do."""
_NOT_YOURS = "Esa cuenta puede más que la suya, o es de otros eventos. Pídalo a un responsable de todos los eventos."


@desk.get("/acervo/cuentas")
def accounts() -> str:
    """Who may sit at the desk, and what each may do."""
    return _page()


@desk.post("/acervo/cuentas")
def change_account() -> Answer:
    """Make one, or change what it may do. What a responsable may not do, they cannot give either."""
    button, name = request.form.get("accion", ""), line(request.form, "nombre", 60, called="El nombre")
    if button not in ("crear", "papel", *_OPTIONS):
        raise InvalidInput("Pulse uno de los botones de la página")
    known = current_desk().accounts.all().get(name)
    if known is None and button != "crear":
        raise InvalidInput(f"Ya no hay una cuenta «{name}»: abra otra vez la página de las cuentas")
    if known is not None and not _manages(known.events):
        abort(403, description=_NOT_YOURS)
    options: dict[str, str | bool] = {button: True} if button in _OPTIONS else {"enlace": button == "crear"}
    if button not in _OPTIONS:
        role, events = request.form.get("papel", ""), frozenset(request.form.getlist("eventos"))
        if not _manages(events):
            abort(403, description=_NOT_YOURS)
        options |= {"papel": role, "eventos": ",".join(sorted(events))}
    answer = current_desk().commands.ask("cuenta", name, options=options)
    if "enlace" not in answer:
        return see_other("/acervo/cuentas")
    return _page(name, f"{base()}{address('/entrar/enlace')}?llave={answer['enlace']}")


@desk.get("/acervo/mi-cuenta")
def own_account() -> str:
    """One's password and sessions."""
    return _own()


@desk.post("/acervo/mi-cuenta")
def change_own_account() -> Answer:
    """Another password, which ends all sessions but this one; or one of the sessions ends."""
    visit, form = login_session(), request.form
    if key := form.get("sesion"):
        current_desk().sessions.end(visit.name, key)
        return see_other("/acervo/mi-cuenta")
    if form.get("clave") != form.get("otra_vez"):
        return _own("Las dos claves nuevas no son iguales."), 400
    turn = current_desk().sign_ins.turn(request.remote_addr or "", fold(visit.name))
    given = {"nombre": visit.name, "clave": form.get("actual", "")[:1_000], "nueva": form.get("clave", "")}
    try:
        found = current_desk().commands.ask("cuenta", options={"comprobar": True}, given=given) if turn else {}
    except CommandFailed as error:
        return _own(str(error)), 400
    if turn is None or not found.get("bien"):
        return _own("La clave actual no es esa." if turn else "Van demasiados intentos: espere un minuto."), 400
    current_desk().limit.forgive(*turn.marks)
    begin(current_desk(), g.account, str(found["sello"]))
    return see_other("/acervo/mi-cuenta?hecha=clave")


def _manages(events: frozenset[str]) -> bool:
    """Whether who asks has all of these events; none means all that there are."""
    asker: Account = g.account
    return asker.publishes(events or None)


def _page(made: str = "", link: str = "") -> str:
    found = [one for one in current_desk().accounts.all().values() if _manages(one.events)]
    return render_template("desk/accounts.html", cuentas=found, hecha=made, enlace=link)


def _own(notice: str = "") -> str:
    own = login_session()
    return render_template(
        "desk/own_account.html",
        aviso=notice,
        sesiones=current_desk().sessions.open(own.name),
        esta=own.key,
        por_proxy=said_by_proxy() is not None,
    )
