"""Requests and answers for every view: parameters, the current index, JSON, and problems (RFC 9457)."""

from typing import Any

from flask import Response, abort, current_app, request

from search_app.http.public_address import Site
from search_app.shown.addresses import Pairs, address
from search_app.shown.current_index import CurrentIndex
from search_app.shown.page_parts import Pager
from search_app.shown.serializing import EXCEL, separator, to_json

TITLES = {
    400: "La petición no se entiende",
    403: "No se puede hacer así",
    404: "No existe",
    405: "Método no permitido",
    410: "Retirado",
    413: "La petición es demasiado grande",
    409: "No se pudo hacer",
    414: "La dirección es demasiado larga",
    500: "Falló el servidor",
    503: "El buscador no puede responder ahora",
}
"""Titles of errors, for people and machines alike."""


def pairs() -> Pairs:
    """The parameters of the request, in order."""
    return list(request.args.items(multi=True))


def at_cursor(given: Pairs, edition: str) -> Pairs:
    """The parameters with the page that ``cursor`` names; it holds in one edition, so that nobody mixes two."""
    cursor = next((value.strip() for name, value in given if name == "cursor" and value.strip()), "")
    of, _, page = cursor.partition(".")
    if cursor and of != edition:
        abort(409, f"«cursor» no es de la edición {edition}, que es la de ahora: empiece otra vez, sin él.")
    return [pair for pair in given if not cursor or pair[0] != "pagina"] + [("pagina", page)] * bool(cursor)


def following(given: Pairs, edition: str, pager: Pager) -> str | None:
    """The address of the part that follows, with its cursor; None behind the last one."""
    kept = (pair for pair in given if pair[0] not in ("cursor", "pagina"))
    return address(request.path, *kept, ("cursor", f"{edition}.{pager.page + 1}")) if pager.next else None


def public() -> Site:
    """Where the world sees the running application."""
    found: Site = current_app.config["CONSTA_SITE"]
    return found


def base() -> str:
    """Scheme and host under which the world sees the site."""
    return public().base or f"{request.scheme}://{request.host}"


def current_index() -> CurrentIndex:
    """The index of the running application."""
    found: CurrentIndex = current_app.extensions["consta"]
    return found


def json_response(data: Any, status: int = 200, mimetype: str = "application/json") -> Response:
    """JSON in UTF-8."""
    return Response(to_json(data), status, mimetype=mimetype)


def csv_response(table: str, name: str) -> Response:
    """A table to take away, which no crawler is to keep."""
    held = {"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Robots-Tag": "noindex"}
    return Response(EXCEL + table, mimetype="text/csv", headers=held)


def asked_separator() -> str:
    """What the request wants between the cells of a table (``sep``)."""
    return separator(request.args.get("sep", ""))


def problem(status: int, detail: str) -> Response:
    """``application/problem+json`` (RFC 9457)."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail}
    return json_response(body, status, "application/problem+json")


def wants_problem(path: str) -> bool:
    """Whether the errors of an address are problems, not pages: it answers machines, or a machine asks."""
    if path.startswith("/api/") or path in ("/api", "/salud") or path.endswith((".atom", ".xml", ".jsonld")):
        return True
    if path.startswith(("/exportar", "/descargas")):  # a page for who asks for pages by name
        return not any(kind == "text/html" and quality > 0 for kind, quality in request.accept_mimetypes)
    page, *for_programs = "text/html", "application/problem+json", "application/json"
    return request.accept_mimetypes.best_match((page, *for_programs), page) != page
