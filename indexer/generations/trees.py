"""Whole folders: flushed to the disk, or linked into the next generation."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from indexer.durable import sync_file, sync_folder
from indexer.generations.manifest import IN_USE, MANIFEST


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below ``folder`` to the disk."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
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
