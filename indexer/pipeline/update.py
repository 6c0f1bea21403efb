"""``actualizar``: builds a new generation from the corpus. Only changed pages are analysed again."""

import contextlib
import datetime as dt
import gc
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from indexer.config import Settings
from indexer.corpus.layers import speaker_of
from indexer.corpus.slugs import is_skipped
from indexer.corpus.snapshot import CorpusSnapshot, read_corpus
from indexer.corpus.vocabulary_files import VOCABULARY_FILE
from indexer.durable import sweep, temporary_below
from indexer.engines import engine
from indexer.errors import CorpusError, Problem
from indexer.generations import Generations, Update, disk_errors
from indexer.history.lock import waiting_s
from indexer.index import catalogue as catalogues
from indexer.index.catalogue import Catalogue, PageRecord
from indexer.index.protocol import Changes, PagePassages
from indexer.language.annotate import Annotator, analyzer_name
from indexer.language.entities import Entities, default_entities, places
from indexer.language.vocabulary import vocabulary_of
from indexer.model import Entity, Topic
from indexer.pipeline import published_files, who_speaks
from indexer.pipeline.anchor_files import is_mended, seen, write_anchors
from indexer.pipeline.flushing import AT_ONCE, flush_corpus
from indexer.pipeline.last_good import LastGood
from indexer.pipeline.pages import build
from indexer.pipeline.plan import READING, PageWork, plan
from indexer.pipeline.who_speaks import WhoSpeaks

TURN_WAIT_S = 120.0
_ALLOCATIONS = 50_000
"""New objects that may live before those are looked for that only hold one another."""

PART = 1_000
"""Pages that are written, and kept whole, at a time: an interruption of a long update costs no more than these."""

