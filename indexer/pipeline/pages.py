"""One page: its files read, the layers of staff laid over them, packed into fragments with lasting numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.corpus import layers
from indexer.corpus.anchors import Anchors
from indexer.corpus.catalog import FileRef
from indexer.corpus.correcting import correct
from indexer.corpus.corrections import Corrections, parse_corrections
from indexer.corpus.folders import unreadable
from indexer.corpus.layers import SpeakerChange
from indexer.corpus.page import PageText, build_page
from indexer.errors import Problem, ReadError
from indexer.index.catalogue import PageRecord
from indexer.language.entities import Entities
from indexer.model import Document, Kind, Passage, PersonName, Session, Version
from indexer.pipeline.last import LastGood
from indexer.pipeline.plan import PageWork
from indexer.readers import read
from indexer.readers.decode import decode


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page, segmented; topics and mentions still to be filled.

    Attributes:
        passages: In reading order.
        anchors: The text that ``anclas.tsv`` is to have.
        problems: Of its files.
        stale: Files whose last good version is served.
        moved: Numbers that an edit took away, each with the one that is nearest now.
    """

    passages: tuple[Passage, ...]
    anchors: str
    problems: tuple[Problem, ...]
    stale: tuple[str, ...]
    moved: tuple[tuple[int, int], ...] = ()

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
            moved_numbers=dict(self.moved),
        )


def read_texts(work: PageWork, names: Sequence[PersonName]) -> tuple[list[PageText], list[Problem], set[Kind]]:
    """Read every text of a page.

    Returns:
        The texts in reading order, the problems met, and the kinds that could not be read, or not as staff want them:
        one of these may be among the texts as well, for a page that has no last good version.
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
            document, found, whole = _laid_over(document, work, work.session, names, file)
            problems += found
            if not whole:
                failed.add(kind)
            texts.append(PageText(kind, document, _version(work.session, document), own_wording=False))
        else:
            own = (work.session or work.event).own_wording
            texts.append(PageText(kind, document, None, own_wording=own))
    return texts, problems, failed


def build(work: PageWork, names: Sequence[PersonName], last: LastGood, entities: Entities) -> BuiltPage:
    """Make the fragments of a page. What cannot be read keeps its last good version."""
    texts, problems, failed = read_texts(work, names)
    corrections, found, whole = read_corrections(work)
    problems += found
    if not whole:
        failed.add(Kind.TRANSCRIPT)
    anchors, found = _anchors(work, last)
    problems += found
    kept = {kind: tuple(p for p in last.passages(work.page, kind) if p.fact is None) for kind in failed}
    kept = {kind: kept[kind] for kind in kept if kept[kind] or kind not in {text.kind for text in texts}}
    passages, anchors = build_page(
        texts,
        (work.session or work.event).facts,
        anchors,
        kept=kept,
        participants=work.session.participants if work.session else (),
        entities=entities,
        fact_kind=Kind.ANNOUNCEMENT if work.session is None else Kind.DESCRIPTION,
    )
    if corrections is not None and work.corrections is not None and Kind.TRANSCRIPT not in kept:
        passages, found = correct(passages, corrections, work.corrections.relative)
        problems += found
    stale = tuple(str(kind) for kind in sorted(failed) if kept.get(kind))
    return BuiltPage(passages, anchors.render(), tuple(problems), stale, anchors.moved)


def read_corrections(work: PageWork) -> tuple[Corrections | None, Sequence[Problem], bool]:
    """``correcciones.tsv``, as a spreadsheet saves it; what is wrong with it; False when it cannot be used at all."""
    if work.corrections is None:
        return None, (), not work.corrections_refused
    text, problems = _table(work.corrections)
    if problems:
        return None, problems, False
    corrections, problems = parse_corrections(text, work.corrections.relative)
    said = bool(corrections.corrections or corrections.checked)
    return corrections, problems, said or all(problem.severity == "aviso" for problem in problems)


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
) -> tuple[Document, list[Problem], bool]:
    """The document with its layers; False when a layer cannot be laid at all."""
    problems: list[Problem] = []
    whole = not work.speakers_refused
    timed = any(block.start_s is not None for block in document.blocks)
    if session.from_s is not None or session.to_s is not None:
        cut = layers.window(document, session.from_s, session.to_s)
        if timed and not cut.blocks:
            problems.append(
                Problem(
                    file.relative,
                    "ningún texto queda entre desde_s y hasta_s",
                    "revise esos segundos en mesa.toml; mientras, sirve la última versión buena, "
                    "o el archivo completo si no la hay",
                )
            )
            whole = False
        else:
            document = cut
    if work.speakers is not None:
        changes, found = _speaker_changes(work.speakers)
        problems += found
        whole = whole and (bool(changes) or all(problem.severity == "aviso" for problem in found))
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
    return layers.canonical(document, names, session.participants), problems, whole


def _speaker_changes(file: FileRef) -> tuple[Sequence[SpeakerChange], Sequence[Problem]]:
    text, problems = _table(file)
    return ((), problems) if problems else layers.parse_speakers(text, file.relative)


def _table(file: FileRef) -> tuple[str, Sequence[Problem]]:
    """A table as a spreadsheet saves it: UTF-8, cp1252 or UTF-16."""
    try:
        data = file.path.read_bytes()
        return decode(data) if data.strip() else "", ()
    except OSError as error:
        return "", (Problem(file.relative, *unreadable(error)),)
    except ReadError as error:
        return "", (error.problem(file.relative),)


def _version(session: Session, document: Document) -> Version:
    if session.version is not None:
        return session.version
    return Version.AUTOMATIC_CAPTIONS if document.captions else Version.PRELIMINARY
