"""Address ``/api/sugerir``: suggestions while a reader types, as JSON."""

from __future__ import annotations

from flask import Blueprint, Response

from search_app.asking.suggesting import as_json, suggested
from search_app.http.answers import current_index, json_response, pairs

asking = Blueprint("asking", __name__)


@asking.get("/api/sugerir")
def suggest() -> Response:
    """What the text that somebody is typing may mean, as JSON."""
    with current_index().now() as (index, collection):
        return json_response(as_json(*suggested(pairs(), index, collection)))
