"""``/cotejar``."""

from flask import Blueprint, render_template

from search_app.http.answers import current_index, pairs
from search_app.quotations.answer import quotation_page, read_asked

quotation = Blueprint("quotation", __name__)


@quotation.get("/cotejar")
def page() -> str:
    """The form, and whether it is what was said."""
    wanted = read_asked(pairs())
    with current_index().now() as (index, collection):
        found = quotation_page(wanted, index, collection)
    return render_template("quotations/quotation.html", pagina=found)
