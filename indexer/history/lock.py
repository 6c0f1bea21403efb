"""The lock of the corpus: one command writes at a time, the next one waits."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.config import setting
from indexer.durable import private_folder
from indexer.errors import CorpusError, reason
from indexer.history.journal import HISTORY

LOCK = "bloqueo"
WAIT_S = 30.0
_LOOK_AGAIN_S = 0.02


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
    """
    try:
        folder = private_folder(root, HISTORY)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        fault = f"No se puede escribir en {root / HISTORY} ({reason(error)}): dé permiso de escritura sobre el acervo"
        raise CorpusError(fault) from error
    try:
        _take(handle, waiting_s() if wait_s is None else wait_s)
        yield
    finally:
        os.close(handle)


def _take(handle: int, wait_s: float) -> None:
    deadline = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise CorpusBusy(
                    f"Otra persona está cambiando el acervo y no terminó en {wait_s:.0f} segundos. "
                    "No se escribió nada: vuelva a intentarlo"
                ) from error
        time.sleep(_LOOK_AGAIN_S)
