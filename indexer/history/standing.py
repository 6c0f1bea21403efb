"""Whether what an undo leaves is still a corpus: no text without its page, no two texts of one kind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.corpus.events import FILE_NAME as EVENT_FILE
from indexer.corpus.folders import ANCHORS
from indexer.corpus.sessions import FILE_NAME as SESSION_FILE
from indexer.corpus.slugs import is_skipped
from indexer.history.journal import StepRecord
from indexer.language.spanish import fold
from indexer.model import Kind


def fault_after(root: Path, record: StepRecord) -> str | None:
    """What would be wrong once a step is undone that is not wrong now; None where nothing would."""
    goes = {change.path for change in record.files if change.before is None}
    comes = {change.path for change in record.files if change.before is not None}
    folders = {path.rpartition("/")[0] for path in goes | comes} - {""}
    for folder in sorted(folders):
        now = _files(root, folder)
        then = (now - goes) | {path for path in comes if path.startswith(f"{folder}/")}
        fault = _fault(folder, then)
        if fault is not None and _fault(folder, now) is None:
            return fault
    return None


def _fault(folder: str, files: Iterable[str]) -> str | None:
    here = sorted(path for path in files if path.rpartition("/")[0] == folder)
    toml = EVENT_FILE if "/" not in folder else SESSION_FILE
    if not any(fold(path.rpartition("/")[2]) == toml for path in here):
        left = next((path for path in sorted(files) if not path.endswith(f"/{ANCHORS}")), None)
        if left is not None:
            return f"{left} se quedaría sin su página; deshaga antes el paso que lo agregó, o agregue la página"
    for kind in Kind:
        texts = [path for path in here if fold(path.rpartition("/")[2]).partition(".")[0] == kind.value]
        if len(texts) > 1:
            return (
                f"{folder} tendría dos textos de {kind} ({' y '.join(texts)}); deshaga antes el paso que agregó el otro"
            )
    return None


def _files(root: Path, folder: str) -> set[str]:
    """Every file at or below a folder that is part of the corpus."""
    found = (path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not any(map(is_skipped, path.parts))}
