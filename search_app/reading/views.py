"""The pages that are read: the front page, results, topics, events, sessions, fragments, help."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from indexer.model import PageId
from search_app.asking.help_examples import EXAMPLES, other_fields
from search_app.citations.forms import FORMS
from search_app.exporting.formats import said
from search_app.exporting.selection import Asking
from search_app.http.answers import base, json_response, pairs, service
from search_app.http.security_headers import policy
from search_app.registers import skos
from search_app.registers.topic_matrix import topic_matrix
from search_app.study.comparison import rows_offered

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """The front page."""
    return render_template("reading/home.html", pagina=service().home(pairs()))


@pages.get("/buscar")
def search() -> str:
    """The page of results."""
    return render_template("finding/results_page.html", pagina=service().search_page(pairs()))


@pages.get("/temas/")
def topics() -> str:
    """The vocabulary, and topics by mesas."""
    with service().now() as (index, collection):
        matrix = topic_matrix(pairs(), index, collection)
    return render_template("registers/topics.html", pagina=service().topics(), cruce=matrix)


@pages.get("/temas.jsonld")
def vocabulary() -> Response:
    """The vocabulary for machines."""
    return json_response(service().vocabulary(base()), mimetype=skos.MIMETYPE)


@pages.get("/temas/<slug:tema>")
def topic(tema: str) -> str:
    """One topic."""
    return render_template("registers/topic.html", pagina=service().topic(tema))


@pages.get("/ayuda")
def help_page() -> str:
    """How to search."""
    return render_template(
        "asking/help.html",
        ejemplos=EXAMPLES,
        otros_campos=other_fields(),
        filas=rows_offered().values(),
        formas=tuple(FORMS.values()),
        de_fragmentos=said(Asking.FRAGMENTS),
        de_paginas=said(Asking.PAGE),
    )


@pages.get("/<evento:evento>/")
def event(evento: str) -> str:
    """An event with its announcement."""
    return render_template("reading/event.html", pagina=service().read(PageId(evento), pairs()))


@pages.get("/<evento:evento>/<slug:mesa>/")
def session(evento: str, mesa: str) -> Response:
    """A session with its transcript. Its policy lets the player of its own video in, and nothing else."""
    page = service().read(PageId(evento, mesa), pairs())
    answer = Response(render_template("reading/session.html", pagina=page))
    if player := page.player:
        frame, media = (None, player.origin) if player.kind == "archivo" else (player.origin, None)
        answer.headers["Content-Security-Policy"] = policy(frames=frame, media=media)
    return answer


@pages.get("/<evento:evento>/<fragmento:numero>")
def event_fragment(evento: str, numero: int) -> str:
    """One fragment of an event's page."""
    return render_template("reading/fragment.html", pagina=service().fragment(PageId(evento), numero, base(), pairs()))


@pages.get("/<evento:evento>/<slug:mesa>/<fragmento:numero>")
def session_fragment(evento: str, mesa: str, numero: int) -> str:
    """One fragment of a session's page."""
    return render_template(
        "reading/fragment.html", pagina=service().fragment(PageId(evento, mesa), numero, base(), pairs())
    )
