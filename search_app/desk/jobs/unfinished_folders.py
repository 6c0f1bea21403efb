"""Folders that are still being filled, with the many files of one form: a file lock says that somebody works in them.

A folder is locked (flock) as long as it is being made; a crash, or the death of a server, releases it. The files of one
form lie there under the names that they had, as far as these can be names here.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from indexer.durable import sync_folder

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


_CHUNK = 1 << 16
_LONGEST = 240
_DEEPEST = 6


def write_many(folder: Path, files: Sequence[tuple[str, IO[bytes]]]) -> dict[str, str]:
    """Write files below a folder, flushed; returns the SHA-256 of each by its path from the folder above."""
    sums: dict[str, str] = {}
    folders = {folder.parent, folder}
    for number, (name, content) in enumerate(files, start=1):
        path = folder / safe_name(name)
        if path.exists() or any(above.is_file() for above in path.parents):
            path = folder / str(number) / path.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders |= {above for above in path.parents if above.is_relative_to(folder)}
        digest = hashlib.sha256()
        with path.open("xb") as file:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        sums[path.relative_to(folder.parent).as_posix()] = digest.hexdigest()
    for each in folders:
        sync_folder(each)
    return sums


def safe_name(name: str) -> PurePosixPath:
    """A name as a browser sent it, maybe with its folders, as a path that leads down only."""
    parts = (_plain(part) for part in name.replace("\\", "/").split("/"))
    kept = [part for part in parts if part.strip(". ")][-_DEEPEST:]
    return PurePosixPath(*(kept or ["sin-nombre"]))


def _plain(part: str) -> str:
    """One part without what nobody sees; cut in its middle, so that its ending stays."""
    shown = "".join(letter if letter.isprintable() else "_" for letter in part)
    data = shown.encode("utf-8", "replace")
    if len(data) <= _LONGEST:
        return data.decode()
    return (data[: _LONGEST - 60] + data[-60:]).decode("utf-8", "ignore")
