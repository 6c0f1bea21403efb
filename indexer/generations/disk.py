"""What generations do on the disk: folders flushed or linked as a whole, and refusals of the disk in Spanish."""

import contextlib
import errno
import os
import shutil
from pathlib import Path
from types import TracebackType

from indexer.durable import sync_folder
from indexer.errors import ConstaError, cure, reason
from indexer.generations.manifest import IN_USE, MANIFEST


class disk_errors(contextlib.AbstractContextManager[None]):
    """A block in which an ``OSError`` becomes a ``ConstaError`` with the cure."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise ConstaError(
                f"No se pudo escribir el índice en {self._root} ({reason(error)}): {cure(error)}, y repita la orden. "
                "La última edición publicada sigue sirviendo y el acervo está a salvo."
            ) from error


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below ``folder`` to the disk."""
    for path in folder.rglob("*"):
        sync_folder(path)
    sync_folder(folder)


def link_tree(source: Path, target: Path) -> None:
    """Fill ``target`` with hard links to the files of ``source``; copies where links fail."""
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(mode=0o700)
        elif path.name not in (IN_USE, MANIFEST):
            try:
                os.link(path, place)
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    raise
                shutil.copy2(path, place)
