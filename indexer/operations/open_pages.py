"""A page as the corpus has it at this moment, published or not: read, with its layers, cut into numbered fragments."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus.folders import FileRef
from indexer.corpus.page_files import CLOCK, CORRECTIONS
from indexer.corpus.snapshot import CorpusSnapshot, read_corpus
from indexer.corpus.vocabulary_files import ENTITIES_FILE
from indexer.durable import sha256
from indexer.errors import IndexDamaged, IndexMissing, refuse
from indexer.generations import Generations
from indexer.language.entities import Entities, default_entities
from indexer.model import Document, Kind, PageId, Participant, Passage
from indexer.pipeline.last_good import LastGood
from indexer.pipeline.pages import BuiltPage, build
from indexer.pipeline.plan import PageWork, plan
from indexer.readers import read

_NOTHING = LastGood()


@dataclass(frozen=True, slots=True)
class OpenPage:
    """One page, and the corpus around it, or what was read of that to open the page."""

    settings: Settings
    snapshot: CorpusSnapshot
    work: PageWork

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Of the mesa, as its TOML has them."""
        return self.work.session.participants if self.work.session else ()

    def text(self, kind: Kind = Kind.TRANSCRIPT) -> FileRef | None:
        """The file of a kind; None where there is none that can be read."""
        return self.work.files.texts.get(kind)

    def beside(self, name: str) -> Path:
        """Where a file of this page is, or would be."""
        return self.settings.corpus / str(self.work.page) / name

    def document(self, kind: Kind = Kind.TRANSCRIPT) -> Document | None:
        """That file as a reader has it, without layers; raises ``ReadError``."""
        file = self.text(kind)
        return None if file is None else read(file.path, kind)

    def with_clock(self, path: Path | None) -> "OpenPage":
        """The same page with these captions beside its transcript; with none, without any."""
        file = None if path is None else FileRef(path, path.name, sha256(path.read_bytes()))
        return self._with(clock=file, refused=self.work.files.refused - {CLOCK})

    def as_received(self) -> "OpenPage":
        """The same page without the corrections of its transcript."""
        return self._with(corrections=None, refused=self.work.files.refused - {CORRECTIONS})

    def _with(self, **files: Any) -> "OpenPage":
        return replace(self, work=replace(self.work, files=replace(self.work.files, **files)))

    def build(self, instead: tuple[Kind, Path] | None = None) -> BuiltPage:
        """Its fragments, numbered as if published; ``instead`` is a kind, and the file to take for it."""
        if instead is not None:
            kind, path = instead
            file = FileRef(path, path.name, sha256(path.read_bytes()))
            texts = {**self.work.files.texts, kind: file}
            texts = {one: texts[one] for one in Kind if one in texts}
            return self._with(texts=texts, failed=self.work.files.failed - {kind}).build()
        broken, work = ENTITIES_FILE in self.snapshot.broken, self.work
        entities = Entities((not broken and self.snapshot.entities) or default_entities())
        with last_good(self.settings, needed=work.files.anchors is None or bool(work.files.failed)) as last:
            return build(work, self.snapshot.people, last, entities)


def open_page(settings: Settings, page: PageId, snapshot: CorpusSnapshot | None = None) -> OpenPage:
    """Open a page of the corpus.

    Args:
        snapshot: The corpus where it was read already; without it no other page is read.

    Raises:
        CorpusError: It is not there.
    """
    snapshot = snapshot or read_corpus(settings.corpus, only={PageId(page.event), page}.__contains__)
    work = next((work for work in plan(snapshot, _NOTHING) if work.page == page), None)
    if work is None:
        what = "el evento" if page.session is None else "la mesa"
        raise refuse(f"No existe {what} {page}", "revise el nombre del evento y el de la mesa")
    return OpenPage(settings, snapshot, work)


def open_sessions(settings: Settings, event: str | None) -> tuple[OpenPage, ...]:
    """Open every mesa of an event; without one, of the whole corpus. Raises ``CorpusError``: the event is not there."""
    snapshot = read_corpus(settings.corpus, only=None if event is None else lambda page: page.event == event)
    works = plan(snapshot, _NOTHING)
    if event is not None and not works:
        raise refuse(f"No existe el evento {event}", "revise su nombre")
    return tuple(OpenPage(settings, snapshot, work) for work in works if work.session is not None)


def fragment_of(passage: Passage) -> dict[str, Any]:
    """A fragment as the desk is told of it."""
    return {
        "numero": passage.number,
        "inicio_s": passage.start_s,
        "fin_s": passage.end_s,
        "persona": passage.person,
        "persona_inferida": passage.inferred,
        "texto": passage.text,
    }


def cues_of(passage: Passage) -> list[dict[str, Any]]:
    """The cues of a fragment: a change of speaker, or of mesa, stands at one of them."""
    ends = [*(offset for offset, _ in passage.cues[1:]), len(passage.text)]
    return [
        {"inicio_s": second, "texto": passage.text[offset:end].strip()}
        for (offset, second), end in zip(passage.cues, ends, strict=bool(passage.cues))
    ]


@contextlib.contextmanager
def last_good(settings: Settings, *, needed: bool = True) -> Iterator[LastGood]:
    """The published state, for what only it has; nothing where it is not needed, or cannot be read."""
    with contextlib.ExitStack() as held:
        last = _NOTHING
        if needed:
            with contextlib.suppress(IndexMissing, IndexDamaged):
                lease = held.enter_context(Generations(settings.index).lease())
                last = held.enter_context(contextlib.closing(LastGood.open(lease.folder)))
        yield last
