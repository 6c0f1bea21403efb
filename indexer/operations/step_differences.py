"""Shows how a step of the history changed each file: the lines before and after of a small table or a TOML file, and
the size of a text."""

import difflib
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from indexer.corpus.corrections_file import parse_corrections
from indexer.corpus.folders import ANCHORS
from indexer.corpus.page_files import CORRECTIONS, SPEAKERS
from indexer.corpus.speakers_file import parse_speakers
from indexer.errors import ConstaError
from indexer.history.journal import FileChange, Journal, StepRecord
from indexer.language.spanish import fold
from indexer.readers.decode import text_of
from indexer.readers.times import clock

LARGEST = 512 * 1024
"""Bytes of a file whose lines are compared."""
MOST = 200
"""Lines of a file that are told."""


def step_differences(root: Path, record: StepRecord) -> list[dict[str, Any]]:
    """The files of a step, but the numbers that the indexer keeps beside them."""
    journal = Journal(root)
    return [_file(journal, change) for change in record.files if not change.path.endswith(f"/{ANCHORS}")]


def _file(journal: Journal, change: FileChange) -> dict[str, Any]:
    before, after = (None if name is None else journal.find(name) for name in (change.before, change.after))
    gone = any(name is not None and data is None for name, data in ((change.before, before), (change.after, after)))
    told = {
        "ruta": change.path,
        "cambio": "nuevo" if change.before is None else "quitado" if change.after is None else "cambiado",
        "bytes_antes": None if before is None else len(before),
        "bytes_despues": None if after is None else len(after),
        "retirado": gone,
        "renglones": None,
        "faltan_renglones": 0,
    }
    rows = None if gone else _lines_of(change.path)
    if rows is None or max(len(before or b""), len(after or b"")) > LARGEST:
        return told
    try:
        changed = list(_changed(rows(before or b""), rows(after or b"")))
    except ConstaError:
        return told
    return {**told, "renglones": changed[:MOST], "faltan_renglones": max(0, len(changed) - MOST)}


def _lines_of(path: str) -> Callable[[bytes], list[str]] | None:
    """How the lines of a file are told; None for a file whose lines are not."""
    name = fold(path.rpartition("/")[2])
    return {SPEAKERS: _speakers, CORRECTIONS: _corrections}.get(name) or (_plain if name.endswith(".toml") else None)


def _plain(data: bytes) -> list[str]:
    return [line.rstrip() for line in text_of(data).splitlines() if line.strip()]


def _speakers(data: bytes) -> list[str]:
    changes, problems = parse_speakers(text_of(data), SPEAKERS)
    if any(problem.severity == "error" for problem in problems):
        return _plain(data)
    return [f"{clock(one.start_s)} · {one.person or 'no se sabe'}" for one in changes]


def _corrections(data: bytes) -> list[str]:
    read, problems = parse_corrections(text_of(data), CORRECTIONS)
    if any(problem.severity == "error" for problem in problems):
        return _plain(data)
    told = []
    for one in sorted((*read.corrections, *read.checked), key=lambda one: one.number):
        what = f"«{one.was}» → «{one.reads}»" if one.was else "cotejado con el video"
        told.append(f"Fragmento {one.number}: {what}" + f" (vez {one.time})" * (one.time > 1))
    return told


def _changed(before: list[str], after: list[str]) -> Iterator[dict[str, str | None]]:
    """The lines that differ, each that took the place of another beside it."""
    for step, first, last, low, high in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step != "equal":
            for old, new in zip_longest(before[first:last], after[low:high]):
                yield {"antes": old, "despues": new}
