"""The files that are to be imported: those of a folder, and of zip archives, which are unpacked within limits.

No name of an archive ever becomes a path: what is unpacked stands under a number.
"""

import contextlib
import os
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from indexer.corpus.folders import printable
from indexer.errors import CorpusError, reason, refuse
from indexer.language.spanish import fold
from indexer.readers import SUFFIXES
from indexer.readers.decode import MAX_BYTES

MOST_FILES = 5_000
MOST_BYTES = 1_000_000_000
_MOST_NAMES = 4_000_000
"""Bytes of the list of names of an archive: of so many files it is a fraction of this."""
SKIPPED = (".", "_", "~")
_LEFTOVERS = ("thumbs.db", "desktop.ini")
UNFINISHED = (".part", ".tmp", ".crdownload", ".download", ".partial", ".swp", ".ytdl")
_CHUNK = 1 << 16
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to look at.

    Attributes:
        name: With its folders, parted by ``/``, as it is shown.
        path: Where its bytes are; nothing is there of a file of an archive that no reader opens.
        origin: The file that was given: itself, or the archive that it is in.
    """

    name: str
    path: Path
    origin: Path

    @property
    def suffix(self) -> str:
        """What its name says of the format, in lower case."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not looked at, and why."""

    name: str
    why: str
    origin: Path


Gathered = tuple[list[SourceFile], list[LeftOut]]


@contextmanager
def gathered(source: Path, only: Callable[[str], bool] = bool) -> Iterator[Gathered]:
    """The files of a folder or an archive, sorted by name, and what is left out; archives stay unpacked meanwhile.

    Args:
        only: Which of the folder's files are asked for, by name.

    Raises:
        CorpusError: It is neither, cannot be read, or holds too much.
    """
    with tempfile.TemporaryDirectory(prefix="consta-") as room:
        unpacking = _Unpacking(Path(room), only)
        try:
            if source.is_dir():
                unpacking.folder(source)
            elif source.suffix.lower() == ".zip" and source.is_file():
                unpacking.archive(source, "")
            else:
                _refuse(source)
        except OSError as error:
            raise refuse(
                f"No se puede leer {printable(str(source))} ({reason(error)})", "revise sus permisos"
            ) from error
        yield sorted(unpacking.files, key=lambda one: one.name), unpacking.left


def _refuse(source: Path) -> None:
    if not source.exists():
        raise refuse(f"No hay nada en {printable(str(source))}", "revise la ruta; si tiene espacios, use comillas")
    cure = "dé la carpeta en la que está; un archivo solo se agrega con la orden agregar"
    raise refuse(f"{printable(source.name)} no es una carpeta, un zip ni una tabla .csv con la columna «archivo»", cure)


def changed_at(folder: Path) -> dict[Path, float]:
    """When each file of a folder was last changed, renamed or moved there (its ctime), but those that are skipped."""
    found = {}
    for path in folder.rglob("*"):
        hidden = any(part.startswith(SKIPPED) for part in path.relative_to(folder).parts)
        if not hidden and not path.name.endswith(UNFINISHED) and path.is_file() and not path.is_symlink():
            with contextlib.suppress(FileNotFoundError):
                found[path] = path.stat().st_ctime
    return found


