"""The WSGI application: it registers the rooms' addresses and turns every failure into an answer in Spanish."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, RequestRedirect

from indexer.config import Network
from indexer.errors import EngineUnavailable, IndexDamaged, IndexMissing, NotOffered, QueryRejected
from indexer.index.protocol import SearchIndex
from indexer.model import RESERVED
from indexer.program import STAFF
from search_app.desk.staff_desk import StaffDesk
from search_app.exporting.selection import NotSelected
from search_app.http.answers import TITLES, current_index, problem, wants_problem
from search_app.http.caching import conditional
from search_app.http.compression import compressed
from search_app.http.few_at_once import RETRY_AFTER_S, TooMany
from search_app.http.public_address import FOREIGN, Placed, site
from search_app.http.security_headers import Guarded
from search_app.shown import formatting
from search_app.shown.addresses import LONGEST_ADDRESS, address
from search_app.shown.current_index import CurrentIndex
from search_app.shown.page_parts import Gone, Moved, NotFound
from search_app.web.blueprints import BLUEPRINTS
from search_app.web.metrics import Metrics
from search_app.web.templating import prepare_templates, state

LONGEST_PATH = 2_048
"""Characters of a path; no event and session together have as many."""


class SlugConverter(BaseConverter):
    """The name of a session or a topic; never of the form of a fragment."""

    regex = r"(?!p[0-9]+\Z)[a-z0-9-]+"


class EventConverter(BaseConverter):
    """The name of an event; never a reserved address."""

    regex = rf"(?!(?:{'|'.join(RESERVED)}|p[0-9]+)\Z)[a-z0-9-]+"


class FragmentConverter(BaseConverter):
    """``p42``; looked at before slugs, which are never of this form."""

    regex = "p[1-9][0-9]{0,8}"
    weight = 50

    def to_python(self, value: str) -> int:
        """``p42`` to 42."""
        return int(value[1:])

    def to_url(self, value: int) -> str:
        """42 to ``p42``."""
        return f"p{value}"


def create_app(
    index: SearchIndex,
    *,
    public_url: str | None = None,
    host: str = "",
    proxies: Sequence[Network] = (),
    desk: StaffDesk | None = None,
    metrics: bool = False,
    user_header: str | None = None,
    kept: Path | None = None,
) -> Flask:
    """The WSGI application over an open index.

    Args:
        index: Which is asked; may move to new generations by itself.
        public_url: The address under which the world sees it; citations carry it, and its path stands before every
            other. Without it, what a trusted proxy says is taken, else the host of the request, if it is this machine.
        host: The address on which the server listens.
        proxies: Those before the server that are believed.
        desk: The staff's desk; without it its addresses say how it is turned on.
        metrics: Whether ``/metricas`` answers.
        user_header: In which of the headers of a trusted proxy it says who signed in; None for none.
        kept: The folder of the editions that are kept; None for none.

    Raises:
        NotPublic: The public address cannot be one.
    """
    app = Flask("search_app", static_folder="static")
    app.config.update(MAX_CONTENT_LENGTH=64 * 1024, SEND_FILE_MAX_AGE_DEFAULT=3600)
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]  # looks whether each function is a coroutine
    app.extensions["consta"] = CurrentIndex(index)
    if desk is not None:
        app.extensions["consta_desk"] = desk
    app.config["CONSTA_USER_HEADER"] = user_header
    app.config["CONSTA_DESCARGAS"] = kept
    app.config["CONSTA_SITE"] = site(public_url)
    app.url_map.converters.update(slug=SlugConverter, evento=EventConverter, fragmento=FragmentConverter)
    prepare_templates(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if metrics:
        Metrics(app)
    app.before_request(_refuse_what_is_no_address_of_ours)
    app.after_request(_kept)
    app.after_request(_stay_within)
    app.context_processor(_shared)
    _register_failures(app)
    app.wsgi_app = Placed(Guarded(app.wsgi_app), app.config["CONSTA_SITE"], host, proxies)  # type: ignore[method-assign]
    return app


def _refuse_what_is_no_address_of_ours() -> None:
    if request.environ.get(FOREIGN):
        raise QueryRejected(
            "Este sitio no se llama así. Si debe llamarse así, quien cuida el servidor lo dice con --url-publica, o "
            "con url_publica en consta.toml"
        )
    if len(request.path) > LONGEST_PATH:
        abort(414)
    if len(request.query_string) > LONGEST_ADDRESS:
        raise QueryRejected(
            "La dirección es demasiado larga: escriba una búsqueda más corta, o mande la selección como formulario "
            "(POST)"
        )


def _shared() -> dict[str, Any]:
    """What the frame of every page shows; it must not fail where the index did."""
    try:
        edition = current_index().edition()
    except Exception:  # whatever it is, the page that says so needs its frame
        edition = None
    return {"edicion": edition}


def _register_failures(app: Flask) -> None:
    """Every failure becomes an answer: a problem for machines, a page for people."""

    @app.errorhandler(Moved)
    def moved(error: Moved) -> Response:
        return _elsewhere(error.address)

    @app.errorhandler(QueryRejected)
    def rejected(error: QueryRejected) -> Response:
        return _failure(400, f"{error}.")

    @app.errorhandler(NotSelected)
    def not_selected(error: NotSelected) -> Response:
        return _failure(error.status, error.detail)

    @app.errorhandler(NotFound)
    def missing(_: NotFound) -> Response:
        return _failure(404, "En esta dirección no hay nada.")

    @app.errorhandler(Gone)
    def gone(error: Gone) -> Response:
        withdrawal = error.withdrawal
        return _failure(410, f"Se retiró el {formatting.day(withdrawal.date)}. Motivo: {withdrawal.reason}")

    @app.errorhandler(IndexMissing)
    @app.errorhandler(IndexDamaged)
    def unavailable(error: Exception) -> Response:
        app.logger.error("%s", error)
        return _failure(503, f"No hay un índice que se pueda consultar. Constrúyalo con: {STAFF} actualizar")

    @app.errorhandler(NotOffered)
    def not_offered(error: NotOffered) -> Response:
        return _failure(501, str(error))

    @app.errorhandler(TooMany)
    @app.errorhandler(MemoryError)
    @app.errorhandler(EngineUnavailable)
    def busy(error: TooMany | MemoryError | EngineUnavailable) -> Response:
        detail = str(error)
        if isinstance(error, EngineUnavailable):
            app.logger.error("%s", error)  # it names hosts
            detail = "El buscador no alcanza su índice en este momento: vuelva a intentarlo en un minuto."
        elif isinstance(error, MemoryError):
            detail = "Al servidor no le alcanza la memoria: vuelva a intentarlo."
        answer = _failure(503, detail)
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
        return answer

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        if status == 404 and (meant := _without_last_slash()):
            return _elsewhere(address(meant))
        details = {
            404: "En esta dirección no hay nada.",
            405: "Esta dirección solo se consulta (GET).",
            409: str(error.description),
            413: "Lo que se envió es demasiado grande.",
            414: "Ninguna dirección de este sitio es tan larga.",
        }
        answer = _failure(status, details.get(status, "La petición no se entiende."))
        if allowed := dict(error.get_headers()).get("Allow"):
            answer.headers["Allow"] = allowed
        return answer

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        # The rule, not the address: nothing that somebody typed is written down.
        app.logger.error("Fallo al responder %s %s", request.method, request.url_rule or "?", exc_info=error)
        return _failure(500, "Algo falló al preparar esta respuesta. Quedó anotado en el registro del servidor.")


def _without_last_slash() -> str | None:
    """The path meant by ``/ayuda/`` or ``/foro/p3/``; None when that is no address either."""
    shorter = request.path.rstrip("/")
    adapter = current_app.create_url_adapter(request)
    return shorter if shorter != request.path and adapter and adapter.test(shorter, method="GET") else None


def _stay_within(answer: Response) -> Response:
    """The redirect to an address with its last slash; Flask lets no error handler see it."""
    error = request.routing_exception
    if isinstance(error, RequestRedirect) and answer.status_code == error.code:
        return _elsewhere(urlsplit(error.new_url).path)
    return answer


def _kept(answer: Response) -> Response:
    """What a browser may keep (a file of ours for good where the address says which state of it), made small."""
    asked = request.args.get("v", "") if request.endpoint == "static" else ""
    name = (request.view_args or {}).get("filename", "")
    current = bool(asked) and answer.status_code == 200 and state(name) == asked
    return compressed(request, conditional(request, answer, current=current))


def _elsewhere(path: str) -> Response:
    """A lasting redirect within this site, whatever host the request claims; the query goes along."""
    asked = request.query_string.decode("latin-1")
    path, mark, anchor = path.partition("#")
    location = "/" + path.lstrip("/") + (("&" if "?" in path else "?") + asked if asked else "") + mark + anchor
    return Response(status=301, headers={"Location": location})


def _failure(status: int, detail: str) -> Response:
    if wants_problem(request.path):
        return problem(status, detail)
    title = TITLES.get(status, "Error")
    typed = request.args.get("q", "")
    page = render_template("shown/error.html", titulo=title, detalle=detail, codigo=status, buscado=typed)
    return Response(page, status)
