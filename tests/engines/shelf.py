"""Hand-made collections, written to disk through the engine and opened again."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.index.catalogue import Catalogue, PageRecord
from indexer.index.protocol import Changes, Engine, PagePassages, SearchIndex
from indexer.model import Kind, PageId
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from indexer.model.vocabulary import Entity, Topic

FORO = "foro-2025"
DEMO = "demostracion"

TOPICS = (
    Topic("prep", "PREP", acronyms=("PREP",), equivalents=("programa de resultados electorales preliminares",)),
    Topic("computos", "Cómputos", equivalents=("cómputos distritales",)),
    Topic("recuento", "Recuento", equivalents=("recuento de votos",), broader=("computos",)),
)
ENTITIES = (
    Entity("sonora", "Sonora", "estado", ("Sonora",)),
    Entity("iee-sonora", "Instituto Estatal Electoral de Sonora", "ople", ("IEE Sonora",), state="sonora"),
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
            pages={
                str(page): PageRecord("x", len(found), 0, tuple(dict.fromkeys(p.kind.value for p in found)))
                for page, found in self.pages.items()
            },
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
        before = self.folders[-1] if self.folders else None
        self.engine.write(folder, previous, replace(changes, before=before))
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


def with_page(collection: Collection, page: PageId, passages: tuple[Passage, ...]) -> Collection:
    """The collection with one page changed."""
    return replace(collection, pages={**collection.pages, page: passages})
