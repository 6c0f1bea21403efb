"""Engines and a small collection for every contract test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from indexer.config import EngineSettings
from indexer.engines import engine
from indexer.errors import NotOffered
from indexer.index.protocol import Engine, SearchIndex
from indexer.model import Kind, PageId, Version
from indexer.model.session import Event, Session
from tests.cluster import node
from tests.engines.shelf import DEMO, FORO, Collection, Shelf, fragment

ENGINES = (
    pytest.param(engine, id="whoosh"),
    pytest.param(
        lambda: engine(EngineSettings("opensearch", node.options())), id="opensearch", marks=pytest.mark.cluster
    ),
)
"""Every engine is held to the same contract."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """What an engine says that it does not offer is skipped, and told why; a wrong answer fails."""
    try:
        return (yield)
    except NotOffered as error:
        pytest.skip(str(error))


@pytest.fixture(params=ENGINES)
def an_engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    factory: Callable[[], Engine] = request.param
    if factory is not engine and request.node.get_closest_marker("local"):
        pytest.skip("The local engine alone has this: its scores, its corrections.")
    return factory()


@pytest.fixture
def shelf(tmp_path: Path, an_engine: Engine) -> Iterator[Shelf]:
    """A place for generations of this engine."""
    shelf = Shelf(tmp_path / "generaciones", an_engine)
    yield shelf
    shelf.close()


@pytest.fixture
def collection() -> Collection:
    """A forum of two sessions and an announcement, and a fictitious event with one session."""
    foro = Event(FORO, "Foro de prueba", dt.date(2025, 12, 4), dt.date(2025, 12, 5))
    demo = Event(DEMO, "Demostración", dt.date(2024, 1, 1), dt.date(2024, 1, 1), fictitious=True)
    mesa_1 = Session(FORO, "mesa-1-capacitacion", "Capacitación", number=1, date=dt.date(2025, 12, 4))
    mesa_5 = Session(FORO, "mesa-5-innovacion", "Innovación tecnológica", number=5)
    mesa_x = Session(DEMO, "mesa-5-ensayo", "Ensayo", number=5, date=dt.date(2024, 1, 1))
    speaks = {"person": "María Núñez Peña", "identified": True, "post": "Consejera", "entity": "sonora"}
    return Collection(
        (demo, foro),
        (mesa_x, mesa_1, mesa_5),
        {
            PageId(FORO): (
                fragment(1, "Se anuncia el foro sobre capacitación y cómputos distritales.", kind=Kind.ANNOUNCEMENT),
            ),
            PageId(FORO, mesa_1.slug): (
                fragment(1, "La mesa trata de capacitar a quienes cuentan los votos.", kind=Kind.DESCRIPTION),
                fragment(
                    2,
                    "La capacitación electoral llega a cada casilla y a cada municipio.",
                    version=Version.OFFICIAL,
                    topics=("recuento",),
                    **speaks,
                ),
                fragment(3, "Gracias, consejera.", person="El C. Presidente", version=Version.OFFICIAL),
            ),
            PageId(FORO, mesa_5.slug): (
                fragment(
                    1,
                    "El PREP se difunde la noche de la jornada con apoyo del INE.",
                    turn=0,
                    topics=("prep",),
                    mentions=("ine",),
                    version=Version.AUTOMATIC_CAPTIONS,
                ),
                fragment(
                    2,
                    "El Programa de Resultados Electorales Preliminares no es un cómputo oficial. El voto de las",
                    turn=1,
                    topics=("computos", "prep"),
                    version=Version.AUTOMATIC_CAPTIONS,
                    **speaks,
                ),
                fragment(
                    3,
                    "mujeres jóvenes creció en el ámbito político-electoral.",
                    turn=1,
                    version=Version.AUTOMATIC_CAPTIONS,
                    **speaks,
                ),
            ),
            PageId(DEMO, mesa_x.slug): (
                fragment(1, "La capacitación ficticia también habla del PREP.", topics=("prep",)),
            ),
            PageId(DEMO): (),
        },
    )


@pytest.fixture
def index(shelf: Shelf, collection: Collection) -> SearchIndex:
    """The collection, written and opened."""
    return shelf.open(collection.changes())
