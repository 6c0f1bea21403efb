"""Writing that survives a power cut: temporary file, fsync, rename, fsync of the folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_PART_BYTES = 1 << 16


def sync_folder(folder: Path) -> None:
    """Flush a folder's own entries (names, renames) to the disk; of a file, its bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomic(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put ``data`` at ``path`` so that a reader, or a crash, sees the old bytes or the new ones, never a part.

    Raises:
        OSError: The folder cannot be written, or the disk is full; the old file is then untouched.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def bytes_of(path: Path) -> bytes | None:
    """The bytes of a file; None when there is no file."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


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
