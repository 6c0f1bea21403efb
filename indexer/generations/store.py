"""Generations of the index: published whole, verified, held while they serve. Neutral to the engine.

On the disk, below the index folder (mode 0700)::

    bloqueo                 flock of the one update at a time
    actual -> g000012-…     the generation that serves
    g000012-…/              files of the engine, manifest.json, uso (shared flock of its readers)

The order of a publish is the one of section 6 of the design: files and folders are synced, the generation is reopened
and checked, the manifest is written and synced, the link is switched by rename, the parent is synced.
"""

import contextlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.durable import sync_folder, write_atomic
from indexer.errors import ConstaError, IndexDamaged, IndexMissing, UpdateInProgress, cure, reason
from indexer.file_lock import locked
from indexer.generations.disk import disk_errors, link_tree, sync_tree
from indexer.generations.manifest import IN_USE, MANIFEST, render, unreadable, verify
from indexer.program import STAFF

LINK = "actual"
LOCK = "bloqueo"
PURGE = "purgar"
"""A note to the next update: a reader still held an older generation that a withdrawal wanted gone."""

_NAME = re.compile(r"g(\d{6,})-[0-9a-f]{8}")
_RELEASE_WAIT_S = 10.0


class Lease(contextlib.AbstractContextManager["Lease"]):
    """A verified generation under a shared lock: it is not deleted until ``close``."""

    def __init__(self, folder: Path, handle: int) -> None:
        self.folder = folder
        self._handle: int | None = handle

    def close(self) -> None:
        """Let go of it. Safe to call twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __exit__(self, *_: object) -> None:
        self.close()


class Generations:
    """The generations below one index folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The folder that ``actual`` names, or None where nothing was published."""
        try:
            name = os.readlink(self.root / LINK)
        except OSError:
            return None
        folder = self.root / name
        return folder if _NAME.fullmatch(name) and folder.is_dir() else None

    def lease(self, by_block: tuple[str, ...] = ()) -> Lease:
        """Verify the current generation and keep it from being deleted.

        Args:
            by_block: As for ``verify``.

        Raises:
            IndexMissing: Nothing was published here.
            IndexDamaged: A file is missing or its bytes are not those of the manifest.
            ConstaError: It cannot be read, or the file system gives no locks.
        """
        for _ in range(10):
            folder = self.current()
            if folder is None:
                break
            handle = _share(folder)
            if handle is None:  # deleted between the look at the link and the lock: look again
                continue
            try:
                verify(folder, by_block)
            except BaseException:
                os.close(handle)
                raise
            return Lease(folder, handle)
        try:
            os.scandir(self.root).close()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise unreadable(self.root, error) from error
        raise IndexMissing(
            f"No hay un índice publicado en {self.root}. Constrúyalo con: {STAFF} actualizar --indice {self.root}"
        )

    @contextlib.contextmanager
    def updating(self, wait_s: float = 0.0) -> "Iterator[Update]":
        """Take the lock of the one update at a time and sweep what a crash left half-written.

        Args:
            wait_s: For an update that is running, in seconds.

        Raises:
            UpdateInProgress: Another process holds it.
            ConstaError: The index folder cannot be written, or the file system gives no locks.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.root.chmod(0o700)
            handle = locked(self.root / LOCK, wait_s=wait_s)
        except OSError as error:
            raise ConstaError(
                f"No se puede escribir en la carpeta del índice {self.root} ({reason(error)}): {cure(error)}; "
                "o elija otra con --indice."
            ) from error
        if handle is None:
            raise UpdateInProgress(
                f"Ya hay otra actualización en marcha sobre {self.root}. Espere a que termine y vuelva a intentarlo."
            )
        try:
            update = Update(self)
            update.sweep()
            yield update
        finally:
            os.close(handle)

    def folders(self) -> list[Path]:
        """Every generation's folder, complete or not, oldest first."""
        try:
            names = [entry.name for entry in os.scandir(self.root) if _NAME.fullmatch(entry.name)]
        except FileNotFoundError:
            return []
        return [self.root / name for name in sorted(names, key=lambda n: (len(n), n))]


