"""The lock of the corpus: one command writes at a time, the next one waits."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from indexer.config import setting
from indexer.durable import private_folder
from indexer.errors import CorpusError, cure, reason
from indexer.file_lock import locked
from indexer.history.journal import HISTORY

LOCK = "bloqueo"
WAIT_S = 30.0


class CorpusBusy(CorpusError):
    """Another command has been writing the corpus for too long."""


def waiting_s(usual: float = WAIT_S) -> float:
    """How long to wait for a turn, in seconds: the setting ``espera``, else ``usual``."""
    said: float | None = setting("espera")
    return usual if said is None else said


@contextlib.contextmanager
def corpus_lock(root: Path, wait_s: float | None = None) -> Iterator[None]:
    """Lock the corpus.

    Raises:
        CorpusBusy: It was not free in time; nothing was written.
        CorpusError: The lock cannot be made.
        LocksRefused: The file system gives none.
    """
    wait_s = waiting_s() if wait_s is None else wait_s
    try:
        handle = locked(private_folder(root, HISTORY) / LOCK, wait_s=wait_s)
    except OSError as error:
        raise CorpusError(f"No se puede escribir en {root / HISTORY} ({reason(error)}): {cure(error)}") from error
    if handle is None:
        raise CorpusBusy(
            f"Otra persona está cambiando el acervo y no terminó en {wait_s:.0f} segundos. "
            "No se escribió nada: vuelva a intentarlo"
        )
    try:
        yield
    finally:
        os.close(handle)