class _Unpacking:
    """What was found so far."""

    def __init__(self, room: Path, only: Callable[[str], bool]) -> None:
        self._room = room
        self._only = only
        self._bytes = 0
        self.files: list[SourceFile] = []
        self.left: list[LeftOut] = []

    def folder(self, root: Path) -> None:
        for here, folders, names in os.walk(root):
            for name in [one for one in folders if Path(here, one).is_symlink()]:
                folders.remove(name)
                names.append(name)
            folders[:] = sorted(name for name in folders if not name.startswith(SKIPPED))
            for name in sorted(names):
                path = Path(here, name)
                shown = printable(path.relative_to(root).as_posix())
                if not (self._only(shown) and self._is_wanted(shown, path)):
                    continue
                if path.is_symlink() or not path.is_file():
                    self._leave(shown, "es un enlace, o no es un archivo: ponga ahí el archivo mismo", path)
                elif path.suffix.lower() == ".zip":
                    self._among_others(path, shown)
                else:
                    self._add(SourceFile(shown, path, path))

    def _among_others(self, path: Path, shown: str) -> None:
        """An archive in a folder: one that cannot be taken keeps none of the other files from being imported."""
        try:
            self.archive(path, f"{shown}/")
        except CorpusError as error:
            self.files = [file for file in self.files if file.origin != path]
            self.left = [one for one in self.left if one.origin != path]
            self._leave(shown, str(error), path)

    def archive(self, origin: Path, prefix: str) -> None:
        try:
            _check_names(origin)
            with _opened(origin) as archive:
                for entry in archive.infolist():
                    self._entry(archive, entry, prefix, origin)
        except _DAMAGED as error:
            cure = "vuelva a hacerlo o a descargarlo, sin contraseña"
            raise refuse(f"El zip {printable(origin.name)} está dañado o no se puede abrir", cure) from error

    def _entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, prefix: str, origin: Path) -> None:
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        shown = printable(prefix + "/".join(parts))
        hidden = any(part.startswith(SKIPPED) and part != ".." for part in parts)
        if entry.is_dir() or not parts or hidden or not self._is_wanted(shown, origin):
            return
        if ".." in parts or parts[0] == "/" or ":" in parts[0]:
            self._leave(shown, "su nombre lleva fuera del zip: haga el zip de nuevo, desde su carpeta", origin)
        elif stat.S_ISLNK(entry.external_attr >> 16):
            self._leave(shown, "es un enlace: ponga en el zip el archivo mismo", origin)
        elif entry.flag_bits & 0x1:
            self._leave(shown, "tiene contraseña: haga el zip sin ella", origin)
        elif shown.lower().endswith(".zip"):
            self._leave(shown, "es un zip dentro de otro: sáquelo y envíelo aparte", origin)
        elif PurePosixPath(shown).suffix.lower() not in SUFFIXES:
            self._add(SourceFile(shown, self._room / "-", origin))
        else:
            self._unpack(archive, entry, shown, origin)

    def _unpack(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str, origin: Path) -> None:
        """Unpack one file in chunks: the size that it declares may lie."""
        path = self._room / f"{len(self.files)}{PurePosixPath(shown).suffix.lower()}"
        size = 0
        with archive.open(entry) as packed, path.open("wb") as file:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                self._bytes += len(chunk)
                if self._bytes > MOST_BYTES:
                    raise refuse(f"{printable(origin.name)} pasa de 1 GB al abrirse", "divídalo, sin videos ni audios")
                if size > MAX_BYTES:
                    break
                file.write(chunk)
        if size > MAX_BYTES:
            path.unlink()
            self._leave(shown, f"mide más de {MAX_BYTES // 1_000_000} MB: no es una transcripción", origin)
        else:
            self._add(SourceFile(shown, path, origin))

    def _is_wanted(self, shown: str, origin: Path) -> bool:
        name = shown.rpartition("/")[2]
        if name.startswith(SKIPPED) or fold(name) in _LEFTOVERS:
            return False
        if name.endswith(UNFINISHED):
            self._leave(shown, "todavía se está descargando: espere a que termine", origin)
            return False
        return True

    def _leave(self, name: str, why: str, origin: Path) -> None:
        self.left.append(LeftOut(name, why, origin))
        self._count()

    def _add(self, file: SourceFile) -> None:
        self.files.append(file)
        self._count()

    def _count(self) -> None:
        if len(self.files) + len(self.left) > MOST_FILES:
            raise _too_many()


def _too_many() -> CorpusError:
    cure = "divídalos en varias carpetas, por ejemplo una por año, e impórtelas una tras otra"
    return refuse(f"Son más de {MOST_FILES:,} archivos", cure)


def _check_names(path: Path) -> None:
    """Before ``zipfile`` makes an object of each name: the last record says how long their list is."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16) - 22))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_NAMES:
        raise _too_many()


def _opened(path: Path) -> zipfile.ZipFile:
    """An archive whose names are UTF-8, or what Windows writes in Mexico where they are not marked as that."""
    try:
        return zipfile.ZipFile(path, metadata_encoding="utf-8")
    except UnicodeDecodeError:
        return zipfile.ZipFile(path, metadata_encoding="cp850")
