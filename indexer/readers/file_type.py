"""What a file is by its first bytes, so that a wrong suffix is answered with the right one."""

from __future__ import annotations

from typing import NamedTuple

from indexer.errors import ReadError
from indexer.formats import BY_SUFFIX, USUAL_CAPTIONS


class Binary(NamedTuple):
    """A known format that is not plain text.

    Attributes:
        name: With its article, in Spanish (``un archivo PDF``).
        cure: What to do with such a file.
    """

    name: str
    cure: str


_IMAGE = "una imagen no se puede leer: consiga el texto"
_VIDEO = f"consiga los subtítulos del video ({USUAL_CAPTIONS}) o su transcripción"
_OLD = "ábralo, quítele la contraseña si la tiene y guárdelo como .docx"
_AUDIO = "consiga la transcripción del audio"
_ARCHIVE = "descomprímalo y use el archivo de texto que lleva dentro"
_OTHER = f"consiga el texto en un formato que se pueda leer (.txt, .docx, .odt, .pdf, {USUAL_CAPTIONS})"


def _read_as(suffix: str) -> Binary:
    return Binary(BY_SUFFIX[suffix].binary, f"cámbiele la extensión a {suffix}")


_SIGNATURES: tuple[tuple[bytes, Binary], ...] = (
    (b"%PDF-", _read_as(".pdf")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Binary("un documento de Office antiguo (.doc) o protegido con contraseña", _OLD),
    ),
    (b"{\\rtf", _read_as(".rtf")),
    (b"\x89PNG\r\n", Binary("una imagen PNG", _IMAGE)),
    (b"\xff\xd8\xff", Binary("una imagen JPEG", _IMAGE)),
    (b"GIF87a", Binary("una imagen GIF", _IMAGE)),
    (b"GIF89a", Binary("una imagen GIF", _IMAGE)),
    (b"II*\0", Binary("una imagen TIFF", _IMAGE)),
    (b"MM\0*", Binary("una imagen TIFF", _IMAGE)),
    (b"ID3", Binary("un audio MP3", _AUDIO)),
    (b"\xff\xfb", Binary("un audio MP3", _AUDIO)),
    (b"OggS", Binary("un audio o video Ogg", _VIDEO)),
    (b"fLaC", Binary("un audio FLAC", _AUDIO)),
    (b"\x1aE\xdf\xa3", Binary("un video Matroska o WebM", _VIDEO)),
    (b"\x1f\x8b", Binary("un archivo comprimido gzip", _ARCHIVE)),
    (b"BZh", Binary("un archivo comprimido bzip2", _ARCHIVE)),
    (b"7z\xbc\xaf\x27\x1c", Binary("un archivo comprimido 7-Zip", _ARCHIVE)),
    (b"\xfd7zXZ\0", Binary("un archivo comprimido xz", _ARCHIVE)),
    (b"Rar!\x1a\x07", Binary("un archivo comprimido RAR", _ARCHIVE)),
    (b"\x7fELF", Binary("un programa", _OTHER)),
    (b"SQLite format 3\0", Binary("una base de datos SQLite", _OTHER)),
    (b"bplist00", Binary("una lista de propiedades o página archivada de Apple", _OTHER)),
)
_TEXTUAL = {b"ID3", b"BZh", b"OggS", b"fLaC"}  # a text might begin so: ask for a byte that text does not hold


def name_of_binary(data: bytes) -> Binary | None:
    """The known binary format that these bytes begin like, or None."""
    for signature, binary in _SIGNATURES:
        if data.startswith(signature) and (signature not in _TEXTUAL or b"\0" in data[:4096]):
            return binary
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data[4:8] == b"ftyp" and data[:1] == b"\0":
        return Binary("un video MP4", _VIDEO)
    if data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return Binary("un audio, video o imagen RIFF", _VIDEO)
    if data.startswith(b"MZ") and b"\0\0" in data[:64]:
        return Binary("un programa de Windows", _OTHER)
    return None


def _kind_of_zip(data: bytes) -> Binary:
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:128]:
        return _read_as(".odt")
    if b"word/document.xml" in data:
        return _read_as(".docx")
    if b"xl/workbook.xml" in data:
        return Binary("una hoja de cálculo de Excel", "guarde su texto como .txt o .docx")
    if b"ppt/presentation.xml" in data:
        return Binary("una presentación de PowerPoint", "guarde su texto como .txt o .docx")
    return Binary("un archivo comprimido ZIP", _ARCHIVE)


_ZIP = "un archivo comprimido ZIP"
_PDF_MARK_WITHIN = 1024
"""Readers of PDF look for ``%PDF-`` in the first 1,024 bytes."""


def check_signature(data: bytes, suffix: str) -> None:
    """Refuse a file that is not what its suffix says. Binary files named as text are ``decode``'s to refuse.

    Args:
        data: The whole file, not empty.
        suffix: In lower case, with its dot.

    Raises:
        ReadError: It names what the file is.
    """
    if suffix in BY_SUFFIX[".txt"].suffixes + BY_SUFFIX[".md"].suffixes:
        _refuse_markup(data)
        return
    own = BY_SUFFIX[suffix].binary
    if not own or (suffix == ".pdf" and b"%PDF-" in data[:_PDF_MARK_WITHIN]):
        return
    binary = name_of_binary(data)
    if binary is None:
        cure = f"ábralo con el programa que lo hizo y guárdelo de nuevo como {suffix}"
        raise ReadError(f"no es {own}, o está dañado desde el principio", cure)
    # A ZIP that does not tell what it holds may still be a document: its reader looks inside.
    if binary.name != own and (binary.name != _ZIP or suffix == ".pdf"):
        raise ReadError(f"el archivo se llama {suffix} y es {binary.name}", binary.cure)


def _refuse_markup(data: bytes) -> None:
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise ReadError("el archivo es una página HTML con otro nombre", "cámbiele la extensión a .html")
