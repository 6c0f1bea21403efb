"""Reads and writes the ``correcciones.tsv`` of a mesa."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer import history
from indexer.corpus.apply_corrections import apply_corrections
from indexer.corpus.corrections_file import Correction, Corrections, comments, parse_corrections
from indexer.corpus.page_files import CORRECTIONS
from indexer.durable import bytes_of, sha256
from indexer.errors import CorpusError, refuse
from indexer.history.journal import Journal
from indexer.model import Kind, Passage
from indexer.operations.doubtful_words import DoubtfulWords
from indexer.operations.open_pages import OpenPage, fragment_of
from indexer.operations.requested_corrections import as_requested, corrections_of, merged_request, numbers_of
from indexer.pipeline.pages import BuiltPage
from indexer.readers.decode import text_of


def corrections_view(opened: OpenPage, doubtful: DoubtfulWords | None = None) -> dict[str, Any]:
    """What the staff's pages show to a person who corrects a mesa. Without ``doubtful`` no doubtful words are found."""
    data = bytes_of(_path(opened))
    now = _parsed(data, opened)
    steps = _steps(opened)
    built = opened.build()
    spoken = [passage for passage in built.passages if passage.kind is Kind.TRANSCRIPT]
    return {
        "base": "" if data is None else sha256(data),
        "correcciones": [
            {
                **as_requested(one),
                "autor": one.by,
                "fecha": one.date and one.date.isoformat(),
                "paso": steps.get((*one.key, one.reads)),
            }
            for one in now.corrections
        ],
        "cotejados": [each.number for each in now.checked],
        "dudosas": [] if doubtful is None else doubtful.words(spoken),
        "fragmentos": [_fragment(passage) for passage in spoken],
        "sobran": listed_unused(unused(opened, now, built)),
        "avisos": [str(problem) for problem in built.problems],
    }


def current(opened: OpenPage) -> Corrections:
    """The corrections that the file of a page holds."""
    return _parsed(bytes_of(_path(opened)), opened)


def _fragment(passage: Passage) -> dict[str, Any]:
    checked = passage.checked
    return {
        **fragment_of(passage),
        "texto_original": passage.text if passage.original is None else passage.original,
        "corregido": passage.original is not None,
        "cotejado": checked and {"autor": checked.by, "fecha": checked.date and checked.date.isoformat()},
    }


def write_corrections(
    taken: history.Step, opened: OpenPage, values: Mapping[str, Any], author: str, *, merging: bool = False
) -> None:
    """Write ``correcciones.tsv`` as requested. A correction that stays keeps its author and date.

    The request has one of two forms. It holds only ``fragmentos``: some fragments, each with its new corrections (see
    ``merged_request``). Or it holds ``base`` with the complete lists ``correcciones`` and ``cotejados``; a list that is
    missing stays unchanged. ``merging`` says that the lists were made in this step, of what the file holds: no
    ``base`` is needed.

    Raises:
        Conflict: The file changed since ``base``, or one of the fragments since it was seen.
        CorpusError: What was asked cannot be written.
    """
    path = _path(opened)
    by_fragment = values.get("fragmentos") is not None and not {"base", "correcciones", "cotejados"} & values.keys()
    if not by_fragment and not merging:
        taken.require(path, str(values.get("base") or ""))
    data = taken.read(path)
    old = _parsed(data, opened, strict=True)
    if by_fragment:
        values = merged_request(opened, old, values["fragmentos"], "" if data is None else sha256(data))
    today = dt.date.today()
    corrections, checked = old.corrections, old.checked
    if values.get("correcciones") is not None:
        known = {(*one.key, one.reads): one for one in old.corrections}
        asked = corrections_of(values["correcciones"])
        made = {one.key: known.get((*one.key, one.reads)) or replace(one, by=author, date=today) for one in asked}
        if len(made) < len(asked):
            raise refuse("Dos correcciones dicen algo distinto del mismo lugar", "deje una sola")
        there = set(old.corrections)
        corrections = tuple(sorted(made.values(), key=lambda one: one not in there))
    if values.get("cotejados") is not None:
        before = {each.number: each for each in old.checked}
        numbers = numbers_of(values["cotejados"])
        checked = tuple(before.get(n) or Correction(n, "", "", 0, author, today) for n in numbers)
    now = Corrections((*corrections, *checked))
    _must_apply(opened, now, old)
    text = now.render()
    head = "".join(f"{line}\n" for line in comments(text_of(data)))
    taken.write(path, (head + text).encode() if text else None)
    taken.summary = _summary(old, now)


