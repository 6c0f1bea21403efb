"""Writes many files that came with one form: under the names that they had, as far as these can be names here."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from indexer.durable import sync_folder

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
