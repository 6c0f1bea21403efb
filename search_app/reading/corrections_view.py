"""What staff corrected in a mesa, for every reader to see."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.model import PageId
from search_app.http.answers import service

corrections = Blueprint("corrections", __name__)


@corrections.get("/<evento:evento>/<slug:mesa>/correcciones")
def corrections_of(evento: str, mesa: str) -> str:
    """What, where and when; by "personal", whoever it was."""
    page, fragments = service().corrections(PageId(evento, mesa))
    return render_template("reading/corrections.html", pagina=page, fragmentos=fragments)
