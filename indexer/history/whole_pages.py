"""Whether what an undo leaves of a page or an event is whole: its data, and no two texts of one kind."""

from collections.abc import Callable, Iterable
from pathlib import Path

from indexer.corpus.folders import ANCHORS
from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE
from indexer.corpus.slugs import is_skipped
from indexer.history.journal import StepRecord
from indexer.language.spanish import fold
from indexer.model import Kind


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
