"""The last good state, which serves when a file can no longer be read."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from indexer.corpus.people_file import PEOPLE_FILE
from indexer.corpus.snapshot import CorpusSnapshot
from indexer.corpus.vocabulary_files import ENTITIES_FILE, VOCABULARY_FILE
from indexer.engines import engine
from indexer.errors import ConstaError
from indexer.generations import Generations
from indexer.index import catalogue as catalogues
from indexer.index.catalogue import Catalogue, PageRecord
from indexer.index.protocol import SearchIndex
from indexer.index.redirects import REDIRECTS_FILE
from indexer.model import Event, Kind, PageId, Passage, Session
from indexer.model.vocabulary import MENTIONED


@dataclass(frozen=True)
class LastGood:
    """The last generation, open; empty when there is none."""

    folder: Path | None = None
    catalogue: Catalogue | None = None
    index: SearchIndex | None = None

    @classmethod
    def open(cls, folder: Path | None) -> "LastGood":
        """Open a verified generation. One that this version of Consta cannot open counts as none."""
        if folder is None:
            return cls()
        try:
            return cls(folder, catalogues.load(folder, anchors=True), engine().open(folder))
        except ConstaError:
            return cls()

    @classmethod
    def published(cls, index: Path, *, anchors: bool = False) -> "LastGood":
        """What is published, without its fragments, and without the texts of ``anclas.tsv`` unless asked for.

        Raises ``IndexMissing`` or ``IndexDamaged``.
        """
        with Generations(index).lease() as lease:
            return cls(lease.folder, catalogues.load(lease.folder, anchors=anchors))

    def close(self) -> None:
        """Close its files."""
        if self.index is not None:
            self.index.close()

    def complete(self, snapshot: CorpusSnapshot) -> CorpusSnapshot:
        """The corpus with the last good version of each root file that is broken."""
        before, last = self.catalogue, snapshot
        if before is None:
            return snapshot
        if PEOPLE_FILE in snapshot.broken:
            last = replace(last, people=before.people, distinct=before.distinct)
        if REDIRECTS_FILE in snapshot.broken:
            last = replace(last, redirects=before.redirects)
        if VOCABULARY_FILE in snapshot.broken and before.topics:
            last = replace(last, topics=before.topics)
        if ENTITIES_FILE in snapshot.broken:
            kept = tuple(entity for entity in before.entities if entity.sort not in MENTIONED)
            last = replace(last, entities=kept)
        return last

    @cached_property
    def events(self) -> dict[str, Event]:
        """The events as last published, by their slugs."""
        return {event.slug: event for event in self.catalogue.events} if self.catalogue else {}

    @cached_property
    def sessions(self) -> dict[PageId, Session]:
        """The sessions as last published, in their order."""
        return {PageId(s.event, s.slug): s for s in self.catalogue.sessions} if self.catalogue else {}

    def record(self, page: PageId) -> PageRecord | None:
        """What was known of a page."""
        return self.catalogue.pages.get(str(page)) if self.catalogue else None

    def unchanged(self, page: PageId, fingerprint: str) -> PageRecord | None:
        """What was known of a page whose files were read as they are now; None with an error, which may have passed."""
        record = self.record(page)
        if record is None or record.fingerprint != fingerprint:
            return None
        return None if any(problem.severity == "error" for problem in record.problems) else record

    def passages(self, page: PageId, kind: Kind | None = None) -> tuple[Passage, ...]:
        """The stored fragments of a page, of one kind or all."""
        stored = self.index.session(page) if self.index and self.record(page) else None
        if stored is None:
            return ()
        return tuple(p for p in stored.passages if kind is None or p.kind == kind)
