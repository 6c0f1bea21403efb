"""Takes the changes of one step out of a table or a TOML file that went on changing: line by line, then looked at as a
whole. Lines that both changed are never merged, nor is what would say something else than the two changes do."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from indexer.corpus.corrections_file import parse_corrections
from indexer.corpus.folders import ANCHORS
from indexer.corpus.page_files import CORRECTIONS, SPEAKERS
from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE
from indexer.corpus.slugs import is_skipped
from indexer.corpus.speakers_file import parse_speakers
from indexer.corpus.toml_syntax import parse_toml
from indexer.errors import ReadError
from indexer.history.journal import StepRecord
from indexer.language.spanish import fold
from indexer.model import Kind
from indexer.readers.decode import text_of

LARGEST = 2_000_000
"""Bytes of a file that is merged."""


class _Hunk(NamedTuple):
    """Lines ``start`` to ``end`` of a file become others."""

    start: int
    end: int
    lines: list[bytes]


def is_mergeable(path: str) -> bool:
    """Whether a file is a list of things that do not depend on each other; a text that was said is none."""
    name = fold(path.rpartition("/")[2])
    return name in (SPEAKERS, CORRECTIONS) or name.endswith(".toml")


def without(path: str, now: bytes | None, before: bytes | None, after: bytes | None) -> bytes | None:
    """What a file would be had a step never been.

    Args:
        path: Of the file, which tells what is in it.
        before, after: What it held before and after the step; None where there was no file.

    Returns:
        Empty where nothing would be left; None where it cannot be told: what the step did has changed since.
    """
    if now is None or max(len(data or b"") for data in (now, before, after)) > LARGEST:
        return None
    name = fold(path.rpartition("/")[2])
    lines, then, rest = (_lines(data) for data in (after, before, now))
    if not name.endswith(".toml"):  # the head of a table belongs to whichever line is there
        then, lines = then or lines[:1], lines or then[:1]
    undone, later = _hunks(lines, then), _hunks(lines, rest)
    if any(_overlap(one, other) for one in undone for other in later):
        return None
    for hunks in (chain(later, undone), chain(undone, later)):
        merged = b"".join(_applied(lines, sorted(hunks, key=lambda hunk: (hunk.start, hunk.end))))
        if not merged.strip() or (not name.endswith(".toml") and merged.count(b"\n") <= 1):
            return b""
        if _says(name, merged, now, before or b"", after or b""):
            return merged
    return None


def _lines(data: bytes | None) -> list[bytes]:
    return [] if not data else (data + b"\n" * (not data.endswith(b"\n"))).splitlines(keepends=True)


def _hunks(old: list[bytes], new: list[bytes]) -> list[_Hunk]:
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Hunk(start, end, new[low:high]) for step, start, end, low, high in steps if step != "equal"]


def _overlap(one: _Hunk, other: _Hunk) -> bool:
    """Whether both change a line; what is put between two lines touches neither."""
    return one.start < other.end and other.start < one.end


def _applied(lines: list[bytes], hunks: list[_Hunk]) -> Iterator[bytes]:
    at = 0
    for hunk in hunks:
        yield from lines[at : hunk.start]
        yield from hunk.lines
        at = max(at, hunk.end)
    yield from lines[at:]


def _says(name: str, merged: bytes, now: bytes, before: bytes, after: bytes) -> bool:
    """Whether it differs from what is there now as the step's two states do, and is no worse than that."""
    try:
        if name.endswith(".toml"):
            was, then, became, held = (Counter(_leaves(parse_toml(text_of(d)))) for d in (now, merged, after, before))
            return (was - then, then - was) == (became - held, held - became)
        parse = parse_speakers if name == SPEAKERS else parse_corrections
        return len(parse(text_of(merged), name)[1]) <= len(parse(text_of(now), name)[1])
    except ReadError:
        return False


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every value with the keys that lead to it; an entry of a list of tables goes by its first value."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        for one in value:
            yield from _leaves(one, (*path, repr(next(iter(one.values()), None))))
    else:
        yield (*path, repr(value))


def fault_after(
    root: Path, record: StepRecord, part_of_day: Callable[[str, StepRecord | None], bool]
) -> tuple[str, str] | None:
    """Why the corpus would not be valid once a step is undone (a text without its page, two texts of one kind), and the
    file that is in the way.

    None when it would, or when it is not valid now.
    """
    goes = {change.path for change in record.files if change.before is None}
    comes = {change.path for change in record.files if change.before is not None}
    folders = {path.rpartition("/")[0] for path in goes | comes}
    for folder in sorted((folders | {folder.partition("/")[0] for folder in folders}) - {""}):  # a mesa has its event
        now = _files(root, folder)
        then = (now - goes) | {path for path in comes if path.startswith(f"{folder}/")}
        if then == now and f"{folder}/{SESSION_FILE}" not in comes:
            continue  # nothing comes or goes
        fault = _fault(folder, then, comes, part_of_day(folder, record))
        if fault is not None and _fault(folder, now, (), part_of_day(folder, None)) is None:
            return fault
    return None


def _fault(folder: str, files: Iterable[str], comes: Iterable[str], part_of_day: bool) -> tuple[str, str] | None:
    here = sorted(path for path in files if path.rpartition("/")[0] == folder)
    toml = EVENT_FILE if "/" not in folder else SESSION_FILE
    if not any(fold(path.rpartition("/")[2]) == toml for path in here):
        left = next((path for path in sorted(files) if not path.endswith(f"/{ANCHORS}")), None)
        if left is not None:
            return f"se iría la página y quedaría suelto lo que hay en {left}", left
    for kind in Kind:
        texts = [path for path in here if fold(path.rpartition("/")[2]).partition(".")[0] == kind.value]
        texts += [f"{folder}/{toml}"] * (part_of_day and kind is Kind.TRANSCRIPT)
        if len(texts) > 1:
            there = next((path for path in texts if path not in comes), texts[0])
            return f"{folder} tendría dos textos de {kind} ({' y '.join(texts)})", there
    return None


def _files(root: Path, folder: str) -> set[str]:
    """Every file of the corpus at or below a folder."""
    found = (path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not any(map(is_skipped, path.parts))}
