"""Folders of the corpus that are nobody's to publish: private, out of the edition, out of git."""

from __future__ import annotations

from pathlib import Path

from indexer.durable import sync_folder, write_atomic

HISTORY = "_historial"
WITHDRAWN = "_retirados"
"""What staff chose to keep of what they withdrew."""


def private_folder(root: Path, name: str) -> Path:
    """Make a folder that only this user can open and that git passes over.

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
