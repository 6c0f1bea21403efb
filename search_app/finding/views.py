"""``/buscar``, ``/api/buscar``, ``/buscar.atom``: results as a page, as JSON, as a feed; ``/seguir``: what is new."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from indexer.index.facets import FACETS
from search_app.asking.listing import contained
from search_app.asking.parameters import read
from search_app.asking.periods import read_unit
from search_app.finding import atom_feed
from search_app.finding.facets import facet_page
from search_app.finding.following import follow_page, found_per_session
from search_app.finding.json_results import answer
from search_app.finding.results_page import answered, search_page
from search_app.finding.trend import as_json, trend
from search_app.http.answers import at_cursor, base, current_index, following, json_response, pairs
from search_app.shown.dates import BOUNDS
from search_app.shown.page_parts import Pager

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


@finding.get("/api/buscar")
def search_for_programs() -> Response:
    """Results as JSON."""
    with current_index().now() as (index, collection):
        edition = collection.catalogue.edition
        given = at_cursor(pairs(), edition)
        asked, results = answered(read(given), index)
        pager = Pager.of(asked.page, results.total_full + results.total_partial, asked.per_page, str)
        return json_response(answer(asked, results, edition) | {"siguiente": following(given, edition, pager)})


@finding.get("/api/tendencia")
def trend_for_programs() -> Response:
    """A search by period, as JSON."""
    given = pairs()
    asked, unit = read(given), read_unit(given)
    with current_index().now() as (index, collection):
        asked, _ = answered(asked, index)
        return json_response(as_json(asked, trend(asked, index, collection, unit), collection.catalogue.edition))


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


@finding.get("/api/seguir")
def follow_for_programs() -> Response:
    """How much a search finds in each mesa, as JSON."""
    with current_index().now() as (index, collection):
        return json_response(found_per_session(pairs(), index, collection))