def _must_apply(opened: OpenPage, every: Corrections, old: Corrections) -> None:
    """Refuse what is new and does not fit; what was there before and no longer fits is not lost by a new correction."""
    before = set(old.lines)
    if before.issuperset(every.lines):
        return
    if opened.text() is None:
        cure = "agréguela antes de corregirla"
        raise refuse(f"{opened.work.page} no tiene una transcripción que se pueda leer", cure)
    received = opened.as_received().build()
    lines = tuple(replace(one, line=at) for at, one in enumerate(every.lines, 1))
    fresh = {f":{one.line}" for one in lines if one not in before}
    for problem in apply_corrections(received.passages, Corrections(lines), "")[1]:
        if problem.path in fresh:
            raise CorpusError(f"{problem.fault}: {problem.cure}")


def _summary(old: Corrections, now: Corrections) -> str:
    more = len(set(now.corrections) - set(old.corrections))
    fewer = len(set(old.corrections) - set(now.corrections))
    checked = len({each.number for each in now.checked} - {each.number for each in old.checked})
    unchecked = len({each.number for each in old.checked} - {each.number for each in now.checked})
    parts = [
        f"{n} {one if n == 1 else many}"
        for n, one, many in (
            (more, "corrección nueva", "correcciones nuevas"),
            (fewer, "corrección quitada", "correcciones quitadas"),
            (checked, "fragmento cotejado con el video", "fragmentos cotejados con el video"),
            (unchecked, "fragmento ya no cotejado", "fragmentos ya no cotejados"),
        )
        if n
    ]
    return "Correcciones: " + (", ".join(parts) or "sin cambios")


def unused(
    opened: OpenPage, now: Corrections, built: BuiltPage, instead: tuple[Kind, Path] | None = None
) -> Corrections:
    """The corrections and checks of a page that cannot be applied; ``instead`` as for ``OpenPage.build``."""
    file = opened.work.files.corrections
    if file is None or not any(problem.path.startswith(f"{file.relative}:") for problem in built.problems):
        return Corrections()
    received = opened.as_received().build(instead=instead)
    lines = {problem.path for problem in apply_corrections(received.passages, now, "")[1]}
    return Corrections(tuple(one for one in now.lines if f":{one.line}" in lines))


def listed_unused(orphans: Corrections) -> Mapping[str, Any]:
    """The corrections and checks that cannot be applied, for the answer."""
    return {
        "correcciones": [as_requested(one) for one in orphans.corrections],
        "cotejados": [each.number for each in orphans.checked],
    }


def _path(opened: OpenPage) -> Path:
    name = opened.work.files.corrections.path.name if opened.work.files.corrections else CORRECTIONS
    return opened.beside(name)


def _parsed(data: bytes | None, opened: OpenPage, *, strict: bool = False) -> Corrections:
    """The file; with ``strict``, refused where a line of it cannot be read: to write it anew would lose that line."""
    if data is None:
        return Corrections()
    read, problems = parse_corrections(text_of(data), f"{opened.work.page}/{CORRECTIONS}")
    wrong = next((problem for problem in problems if problem.severity == "error"), None)
    if strict and wrong is not None:
        raise CorpusError(f"{wrong}. Corrija antes ese renglón: no se escribió nada")
    return read


def _steps(opened: OpenPage) -> dict[tuple[int, str, int, str], int]:
    """By which step of the history each correction that is there came."""
    journal, path = Journal(opened.settings.corpus), f"{opened.work.page}/{CORRECTIONS}"
    found: dict[tuple[int, str, int, str], int] = {}
    for record in journal.read()[0]:
        for change in record.files:
            if change.path == path:
                sides = [set(_keys(journal.intact(name)) if name else ()) for name in (change.before, change.after)]
                found |= dict.fromkeys(sides[1] - sides[0], record.number)
    return found


def _keys(data: bytes | None) -> list[tuple[int, str, int, str]]:
    return [(*one.key, one.reads) for one in parse_corrections(text_of(data), CORRECTIONS)[0].corrections]
