"""Backs the corpus up while others work, and lays a backup down, once every sum of it was verified, where it is to be.

The index is no part of a backup: it is built anew.
"""

import contextlib
import datetime as dt
import errno
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.config import Settings
from indexer.corpus.folders import ANCHORS, CorpusTree, edition
from indexer.corpus.slugs import is_skipped
from indexer.corpus.withdrawals_file import known_withdrawals
from indexer.durable import being_written, is_temporary, sweep, sync_folder
from indexer.errors import ConstaError, CorpusError, cure, reason, refuse
from indexer.generations import Generations
from indexer.generations.disk import sync_tree
from indexer.history import corpus_lock
from indexer.history.lock import LOCK, waiting_s
from indexer.model import Withdrawal
from indexer.operations.accounts import FOLDER as ACCOUNTS
from indexer.operations.accounts import SECRET, renew_secret
from indexer.operations.backup_archive import Archive, unpack, writing
from indexer.pipeline.update import TURN_WAIT_S

_ROUNDS = 10
_LEFT_OUT = re.compile(r"\.git|\.nuevo-.*")
"""What is git's, and folders that are being made."""
_OF_THE_MOMENT = frozenset({LOCK, "intentos", "sesiones"})
"""In private folders: locks, who is signed in from where, and tries at passwords, of which there may be very many."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup, the edition of the corpus that it holds, and the number of its files."""

    path: Path
    edition: str
    files: int


def back_up(settings: Settings, target: Path) -> Backup:
    """Back up everything of the corpus: texts, history, accounts, jobs, reports.

    Most of it is copied while others work; then both locks are held for as long as it takes to copy what changed
    meanwhile, so that it is the state of one moment.

    Args:
        target: The file to write, or the folder to write it into, under a name that says when it was made.

    Raises:
        ConstaError: It cannot be written, or not everything can be read. Nothing of it is left.
    """
    root, now = settings.corpus, dt.datetime.now(dt.UTC)
    if not root.is_dir():
        raise refuse(f"El acervo {root} no existe", "indique su carpeta con --corpus")
    if target.is_dir():
        target = target / f"consta-{now:%Y-%m-%dT%H%M%SZ}.tar.gz"
    if target.exists():
        raise refuse(f"Ya existe {target}", "elija otro nombre, o una carpeta: cada respaldo recibe ahí el suyo")
    if not target.name.endswith(".tar.gz"):
        raise refuse(f"La carpeta {target} no existe", "créela antes, o dé un nombre de archivo que termine en .tar.gz")
    if target.resolve().is_relative_to(root.resolve()):
        raise refuse(f"{target} está dentro del acervo", "guarde los respaldos en otra carpeta, mejor en otro disco")
    try:
        sweep(path for path in target.parent.iterdir() if is_temporary(path.name))  # of one that was killed
        with being_written(target, 0o600) as file, writing(file, now.isoformat(timespec="seconds")) as archive:
            archive.take(_files(root))
            with _nobody_writes(settings):
                _take_the_rest(archive, root)
    except OSError as error:
        where = error.filename or target
        raise ConstaError(f"No se pudo hacer el respaldo: {where}: {reason(error)}: {cure(error)}.") from error
    return described(target, archive.sums)


def described(path: Path, sums: Mapping[str, str]) -> Backup:
    """A backup that holds these files."""
    counted = (one for one in sums.items() if not _passed_over(one[0]))
    return Backup(path, edition(counted), len(sums))


@contextlib.contextmanager
def _nobody_writes(settings: Settings) -> Iterator[None]:
    """No step is taken, and no update writes the numbers of fragments; on a disk that is read-only nobody can."""
    locks: list[contextlib.AbstractContextManager[object]] = [corpus_lock(settings.corpus)]
    if settings.index.is_dir():
        locks.insert(0, Generations(settings.index).updating(waiting_s(TURN_WAIT_S)))
    with contextlib.ExitStack() as held:
        for lock in locks:
            try:
                held.enter_context(lock)
            except ConstaError as error:
                if not (isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.EROFS):
                    raise
        yield


def _take_the_rest(archive: Archive, root: Path) -> None:
    """Copy what changed, until nothing does: jobs and reports take no lock, and somebody may save a file by hand."""
    for _ in range(_ROUNDS):
        copied = archive.take(_files(root))
        if not copied:
            return
    raise refuse(f"{copied[0]} cambia sin parar", "espere a que termine de escribirse y repita la orden")


def _files(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file of the corpus, by its path in it, but locks, what is half written, git's own and links out of it."""
    tree, left = CorpusTree(root), [""]
    while left:  # no recursion: folders may lie in one another thousands deep
        folder = left.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:  # a job that was done meanwhile
            continue
        for entry in found:
            name = f"{folder}/{entry.name}" if folder else entry.name
            half = is_temporary(entry.name) or _LEFT_OUT.fullmatch(entry.name)
            if half or (entry.name in _OF_THE_MOMENT and folder.startswith("_")):
                continue
            if entry.is_dir(follow_symlinks=False):
                left.append(name)
            elif entry.is_file() and not (entry.is_symlink() and tree.leads_out(Path(entry.path))):
                yield name, entry


def _passed_over(name: str) -> bool:
    """Whether the edition does not count a file."""
    return any(map(is_skipped, name.split("/"))) or name.rpartition("/")[2] == ANCHORS


def check(source: Path) -> Backup:
    """Check every sum of a backup. Raises ``ConstaError``: it is damaged."""
    return described(source, unpack(source, None))


@dataclass(frozen=True, slots=True)
class Restored:
    """What was laid down.

    ``withdrawn`` is what the corpus put ``aside`` knew as withdrawn and the backup does not: it is there again.
    """

    backup: Backup
    aside: Path | None
    withdrawn: tuple[Withdrawal, ...]


def restore(root: Path, source: Path, *, replace: bool = False) -> Restored:
    """Lay a backup down where the corpus is to be.

    Every sum is verified before the corpus appears, all at once.

    Args:
        root: Of the corpus; must not be there, or be empty.
        replace: Put aside the corpus that is there.

    Raises:
        ConstaError: There is a corpus already, or the backup is damaged, or the disk refuses; nothing changed.
    """
    full = root.is_dir() and any(root.iterdir())
    if full and not replace:
        cure_ = "restaure en otra carpeta con --corpus, o agregue --reemplazar: el de ahora se aparta, no se borra"
        raise refuse(f"Ya hay un acervo en {root}", cure_)
    withdrawn = _withdrawn(root)
    aside = root.with_name(f"{root.name}.antes-{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%SZ}") if full else None
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        folder = root.with_name(f".{root.name}.restaurando")
        shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
        folder.mkdir()
        try:
            sums = unpack(source, folder)
            if (folder / ACCOUNTS / SECRET).is_file():  # who signed out since the backup stays out
                renew_secret(folder)
            sync_tree(folder)
            with corpus_lock(root) if aside else contextlib.nullcontext():
                if aside:
                    root.rename(aside)
                folder.rename(root)
            sync_folder(root.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise ConstaError(f"No se pudo restaurar en {root} ({reason(error)}): {cure(error)}.") from error
    known = {(one.path, one.sha256) for one in _withdrawn(root)}
    again = tuple(one for one in withdrawn if (one.path, one.sha256) not in known and not one.admits)
    return Restored(described(source, sums), aside, again)


def _withdrawn(root: Path) -> tuple[Withdrawal, ...]:
    """What a corpus knows as withdrawn; nothing where its list is damaged, which may be why it is replaced."""
    try:
        return known_withdrawals(root)
    except CorpusError:
        return ()
