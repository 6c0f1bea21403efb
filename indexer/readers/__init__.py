"""The door of the readers: a file is loaded here, and read in the child that lives under limits.

Imports no format library.
"""

from pathlib import Path

from indexer.errors import ReadError, reason
from indexer.formats import BY_SUFFIX, listed
from indexer.model import Document, Kind
from indexer.readers import limits
from indexer.readers.decode import MAX_BYTES

SUFFIXES: frozenset[str] = frozenset(BY_SUFFIX)
"""Every suffix that can be read, with its dot, in lower case."""


def read(path: Path, kind: Kind) -> Document:
    """Read one file of the corpus.

    Args:
        path: A file whose suffix is one of ``SUFFIXES``.
        kind: Speaker labels, acts, page numbers and pasted caption panels are looked for in transcripts only;
            anything else comes back as paragraphs of one turn without a speaker.

    Returns:
        At least one block.

    Raises:
        ReadError: With the fault and its cure, in Spanish.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ReadError(f"no se reconoce la extensión «{path.suffix}»", f"use una de estas: {listed(' o ')}")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            cure = "divídalo, o quítele las imágenes, y vuelva a guardarlo"
            raise ReadError(f"el archivo mide {size / 1e6:.0f} MB y el límite es de {MAX_BYTES / 1e6:.0f} MB", cure)
        data = path.read_bytes()
    except OSError as error:
        cure = "revise que el archivo exista y sus permisos"
        raise ReadError(f"no se puede abrir ({reason(error)})", cure) from error
    if not data.strip():
        raise ReadError("el archivo está vacío", "guarde el texto en él o bórrelo")
    return limits.document(data, suffix, kind)
