"""Shows what would change if a file replaced a text."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus.adding import text_state
from indexer.corpus.layers import on_clock
from indexer.corpus.withdrawing import NAMES
from indexer.errors import refuse
from indexer.model import Kind, PageId, Passage
from indexer.operations.corrections import current, listed_unused, unused
from indexer.operations.inspection import clock_kept, named
from indexer.operations.open_pages import open_page
from indexer.readers import read

_SHRINKS, _WORDS = 0.5, 100
"""A text of so many words that is replaced by less than this share of them was hardly meant to be."""


def compare(
    settings: Settings, source: Path, kind: Kind, page: PageId, name: str | None, clock: Path | None = None
) -> dict[str, Any]:
    """Describe how the fragments of a page would change if a file replaced one of its texts. Writes nothing.

    Raises ``ReadError`` or ``CorpusError``: the file cannot be read, or there is nothing to replace.
    """
    base = text_state(settings.corpus, page, kind)  # first: what changes meanwhile is then a conflict, not unseen
    opened = open_page(settings, page)
    if opened.text(kind) is None:
        raise refuse(f"{page} no tiene {NAMES[kind]} que reemplazar", "agréguela sin --reemplazar")
    with named(source, name, kind) as file:
        document = read(file, kind)  # says what is wrong with it, rather than keep the old text in its place
        then = opened
        if kind is Kind.TRANSCRIPT:
            then = opened.with_clock(None if document.timed else clock or clock_kept(opened))
            session = opened.work.session
            out = session is not None and session.day_file is not None and document.timed
            if session and out and not on_clock(document.starts, session.from_s, session.to_s):
                then = replace(then, work=replace(then.work, session=replace(session, from_s=None, to_s=None)))
        before, after = opened.build(), then.build(instead=(kind, file))
        left = listed_unused(unused(then, current(opened), after, (kind, file)))
    untimed = kind is Kind.TRANSCRIPT and all(block.start_s is None for block in document.blocks)
    silent = untimed and (not after.aligned or any(block.speaker for block in document.blocks))
    old = {passage.number: passage for passage in before.passages if passage.kind is kind}
    new = {passage.number: passage for passage in after.passages if passage.kind is kind}
    leads = dict(after.moved)
    same = [number for number in old if number in new and _said(old[number]) == _said(new[number])]
    changed = [number for number in old if number in new and number not in set(same)]
    lost, added = [n for n in old if n not in new], [n for n in new if n not in old]
    differences = [_difference(number, old.get(number), new.get(number), leads) for number in (*changed, *lost, *added)]
    place = {number: at for at, number in enumerate((*new, *lost))}
    place |= {number: place.get(leads.get(number, number), place[number]) for number in lost}
    words = [sum(len(one.text.split()) for one in side.values()) for side in (old, new)]
    return {
        "base": base,
        "palabras_antes": words[0],
        "palabras_despues": words[1],
        "mengua": words[0] >= _WORDS and words[1] < _SHRINKS * words[0],
        "iguales": len(same),
        "cambian": len(changed),
        "nuevos": len(added),
        "desaparecen": len(lost),
        "diferencias": sorted(differences, key=lambda one: place[one["numero"]]),
        "sobran": {**left, "hablantes": silent and opened.work.files.speakers is not None},
        "alineado": after.aligned,
        "avisos": [str(problem) for problem in after.problems],
    }


def _said(passage: Passage) -> tuple[str, str | None, bool]:
    return passage.text, passage.person, passage.inferred


def _difference(number: int, old: Passage | None, new: Passage | None, leads: dict[int, int]) -> dict[str, Any]:
    return {
        "numero": number,
        "antes": old.text if old else None,
        "despues": new.text if new else None,
        "persona_antes": old.person if old else None,
        "persona_antes_inferida": old is not None and old.inferred,
        "persona_despues": new.person if new else None,
        "persona_despues_inferida": new is not None and new.inferred,
        "sigue_en": leads.get(number) if new is None else None,
    }
