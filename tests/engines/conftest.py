"""Hand-made collections, written to disk through the engine and opened again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from indexer.engines import engine
from indexer.index.catalogue import Catalogue, PageRecord
from indexer.index.protocol import Changes, Engine, PagePassages, SearchIndex
from indexer.model import Entity, Event, Kind, PageId, Passage, Session, Topic, Version

ENGINES = {"whoosh": engine}
"""Every engine is held to the same contract."""

FORO = "foro-2025"
DEMO = "demostracion"

TOPICS = (
    Topic("prep", "PREP", acronyms=("PREP",), equivalents=("programa de resultados electorales preliminares",)),
    Topic("computos", "Cómputos", equivalents=("cómputos distritales",)),
    Topic("recuento", "Recuento", equivalents=("recuento de votos",), broader=("computos",)),
)
ENTITIES = (
    Entity("sonora", "Sonora", "estado", ("Sonora",)),
    Entity("ine", "Instituto Nacional Electoral", "autoridad", ("INE", "Instituto Nacional Electoral")),
)


def fragment(number: int, text: str, **more: object) -> Passage:
    """A fragment of a transcript, a turn of its own unless told."""
    fields: dict[str, object] = {"order": number, "kind": Kind.TRANSCRIPT, "turn": number, "text": text}
    return Passage(number=number, **{**fields, **more})  # type: ignore[arg-type]


@dataclass
class Collection:
    """Pages with their fragments, and what the catalogue says of them."""

    events: tuple[Event, ...]
    sessions: tuple[Session, ...]
    pages: dict[PageId, tuple[Passage, ...]] = field(default_factory=dict)
    topics: tuple[Topic, ...] = TOPICS
    entities: tuple[Entity, ...] = ENTITIES

    def catalogue(self) -> Catalogue:
        """As the pipeline would make it."""
        return Catalogue(
            edition="3f9c01d2ab77",
            built_at=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
            analyzer="prueba",
            events=self.events,
            sessions=self.sessions,
            pages={str(page): PageRecord("x", len(found), 0) for page, found in self.pages.items()},
            topics=self.topics,
            entities=self.entities,
        )

    def changes(self, pages: set[PageId] | None = None, *, fresh: bool = False) -> Changes:
        """Those pages (all by default) as changed ones, lazily."""
        wanted = [page for page in self.pages if pages is None or page in pages]
        return Changes(self.catalogue(), (PagePassages(page, self.pages[page]) for page in wanted), fresh)


class Shelf:
    """Writes generations below a folder, each from hard links to the one before, and opens them."""

    def __init__(self, root: Path, engine: Engine) -> None:
        self.root = root
        self.engine = engine
        self.folders: list[Path] = []
        self._open: list[SearchIndex] = []

    def write(self, changes: Changes) -> Path:
        """The next generation."""
        folder = self.root / f"g{len(self.folders)}"
        folder.mkdir(parents=True)
        previous = self.folders[-1] if self.folders and not changes.fresh else None
        if previous is not None:
            for path in sorted(previous.rglob("*")):
                place = folder / path.relative_to(previous)
                if path.is_dir():
                    place.mkdir()
                else:
                    os.link(path, place)
        self.engine.write(folder, previous, changes)
        self.folders.append(folder)
        return folder

    def open(self, changes: Changes | None = None) -> SearchIndex:
        """Open the last generation, after writing one where changes are given."""
        if changes is not None:
            self.write(changes)
        index = self.engine.open(self.folders[-1])
        self._open.append(index)
        return index

    def close(self) -> None:
        """Close what was opened."""
        for index in self._open:
            index.close()


@pytest.fixture(params=ENGINES.values(), ids=ENGINES.keys())
def an_engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    factory: Callable[[], Engine] = request.param
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


def with_page(collection: Collection, page: PageId, passages: tuple[Passage, ...]) -> Collection:
    """The collection with one page changed."""
    return replace(collection, pages={**collection.pages, page: passages})
