"""Who puts bytes into the corpus: directly, one file after the other, or as a step of the history."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from indexer.durable import sync_folder, write_atomic


class Writer(Protocol):
    """What the desk writes through. A step of ``indexer.history`` is one: it gathers, and does all or nothing."""

    def read(self, path: Path) -> bytes | None:
        """What a file holds, with what was asked so far; None where there is none."""

    def write(self, path: Path, data: bytes) -> None:
        """Give a file its bytes; its folder is made."""

    def remove(self, path: Path) -> None:
        """Take a file away."""

    def remove_folder(self, folder: Path) -> None:
        """Take a folder away with all that is in it."""


class Direct:
    """Writes at once; each file is old or new, never a part."""

    def read(self, path: Path) -> bytes | None:
        """See ``Writer``."""
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, path: Path, data: bytes) -> None:
        """See ``Writer``."""
        if not path.parent.is_dir():
            path.parent.mkdir()
            sync_folder(path.parent.parent)
        write_atomic(path, data)

    def remove(self, path: Path) -> None:
        """See ``Writer``."""
        path.unlink(missing_ok=True)
        sync_folder(path.parent)

    def remove_folder(self, folder: Path) -> None:
        """See ``Writer``."""
        shutil.rmtree(folder)
        sync_folder(folder.parent)


DIRECT = Direct()
