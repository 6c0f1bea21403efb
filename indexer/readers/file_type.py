"""What a file is by its first bytes, so that a wrong suffix is answered with the right one."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from indexer.errors import ReadError
from indexer.formats import BY_SUFFIX, USUAL_CAPTIONS
from indexer.word_lists import beside


class Binary(NamedTuple):
    """A known format that is not plain text.

    Attributes:
        name: With its article, in Spanish (``un archivo PDF``).
        cure: What to do with such a file.
        what: ``video``, ``audio`` or ``comprimido``; empty for anything else.
    """

    name: str
    cure: str
    what: str = ""


_ZIP = "un archivo comprimido ZIP"


@dataclass(frozen=True, slots=True)
class _Signature:
    """A row of ``file_type.toml``."""

    begins: str
    suffix: str = ""
    name: str = ""
    cure: str = ""
    what: str = ""
    at: int = 0
    holds: str = ""
    within: int | None = None

    def fits(self, data: bytes) -> bool:
        begins = data.startswith(self.begins.encode("latin-1"), self.at)
        return begins and self.holds.encode("latin-1") in data[: self.within]


@cache
def _signatures() -> tuple[_Signature, ...]:
    rows = beside(__file__)
    return tuple(_Signature(**row) for row in rows["signatures"])


def name_of_binary(data: bytes) -> Binary | None:
    """The known binary format that these bytes begin like, or None."""
    found = next((one for one in _signatures() if one.fits(data)), None)
    if found is None:
        return None
    if found.suffix:
        return Binary(BY_SUFFIX[found.suffix].binary, f"cámbiele la extensión a {found.suffix}")
    return Binary(found.name, found.cure.format(captions=USUAL_CAPTIONS), found.what)


_PDF_MARK_WITHIN = 1024
"""Readers of PDF look for ``%PDF-`` in the first 1,024 bytes."""


def check_signature(data: bytes, suffix: str) -> None:
    """Refuse a file that is not what its suffix says. Binary files named as text are ``decode``'s to refuse.

    Args:
        suffix: In lower case, with its dot.

    Raises:
        ReadError: It names what the file is.
    """
    if suffix in BY_SUFFIX[".txt"].suffixes + BY_SUFFIX[".md"].suffixes:
        start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        if start.startswith((b"<!doctype html", b"<html")):
            raise ReadError("el archivo es una página HTML con otro nombre", "cámbiele la extensión a .html")
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
