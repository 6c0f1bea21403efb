"""``pendientes``: lists what the collection still lacks."""

import contextlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.config import Settings
from indexer.corpus.snapshot import read_corpus
from indexer.errors import IndexDamaged, IndexMissing
from indexer.language.folding import fold
from indexer.language.inferred_names import INFERRED_NAME
from indexer.language.person_names import Likeness, alike
from indexer.model import Kind, PersonName, Session
from indexer.pipeline import who_speaks
from indexer.pipeline.last_good import LastGood
from indexer.pipeline.pages import read_texts
from indexer.pipeline.plan import PageWork, plan
from indexer.pipeline.update import cycles_seldom_looked_for
from indexer.pipeline.who_speaks import LISTED, WhoSpeaks


@dataclass(frozen=True, slots=True)
class Pending:
    """What one page lacks, each thing a short text in Spanish; never nothing."""

    page: str
    title: str
    lacks: tuple[str, ...]


@cycles_seldom_looked_for()
def pending(settings: Settings) -> tuple[tuple[Pending, ...], tuple[Likeness, ...]]:
    """Pages that lack a transcript, speakers, a date or a number, in order; and names that may be one person's.

    Raises:
        CorpusError: There is no corpus at that place.
    """
    snapshot = read_corpus(settings.corpus)
    last = LastGood()
    with contextlib.suppress(IndexMissing, IndexDamaged):
        last = LastGood.published(settings.index)
    kept = who_speaks.load(last.folder)
    rows = []
    names: Counter[str] = Counter()
    known = {fold(form): one.name for one in reversed(snapshot.people) for form in (one.name, *one.variants)}
    for work in plan(snapshot, LastGood()):
        failed, kinds, who, aligned = _said(work, last, kept, snapshot.people)
        lacks = [f"{kind}: el archivo no se puede leer (vea revisar)" for kind in sorted(failed)]
        if work.session is None:
            if Kind.ANNOUNCEMENT not in kinds:
                lacks.append("anuncio")
        else:
            if Kind.TRANSCRIPT not in kinds:
                lacks.append("transcripción")
            if not work.event.fictitious:
                names.update(known.get(fold(one.name), one.name) for one in work.session.participants)
                names.update(who.names)
            lacks += _speakers_lacking(who)
            lacks += _seconds_lacking(aligned)
            lacks += _facts_lacking(work.session)
        if lacks:
            rows.append(Pending(str(work.page), (work.session or work.event).title, tuple(lacks)))
    return tuple(rows), alike(names, snapshot.distinct)


def _said(
    work: PageWork, last: LastGood, kept: Mapping[str, WhoSpeaks], people: Sequence[PersonName]
) -> tuple[Collection[Kind], Collection[Kind], WhoSpeaks, float | None]:
    """The kinds of a page that cannot be read as staff want them, those that are there, who speaks in its transcript,
    and ``aligned`` as in ``PageText``: from its publishing; where files or readers are other ones now, from the files.
    """
    record, who = last.unchanged(work.page, work.fingerprint), kept.get(str(work.page))
    if record is not None and who is not None and not (work.files.failed or work.files.refused):
        return (), work.files.texts.keys(), who, record.aligned
    texts, _, failed = read_texts(work, people)
    aligned = next((text.aligned for text in texts if text.aligned is not None), None)
    return failed, {text.kind for text in texts} | failed, WhoSpeaks.of(texts), aligned


def _seconds_lacking(aligned: float | None) -> list[str]:
    """What the clock of captions does not reach."""
    if aligned is None or aligned == 1:
        return []
    return [f"la hora de {max(1, round(100 * (1 - aligned)))} % de las palabras (las demás la toman de los subtítulos)"]


def _speakers_lacking(who: WhoSpeaks) -> Iterator[str]:
    """Paragraphs without a speaker, and turns whose speaker somebody is to confirm."""
    if who.unnamed and who.unnamed == who.paragraphs:
        yield "quién habla (ponga hablantes.tsv)"
    elif who.unnamed:
        yield f"quién habla en {who.unnamed} de {who.paragraphs} párrafos o subtítulos"
    if who.guesses:
        listed = "; ".join(f"{name}, «{start}»" for name, start in who.first_guesses)
        more = f"; y {who.guesses - LISTED} más" if who.guesses > LISTED else ""
        turns = "una intervención" if who.guesses == 1 else f"{who.guesses} intervenciones"
        yield f"confirmar quién habla en {turns} ({INFERRED_NAME}): {listed}{more}"


def _facts_lacking(session: Session) -> list[str]:
    lacks = []
    if session.date is None:
        lacks.append("fecha")
    if session.number is None:
        lacks.append("número")
    elif session.number_inferred:
        lacks.append("confirmar el número (está inferido)")
    if not session.participants:
        lacks.append("participantes")
    return lacks
