"""What a file is by its first bytes, whatever its name claims."""

from __future__ import annotations

from indexer.errors import ReadError
from indexer.formats import BY_SUFFIX
from indexer.readers.magic import name_of_binary

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
