"""``/``, ``/<evento>/``, ``/<evento>/<mesa>/``, fragments (``p42``) and ``correcciones``."""

from flask import Blueprint, Response, render_template

from indexer.model import PageId
from search_app.http.answers import base, current_index, pairs
from search_app.http.security_headers import with_player
from search_app.reading.corrections import fragments
from search_app.reading.home import home_page
from search_app.reading.lookup import corrected_at, fragment_at, page_at

reading = Blueprint("reading", __name__)


@reading.get("/")
def home() -> str:
    """The front page."""
    with current_index().now() as (index, collection):
        page = home_page(pairs(), index, collection)
    return render_template("reading/home.html", pagina=page)


@reading.get("/<evento:evento>/")
def event(evento: str) -> str:
    """An event with its announcement."""
    with current_index().now() as (index, collection):
        page = page_at(PageId(evento), pairs(), index, collection)
    return render_template("reading/event.html", pagina=page)


@reading.get("/<evento:evento>/<slug:mesa>/")
def session(evento: str, mesa: str) -> Response:
    """A session with its transcript. Its policy lets the player of its own video in, and nothing else."""
    with current_index().now() as (index, collection):
        page = page_at(PageId(evento, mesa), pairs(), index, collection)
    return with_player(Response(render_template("reading/session.html", pagina=page)), page.player)


@reading.get("/<evento:evento>/<fragmento:numero>")
@reading.get("/<evento:evento>/<slug:mesa>/<fragmento:numero>")
def fragment(evento: str, numero: int, mesa: str | None = None) -> str:
    """One fragment of the page of an event or of a session."""
    with current_index().now() as (index, collection):
        page = fragment_at(PageId(evento, mesa), numero, pairs(), index, collection, base=base())
    return render_template("reading/fragment.html", pagina=page)


@reading.get("/<evento:evento>/<slug:mesa>/correcciones")
def corrections(evento: str, mesa: str) -> str:
    """What staff corrected in a session, where and when; by "personal", whoever it was."""
    with current_index().now() as (index, collection):
        page = corrected_at(PageId(evento, mesa), index, collection)
    return render_template("reading/corrections.html", pagina=page, fragmentos=fragments(page))
