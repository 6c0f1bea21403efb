"""Lays a backup down where the corpus is to be, once every sum of it was verified. The index is built anew from it."""

import contextlib
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus.page_folders import refuse
from indexer.corpus.withdrawals_file import known_withdrawals
from indexer.durable import sync_folder
from indexer.errors import ConstaError, CorpusError, cure, reason
from indexer.generations.disk import sync_tree
from indexer.history import corpus_lock
from indexer.model.session import Withdrawal
from indexer.operations.accounts import FOLDER as ACCOUNTS
from indexer.operations.accounts import SECRET, renew_secret
from indexer.operations.backup import Backup, described
from indexer.operations.backup_archive import unpack


def check(source: Path) -> Backup:
    """Check every sum of a backup. Raises ``ConstaError``: it is damaged."""
    return described(source, unpack(source, None))


@dataclass(frozen=True, slots=True)
class Restored:
    """What was laid down.

    Attributes:
        aside: Where the corpus that was there is now; None where there was none.
        withdrawn: What that corpus knew as withdrawn and the backup does not: it is there again.
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
