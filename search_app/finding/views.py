"""``/buscar``, ``/buscar.atom``: results as a page, as a feed; ``/seguir``: what is new."""

from collections import Counter

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from indexer.index.facets import FACETS
from search_app.asking.listing import contained
from search_app.asking.parameters import read
from search_app.finding import atom_feed
from search_app.finding.facets import facet_page
from search_app.finding.following import follow_page
from search_app.finding.results_page import answered, search_page
from search_app.http.answers import base, current_index, pairs
from search_app.shown.dates import BOUNDS

finding = Blueprint("finding", __name__)


@finding.get("/buscar")
def search() -> str | BaseResponse:
    """The page of results; with ``lista``, every value of one of its facets."""
    given = pairs()
    asked = read(given)
    if any(count > 1 for name, count in Counter(name for name, _ in given).items() if name in BOUNDS):
        return redirect(asked.address())  # year, month and day of the form: one address for what was asked
    facet = next((value for name, value in given if name == "lista" and value in FACETS), None)
    with current_index().now() as (index, collection):
        asked, results = answered(asked, index)
        if facet:
            values = facet_page(asked, facet, contained(given), index, collection)
            return render_template("finding/facet.html", pagina=values)
        page = search_page(asked, results, index, collection)
    return render_template("finding/results_page.html", pagina=page)


@finding.get(atom_feed.ADDRESS)
def feed() -> Response:
    """A search as an Atom feed."""
    with current_index().now() as (index, collection):
        return Response(atom_feed.feed(pairs(), index, collection, base()), mimetype=atom_feed.MIMETYPE)


@finding.get("/seguir")
def follow() -> str:
    """A search to be kept by the browser, and the searches that it keeps."""
    with current_index().now() as (_, collection):
        return render_template("finding/following.html", pagina=follow_page(pairs(), collection))
