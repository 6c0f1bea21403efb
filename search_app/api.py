"""What machines ask: ``/api/buscar`` and ``/salud``, JSON in and RFC 9457 problems out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, request

from search_app.service import Service
from search_app.wire import answer, suggestions, to_json

TITLES = {
    400: "La petición no se entiende",
    404: "No existe",
    405: "Método no permitido",
    410: "Retirado",
    413: "La petición es demasiado grande",
    414: "La dirección es demasiado larga",
    500: "Falló el servidor",
    503: "El buscador no puede responder ahora",
}
"""Titles of errors, for people and machines alike."""

api = Blueprint("api", __name__)


def service() -> Service:
    """The service of the running application."""
    found: Service = current_app.extensions["consta"]
    return found


def json_response(data: Any, status: int = 200, mimetype: str = "application/json") -> Response:
    """JSON in UTF-8."""
    return Response(to_json(data), status, mimetype=mimetype)


def problem(status: int, detail: str) -> Response:
    """``application/problem+json`` (RFC 9457)."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail}
    return json_response(body, status, "application/problem+json")


def wants_problem(path: str) -> bool:
    """Whether an address answers machines: its errors are problems, not pages."""
    return path.startswith("/api/") or path in ("/api", "/salud")


@api.get("/api/buscar")
def search() -> Response:
    """Results as JSON."""
    asked, results, edition = service().search(list(request.args.items(multi=True)))
    return json_response(answer(asked, results, edition))


@api.get("/api/sugerir")
def suggest() -> Response:
    """What may be meant by what somebody is typing, as JSON."""
    return json_response(suggestions(*service().suggest(list(request.args.items(multi=True)))))


@api.get("/salud")
def health() -> Response:
    """Whether searches can be answered, and over which edition."""
    found = service().health()
    return json_response(
        {
            "estado": "ok",
            "edicion": found.edition,
            "ultima_construccion": found.built_at,
            "fragmentos": found.passages,
            "avisos": list(found.warnings),
        }
    )
