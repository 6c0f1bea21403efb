"""A writer of the corpus that keeps no history: each file is written at once."""

from __future__ import annotations

import shutil
from pathlib import Path

from indexer.corpus.page_folders import disk_faults
from indexer.durable import bytes_of, sync_folder, write_atomic


class Direct:
    """Writes at once; each file is old or new, never a part."""

    def read(self, path: Path) -> bytes | None:
        """See ``Writer``."""
        return bytes_of(path)

    def write(self, path: Path, data: bytes) -> None:
        """See ``Writer``."""
        with disk_faults(path):
            if not path.parent.is_dir():
                path.parent.mkdir()
                sync_folder(path.parent.parent)
            write_atomic(path, data)

    def carry(self, path: Path, target: Path, data: bytes | None = None) -> None:
        """See ``Writer``."""
        self.write(target, bytes_of(path) or b"" if data is None else data)

    def remove(self, path: Path) -> None:
        """See ``Writer``."""
        with disk_faults(path):
            path.unlink(missing_ok=True)
            sync_folder(path.parent)

    def remove_folder(self, folder: Path) -> None:
        """See ``Writer``."""
        with disk_faults(folder):
            shutil.rmtree(folder)
            sync_folder(folder.parent)


DIRECT = Direct()
