"""One page: its files read, the layers of staff laid over them, packed into fragments with lasting numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.corpus import layers
from indexer.corpus.anchors import Anchors
from indexer.corpus.catalog import FileRef
from indexer.corpus.page import PageText, build_page
from indexer.errors import Problem, ReadError
from indexer.index.catalogue import PageRecord
from indexer.language.entities import Entities
from indexer.model import Document, Kind, Passage, PersonName, Session, Version
from indexer.pipeline.last import LastGood
from indexer.pipeline.plan import PageWork
from indexer.readers import read


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page, segmented; topics and mentions still to be filled.

    Attributes:
        passages: In reading order.
        anchors: The text that ``anclas.tsv`` is to have.
        problems: Of its files.
        stale: Files whose last good version is served.
    """

    passages: tuple[Passage, ...]
    anchors: str
    problems: tuple[Problem, ...]
    stale: tuple[str, ...]

    def record(self, fingerprint: str) -> PageRecord:
        """What the catalogue keeps of it."""
        transcript = [p for p in self.passages if p.kind is Kind.TRANSCRIPT]
        return PageRecord(
            fingerprint=fingerprint,
            passages=len(self.passages),
            words=sum(len(p.text.split()) for p in self.passages),
            kinds=tuple(sorted({p.kind.value for p in self.passages})),
            anchors=self.anchors,
            stale=self.stale,
            speakers=sum(1 for p in transcript if p.person),
            transcript_passages=len(transcript),
            problems=self.problems,
        )


def read_texts(work: PageWork, names: Sequence[PersonName]) -> tuple[list[PageText], list[Problem], set[Kind]]:
    """Read every text of a page.

    Returns:
        The texts in reading order, the problems met, and the kinds that could not be read.
    """
    texts: list[PageText] = []
    problems: list[Problem] = []
    failed = set(work.failed)
    for kind, file in work.texts:
        try:
            document = read(file.path, kind)
        except ReadError as error:
            problems.append(error.problem(file.relative))
            failed.add(kind)
            continue
        problems += [Problem(file.relative, fault, cure, "aviso") for fault, cure in document.warnings]
        if kind is Kind.TRANSCRIPT and work.session is not None:
            document, found = _laid_over(document, work, work.session, names, file)
            problems += found
            texts.append(PageText(kind, document, _version(work.session, document), own_wording=False))
        else:
            own = (work.session or work.event).own_wording
            texts.append(PageText(kind, document, None, own_wording=own))
    return texts, problems, failed


def build(work: PageWork, names: Sequence[PersonName], last: LastGood, entities: Entities) -> BuiltPage:
    """Make the fragments of a page. What cannot be read keeps its last good version."""
    texts, problems, failed = read_texts(work, names)
    anchors, found = _anchors(work, last)
    problems += found
    kept = {kind: last.passages(work.page, kind) for kind in failed}
    kept = {kind: tuple(p for p in passages if p.fact is None) for kind, passages in kept.items()}
    passages, anchors = build_page(
        texts,
        (work.session or work.event).facts,
        anchors,
        kept=kept,
        participants=work.session.participants if work.session else (),
        entities=entities,
        fact_kind=Kind.ANNOUNCEMENT if work.session is None else Kind.DESCRIPTION,
    )
    stale = tuple(str(kind) for kind in sorted(failed) if kept.get(kind))
    return BuiltPage(passages, anchors.render(), tuple(problems), stale)


def anchors_path(work: PageWork) -> str:
    """The page's ``anclas.tsv``, relative to the corpus."""
    return f"{work.page}/anclas.tsv"


def _anchors(work: PageWork, last: LastGood) -> tuple[Anchors, Sequence[Problem]]:
    """The file's numbers, and those that only the copy in the index has: none that was published is given again."""
    record = last.record(work.page)
    path = anchors_path(work)
    copy, _ = Anchors.parse(record.anchors if record else "", path)
    if work.anchors is not None:
        anchors, problems = Anchors.parse(work.anchors, path)
        return anchors.completed(copy), problems
    return copy, ()


def _laid_over(
    document: Document, work: PageWork, session: Session, names: Sequence[PersonName], file: FileRef
) -> tuple[Document, list[Problem]]:
    problems: list[Problem] = []
    timed = any(block.start_s is not None for block in document.blocks)
    if session.from_s is not None or session.to_s is not None:
        cut = layers.window(document, session.from_s, session.to_s)
        if timed and not cut.blocks:
            problems.append(
                Problem(
                    file.relative,
                    "ningún texto queda entre desde_s y hasta_s",
                    "revise esos segundos en mesa.toml; mientras, se publica el archivo completo",
                )
            )
        else:
            document = cut
    if work.speakers is not None:
        text = work.speakers.path.read_text(encoding="utf-8-sig", errors="replace")
        changes, found = layers.parse_speakers(text, work.speakers.relative)
        problems += found
        if not timed:
            problems.append(
                Problem(
                    work.speakers.relative,
                    "la transcripción no tiene tiempos, así que no se usa",
                    "quite este archivo, o ponga los subtítulos con tiempos como transcripción",
                    "aviso",
                )
            )
        else:
            document = layers.attribute(document, changes)
    return layers.canonical(document, names, session.participants), problems


def _version(session: Session, document: Document) -> Version:
    if session.version is not None:
        return session.version
    return Version.AUTOMATIC_CAPTIONS if document.captions else Version.PRELIMINARY
