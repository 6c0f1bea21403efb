"""``/entrar``: signing in and out."""

import secrets

from flask import g, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from indexer.language.spanish import fold
from search_app.desk.forms.upload_limits import COOKIE
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.views.guard import KEEP_FIELDS, SAID, current_desk, desk, failure, see_other, within
from search_app.desk.views.resuming import resumable
from search_app.desk.views.visitor import begin, said_by_proxy
from search_app.shown.addresses import address

BEFORE = "consta_entrada"
"""The cookie to which the form of who is not signed in is bound."""
_LONGEST = 200
_LINK = "consta_enlace"
"""The cookie that holds the secret of a link, which so stands in no address, history or log but its first."""
_TOO_OFTEN = "Van demasiados intentos desde aquí. Revise el nombre y la clave, y vuelva a intentarlo en un minuto."


@desk.get("/entrar")
def sign_in() -> AnyResponse:
    """The form."""
    return _form(request.args.get("next", ""), 200)


@desk.post("/entrar")
def enter() -> AnyResponse:
    """Name and password."""
    form = request.form
    after = form.get("next", "")
    if not _fits():
        keeps = any(field.startswith("guardado-") for field in form)
        said = "Lo que había escrito se conserva." if keeps else "La página de entrada venció."
        return _form(after, 403, f"{said} Escriba su nombre y su clave.")
    name, password = form.get("nombre", "").strip(), form.get("clave", "")
    if not name or not password or len(name) > _LONGEST or len(password) > 5 * _LONGEST:
        return _form(after, 400, "Escriba su nombre y su clave.", name)
    turn = current_desk().sign_ins.turn(request.remote_addr or "", fold(name))
    try:
        known = current_desk().accounts.check(name, password) if turn else None
    except CommandFailed as error:
        return _form(after, 409, str(error), name)
    if turn is None or (known is None and turn.late):
        answer = _form(after, 429, _TOO_OFTEN, name)
        answer.headers["Retry-After"] = "60"
        return answer
    if known is None:
        return _form(after, 401, "El nombre o la clave no son correctos.", name)
    current_desk().limit.forgive(*turn.marks)
    kept = resumable(within(form.get("guardado-direccion", "")), _kept(form))
    writer = current_desk().sessions.author(form.get("guardado-ficha"))
    if kept and writer is not None and writer != known[0]:
        said = f"Lo que quedó a medias es de la cuenta {writer}: entre con ella para seguirlo"
        return _form(after, 403, f"{said}, o abra la página de entrada otra vez para dejarlo.", name)
    begin(current_desk(), current_desk().accounts.all()[known[0]], known[1])
    if kept and writer is not None:
        page = render_template("desk/resume_after_login.html", pendiente=kept)
        return AnyResponse(page, mimetype="text/html")
    answer = redirect(within(after), 303)
    answer.delete_cookie(BEFORE, path=address("/entrar"))
    return answer


@desk.get("/entrar/enlace")
def link() -> AnyResponse:
    """The form of a one-time link. Opening it uses nothing up: programs that look at messages open links too."""
    if "llave" not in request.args:
        return _bound("desk/link.html", 200, "")
    answer = see_other("/entrar/enlace")
    _set(answer, _LINK, request.args["llave"][:200])
    return answer


@desk.post("/entrar/enlace")
def redeem() -> AnyResponse:
    """The password that somebody chose: the link is used up."""
    form = request.form
    if not _fits():
        return _bound("desk/link.html", 403, "La página venció. Escriba su clave otra vez.")
    if form.get("clave") != form.get("otra_vez"):
        return _bound("desk/link.html", 400, "Las dos claves no son iguales.")
    if not current_desk().limit.allow(f"enlace {request.remote_addr}"):
        return _bound("desk/link.html", 429, _TOO_OFTEN)
    given = {"enlace": request.cookies.get(_LINK, ""), "clave": form.get("clave", "")}
    try:
        current_desk().commands.ask("cuenta", options={"canjear": True}, given=given)
    except CommandFailed as error:
        return _bound("desk/link.html", 400, str(error))
    answer = _form("", 200, "Su clave está lista. Entre con su nombre y con ella.")
    answer.delete_cookie(_LINK, path=address("/entrar"))
    return answer


@desk.post("/entrar/salir")
def leave() -> AnyResponse:
    """End the session."""
    current_desk().sessions.leave(g.visit)
    g.left = True
    answer = see_other("/entrar")
    if said_by_proxy() is not None:
        g.visit = None
        page, _ = failure("Salió del escritorio", SAID["sigue_dentro"], 200, hecho=True)
        answer = AnyResponse(page, mimetype="text/html")
    answer.delete_cookie(COOKIE, path=address("/"))
    return answer


def _form(after: str, status: int, notice: str = "", name: str = "") -> AnyResponse:
    """The form."""
    if g.visit is not None and status == 200:
        return redirect(within(after), 303)
    kept = [pair for pair in request.form.items(multi=True) if pair[0].startswith("guardado-")]
    return _bound("desk/entry.html", status, notice, siguiente=within(after), nombre=name[:_LONGEST], guardado=kept)


def _fits() -> bool:
    """Whether a form is of this browser."""
    key = request.cookies.get(BEFORE, "")
    return bool(key) and current_desk().sessions.fits_entry(request.form.get("token"), key)


def _bound(template: str, status: int, notice: str, **shown: object) -> AnyResponse:
    """A form of who is not signed in, bound to a cookie of its own."""
    key = request.cookies.get(BEFORE, "")
    if len(key) != 32:
        key = secrets.token_hex(16)
    token = current_desk().sessions.entry_token(key)
    page = render_template(template, aviso=notice, ficha_de_entrada=token, **shown)
    answer = AnyResponse(page, status, mimetype="text/html")
    _set(answer, BEFORE, key)
    return answer


def _set(answer: AnyResponse, name: str, value: str) -> None:
    path = address("/entrar")
    answer.set_cookie(name, value, httponly=True, samesite="Lax", secure=request.is_secure, path=path, max_age=3_600)


def _kept(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was typed before the session ended."""
    mark = "guardado-campo-"
    kept = [(name.removeprefix(mark), value) for name, value in form.items(multi=True) if name.startswith(mark)]
    return kept[: KEEP_FIELDS * 10]
