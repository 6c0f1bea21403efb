"""The guard of every page of the desk: login, form tokens, cookies, errors, and what all pages share."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, current_app, g, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import reason
from indexer.model import PageId
from indexer.word_lists import beside
from search_app.desk.forms import upload_limits as limits
from search_app.desk.forms.form_fields import InvalidInput
from search_app.desk.forms.wording import FILTERS
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.jobs.job import Job
from search_app.desk.login.login_sessions import LONGEST_S, LoginSession
from search_app.desk.staff_desk import StaffDesk
from search_app.desk.views.resuming import NEVER, from_here, resumable
from search_app.desk.views.roles import NAMING_JOBS, OPEN, WHO, refusal
from search_app.desk.views.visitor import recognize, said_by_proxy
from search_app.http.answers import current_index, public
from search_app.shown.addresses import address, local

desk = Blueprint("desk", __name__)
"""Whatever stands below it is for who is signed in, but for ``OPEN``."""
Answer = AnyResponse | str | tuple[AnyResponse | str, int]
"""What a view of the desk comes to."""

SAID: dict[str, str] = beside(__file__)
"""What a page says where something was not done."""
_OF_THE_DESK = re.compile(r"/acervo(?:/[\w/-]*)?(?:[?#][^\\]*)?", re.ASCII)
KEEP_FIELDS = 400
KEEP_CHARACTERS = limits.LARGEST_TEXT


def current_desk() -> StaffDesk:
    """The desk of the running application."""
    found: StaffDesk = current_app.extensions["consta_desk"]
    return found


def login_session() -> LoginSession:
    """Who is signed in."""
    found: LoginSession = g.visit
    return found


def sender() -> tuple[str, str]:
    """Who asks, and from which address: how every job begins."""
    return login_session().name, request.remote_addr or "?"


def is_open() -> bool:
    """Whether there is a desk: a corpus, and somebody with an account. No page waits for the answer."""
    return "consta_desk" in current_app.extensions and current_desk().accounts.anybody()


@desk.before_request
def guard() -> AnyResponse | tuple[str, int] | None:
    """Let in who is signed in, with forms of ours."""
    g.visit = g.account = None
    reading = request.method in ("GET", "HEAD", "OPTIONS")
    said_by = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if not reading and not from_here(*said_by, request.host, public().base):
        abort(403, description=SAID["de_otro_sitio"])
    if (shut := _shut()) is not None:
        return shut
    request.max_form_parts = limits.MOST_FIELDS
    if limits.acquainted(current_desk().sessions, request.cookies):
        request.max_content_length = limits.largest_body(request.path)
        request.max_form_memory_size = limits.LARGEST_FORM
    recognize(current_desk())
    if g.visit is None and (said := said_by_proxy()) is not None and WHO.get(request.endpoint or "") != "cualquiera":
        abort(403, description=SAID["sin_cuenta"].format(said))
    if request.endpoint in OPEN:
        return None
    if reading and not g.visit:
        return redirect(address(f"/entrar?next={quote(_here())}"), 303)
    if not reading and g.visit and (request.content_length or 0) > limits.largest_body(request.path):
        return _too_large()
    token = None if reading else request.form.get("token")
    if reading or (g.visit and current_desk().sessions.fits(token, g.visit)):
        g.ours = not reading
        named = {name: request.args.get(name, "") for name in NAMING_JOBS} | (request.view_args or {})
        if said := refusal(current_desk(), g.account, request.endpoint, named, writing=not reading):
            abort(403, description=said)
        return _as_called_now(request.view_args or {})
    writer = current_desk().sessions.author(token)
    if writer in current_desk().accounts.names() and (g.visit is None or g.visit.name == writer):
        return _interrupted()
    abort(403, description=SAID["no_es_de_aqui"])


@desk.after_request
def closed(answer: AnyResponse) -> AnyResponse:
    """Nobody keeps these pages; a session that is used goes on."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    if g.get("visit") is not None and not g.get("left"):
        used = current_desk().sessions.used(g.visit)
        if used is not g.visit or g.get("entered"):
            remember(answer, used)
    return answer


@desk.app_context_processor
def shared() -> dict[str, Any]:
    """What templates ask for."""
    return {
        "hay_escritorio": is_open,
        "ficha": token,
        "quien_entro": g.get("visit"),
        "su_cuenta": g.get("account"),
        "cuentas_sin_leer": bool(g.get("visit") and current_desk().accounts.fault),
    }


for _name, _filter in FILTERS.items():
    desk.add_app_template_filter(_filter, _name)


def failure(title: str, said: str, status: int, **shown: Any) -> tuple[str, int]:
    """The page that says why something was not done, with what was sent by a form of ours."""
    kept = kept_fields() if g.get("ours") else []
    shown |= {"pendiente": resumable(_here(), kept) if kept else None, "motivo": dict(kept).get("motivo", "")}
    return render_template("desk/failure.html", titulo=title, detalle=said, estado=status, **shown), status


@desk.errorhandler(CommandFailed)
@desk.errorhandler(InvalidInput)
@desk.errorhandler(403)
def refused(error: Exception) -> tuple[str, int]:
    """A command did not do what was asked, something typed cannot be used, or a form is not ours."""
    if isinstance(error, InvalidInput):
        return failure("Falta corregir algo", f"{error}.", 400)
    if isinstance(error, HTTPException):
        return failure("No se puede hacer así", error.description or "", 403)
    return failure("No se pudo hacer", str(error), 409)