class Update:
    """One update, under the lock. Made by ``Generations.updating``."""

    def __init__(self, generations: Generations) -> None:
        self._all = generations
        self._root = generations.root
        self.damage: IndexDamaged | None = None
        self._previous: Path | None = None
        self._looked = False

    @property
    def previous(self) -> Path | None:
        """The newest generation that is whole: what an interrupted update kept, else the current one, else an old one.

        Where the current one is looked at and damaged, ``damage`` says how.
        """
        if not self._looked:
            self._looked = True
            current = self._all.current()
            for folder in reversed(self._all.folders()):
                try:
                    verify(folder)
                except IndexDamaged as error:
                    if folder == current:
                        self.damage = error
                    continue
                self._previous = folder
                break
        return self._previous

    @property
    def serves(self) -> bool:
        """True when the current generation is whole."""
        return self.previous is not None and self.damage is None and self.previous == self._all.current()

    def begin(self, *, fresh: bool) -> Path:
        """Make the folder of the next generation.

        Args:
            fresh: False to start from hard links to every file of ``previous`` (copies where links fail).

        Raises:
            ConstaError: The disk is full or cannot be written.
        """
        numbers = [int(match[1]) for folder in self._all.folders() if (match := _NAME.fullmatch(folder.name))]
        folder = self._root / f"g{max(numbers, default=0) + 1:06d}-{os.urandom(4).hex()}"
        with disk_errors(self._root):
            folder.mkdir(mode=0o700)
            if not fresh and self.previous is not None:
                link_tree(self.previous, folder)
        return folder

    def publish(self, folder: Path, check: Callable[[Path], object], *, keep_old: bool = True) -> bool:
        """Make ``folder`` the generation that serves. When this returns, it survives a power cut.

        Args:
            folder: As made by ``begin`` and filled.
            check: Reopens it and raises when it cannot be searched.
            keep_old: False after a withdrawal: no older generation stays.

        Returns:
            False when an older generation had to stay because a reader did not let go of it in time.

        Raises:
            ConstaError: The disk is full or cannot be written; what served goes on serving.
        """
        self.keep(folder, check)
        served = self._all.current()
        with disk_errors(self._root):
            link = self._root / f".{LINK}.{os.urandom(4).hex()}"
            link.symlink_to(folder.name)
            link.replace(self._root / LINK)
            sync_folder(self._root)
        if keep_old and not (self._root / PURGE).exists():
            self._remove_old(folder, served)
            return True
        return self.drop_older()

    def keep(self, folder: Path, check: Callable[[Path], object]) -> None:
        """Make ``folder`` whole and the next ``previous``, of later updates too; it does not serve (as ``publish``)."""
        with disk_errors(self._root):
            (folder / IN_USE).touch(mode=0o600)
            sync_tree(folder)
            check(folder)
            write_atomic(folder / MANIFEST, render(folder, self._previous), mode=0o600)
            sync_folder(self._root)
        self._previous = folder

    def abandon(self, folder: Path) -> None:
        """Remove a generation that was begun and will not be published."""
        shutil.rmtree(folder, ignore_errors=True)

    def drop_older(self) -> bool:
        """Remove every generation but the current one; False when a reader still holds one.

        What is left is removed by the first later update that finds it let go.
        """
        (self._root / PURGE).touch(mode=0o600)
        current = self._all.current()
        done = current is None or self._remove_old(current, wait_s=_RELEASE_WAIT_S)
        if done:
            (self._root / PURGE).unlink(missing_ok=True)
        return done

    def sweep(self) -> None:
        """Remove what a crash left: folders without a manifest, links that were never switched, a purge that waits."""
        current = self._all.current()
        if (self._root / PURGE).exists() and current is not None and self._remove_old(current):
            (self._root / PURGE).unlink(missing_ok=True)
        for folder in self._all.folders():
            if folder != current and not (folder / MANIFEST).is_file():
                _remove_unheld(folder)
        for entry in self._root.glob(f".{LINK}.*"):
            entry.unlink(missing_ok=True)

    def _remove_old(self, current: Path, served: Path | None = None, wait_s: float = 0.0) -> bool:
        doomed = [folder for folder in self._all.folders() if folder not in (current, served)]
        deadline = time.monotonic() + wait_s
        while True:
            doomed = [folder for folder in doomed if not _remove_unheld(folder)]
            if not doomed or time.monotonic() >= deadline:
                return not doomed
            time.sleep(0.1)


def _share(folder: Path) -> int | None:
    """A shared lock on a generation, or None when it is being deleted."""
    handle = None
    try:
        handle = locked(folder / IN_USE, shared=True)
        if handle is not None and os.path.samestat((folder / IN_USE).stat(), os.fstat(handle)):
            return handle
    except FileNotFoundError:
        pass
    except OSError as error:
        raise unreadable(folder, error) from error
    if handle is not None:
        os.close(handle)
    return None


def _remove_unheld(folder: Path) -> bool:
    """Delete a generation that nobody holds. The manifest goes first, so that half of it is never taken for whole."""
    try:
        handle = locked(folder / IN_USE)
    except FileNotFoundError:
        return True
    if handle is None:
        return False
    try:
        (folder / MANIFEST).unlink(missing_ok=True)
        (folder / IN_USE).unlink(missing_ok=True)
        shutil.rmtree(folder)
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
