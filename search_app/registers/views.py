"""``/personas/``, ``/entidades/``, ``/temas/`` and the pages below them."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request

from search_app.asking.listing import read_list
from search_app.http.answers import asked_separator, base, csv_response, current_index, json_response, pairs
from search_app.registers import skos
from search_app.registers.entities import LISTS, entities_page, entity_page
from search_app.registers.people import people_page, person_page
from search_app.registers.topic_matrix import matrix_csv, topic_matrix
from search_app.registers.topics import topic_page, topic_tree

registers = Blueprint("registers", __name__)


PAGES: dict[str, tuple[str, Callable[..., Any], tuple[str, ...]]] = {
    "/personas/": ("people", people_page, ()),
    "/personas/<slug:persona>": ("person", person_page, ()),
    "/entidades/": ("entities", entities_page, ()),
    "/entidades/<slug:entidad>": ("entity", entity_page, LISTS),
}
"""By address: the template, what it shows (a slug of the address comes first), its lists where there are several."""


def _view(template: str, page: Callable[..., Any], lists: tuple[str, ...]) -> Callable[..., str]:
    def view(**named: str) -> str:
        asked = read_list(pairs(), request.path, *lists)
        with current_index().now() as (index, collection):
            shown = page(*named.values(), index, collection, asked)
        return render_template(f"registers/{template}.html", pagina=shown)

    return view


for _path, (_template, _page, _lists) in PAGES.items():
    registers.add_url_rule(_path, _template, _view(_template, _page, _lists))


@registers.get("/temas/")
def topics() -> str | Response:
    """The vocabulary, and its topics by years and mesas; with ``formato=csv``, the whole of those."""
    with current_index().now() as (index, collection):
        if request.args.get("formato") == "csv":
            return csv_response(matrix_csv(pairs(), index, collection, asked_separator()), "temas")
        matrix, tree = topic_matrix(pairs(), index, collection), topic_tree(index, collection)
        coverage = collection.coverage_of_all(fictitious=False)
    return render_template("registers/topics.html", arbol=tree, cobertura=coverage, cruce=matrix)


@registers.get("/temas.jsonld")
def vocabulary() -> Response:
    """The vocabulary as SKOS in JSON-LD."""
    with current_index().now() as (_, collection):
        return json_response(skos.document(collection.catalogue, base()), mimetype=skos.MIMETYPE)


@registers.get("/temas/<slug:tema>")
def topic(tema: str) -> str:
    """One topic."""
    with current_index().now() as (index, collection):
        page = topic_page(tema, index, collection)
    return render_template("registers/topic.html", pagina=page)
