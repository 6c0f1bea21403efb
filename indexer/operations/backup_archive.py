"""The file of a backup: a tar packed with gzip, which any tool unpacks.

First ``consta-respaldo.json``, which says the version of the format; then the files of the corpus, below ``acervo/``;
at the end ``SHA256SUMS``, for ``sha256sum -c``. A file that changed while the backup was made is there twice, and the
later one counts, as for ``tar``. What the sums do not list is no part of it, and without them it is not whole.
"""

import contextlib
import gzip
import hashlib
import io
import os
import stat
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from indexer import checksum_list
from indexer.corpus.folders import printable
from indexer.errors import ConstaError, cure, reason
from indexer.format_version import decode

VERSION = 1
HEAD = "consta-respaldo.json"
SUMS = "SHA256SUMS"
FOLDER = "acervo"

_LEVEL = 6
_PART_BYTES = 1 << 16
_LONGEST_HEAD = 1 << 16
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)


class _Head(msgspec.Struct, frozen=True, rename={"made": "hecho"}):
    made: str
    version: int = VERSION


class Archive:
    """A backup in the making; ``sums`` is the SHA-256 of each file that is part of it, by its path in the corpus."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._states: dict[str, tuple[int, ...]] = {}
        self.sums: dict[str, str] = {}

    def take(self, files: Iterable[tuple[str, os.DirEntry[str]]]) -> list[str]:
        """Copy what is new or changed since it was taken, and say what; what is not there any more is no part of it."""
        copied = []
        before, self._states = self._states, {}
        for name, entry in files:
            with contextlib.suppress(FileNotFoundError):  # it went between the look and the copy
                if before.get(name) == (state := _state(entry.stat())):
                    self._states[name] = state
                    continue
                with open(entry, "rb") as file:
                    self._states[name] = _state(os.fstat(file.fileno()))
                    self.sums[name] = self._add(name, file)
                copied.append(name)
        self.sums = {name: self.sums[name] for name in self._states}
        return copied

    def _add(self, name: str, file: IO[bytes]) -> str:
        known = os.fstat(file.fileno())
        info = tarfile.TarInfo(f"{FOLDER}/{name}")
        info.size, info.mtime, info.mode = known.st_size, int(known.st_mtime), stat.S_IMODE(known.st_mode)
        source = _Hashed(file)
        self._tar.addfile(info, source)  # type: ignore[arg-type]
        self._tar.members.clear()  # type: ignore[attr-defined]  # it would remember all of them
        return source.digest.hexdigest()


class _Hashed:
    """A file that is hashed as it is read. One that grows shorter meanwhile is filled up: it is copied once more."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        part = self._file.read(size).ljust(size, b"\0")
        self.digest.update(part)
        return part


@contextmanager
def writing(file: IO[bytes], made: str) -> Iterator[Archive]:
    """Write a backup into an open file; it is whole when the block ends."""
    with (
        gzip.GzipFile("", "wb", _LEVEL, file) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT, errors="surrogateescape") as tar,
    ):
        _put(tar, HEAD, msgspec.json.encode(_Head(made)))
        archive = Archive(tar)
        yield archive
        _put(tar, SUMS, checksum_list.render({f"{FOLDER}/{name}": one for name, one in archive.sums.items()}))


def unpack(source: Path, folder: Path | None) -> dict[str, str]:
    """Check a backup to its last byte.

    Args:
        folder: An empty one, where its files are laid; None to check only.

    Returns:
        The SHA-256 of each file, by its path in the corpus.

    Raises:
        ConstaError: It is none, is damaged, or holds what no backup of ours holds; or the disk refuses.
    """
    try:
        with gzip.open(source) as packed:
            with tarfile.open(fileobj=packed, mode="r|", errors="surrogateescape") as tar:
                found, expected = _members(tar, folder, source)
            while packed.read(_PART_BYTES):  # to where gzip says what the whole must be
                pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, KeyError) as error:
        raise _refused(source, f"está dañado o no es de Consta ({type(error).__name__})") from error
    except OSError as error:
        raise ConstaError(f"No se pudo leer o copiar {source} ({reason(error)}): {cure(error)}.") from error
    wrong = sorted(name for name, digest in expected.items() if found.get(name) != digest)
    if wrong:
        raise _refused(source, f"está dañado en {printable(wrong[0])}")
    for name in found.keys() - expected.keys():  # it went while the backup was made
        if folder is not None:
            (folder / name).unlink()
    return expected


def _members(tar: tarfile.TarFile, folder: Path | None, source: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Lay the files down; returns the sums that they have and those that they must have."""
    head = tar.next()
    if head is None or head.name != HEAD:
        raise _refused(source, "no es un respaldo de Consta")
    decode(_content(tar, head).read(_LONGEST_HEAD), _Head, VERSION, source)
    found: dict[str, str] = {}
    while (member := tar.next()) is not None:
        tar.members.clear()  # type: ignore[attr-defined]  # it would remember all of them
        if member.name == SUMS:
            listed = checksum_list.parse(_content(tar, member).read())
            if tar.next() is not None:
                raise ValueError("something stands after the sums")
            return found, {path.removeprefix(f"{FOLDER}/"): digest for path, digest in listed.items()}
        place = PurePosixPath(member.name)
        plain = member.type in _PLAIN and not member.issparse()
        if not plain or place.parts[:1] != (FOLDER,) or ".." in place.parts or len(place.parts) < 2:
            raise _refused(source, f"trae «{printable(member.name)}», que no es un archivo del acervo")
        name = place.relative_to(FOLDER).as_posix()
        found[name] = _lay(tar, member, None if folder is None else folder / name)
    raise ValueError("it ends before its sums")


def _lay(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path | None) -> str:
    """Write one file, and return its SHA-256. Nobody else may read a folder whose files are for one user only."""
    content, digest = _content(tar, member), hashlib.sha256()
    if path is not None:
        for above in [one for one in reversed(path.parents) if not one.exists()]:
            above.mkdir(mode=0o777 if member.mode & 0o077 else 0o700)
    with open(os.devnull if path is None else path, "wb") as file:
        while part := content.read(_PART_BYTES):
            digest.update(part)
            file.write(part)
    if path is not None:
        path.chmod(member.mode & 0o666 | 0o600)
        os.utime(path, (member.mtime, member.mtime))
    return digest.hexdigest()


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise ValueError("not a file")
    return content


def _put(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, io.BytesIO(data))


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _refused(source: Path, why: str) -> ConstaError:
    return ConstaError(f"El respaldo {source} {why}. No se cambió nada: use otro respaldo.")
