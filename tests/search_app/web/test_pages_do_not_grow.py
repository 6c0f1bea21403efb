"""No public page does more work for a mesa that it does not show: twice the collection, the same calls."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from types import FrameType

import pytest
from flask.testing import FlaskClient

from indexer.engines import engine
from indexer.model import PageId, Version
from indexer.model.session import Event, Participant, Session
from indexer.model.vocabulary import Entity, Topic
from search_app.web.application import create_app
from tests.engines.shelf import Collection, Shelf, fragment

FEW, MANY = 500, 1_000
PER_EVENT = 20
SLACK = 1.04
"""A longer number takes another digit, a larger collection another step of a search by halves."""
PEOPLE = ("Ana Ruiz", "Luis Mora", "Eva Sol", "Berta Díaz", "Íñigo Peña")
TOPICS = (Topic("prep", "PREP", acronyms=("PREP",)), Topic("computos", "Cómputos"))
ENTITIES = (Entity("sonora", "Sonora", "estado", ("Sonora",)), Entity("ine", "INE", "autoridad", ("INE",)))
PAGES = (
    # Still to come (issue 14): the matrix of topics, comparisons by mesa, the sitemap.
    "/", "/buscar?q=presupuesto", "/buscar?q=", "/buscar?q=zafiro", "/buscar?q=presupuesto&mesa=evento-0/mesa-0",
    "/api/buscar?q=presupuesto", "/api/sugerir?q=pre", "/buscar.atom?q=presupuesto",
    "/personas/", "/personas/ana-ruiz", "/entidades/", "/entidades/sonora", "/temas/prep",
    "/comparar?q=presupuesto&por=persona", "/en-contexto?q=zafiro", "/cotejar?cita=El+zafiro+es+azul+de+noche",
    "/exportar?f=evento-0/mesa-0/p1", "/evento-0/", "/evento-0/mesa-0/", "/evento-0/mesa-0/?q=presupuesto",
    "/evento-0/mesa-0/p1", "/ayuda", "/salud", "/opensearch.xml", "/api/openapi.json", "/robots.txt", "/no-hay/",
)  # fmt: skip


def collection(mesas: int) -> Collection:
    """Events of 50 mesas, one fragment each; one in a hundred mesas says what is looked for."""
    events = tuple(
        Event(
            f"evento-{n}", f"Evento {n}", dt.date(2000, 1, 1) + dt.timedelta(n), dt.date(2000, 1, 1) + dt.timedelta(n)
        )
        for n in range(mesas // PER_EVENT)
    )
    sessions, pages = [], {PageId(event.slug): () for event in events}
    for n in range(mesas):
        event, slug = f"evento-{n // PER_EVENT}", f"mesa-{n % PER_EVENT}"
        seen = n < FEW  # what is found, and who took part, does not grow with the collection
        listed = (Participant(PEOPLE[n % 5], "Consejera", entity="sonora"),) if seen else ()
        sessions.append(Session(event, slug, f"Sesión {n % PER_EVENT}", participants=listed, topics=("prep",)))
        text = "El presupuesto del PREP." if seen and n % 50 == 0 else "Una sesión como tantas otras."
        text = "El zafiro es azul de noche." if n == 7 else text
        person = PEOPLE[n % 5] if seen and n != 13 else None
        pages[PageId(event, slug)] = (
            fragment(
                1, text, person=person, identified=person is not None, entity="sonora" if seen else None,
                topics=("prep",) if seen else (), mentions=("sonora",) if seen else (),
                version=Version.PRELIMINARY,
            ),
        )  # fmt: skip
    return Collection(events, tuple(sessions), pages, TOPICS, ENTITIES)


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """Two applications, one over twice as many mesas."""
    shelves, found = [], []
    for mesas in (FEW, MANY):
        shelf = Shelf(tmp_path_factory.mktemp(f"acervo-{mesas}"), engine())
        shelves.append(shelf)
        app = create_app(shelf.open(collection(mesas).changes(fresh=True)), public_url="https://consta.example.mx")
        found.append(app.test_client())
    yield found[0], found[1]
    for shelf in shelves:
        shelf.close()


def calls(client: FlaskClient, address: str) -> int:
    """Calls of functions, Python's and C's, that one answer takes, once what an edition keeps is kept."""
    for _ in range(2):
        client.get(address).get_data()
    count = 0

    def counted(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        client.get(address).get_data()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("address", PAGES)
def test_twice_as_many_mesas_take_no_more_calls(clients: tuple[FlaskClient, FlaskClient], address: str) -> None:
    few, many = (calls(client, address) for client in clients)
    print(f"{address}: {few:,} calls over {FEW} mesas, {many:,} over {MANY}")
    assert many <= few * SLACK
