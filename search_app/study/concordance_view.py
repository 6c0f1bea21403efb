"""Word in context."""

from __future__ import annotations

from flask import Blueprint, render_template

from search_app.http.answers import pairs, service
from search_app.study.concordance import concordance_page, read_concordance

concordance = Blueprint("concordance", __name__)


@concordance.get("/en-contexto")
def in_context() -> str:
    """Every occurrence of a search, a line each."""
    asked, order = read_concordance(pairs())
    with service().now() as (index, collection):
        page = concordance_page(asked, order, index, collection)
    return render_template("study/concordance.html", pagina=page)
