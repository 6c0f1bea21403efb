"""Builds a page: reads its files, applies the layers of staff, packs the text into fragments with lasting numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.corpus.apply_corrections import apply_corrections
from indexer.corpus.corrections_file import Corrections, parse_corrections
from indexer.corpus.page import PageText, build_page
from indexer.corpus.page_files import CORRECTIONS
from indexer.errors import Problem, ReadError
from indexer.index.catalogue import PageRecord
from indexer.language.entities import Entities
from indexer.model import Kind, Passage, PersonName, Version
from indexer.pipeline.anchor_files import known_anchors
from indexer.pipeline.last_good import LastGood
from indexer.pipeline.overlays import overlay, read_table
from indexer.pipeline.plan import PageWork
from indexer.pipeline.who_speaks import WhoSpeaks
from indexer.readers import read


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page, segmented; topics and mentions still to be filled.

    Attributes:
        passages: In reading order.
        anchors: The text that ``anclas.tsv`` is to have.
        problems: Of its files.
        stale: Files whose last good version is served.
        moved: Numbers that an edit took away, each with the one that is nearest now.
        aligned: As in ``PageText``, of the transcript.
        who: Who speaks in the transcript.
    """

    passages: tuple[Passage, ...]
    anchors: str
    problems: tuple[Problem, ...]
    stale: tuple[str, ...]
    moved: tuple[tuple[int, int], ...]
    aligned: float | None
    who: WhoSpeaks

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
            aligned=self.aligned,
            inferred=sum(passage.inferred for passage in transcript),
        )


def read_texts(work: PageWork, names: Sequence[PersonName]) -> tuple[list[PageText], list[Problem], set[Kind]]:
    """Read every text of a page.

    Returns:
        The texts in reading order, the problems met, and the kinds that could not be read, or not as staff want them:
        one of these may be among the texts as well, for a page that has no last good version.
    """
    texts: list[PageText] = []
    problems: list[Problem] = []
    failed = set(work.files.failed)
    for kind, file in work.files.texts.items():
        try:
            document = read(file.path, kind)
        except ReadError as error:
            problems.append(error.problem(file.relative))
            failed.add(kind)
            continue
        problems += [Problem(file.relative, fault, cure, "aviso") for fault, cure in document.warnings]
        if kind is Kind.TRANSCRIPT and work.session is not None:
            laid = overlay(document, work, work.session, names, file)
            problems += laid.problems
            if not laid.whole:
                failed.add(kind)
            usual = Version.AUTOMATIC_CAPTIONS if laid.document.captions else Version.PRELIMINARY
            version = work.session.version or usual
            texts.append(PageText(kind, laid.document, version, own_wording=False, aligned=laid.aligned))
        else:
            own = (work.session or work.event).own_wording
            texts.append(PageText(kind, document, None, own_wording=own))
    return texts, problems, failed


def build(
    work: PageWork, names: Sequence[PersonName], last: LastGood, entities: Entities, *, forget: bool = False
) -> BuiltPage:
    """Make the fragments of a page. What cannot be read keeps its last good version.

    Args:
        names: Of people.
        entities: For the posts of speakers.
        forget: True after a withdrawal: no numbers are kept for what is gone.
    """
    texts, problems, failed = read_texts(work, names)
    corrections, found, whole = read_corrections(work)
    problems += found
    if not whole:
        failed.add(Kind.TRANSCRIPT)
    anchors, found = known_anchors(work, last)
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
    if forget:
        anchors = replace(anchors, before=())
    if corrections is not None and work.files.corrections is not None and Kind.TRANSCRIPT not in kept:
        passages, found = apply_corrections(passages, corrections, work.files.corrections.relative)
        problems += found
    stale = tuple(str(kind) for kind in sorted(failed) if kept.get(kind))
    before = last.record(work.page) if Kind.TRANSCRIPT in kept else None
    aligned = before.aligned if before else next((text.aligned for text in texts if text.aligned is not None), None)
    who = WhoSpeaks.of(texts)
    return BuiltPage(passages, anchors.render(), tuple(problems), stale, anchors.moved, aligned, who)


def read_corrections(work: PageWork) -> tuple[Corrections | None, Sequence[Problem], bool]:
    """``correcciones.tsv``, as a spreadsheet saves it; what is wrong with it; False when it cannot be used at all."""
    if work.files.corrections is None:
        return None, (), CORRECTIONS not in work.files.refused
    text, problems = read_table(work.files.corrections)
    if problems:
        return None, problems, False
    corrections, problems = parse_corrections(text, work.files.corrections.relative)
    return corrections, problems, bool(corrections.lines) or all(problem.severity == "aviso" for problem in problems)
