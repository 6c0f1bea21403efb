"""``/personas/``, ``/entidades/``, ``/temas/`` and the pages below them."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from search_app.asking.listing import read_list
from search_app.http.answers import asked_separator, base, csv_response, current_index, json_response, pairs
from search_app.registers import skos
from search_app.registers.entities import LISTS, entities_page, entity_page
from search_app.registers.people import people_page, person_page
from search_app.registers.topic_matrix import matrix_csv, topic_matrix
from search_app.registers.topics import topic_page, topic_tree

registers = Blueprint("registers", __name__)


@registers.get("/personas/")
def everybody() -> str:
    """Everybody who speaks or took part."""
    asked = read_list(pairs(), "/personas/")
    with current_index().now() as (index, collection):
        page = people_page(index, collection, asked)
    return render_template("registers/people.html", pagina=page)


@registers.get("/personas/<slug:persona>")
def person(persona: str) -> str:
    """One person."""
    asked = read_list(pairs(), f"/personas/{persona}")
    with current_index().now() as (index, collection):
        page = person_page(persona, index, collection, asked)
    return render_template("registers/person.html", pagina=page)


@registers.get("/entidades/")
def entities() -> str:
    """Every entity that speaks or is named."""
    asked = read_list(pairs(), "/entidades/")
    with current_index().now() as (index, collection):
        page = entities_page(index, collection, asked)
    return render_template("registers/entities.html", pagina=page)


@registers.get("/entidades/<slug:entidad>")
def entity(entidad: str) -> str:
    """One entity."""
    asked = read_list(pairs(), f"/entidades/{entidad}", *LISTS)
    with current_index().now() as (index, collection):
        page = entity_page(entidad, index, collection, asked)
    return render_template("registers/entity.html", pagina=page)


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
