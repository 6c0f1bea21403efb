"""No public page does more work for a mesa that it does not show: twice the collection, the same calls."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from types import FrameType

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.engines import engine
from indexer.model import Kind, PageId, Version
from indexer.model.session import Event, Participant, Session
from indexer.model.vocabulary import Entity, Topic
from search_app.web.application import create_app
from tests.engines.shelf import Collection, Shelf, fragment

FEW, MANY = 500, 1_000
PER_EVENT = 5
SLACK = 1.04
"""A longer number takes another digit, a larger collection another step of a search by halves."""
TOPICS = (Topic("prep", "PREP", acronyms=("PREP",)), Topic("computos", "Cómputos"))
ENTITIES = (Entity("sonora", "Sonora", "estado", ("Sonora",)), Entity("ine", "INE", "autoridad", ("INE",)))
PAGES = (
    # Events, people, mesas and what they have grow with the collection; ``presupuesto`` is said as often in both.
    "/", "/?pagina=2", "/?contiene=2000", "/evento-0/", "/evento-0/mesa-0/", "/evento-0/mesa-0/?q=presupuesto",
    "/evento-49/mesa-4/", "/evento-0/mesa-0/p1", "/evento-0/p1", "/evento-0/mesa-0/correcciones", "/no-hay/",
    "/foro/", "/foro/?pagina=2", "/foro/?contiene=larga+121", "/foro/larga-240/", "/foro/larga-240/p1",
    "/buscar?q=presupuesto", "/buscar?q=", "/buscar?q=sesi%C3%B3n", "/buscar?q=zafiro",
    "/buscar?q=presupuesto&mesa=evento-0/mesa-0", "/buscar?q=presupuesto&persona=Ana+100&tema=prep&orden=cronologico",
    "/buscar?q=presupuesto&desde=2000-01-01&hasta=2000-01-09&evento=evento-0", "/buscar?q=presupuesto&lista=persona",
    "/buscar?q=sesi%C3%B3n&lista=mesa", "/buscar?q=sesi%C3%B3n&lista=persona&contiene=ana+121",
    "/api/tendencia?q=presupuesto&por=anio", "/comparar?q=sesi%C3%B3n&por=anio&medida=mil", "/temas/?anio=2000",
    "/api/buscar?q=presupuesto", "/api/buscar?q=sesi%C3%B3n&menciona=sonora&por_pagina=100",
    "/api/sugerir?q=pre", "/api/sugerir?q=ana", "/api/sugerir/opensearch?q=ses", "/buscar.atom?q=presupuesto",
    "/buscar.atom?q=sesi%C3%B3n", "/seguir?q=presupuesto", "/api/seguir?q=sesi%C3%B3n",
    "/personas/", "/personas/?pagina=2", "/personas/?contiene=ana+121", "/personas/ana-100", "/personas/omnipresente",
    "/personas/omnipresente?pagina=2", "/personas/omnipresente?contiene=larga+121",
    "/entidades/", "/entidades/?contiene=so", "/entidades/sonora", "/entidades/sonora?lista=personas&pagina=2",
    "/entidades/sonora?lista=participantes&contiene=ana+121", "/entidades/sonora?lista=nombrada&contiene=larga+121",
    "/temas/", "/temas/?evento=foro&pagina=3", "/temas/?contiene=2000", "/temas/prep", "/temas.jsonld",
    "/comparar", "/comparar?q=presupuesto&q=sesi%C3%B3n", "/comparar?q=sesi%C3%B3n&por=persona&medida=mil",
    "/comparar?q=sesi%C3%B3n&por=dia", "/comparar?q=sesi%C3%B3n&por=entidad&tipo=transcripcion",
    "/comparar?q=sesi%C3%B3n&evento=foro&contiene=larga+121", "/comparar?q=sesi%C3%B3n&por=dia&contiene=2000",
    "/compania?q=presupuesto", "/claves?q=presupuesto", "/api/compania?q=presupuesto", "/api/claves?q=presupuesto",
    "/en-contexto?q=presupuesto", "/en-contexto?q=presupuesto&orden=persona&evento=evento-0",
    "/cotejar?cita=El+zafiro+es+azul+de+noche", "/api/cotejar?cita=El+zafiro+es+azul+de+noche",
    "/exportar", "/exportar?f=evento-0/mesa-0/p1", "/exportar?q=presupuesto", "/exportar?q=presupuesto&formato=csv",
    "/exportar?q=presupuesto&persona=Ana+100&formato=docx", "/exportar?todo_de=foro/larga-240&formato=json",
    "/api/mesas", "/api/mesas?contiene=2000&evento=evento-0", "/api/personas", "/api/personas?contiene=ana+121",
    "/api/personas/ana-100", "/api/temas", "/api/entidades", "/api/en-contexto?q=presupuesto",
    "/api/comparar?q=presupuesto&q=sesi%C3%B3n", "/descargas/", "/descargas/000000000000",
    "/ayuda", "/ayuda/acervo", "/ayuda/api",
    "/salud", "/opensearch.xml", "/api/openapi.json", "/robots.txt", "/favicon.ico",
)  # fmt: skip
LISTED_WHOLE = {
    "/sitemap.xml": "names every page, in parts of 2,000 addresses: the calls of a part do not grow beyond",
}
"""Addresses whose body lists the whole, by contract."""


def collection(mesas: int) -> Collection:
    """Half of the mesas in one event, the others in events of five; what is looked for is said in ten of them."""
    start = dt.date(2000, 1, 1)
    small = [f"evento-{n}" for n in range(mesas // 2 // PER_EVENT)]
    days = [start + dt.timedelta(n) for n in range(len(small))]
    events = (
        Event("foro", "Foro", start, start),
        *(Event(slug, f"Evento {slug}", day, day) for slug, day in zip(small, days, strict=True)),
    )
    pages = {PageId(event.slug): (fragment(1, "Se anuncia.", kind=Kind.ANNOUNCEMENT),) for event in events}
    sessions = []
    for n in range(mesas):
        own, at = n % 2, n // 2
        event = small[at // PER_EVENT] if own else "foro"
        slug = f"mesa-{at % PER_EVENT}" if own else f"larga-{at}"
        people = (f"Ana {n}", "Omnipresente")
        listed = tuple(Participant(name, "Consejera", entity="sonora") for name in people)
        sessions.append(
            Session(event, slug, f"Sesión {slug}", participants=listed, topics=("prep",), date=start if own else None)
        )
        text = "El presupuesto del PREP en la sesión." if n % 2 and n < 20 else "Una sesión como tantas otras."
        text = "El zafiro es azul de noche." if n == 7 else text
        pages[PageId(event, slug)] = tuple(
            fragment(
                number, text if number == 1 else "De acuerdo.", person=person, identified=True, post="Consejera",
                entity="sonora", topics=("prep",), mentions=("sonora",), version=Version.PRELIMINARY,
            )
            for number, person in enumerate(people, 1)
        )  # fmt: skip
    return Collection(events, tuple(sessions), pages, TOPICS, ENTITIES)


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Flask]]:
    """Two applications, one over twice as many mesas."""
    shelves, found = [], []
    for mesas in (FEW, MANY):
        shelf = Shelf(tmp_path_factory.mktemp(f"acervo-{mesas}"), engine())
        shelves.append(shelf)
        index = shelf.open(collection(mesas).changes(fresh=True))
        found.append(create_app(index, public_url="https://consta.example.mx"))
    yield found[0], found[1]
    for shelf in shelves:
        shelf.close()


def calls(client: FlaskClient, address: str) -> int:
    """Calls of functions, Python's and C's, that one answer takes, once what an edition keeps is kept."""
    for _ in range(2):
        client.get(address).close()
    count = 0

    def counted(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        with client.get(address) as answer:
            answer.get_data()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("address", PAGES)
def test_twice_as_many_mesas_take_no_more_calls(apps: tuple[Flask, Flask], address: str) -> None:
    few, many = (calls(app.test_client(), address) for app in apps)
    print(f"{address}: {few:,} calls over {FEW} mesas, {many:,} over {MANY}")
    assert many <= few * SLACK


def test_every_public_address_is_among_the_pages(apps: tuple[Flask, Flask]) -> None:
    """The staff's desk is not public, and a file of ours is one file."""
    rules = apps[0].url_map.bind("consta.example.mx")
    tried = {rules.match(page.partition("?")[0], return_rule=True)[0].rule for page in (*PAGES, *LISTED_WHOLE)}
    public = {
        rule.rule for rule in apps[0].url_map.iter_rules() if not str(rule.endpoint).startswith(("desk.", "static"))
    }
    assert public - tried == set()