Progress = Callable[[int, int, str], None]
"""Called with pages done, pages in all, and the page at work."""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of ``actualizar`` or ``revisar``.

    Attributes:
        problems: Errors and warnings, sorted by path.
        catalogue: Of the generation that serves now; None when there is none.
        changed: Pages written anew.
        removed: Pages that are no longer there.
        published: False when there was nothing to do, or nothing to publish.
        older_left: True when a reader still held an older generation that had to go (after a withdrawal).
    """

    problems: tuple[Problem, ...]
    catalogue: Catalogue | None
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    published: bool = False
    older_left: bool = False

    @property
    def failed(self) -> bool:
        """True when any problem is an error: the exit code is then 1."""
        return any(problem.severity == "error" for problem in self.problems)


@contextlib.contextmanager
def cycles_seldom_looked_for() -> Iterator[None]:
    """Millions of new objects make Python look for cycles all the time: a sixth of a build, for next to none."""
    usual = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@cycles_seldom_looked_for()
def update(settings: Settings, *, purge: bool = False, progress: Progress | None = None, wait_s: float = 0.0) -> Report:
    """Update the index to the state of the corpus.

    Args:
        purge: True after a withdrawal: no file keeps a text that is gone, and no older generation stays.
        wait_s: For an update that is running, in seconds.

    Raises:
        UpdateInProgress: Another update holds the lock.
        CorpusError: There is no corpus at that place, or one of the two is inside the other.
        ConstaError: The index cannot be written; what served goes on serving.
    """
    if not settings.corpus.is_dir():
        read_corpus(settings.corpus)  # says so, before a folder for the index is made
    _check_places(settings)
    with Generations(settings.index).updating(wait_s) as generations:
        last = LastGood.open(generations.previous)
        try:
            known = last.catalogue.withdrawals if last.catalogue else ()
            snapshot = last.complete(read_corpus(settings.corpus, last_withdrawals=known))
            private = (path for folder in settings.corpus.glob("_*") for path in temporary_below(folder))
            sweep((*snapshot.temporary, *private))
            return _Run(settings, snapshot, generations, last, purge, progress or (lambda *_: None)).report()
        finally:
            last.close()


def update_in_turn(settings: Settings, *, purge: bool = False, progress: Progress | None = None) -> Report:
    """``update``, after waiting for an update that is running as long as a person would."""
    return update(settings, purge=purge, progress=progress, wait_s=waiting_s(TURN_WAIT_S))


def _check_places(settings: Settings) -> None:
    """Refuse an index among the texts: its files would be read as part of the corpus, and its folder is made 0700."""
    corpus, index = settings.corpus.resolve(), settings.index.resolve()
    inside = index.is_relative_to(corpus) and not any(map(is_skipped, index.relative_to(corpus).parts))
    if inside or corpus.is_relative_to(index):
        raise CorpusError(
            f"El índice {settings.index} y el acervo {settings.corpus} no pueden estar uno dentro del otro. "
            "Elija con --indice una carpeta aparte, por ejemplo .indice"
        )


@dataclass
class _Run:
    """One update at work."""

    settings: Settings
    snapshot: CorpusSnapshot
    generations: Update
    last: LastGood
    purge: bool
    progress: Progress

    @property
    def topics(self) -> tuple[Topic, ...]:
        return self.snapshot.topics or ()

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.snapshot.entities or default_entities()

    def report(self) -> Report:
        before = self.last.catalogue
        analyzer = fingerprint(self.topics, self.entities)
        works = plan(self.snapshot, self.last)
        self.purge |= bool(set(self.snapshot.withdrawals) - set(before.withdrawals if before else ()))
        fresh = before is None or before.analyzer != analyzer
        changed = [work for work in works if fresh or self._differs(work)]
        removed = tuple(sorted(set(before.pages if before else ()) - {str(work.page) for work in works}))
        rewritten = {work.page for work in changed}
        unchanged = [work for work in works if work.page not in rewritten]
        store = engine()
        problems = [*self.snapshot.problems, *self._restore_anchors(unchanged), *store.faults()]
        if self.generations.damage is not None:
            damage = "el índice publicado estaba dañado y se construyó de nuevo"
            problems.append(Problem(str(self.settings.index), damage, "no hace falta hacer nada más", "aviso"))
        if before and before.topics and VOCABULARY_FILE in self.snapshot.broken:
            kept = f"tiene errores: siguen en uso los {len(self.topics)} temas de la última construcción buena"
            problems.append(Problem(VOCABULARY_FILE, kept, "corrija lo señalado y vuelva a actualizar", "aviso"))
        records = {str(work.page): self.last.record(work.page) or PageRecord(work.fingerprint, 0, 0) for work in works}
        told = {} if fresh else who_speaks.load(self.last.folder)
        speaking = {page: told[page] for work in unchanged if (page := str(work.page)) in told}
        idle = self.generations.serves and not (changed or removed or self.purge)
        idle = idle and self.last.folder is not None and not store.outdated(self.last.folder)
        if idle and before:
            after = self._catalogue(works, analyzer, records, problems, speaking)
            if replace(before, built_at=after.built_at) == after:
                return Report(before.problems, before)
        # Until a rebuilt index is whole, the last one alone has what cannot be read any more; a withdrawal is one step.
        size = len(changed) if self.purge or (fresh and before) else PART
        for start in range(0, len(changed) or 1, size or 1):
            part, left = changed[start : start + size], changed[start + size :]
            later = {work.page for work in left if self.last.record(work.page) is None}
            there = tuple(work for work in works if work.page not in later)
            folder = self.generations.begin(fresh=fresh)
            try:
                with disk_errors(self.settings.index):
                    mine = {str(work.page): records[str(work.page)] for work in there}
                    after = self._catalogue(there, analyzer, mine, problems, speaking)
                    pages = self._annotated(part, start, len(changed), mine, problems, speaking)
                    whole = self.generations.previous
                    changes = Changes(after, pages, fresh, self.purge, whole, self._told)
                    store.write(folder, None if fresh else whole, changes)
                    records |= mine
                    # The records were filled in while the pages were written; only faults may be new.
                    written, again = after, self._catalogue(there, analyzer, mine, problems, speaking)
                    after = replace(again, built_at=written.built_at)
                    if written != after:
                        catalogues.save(after, folder)
                    who_speaks.save(speaking, folder)
                    published_files.save(self.snapshot.files, folder)
                flush_corpus(self.settings.corpus, (*(str(work.page) for work in part), *removed))
                if left:
                    self.generations.keep(folder, _opened)
                else:
                    released = self.generations.publish(folder, _opened, keep_old=not self.purge)
            except BaseException:
                self.generations.abandon(folder)
                raise
            fresh = False
        names = tuple(str(work.page) for work in changed)
        return Report(after.problems, after, names, removed, published=True, older_left=not released)

    def _told(self, done: int, total: int) -> None:
        self.progress(done, total, "sentido")

    def _differs(self, work: PageWork) -> bool:
        record = self.last.unchanged(work.page, work.fingerprint)
        if record is None:
            return True
        return work.files.anchors not in (None, record.anchors) and seen(work) != record.anchors_seen

    def _restore_anchors(self, works: list[PageWork]) -> Iterator[Problem]:
        """Put back the ``anclas.tsv`` that went missing, or could not be written, of pages that did not change."""
        for work in works:
            record = self.last.record(work.page)
            if record is not None and record.anchors and work.files.anchors != record.anchors:
                yield from write_anchors(work, record.anchors, record)

    def _annotated(
        self,
        works: list[PageWork],
        before: int,
        total: int,
        records: dict[str, PageRecord],
        problems: list[Problem],
        speaking: dict[str, WhoSpeaks],
    ) -> Iterator[PagePassages]:
        """Build each page as the engine asks for it; fills the other arguments on the way."""
        if not works:
            return
        known = Entities((*places(), *self.entities))
        annotator = Annotator(vocabulary_of(self.topics), known)
        with ThreadPoolExecutor(AT_ONCE) as disk:
            written = []
            for done, work in enumerate(works, before):
                self.progress(done, total, str(work.page))
                page = build(work, self.snapshot.people, self.last, known, forget=self.purge)
                written.append(disk.submit(write_anchors, work, page.anchors, self.last.record(work.page)))
                problems += page.problems
                lasting = tuple(problem for problem in page.problems if not is_mended(problem, work))
                record = page.record(work.fingerprint)
                records[str(work.page)] = replace(record, problems=lasting, anchors_seen=seen(work))
                speaking[str(work.page)] = page.who
                listed = [one.name for one in work.session.participants] if work.session else []
                listed += [one.name for one in self.snapshot.people]
                named = [name for name in listed if (told := speaker_of(name)) and told.name]  # no roles
                annotated = annotator.annotate(page.passages, work.about, (*page.who.names, *named), page.who.mentioned)
                yield PagePassages(work.page, annotated)
            problems += (problem for numbers in written for problem in numbers.result())
        self.progress(before + len(works), total, "")

    def _catalogue(
        self,
        works: tuple[PageWork, ...],
        analyzer: str,
        records: dict[str, PageRecord],
        problems: list[Problem],
        speaking: dict[str, WhoSpeaks],
    ) -> Catalogue:
        unread = [problem for work in works for problem in records[str(work.page)].problems]
        return Catalogue(
            edition=self.snapshot.edition,
            built_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
            analyzer=analyzer,
            events=tuple(work.event for work in works if work.session is None),
            sessions=tuple(work.session for work in works if work.session is not None),
            pages=records,
            topics=self.topics,
            entities=(*self.entities, *who_speaks.mentioned(speaking, works, self.snapshot.people)),
            people=self.snapshot.people,
            redirects=self.snapshot.redirects,
            withdrawals=self.snapshot.withdrawals,
            problems=tuple(sorted({*problems, *unread})),
            distinct=self.snapshot.distinct,
        )


def _opened(folder: Path) -> None:
    engine().open(folder).close()


def fingerprint(topics: tuple[Topic, ...], entities: tuple[Entity, ...]) -> str:
    """Of the whole analysis: an index of another one is rebuilt."""
    parts = (READING, engine().name, analyzer_name(), topics, entities)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
