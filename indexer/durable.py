"""Writing that survives a power cut: temporary file, fsync, rename, fsync of the folder.

A temporary file is locked (flock) as long as it is being written; what nobody holds is what a crash left.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

_PART_BYTES = 1 << 16
_UMASK = os.umask(0o022)
os.umask(_UMASK)  # it can only be read by setting it, which no thread may notice later
_TEMPORARY = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp", re.DOTALL)


def sync_folder(folder: Path) -> None:
    """Flush a folder's own entries (names, renames) to the disk; of a file, its bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomic(path: Path, data: bytes, mode: int | None = None) -> None:
    """Put ``data`` at ``path`` so that a reader, or a crash, sees the old bytes or the new ones, never a part.

    Args:
        path: Of the file.
        data: Its bytes.
        mode: Its permissions; None for those of the file that is there, or else those that this user's files get.

    Raises:
        OSError: The folder cannot be written, or the disk is full; the old file is then untouched.
    """
    with being_written(path, mode) as file:
        file.write(data)


@contextlib.contextmanager
def being_written(path: Path, mode: int | None) -> Iterator[IO[bytes]]:
    """A file that takes the place of ``path`` when the block ends; nothing of it is left when it fails."""
    handle, temporary = _temporary(path)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), _mode(path) if mode is None else mode)
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _mode(path: Path) -> int:
    """The permissions of a file that is there, or of a new one."""
    try:
        return path.stat().st_mode & 0o7777
    except OSError:
        return 0o666 & ~_UMASK


def _temporary(path: Path) -> tuple[int, Path]:
    """A new file beside another, locked as long as it is open."""
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with contextlib.suppress(OSError):  # where the file system knows no locks, nothing is swept either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # swept before it could be locked


def is_temporary(name: str) -> bool:
    """Whether a file is called as ``write_atomic`` calls what it is still writing."""
    return name.endswith(".tmp") and _TEMPORARY.fullmatch(name) is not None


def sweep(paths: Iterable[Path]) -> None:
    """Remove temporary files that a crash left. One that a living process is writing stays."""
    for path in paths:
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(handle)


def temporary_below(root: Path) -> list[Path]:
    """The temporary files in a folder and all folders below it."""
    found, left = [], [os.fspath(root)]
    while left:  # no recursion: folders may lie in one another thousands deep
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                elif is_temporary(entry.name):
                    found.append(Path(entry.path))
    return found


def bytes_of(path: Path) -> bytes | None:
    """The bytes of a file; None when there is no file."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: str | Path) -> str:
    """The SHA-256 of a file's bytes, in hex; the file is never held whole."""
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # `hashlib.file_digest` makes room for 256 KB at each call
        while part := file.read(_PART_BYTES):
            digest.update(part)
    return digest.hexdigest()


def private_folder(root: Path, name: str) -> Path:
    """Make a folder that only this user can open and that git ignores.

    Args:
        root: Of the corpus, which must be there.
        name: Begins with ``_``.
    """
    folder = root / name
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_atomic(ignore, b"*\n", mode=0o600)
    return folder
