"""``/cotejar`` and ``/api/cotejar``."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from search_app.http.answers import current_index, json_response, pairs
from search_app.quotations.answer import quotation_answer, quotation_page, read_asked

quotation = Blueprint("quotation", __name__)


@quotation.get("/cotejar")
def page() -> str:
    """The form, and whether it is what was said."""
    wanted = read_asked(pairs())
    with current_index().now() as (index, collection):
        found = quotation_page(wanted, index, collection)
    return render_template("quotations/quotation.html", pagina=found)


@quotation.get("/api/cotejar")
def answer() -> Response:
    """Whether it is what was said, as JSON."""
    wanted = read_asked(pairs())
    with current_index().now() as (index, collection):
        return json_response(quotation_answer(wanted, index, collection))
