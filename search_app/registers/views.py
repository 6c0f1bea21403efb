"""People and entities."""

from __future__ import annotations

from flask import Blueprint, render_template

from search_app.asking.parameters import read
from search_app.http.answers import pairs, service
from search_app.registers.entities import entities_page, entity_page
from search_app.registers.people import people_page, person_page

people = Blueprint("people", __name__)


@people.get("/personas/")
def everybody() -> str:
    """Everybody who speaks or took part."""
    asked = read([pair for pair in pairs() if pair[0] in ("pagina", "ficticio")])
    with service().now() as (index, collection):
        page = people_page(index, collection, asked.page, fictitious=asked.fictitious)
    return render_template("registers/people.html", pagina=page)


@people.get("/personas/<slug:persona>")
def person(persona: str) -> str:
    """One person."""
    with service().now() as (index, collection):
        page = person_page(persona, index, collection, fictitious=_fictitious())
    return render_template("registers/person.html", pagina=page)


@people.get("/entidades/")
def entities() -> str:
    """Every entity that speaks or is named."""
    with service().now() as (index, collection):
        page = entities_page(index, collection, fictitious=_fictitious())
    return render_template("registers/entities.html", pagina=page)


@people.get("/entidades/<slug:entidad>")
def entity(entidad: str) -> str:
    """One entity."""
    with service().now() as (index, collection):
        page = entity_page(entidad, index, collection, fictitious=_fictitious())
    return render_template("registers/entity.html", pagina=page)


def _fictitious() -> bool:
    return read([pair for pair in pairs() if pair[0] == "ficticio"]).fictitious
