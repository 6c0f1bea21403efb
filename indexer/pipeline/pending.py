"""``pendientes``: lists what the collection still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.config import Settings
from indexer.corpus.page import PageText
from indexer.corpus.snapshot import read_corpus
from indexer.language.folding import fold
from indexer.language.inferred_names import INFERRED_NAME
from indexer.language.person_names import Likeness, alike
from indexer.model import Kind
from indexer.model.transcript import Block
from indexer.pipeline.last_good import LastGood
from indexer.pipeline.pages import read_texts
from indexer.pipeline.plan import PageWork, plan

_LISTED = 5
"""Turns that are named one by one."""
_FIRST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Pending:
    """What one page lacks.

    Attributes:
        page: ``evento`` or ``evento/mesa``.
        title: Its title.
        lacks: Each a short text in Spanish; never empty.
    """

    page: str
    title: str
    lacks: tuple[str, ...]


def pending(settings: Settings) -> tuple[tuple[Pending, ...], tuple[Likeness, ...]]:
    """Pages that lack a transcript, speakers, a date or a number, in order; and names that may be one person's.

    Raises:
        CorpusError: There is no corpus at that place.
    """
    snapshot = read_corpus(settings.corpus)
    rows = []
    names: Counter[str] = Counter()
    known = {fold(form): one.name for one in reversed(snapshot.people) for form in (one.name, *one.variants)}
    for work in plan(snapshot, LastGood()):
        texts, _, failed = read_texts(work, snapshot.people)
        lacks = [f"{kind}: el archivo no se puede leer (vea revisar)" for kind in sorted(failed)]
        kinds = {text.kind for text in texts} | failed
        if work.session is None:
            if Kind.ANNOUNCEMENT not in kinds:
                lacks.append("anuncio")
        else:
            if Kind.TRANSCRIPT not in kinds:
                lacks.append("transcripción")
            if not work.event.fictitious:
                names.update(_named(work, texts, known))
            spoken = [block for text in texts if text.kind is Kind.TRANSCRIPT for block in text.document.blocks]
            unnamed = sum(1 for block in spoken if block.speaker is None)
            if unnamed and unnamed == len(spoken):
                lacks.append("quién habla (ponga hablantes.tsv)")
            elif unnamed:
                lacks.append(f"quién habla en {unnamed} de {len(spoken)} párrafos o subtítulos")
            lacks += _inferred(spoken)
            lacks += _seconds_lacking(texts)
            lacks += _facts_lacking(work)
        if lacks:
            rows.append(Pending(str(work.page), (work.session or work.event).title, tuple(lacks)))
    return tuple(rows), alike(names, snapshot.distinct)


def _named(work: PageWork, texts: Sequence[PageText], known: Mapping[str, str]) -> Iterator[str]:
    """Who speaks or is listed at a mesa, each as often as they are named."""
    assert work.session is not None
    yield from (known.get(fold(one.name), one.name) for one in work.session.participants)
    for text in texts:
        yield from (block.speaker.name for block in text.document.blocks if block.speaker and block.speaker.name)


def _seconds_lacking(texts: Sequence[PageText]) -> list[str]:
    """What the clock of captions does not reach."""
    aligned = next((text.aligned for text in texts if text.aligned is not None), None)
    if aligned is None or aligned == 1:
        return []
    return [f"la hora de {max(1, round(100 * (1 - aligned)))} % de las palabras (las demás la toman de los subtítulos)"]


def _inferred(spoken: Sequence[Block]) -> list[str]:
    """Turns whose speaker somebody is to confirm, each with its first words."""
    turns = {block.turn: block for block in reversed(spoken) if block.speaker and block.speaker.inferred}
    listed = [f"{block.speaker.shown}, «{_start(block.text)}»" for _, block in sorted(turns.items()) if block.speaker]
    if not listed:
        return []
    more = f"; y {len(listed) - _LISTED} más" if len(listed) > _LISTED else ""
    what = "quién habla en una intervención" if len(listed) == 1 else f"quién habla en {len(listed)} intervenciones"
    return [f"confirmar {what} ({INFERRED_NAME}): {'; '.join(listed[:_LISTED])}{more}"]


def _start(text: str) -> str:
    return text if len(text) <= _FIRST_LETTERS else f"{text[:_FIRST_LETTERS].rsplit(' ', 1)[0]}…"


def _facts_lacking(work: PageWork) -> list[str]:
    assert work.session is not None
    lacks = []
    if work.session.date is None:
        lacks.append("fecha")
    if work.session.number is None:
        lacks.append("número")
    elif work.session.number_inferred:
        lacks.append("confirmar el número (está inferido)")
    if not work.session.participants:
        lacks.append("participantes")
    return lacks
