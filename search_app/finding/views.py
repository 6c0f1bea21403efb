"""``/buscar``, ``/api/buscar``, ``/buscar.atom``: results as a page, as JSON, as a feed."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from search_app.asking.parameters import read
from search_app.finding import atom_feed
from search_app.finding.json_results import answer
from search_app.finding.results_page import answered, search_page
from search_app.http.answers import base, current_index, json_response, pairs

finding = Blueprint("finding", __name__)


@finding.get("/buscar")
def search() -> str:
    """The page of results."""
    asked = read(pairs())
    with current_index().now() as (index, collection):
        page = search_page(*answered(asked, index), index, collection)
    return render_template("finding/results_page.html", pagina=page)


@finding.get("/api/buscar")
def search_for_programs() -> Response:
    """Results as JSON."""
    asked = read(pairs())
    with current_index().now() as (index, collection):
        return json_response(answer(*answered(asked, index), collection.catalogue.edition))


@finding.get(atom_feed.ADDRESS)
def feed() -> Response:
    """A search as an Atom feed."""
    with current_index().now() as (index, collection):
        return Response(atom_feed.feed(pairs(), index, collection, base()), mimetype=atom_feed.MIMETYPE)