@desk.errorhandler(OSError)
def refused_by_the_disk(error: OSError) -> tuple[str, int]:
    """Something that was sent could not be kept: nothing was accepted."""
    current_app.logger.error("El disco se negó: %s %s", request.method, request.url_rule or "?", exc_info=error)
    said = f"El servidor no pudo guardarlo ({reason(error)}). Avise a quien lo cuida, y repítalo cuando esté resuelto."
    return failure("No se pudo guardar", said, 409)


@desk.errorhandler(413)
def too_large(_: HTTPException) -> tuple[str, int]:
    """More than is taken in: of what is typed, or of whoever never signed in with this browser."""
    if not limits.acquainted(current_desk().sessions, request.cookies):
        return failure("Entre y envíelo otra vez", SAID["sin_sesion"], 413)
    if (request.content_length or 0) > limits.largest_body(request.path):
        return _too_large()
    return failure("El texto es demasiado grande", SAID["texto_grande"], 413)


@desk.app_template_global("recien")
def just_done() -> Job | None:
    """The job that was just done (``hecho``), so that the page it led to says so."""
    return current_desk().jobs.get(request.args.get("hecho", ""))


def token() -> str:
    """What a form of this session carries."""
    return current_desk().sessions.token(g.visit) if g.get("visit") else ""


def remember(answer: AnyResponse, seen: LoginSession) -> None:
    """Give the browser its cookie."""
    sessions, path = current_desk().sessions, address("/")
    for name, value, most in (
        (limits.COOKIE, sessions.cookie(seen), int(LONGEST_S)),
        (limits.BEEN, sessions.been(), limits.BEEN_S),
    ):
        answer.set_cookie(name, value, httponly=True, samesite="Lax", secure=request.is_secure, path=path, max_age=most)


def see_other(path: str) -> AnyResponse:
    """The way on to another page of the site."""
    return redirect(address(path), 303)


def within(asked: str) -> str:
    """An address of the desk, with or without the prefix of the site; anything else becomes its first page."""
    path = local(asked)
    return address(path if path.isprintable() and _OF_THE_DESK.fullmatch(path) else "/acervo/")


def kept_fields() -> list[tuple[str, str]]:
    """What was typed, to be sent again; files are not in it."""
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name != "token"]
    fits = len(pairs) <= KEEP_FIELDS * 10 and sum(len(value) for _, value in pairs) <= KEEP_CHARACTERS
    return pairs if fits else []


def _as_called_now(asked: Mapping[str, Any]) -> AnyResponse | None:
    """The way on where a page has another address by now: a form goes along with all that was typed, but for those that
    move or withdraw what they name. There is no page where none is published."""
    if "evento" in asked:
        page = PageId(asked["evento"], asked.get("mesa"))
        with current_index().now() as (_, collection):
            now = collection.current(page)[0]
            if not collection.exists(now) or (now != page and request.endpoint in NEVER | {"desk.move"}):
                abort(404)
        return redirect(_here().replace(f"/acervo/{page}", f"/acervo/{now}", 1), 307) if now != page else None
    return None


def _shut() -> tuple[str, int] | None:
    """The page that says why there is no desk; None where there is one."""
    there_is, fault = "consta_desk" in current_app.extensions, ""
    if there_is:
        accounts = current_desk().accounts
        # Who may be signed in, or finds nobody, waits until it is known; whoever else must not keep a thread waiting.
        if not (accounts.asked and accounts.anybody()) or current_desk().sessions.known(
            request.cookies.get(limits.COOKIE)
        ):
            accounts.names()
        if accounts.anybody():
            return None
        fault = accounts.fault
    page = render_template("desk/closed.html", hay_acervo=there_is, sin_leer=bool(fault))
    return page, 503 if fault else 404


def _here() -> str:
    return address(request.full_path.rstrip("?"))


def _too_large() -> tuple[str, int]:
    """What was typed beside a file that is too large is still there."""
    beginning = request.environ["wsgi.input"].read(64 * 1024)
    typed = limits.typed_before_file(beginning, request.content_type or "")
    typed.pop("token", None)
    of_file = limits.holds_file(beginning)
    detail = SAID["archivo_grande"] if of_file else SAID["texto_grande"]
    if request.path == limits.MANY_AT:
        return failure("Es demasiado de una vez", SAID["archivos_grandes"], 413)
    return render_template("desk/too_large.html", escrito=typed, detalle=detail, de_archivo=of_file), 413


def _interrupted() -> tuple[str, int] | AnyResponse:
    """A form of this account whose session has ended, or is another one now: nothing is done, nothing typed is lost."""
    if request.endpoint == "desk.leave":
        return see_other("/acervo/" if g.visit else "/entrar")
    here, fields, never = _here(), kept_fields(), request.endpoint in NEVER
    lost = not fields and any(name != "token" for name in request.form)
    kept = {
        "pendiente": None if lost else resumable(here, fields),
        "perdido": lost,
        "vuelve": here if never else address("/acervo/"),
        "motivo": request.form.get("motivo", "")[:600] if never else "",
        "ficha_de_antes": request.form.get("token", ""),
        "archivos": bool(request.files),
    }
    return render_template("desk/resume.html", **kept, entro=bool(g.visit)), 403
