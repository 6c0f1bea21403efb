"""The manifest of a generation: the SHA-256 of every file. Whoosh uses pickles, so nothing is read unverified.

Large files also have a sum per block: whoever maps one (``checked_file``) checks a block when it is first read, and
opening does not wait for gigabytes to be hashed.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from indexer.durable import sha256_of
from indexer.errors import ConstaError, IndexDamaged, cure, reason
from indexer.format_version import decode

MANIFEST = "manifest.json"
VERSION = 5
"""Of everything in a generation, catalogue and files of the engine: raise it when any of them changes."""
IN_USE = "uso"
BLOCK_BYTES = 1 << 13
"""A result that is shown first checks the block of its text: a larger one would make early pages slow."""
SUM_BYTES = 16
"""Of the SHA-256 of a block, so many bytes are kept."""
LARGE_BYTES = 1 << 22
"""Smaller files have no sums of blocks: they are read whole."""


class Manifest(msgspec.Struct, frozen=True):
    """What ``manifest.json`` holds.

    Attributes:
        archivos: The SHA-256 of each file, in hex, by its path below the folder.
        bloques: The sums of the blocks of each large file, in hex, one after the other.
        bytes_por_bloque: Sums of blocks of another size say nothing here: such files are hashed whole.
    """

    archivos: dict[str, str]
    bloques: dict[str, str] = {}
    bytes_por_bloque: int = 0
    version: int = VERSION

    def sums(self) -> dict[str, bytes]:
        """Return the sums of the blocks of each file that has some."""
        if self.bytes_por_bloque != BLOCK_BYTES:
            return {}
        return {name: bytes.fromhex(sums) for name, sums in self.bloques.items()}


def load(folder: Path) -> Manifest:
    """Read the manifest of a generation.

    Raises:
        IndexDamaged: It is missing or has another form.
        NewerFormat: A newer version of Consta wrote it.
    """
    try:
        return decode((folder / MANIFEST).read_bytes(), Manifest, VERSION, f"El índice {folder}")
    except PermissionError as error:
        raise unreadable(folder, error) from error
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"no tiene un manifiesto legible ({type(error).__name__})") from error


def verify(folder: Path, by_block: tuple[str, ...] = ()) -> None:
    """Compare every file of a generation with its manifest.

    Args:
        folder: Of the generation.
        by_block: Ends of the names of files whose reader checks each block. Of those only the length is compared.

    Raises:
        IndexDamaged: A file is missing, is too many, or has other bytes.
    """
    expected = load(folder)
    later = {name: sums for name, sums in expected.sums().items() if name.endswith(by_block)}
    try:
        found = {
            name: expected.archivos.get(name, "")
            if name in later and _has_length(path, later[name])
            else sha256_of(path)
            for name, path in _files(folder)
        }
    except PermissionError as error:
        raise unreadable(folder, error) from error
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"no se puede leer ({type(error).__name__})") from error
    if found != expected.archivos:
        wrong = sorted(name for name in {*expected.archivos, *found} if expected.archivos.get(name) != found.get(name))
        raise IndexDamaged(folder, f"no coincide con su manifiesto en {', '.join(wrong[:3])}")


def render(folder: Path, previous: Path | None = None) -> bytes:
    """Return the manifest of a folder as it stands.

    Args:
        folder: Of the new generation.
        previous: A verified generation. A file that is a hard link to one of its files keeps the sums of that file.
    """
    known = load(previous) if previous is not None else Manifest({})
    known_sums = known.sums()
    files, blocks = {}, {}
    for name, path in _files(folder):
        large = path.stat().st_size >= LARGE_BYTES
        linked = previous is not None and name in known.archivos and path.samefile(previous / name)
        if linked and (not large or name in known_sums):
            files[name], sums = known.archivos[name], known_sums.get(name, b"")
        else:
            whole = hashlib.sha256()  # one pass for both: from 1 GB on a file does not stay in memory
            sums = b"".join(_sums(path, told=whole.update))
            files[name] = whole.hexdigest()
        if large:
            blocks[name] = sums.hex()
    return msgspec.json.encode(Manifest(files, blocks, BLOCK_BYTES))


def block_sums(folder: Path) -> Mapping[str, bytes]:
    """Return the sums of the blocks of each large file of a generation; of one without a manifest yet, nothing."""
    if not (folder / MANIFEST).is_file():
        return {}
    return load(folder).sums()


def sum_of(block: bytes | memoryview) -> bytes:
    """Return the sum of one block."""
    return hashlib.sha256(block).digest()[:SUM_BYTES]


def unreadable(folder: Path, error: OSError) -> ConstaError:
    """What to say where the system lets nobody read a generation, or the whole index."""
    return ConstaError(f"No se puede leer el índice {folder} ({reason(error)}): {cure(error)}.")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in (IN_USE, MANIFEST):
            yield path.relative_to(folder).as_posix(), path


def _sums(path: Path, start: int = 0, told: Callable[[bytes], object] = len) -> Iterator[bytes]:
    """The sums of the blocks from a place on; ``told`` gets each block."""
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(BLOCK_BYTES):
            told(block)
            yield sum_of(block)


def _has_length(path: Path, sums: bytes) -> bool:
    """Whether a file has as many blocks as sums, and the last one, which alone is shorter, is right."""
    blocks = len(sums) // SUM_BYTES
    return list(_sums(path, (blocks - 1) * BLOCK_BYTES)) == [sums[-SUM_BYTES:]]
