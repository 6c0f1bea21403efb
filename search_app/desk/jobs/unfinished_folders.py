"""Folders that are still being filled: a file lock, not a clock, says that somebody works in them.

A folder is locked (flock) as long as it is being made; a crash, or the death of a server, releases it.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

BEING_MADE = ".nuevo-"
"""How the name of such a folder begins."""


@contextlib.contextmanager
def being_made(root: Path) -> Iterator[Path]:
    """A new folder, locked as long as it is being filled, however slowly: what a crash left is held by nobody."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=BEING_MADE, dir=root))
        with contextlib.suppress(FileNotFoundError):  # swept before it could be locked
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.exists():
                break
            os.close(handle)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        os.close(handle)


def sweep_unless_held(folder: Path) -> None:
    """Take away a folder that nobody fills any more; whatever was not made by ``being_made`` stays."""
    if not folder.name.startswith(BEING_MADE):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)
