"""Flushes what people put into the corpus by hand: what is said to be published is still there after a power cut."""

import errno
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from indexer.durable import sync_folder
from indexer.errors import CorpusError, reason

AT_ONCE = 16
"""Files that are flushed side by side: a disk takes many for the time of one."""
_LOST = (errno.EIO, errno.ENOSPC, errno.EDQUOT)
"""How the system says that bytes did not reach the disk; any other refusal is of a file that nobody could read."""


def flush_corpus(root: Path, pages: Iterable[str]) -> None:
    """Flush the files of the root and of some pages, and every folder on the way to them.

    Args:
        pages: ``evento`` or ``evento/mesa``; those whose folder is gone as well: their names are to stay away.

    Raises:
        CorpusError: The disk lost something.
    """
    folders = {root} | {root / page for page in pages}
    folders |= {folder.parent for folder in folders - {root}}
    with ThreadPoolExecutor(AT_ONCE) as disk:
        list(disk.map(_flush, [path for folder in folders for path in (*_files(folder), folder)]))


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []


def _flush(path: Path) -> None:
    try:
        sync_folder(path)
    except OSError as error:
        if error.errno in _LOST:
            raise CorpusError(
                f"El disco no guardó {path} ({reason(error)}), y nada se publicó: guarde el archivo de nuevo en un "
                "disco sano y con espacio, y repita la orden"
            ) from error
