"""What machines ask: ``/api/buscar`` and ``/salud``, JSON in and RFC 9457 problems out."""

from __future__ import annotations

from flask import Blueprint, Response

from search_app.finding.json_results import answer, suggestions
from search_app.http.answers import json_response, pairs, service

api = Blueprint("api", __name__)


@api.get("/api/buscar")
def search() -> Response:
    """Results as JSON."""
    asked, results, edition = service().search(pairs())
    return json_response(answer(asked, results, edition))


@api.get("/api/sugerir")
def suggest() -> Response:
    """What may be meant by what somebody is typing, as JSON."""
    return json_response(suggestions(*service().suggest(pairs())))


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
