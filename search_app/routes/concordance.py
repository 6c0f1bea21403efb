"""Word in context."""

from __future__ import annotations

from flask import Blueprint, render_template

from search_app.concordance import concordance_page, read_concordance
from search_app.routes.answers import pairs, service

concordance = Blueprint("concordance", __name__)


@concordance.get("/en-contexto")
def in_context() -> str:
    """Every occurrence of a search, a line each."""
    asked, order = read_concordance(pairs())
    with service().now() as (index, collection):
        page = concordance_page(asked, order, index, collection)
    return render_template("en_contexto.html", pagina=page)
