"""PDF files to paragraphs; the file itself is only opened in a child process (``pdf_child``)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from indexer.errors import ReadError, reason
from indexer.readers.decode import clean
from indexer.readers.paragraphs import Prose
from indexer.readers.pdf_layout import paragraphs_of_pages
from indexer.readers.registry import reader

SECONDS = 20.0
"""How long one file may take."""

_LEAST_LETTERS = 20
"""Fewer letters than these in the whole file are a stamp on a scanned image, not its text."""

_AS_TEXT = "guarde su texto como .docx o .txt y agregue ese archivo"
_FAULTS = {
    "encrypted": ("el PDF está protegido con contraseña", "ábralo, guárdelo sin contraseña y vuelva a intentarlo"),
    "memory": ("el PDF es demasiado grande o complejo para leerlo", _AS_TEXT),
    "damaged": ("el PDF está dañado", "vuelva a exportarlo o a descargarlo; si sigue igual, " + _AS_TEXT),
}


@reader(".pdf")
def read_pdf(data: bytes) -> Prose:
    """The text of a PDF: lines joined into paragraphs, without what repeats at the edges of its pages."""
    pages = [[clean(line) for line in page] for page in _pages(data)]
    letters = [sum(c.isalpha() for line in page for c in line) for page in pages]
    if sum(letters) < _LEAST_LETTERS:
        raise ReadError(
            "el PDF no contiene texto: son imágenes (escaneado)",
            "páselo por un programa de reconocimiento de texto (OCR) y guárdelo de nuevo",
        )
    empty = [number for number, count in enumerate(letters, 1) if not count]
    warnings = ((_empty_pages(empty), "revise si son imágenes y, si tienen texto, páselas por OCR"),) if empty else ()
    return Prose(paragraphs_of_pages(pages), warnings)


def _empty_pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"páginas del PDF sin texto: {shown}"


def _pages(data: bytes) -> list[list[str]]:
    command = [sys.executable, "-I", str(Path(__file__).with_name("pdf_child.py"))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"el PDF tarda más de {SECONDS:.0f} segundos en leerse", _AS_TEXT) from error
    except OSError as error:
        raise ReadError(
            f"no se pudo abrir el proceso que lee el PDF ({reason(error)})", "cierre otros programas y repita la orden"
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:  # killed by its own limits before it could answer
        raise ReadError(*_FAULTS["memory"]) from error
    if "pages" not in answer:
        raise ReadError(*_FAULTS[answer["fault"]])
    pages: list[list[str]] = answer["pages"]
    return pages
