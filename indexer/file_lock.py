"""Locks between processes (flock). They go with the process that holds them, however it ends."""

import contextlib
import fcntl
import os
import time
from pathlib import Path

from indexer.errors import ConstaError, reason

_LOOK_AGAIN_S = 0.02


class LocksRefused(ConstaError):
    """The file system gives no locks."""


def locked(path: Path, *, shared: bool = False, wait_s: float = 0.0) -> int | None:
    """Lock a file or a folder; None when somebody else holds it until the end of the wait.

    Args:
        path: What is locked. A file that is to be held alone is made where it is missing.
        shared: Whether others may hold it as well.
        wait_s: Seconds.

    Returns:
        A handle: whoever closes it lets go.

    Raises:
        OSError: It cannot be opened.
        LocksRefused: The file system gives no locks, or the server of the locks does not answer.
    """
    reads = shared or path.is_dir()
    handle = os.open(path, (os.O_RDONLY if reads else os.O_RDWR | os.O_CREAT) | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + wait_s
    held = False
    try:
        while not (held := _taken(handle, path, shared)) and time.monotonic() < deadline:
            time.sleep(_LOOK_AGAIN_S)
    finally:
        if not held:
            os.close(handle)
    return handle if held else None


def _taken(handle: int, path: Path, shared: bool) -> bool:
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise LocksRefused(
            f"El sistema de archivos no da bloqueos en {path} ({reason(error)}), y sin ellos dos programas podrían "
            "escribir a la vez. Ponga esa carpeta en un disco local, o monte la compartida con bloqueos (NFS 4, "
            "o NFS 3 con lockd y sin la opción nolock)."
        ) from error
    return True


def is_open_for_writing(path: Path) -> bool:
    """Whether a program has a file open for writing; False where the system cannot tell.

    Linux refuses a read lease on such a file. The lease goes with the handle.
    """
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
    return False
