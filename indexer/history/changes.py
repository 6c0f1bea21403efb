"""A step in the making: it gathers its changes before anything is written."""

import contextlib
import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

from indexer.corpus.page_folders import disk_faults
from indexer.durable import bytes_of, sha256, sync_folder, write_atomic
from indexer.errors import CorpusError
from indexer.history.journal import HISTORY, FileChange
from indexer.model import KEPT_DAYS


class Conflict(CorpusError):
    """A file changed after the person opened it; ``base`` is the SHA-256 of what it holds, empty without a file."""

    def __init__(self, message: str, base: str) -> None:
        super().__init__(message)
        self.base = base
        self.details: dict[str, object] = {"conflicto": True, "base": base}


class Step:
    """Gathers the changes of one step. Made by ``indexer.history.step``.

    Attributes:
        number: Of the step once it is done; None when nothing changed.
        summary: A line for the history; may be set before the end.
        undoes: The step that this one takes back.
    """

    def __init__(self, root: Path, page: str | None, summary: str) -> None:
        self.root = root
        self.page = page
        self.summary = summary
        self.number: int | None = None
        self.undoes: int | None = None
        self.purged: tuple[str, ...] = ()
        self.kept: tuple[str, ...] = ()
        self.kept_until: str | None = None
        self.cleared: tuple[str, ...] = ()
        self.staged: dict[str, bytes | None] = {}
        self.folders: list[Path] = []
        self.moved: dict[str, str] = {}
        self._before: dict[str, bytes | None] = {}

    def read(self, path: Path) -> bytes | None:
        """The content of a file after the changes of this step so far; None when there is no file."""
        name = self._name(path)
        if name in self.staged:
            return self.staged[name]
        return self.before(name)

    def write(self, path: Path, data: bytes | None) -> None:
        """Write a file at the end of the step; its folders are made. None removes it."""
        self._stage(path, data)

    def carry(self, path: Path, target: Path, data: bytes | None = None) -> None:
        """Write a file under another path, as it is or with other bytes: what the history has of it is the same file.

        The old one goes when it is removed.
        """
        self.write(target, self.read(path) if data is None else data)
        self.moved[self._name(path)] = self._name(target)

    def remove(self, path: Path) -> None:
        """Remove a file at the end of the step. A missing file is no error."""
        self._stage(path, None)

    def remove_folder(self, folder: Path) -> None:
        """Remove a folder with every file in it. The targets of links stay."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.remove(path)
        self.folders.append(folder)

    def require(self, path: Path, base: str) -> None:
        """Continue only if a file still is as the person saw it.

        Args:
            base: Its SHA-256 then; empty where there was no file.

        Raises:
            Conflict: It changed.
        """
        data = self.before(self._name(path))
        now = "" if data is None else sha256(data)
        if now != base:
            fault = f"{self._name(path)} cambió desde que se abrió: vea cómo quedó y vuelva a hacer su cambio"
            raise Conflict(fault, now)

    def forget(self, purged: set[str], kept: set[str]) -> None:
        """Purge these objects from the history at the end of the step (see ``StepRecord``)."""
        self.purged, self.kept = tuple(sorted(purged)), tuple(sorted(kept))
        self.kept_until = (dt.date.today() + dt.timedelta(KEPT_DAYS)).isoformat() if kept else None

    def clear(self, paths: Iterable[Path]) -> None:
        """Remove files and folders beside the corpus at the end of the step, for good."""
        self.cleared = tuple(sorted({*self.cleared, *(path.relative_to(self.root).as_posix() for path in paths)}))

    def before(self, name: str) -> bytes | None:
        """The content of a file when the step began."""
        if name not in self._before:
            with disk_faults(self.root / name):
                self._before[name] = bytes_of(self.root / name)
        return self._before[name]

    def changes(self) -> list[FileChange]:
        """The effective changes: written files first, then removed ones."""
        ordered = sorted(self.staged.items(), key=lambda item: item[1] is None)
        changed = [(name, self._before[name], after) for name, after in ordered if after != self._before[name]]
        return [
            FileChange(name, *(None if data is None else sha256(data) for data in sides)) for name, *sides in changed
        ]

    def _stage(self, path: Path, data: bytes | None) -> None:
        name = self._name(path)
        self.before(name)
        self.staged.pop(name, None)  # in the order of the last word about each
        self.staged[name] = data

    def _name(self, path: Path) -> str:
        name = path.relative_to(self.root).as_posix()
        if name.startswith(HISTORY):
            raise ValueError(f"the history does not keep itself: {name}")
        return name


def put(root: Path, name: str, data: bytes | None) -> None:
    """Write a file durably, or remove it with the folders that become empty."""
    path = root / name
    if data is not None:
        make_folders(root, path.parent)
        write_atomic(path, data)
        return
    if path.parent.is_dir():
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
        prune(root, path.parent)


def make_folders(root: Path, folder: Path) -> None:
    """Make a folder and those above it, each safely on the disk."""
    missing = []
    while not folder.is_dir() and folder != root:
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir()
        sync_folder(one.parent)


def prune(root: Path, folder: Path) -> None:
    """Remove a folder and those above it, as far as they are empty."""
    with contextlib.suppress(OSError):
        while folder != root and folder.is_relative_to(root):
            if folder.is_dir():
                folder.rmdir()
            folder = folder.parent
            sync_folder(folder)


def drop_folder(root: Path, folder: Path) -> None:
    """Take away a folder whose files are gone, whatever else (links, empty folders) is left in it."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
        sync_folder(folder.parent)
