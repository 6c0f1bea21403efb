"""The files of a watched folder: lists them, tells whether one is still being written, and moves them away."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.durable import sync_folder, write_atomic
from indexer.errors import CorpusError
from indexer.language.spanish import fold
from indexer.model import Kind, PageId

REPORT = ".informe.html"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".download", ".partial", ".swp")
_DEPTH = 3
_LONGEST = 150


_NAMED = re.compile(r"([a-z0-9-]+?)--([a-z0-9-]+?)(?:--(anuncio|descripcion|transcripcion))?")
_HOW = (
    "póngalo en la carpeta evento/mesa/, o nómbrelo evento--mesa.vtt, con los nombres de sus direcciones "
    "(foro-ieem-2025--mesa-1-buenas-practicas.vtt); la descripción, evento--mesa--descripcion.docx; el anuncio, "
    "evento/anuncio.docx"
)


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file in the state in which it was last seen."""

    path: Path
    size: int
    changed_ns: int

    @classmethod
    def at(cls, path: Path) -> DroppedFile | None:
        """The file there; None where there is none, or it is a link or no file."""
        try:
            if path.is_symlink() or not path.is_file():
                return None
            found = path.stat()
        except OSError:  # it went between two looks
            return None
        return cls(path, found.st_size, found.st_mtime_ns)

    def is_at(self, path: Path) -> bool:
        """Whether the file at ``path`` is unchanged since it was seen."""
        now = DroppedFile.at(path)
        return now is not None and (now.size, now.changed_ns) == (self.size, self.changed_ns)


def dropped_files(folder: Path) -> Iterator[DroppedFile]:
    """Yield every file to process, without hidden files, files of programs, and unfinished downloads."""
    for here, folders, names in os.walk(folder):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = [name for name in folders if depth < _DEPTH and not name.startswith(("_", "."))]
        for name in names:
            if name.startswith((".", "_", "~")) or name.endswith((*_UNFINISHED, REPORT)):
                continue
            if (found := DroppedFile.at(Path(here) / name)) is not None:
                yield found


def destination(path: Path, watched: Path) -> tuple[PageId, Kind]:
    """The page and the kind that a file's folder or name says.

    Raises:
        CorpusError: Neither says one.
    """
    parts = path.relative_to(watched).parts[:-1]
    named = _NAMED.fullmatch(path.stem)
    said = fold(path.stem).partition(".")[0]
    if len(parts) == 2:
        return PageId(*parts), Kind(said) if said in list(Kind) else Kind.TRANSCRIPT
    if len(parts) == 1 and said == Kind.ANNOUNCEMENT:
        return PageId(parts[0]), Kind.ANNOUNCEMENT
    if not parts and named:
        return PageId(named[1], named[2]), Kind(named[3] or Kind.TRANSCRIPT)
    raise CorpusError(f"no dice de qué mesa es: {_HOW}")


def being_written(path: Path) -> bool:
    """Whether a program has the file open for writing; False when the system cannot tell.

    Linux refuses a read lease on such a file. The lease is given back at once.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False


def move_with_report(path: Path, folder: Path, report: str) -> Path:
    """Move a file into a folder, with a report beside it; returns its new path.

    Raises:
        OSError: It cannot be moved; it is where it was, and no page says otherwise.
    """
    folder.mkdir(exist_ok=True)
    target = free_name(folder, path.name)
    beside = report_beside(target)
    write_atomic(beside, report.encode("utf-8", "replace"))
    try:
        shutil.move(path, target)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    with contextlib.suppress(OSError):
        sync_folder(folder)
        sync_folder(path.parent)
    return target


def report_beside(path: Path) -> Path:
    """The path of the report on a file."""
    return path.with_name(_short(path.name) + REPORT)


def free_name(folder: Path, name: str) -> Path:
    """A path in the folder that no file has yet."""
    path, number = folder / name, 1
    while path.exists() or path.is_symlink():
        number += 1
        path = folder / f"{_short(Path(name).stem)}-{number}{Path(name).suffix[:20]}"
    return path


def _short(name: str) -> str:
    """A name to which more can be added: file systems take 255 bytes."""
    return name.encode("utf-8", "surrogateescape")[:_LONGEST].decode("utf-8", "ignore")
