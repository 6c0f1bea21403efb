"""Addresses of the whole site: ``/ayuda``, ``/salud``, ``/sitemap.xml``, ``/robots.txt``, ``/opensearch.xml``."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from indexer.errors import QueryRejected
from indexer.index.orders import ORDERS
from search_app.asking.help_examples import EXAMPLES, other_fields
from search_app.asking.suggesting import suggested
from search_app.citations.forms import FORMS
from search_app.exporting.formats import said
from search_app.exporting.packages import PACKAGES
from search_app.exporting.selection import SelectionKind
from search_app.http.answers import base, current_index, json_response, pairs
from search_app.reading import schema_org
from search_app.reading.page_model import ReadingPage
from search_app.shown.addresses import address
from search_app.study.comparison_counts import rows_offered
from search_app.web import openapi, sitemap

conventions = Blueprint("conventions", __name__)


@conventions.get("/opensearch.xml")
def description() -> Response:
    """How a browser learns to search here."""
    page = render_template("web/opensearch.xml", base=base())
    return Response(page, mimetype="application/opensearchdescription+xml")


@conventions.get("/api/sugerir/opensearch")
def suggest_to_browser() -> Response:
    """Suggestions as a browser's address bar reads them (OpenSearch Suggestions 1.1)."""
    with current_index().now() as (index, collection):
        text, found = suggested(pairs(), index, collection)
    told = [text, [s.text for s in found], [s.label for s in found], [base() + s.url for s in found]]
    return json_response(told, mimetype="application/x-suggestions+json")


@conventions.get("/ayuda")
def help_page() -> str:
    """How to search."""
    return render_template(
        "web/help.html",
        ejemplos=EXAMPLES,
        otros_campos=other_fields(),
        ordenes=ORDERS.values(),
        filas=rows_offered().values(),
        formas=tuple(FORMS.values()),
        de_fragmentos=said(SelectionKind.FRAGMENTS),
        de_paginas=said(SelectionKind.PAGE),
        paquetes=[package.label for name, package in PACKAGES.items() if name != "todo"],
    )


@conventions.get("/ayuda/acervo")
def help_for_staff() -> str:
    """How staff take care of the texts in the browser, with pictures."""
    return render_template("desk/help.html")


@conventions.get("/ayuda/api")
def help_for_programs() -> str:
    """A researcher's first hour with the API."""
    return render_template("web/api_help.html", base=base())


@conventions.get("/api/openapi.json")
def described() -> Response:
    """The API, for programs."""
    return json_response(openapi.document(base()))


@conventions.get("/sitemap.xml")
def site() -> Response:
    """Every page worth finding."""
    asked = request.args.get("parte", "").strip()
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise QueryRejected("«parte» debe ser un número entero desde 1")
    with current_index().now() as (index, collection):
        paths = sitemap.addresses(index, collection)
    return Response(sitemap.sitemap(paths, base(), int(asked) if asked else None), mimetype="application/xml")


@conventions.get("/robots.txt")
def robots() -> Response:
    """What crawlers are to leave alone: searches are endless, and what they find has its own page."""
    return Response(render_template("web/robots.txt", base=base()), mimetype="text/plain")


@conventions.get("/salud")
def health() -> Response:
    """Whether searches can be answered, and over which edition."""
    found = current_index().health()
    return json_response(
        {
            "estado": "ok",
            "edicion": found.edition,
            "ultima_construccion": found.built_at,
            "fragmentos": found.passages,
            "avisos": list(found.warnings),
        }
    )


@conventions.get("/favicon.ico")
def icon() -> Response:
    """The icon, where browsers look for it without being told."""
    return current_app.send_static_file("favicon.ico")


@conventions.after_app_request
def unlisted(answer: Response) -> Response:
    """Where fictitious texts were asked for, no crawler is to keep what it finds."""
    if "ficticio" in request.args:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@conventions.app_template_global("direccion_canonica")
def canonical() -> str:
    """The address of the page that is answered, without what only marks or filters it."""
    page, one = request.args.get("pagina", ""), request.args.get("lista", "")
    kept = [("lista", one)] if one else []
    if page.isdecimal() and page != "1" and not request.args.get("contiene"):
        kept.append(("pagina", page))
    return base() + address(request.path, *kept)


@conventions.app_template_global("direccion_pedida")
def asked_for() -> str:
    """The whole address as it was asked for: on paper it is all that leads back."""
    return base() + address(request.path, *pairs())


@conventions.app_template_global("datos_schema")
def structured(page: ReadingPage) -> dict[str, Any] | None:
    """What a page is about, for machines."""
    return schema_org.document(page, base())
