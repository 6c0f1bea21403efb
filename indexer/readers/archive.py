"""The guard before a DOCX or ODT file is opened: a zip bomb must not reach the libraries."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from indexer.errors import ReadError
from indexer.readers.magic import name_of_binary

MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
MAX_ENTRIES = 2_000
# Below this much text a high ratio is a short, repetitive document and harms nobody.
_RATIO_FROM = 1_000_000
_CHUNK = 65_536
_ENTRY = b"PK\x01\x02"
_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError,
            NotImplementedError, RuntimeError, IndexError, KeyError, OverflowError)  # fmt: skip


def check_archive(data: bytes, name: str) -> None:
    """Refuse a DOCX or ODT file that is no zip archive, is encrypted, damaged, or unpacks to too much.

    Every entry is unpacked in chunks and counted, because the declared sizes may lie; nothing is written anywhere, so
    the names inside (``../``) do no harm.

    Args:
        data: The whole file.
        name: What the file should be, for the message (``DOCX``, ``ODT``).

    Raises:
        ReadError: It must not be opened.
    """
    if not data:
        raise ReadError("el archivo está vacío", f"consiga de nuevo el documento {name}")
    if not data.startswith(b"PK"):
        binary = name_of_binary(data)
        if binary is not None:
            raise ReadError(f"no es un documento {name}: es {binary.name}", binary.cure)
        raise ReadError(f"no es un documento {name}", "ábralo con el programa que lo hizo y guárdelo en ese formato")
    # Before zipfile builds an object an entry; nested archives may hold some of these marks of their own.
    if data.count(_ENTRY) > 10 * MAX_ENTRIES:
        raise _too_many(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, len(data), name)
    except _DAMAGED as error:
        cure = "ábralo con el programa que lo hizo y guárdelo de nuevo, o vuelva a descargarlo"
        raise ReadError(f"el documento {name} está dañado o incompleto", cure) from error


def _check_entries(archive: zipfile.ZipFile, size: int, name: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _too_many(name)
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _encrypted(name)
        # The only two methods of OOXML and ODF; zipfile unpacks bzip2 and LZMA without a bound on one chunk.
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ReadError(f"el documento {name} usa una compresión que no se admite", "ábralo y guárdelo de nuevo")
        manifest = b""
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked > MAX_RATIO * size):
                    raise ReadError(
                        f"el documento {name} se expande demasiado al abrirlo "
                        f"(más de {MAX_UNPACKED // 1_000_000} MB o de {MAX_RATIO} veces su tamaño)",
                        "quítele las imágenes y guárdelo de nuevo, o guarde solo el texto como .txt",
                    )
                if entry.filename == "META-INF/manifest.xml" and len(manifest) < 1_000_000:
                    manifest += chunk
        if b"encryption-data" in manifest:
            raise _encrypted(name)


def _too_many(name: str) -> ReadError:
    return ReadError(
        f"el documento {name} contiene demasiadas piezas (más de {MAX_ENTRIES:,})",
        "guarde solo el texto en un documento nuevo",
    )


def _encrypted(name: str) -> ReadError:
    return ReadError(f"el documento {name} está protegido con contraseña", "quítele la contraseña y guárdelo de nuevo")
