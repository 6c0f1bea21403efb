"""PDF files to paragraphs, by pdfium: where each letter stands, and from that lines, columns and paragraphs."""

from dataclasses import replace

from pypdfium2 import PdfDocument, PdfiumError

from indexer.errors import ReadError
from indexer.model import Warnings
from indexer.readers.decode import clean
from indexer.readers.paragraphs import TURNED, Prose, gathered, some, tidy
from indexer.readers.pdf.columns import Line, lines_of
from indexer.readers.pdf.layout import paragraphs_of_pages
from indexer.readers.pdf.running_heads import (
    without_line_numbers,
    without_notes,
    without_running_heads,
    without_watermarks,
)
from indexer.readers.pdf.words import PageWords, Word, words_of

MAX_PAGES = 3_000

_LEAST_LETTERS = 20
"""Fewer letters than these in the whole file are a stamp on a scanned image, not its text."""
_LOST_LETTERS = 0.3
"""A larger part of letters without Unicode leaves nothing to read."""
_UNKNOWN = "\ufffd"
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_AS_TEXT = "guarde su texto como .docx o .txt y agregue ese archivo"
_OCR = "páselo por un programa de reconocimiento de texto (OCR) y guárdelo de nuevo"
_DAMAGED = ReadError("el PDF está dañado", "vuelva a exportarlo o a descargarlo; si sigue igual, " + _AS_TEXT)


def read_pdf(data: bytes) -> Prose:
    """The text of a PDF: lines joined into paragraphs, without what is printed for the sake of its pages."""
    pages = _pages(data)
    letters = [sum(c.isalpha() or c == _UNKNOWN for word in page.words for c in word.text) for page in pages]
    if sum(letters) < _LEAST_LETTERS:
        raise ReadError("el PDF no contiene texto: son imágenes (escaneado)", _OCR)
    lost = [sum(word.text.count(_UNKNOWN) for word in page.words) for page in pages]
    if sum(lost) > _LOST_LETTERS * sum(letters):
        raise ReadError("el PDF no dice qué letras son las suyas (sus fuentes no traen Unicode)", _OCR)
    words, marks = without_watermarks([page.words for page in pages])
    words, counted = without_line_numbers(words)
    lines, heads = without_running_heads(_lines(words))
    lines, notes = without_notes(lines)
    askew = [(tidy(text), TURNED) for page in pages for text in page.askew]
    return Prose(
        paragraphs_of_pages(lines),
        _warnings(letters, lost),
        gathered([*heads, *counted, *marks, *askew, *notes]),
    )


def _lines(pages: list[list[Word]]) -> list[list[Line]]:
    """The lines of each page; one with few lines is parted into columns where the page before was."""
    found: list[list[Line]] = []
    gutter: float | None = None
    for page in pages:
        lines, gutter = lines_of(page, gutter)
        found.append(lines)
    return found


def _warnings(letters: list[int], lost: list[int]) -> Warnings:
    warnings = []
    if not all(letters):
        empty = some([str(number) for number, count in enumerate(letters, 1) if not count], 10)
        cure = "revise si son imágenes y, si tienen texto, páselas por OCR"
        warnings.append((f"páginas del PDF sin texto: {empty}", cure))
    if any(lost):
        where = some([str(number) for number, count in enumerate(lost, 1) if count], 10)
        fault = f"{sum(lost)} letras del PDF no tienen Unicode y se leen como «{_UNKNOWN}» (páginas {where})"
        warnings.append((fault, "revise esas palabras contra el PDF, o " + _AS_TEXT))
    return tuple(warnings)


def _pages(data: bytes) -> list[PageWords]:
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            cure = "ábralo, guárdelo sin contraseña y vuelva a intentarlo"
            raise ReadError("el PDF está protegido con contraseña", cure) from error
        raise _DAMAGED from error
    pages: list[PageWords] = []
    with document:
        if len(document) > MAX_PAGES:
            raise ReadError(f"el PDF tiene más de {MAX_PAGES:,} páginas", "divídalo en un archivo por sesión")
        try:
            for page in document:
                text = page.get_textpage()
                found = words_of(text)
                words = tuple(cleaned for word in found.words if (cleaned := _clean(word)))
                pages.append(PageWords(words, found.askew))
                text.close()
                page.close()
        except PdfiumError as error:
            raise _DAMAGED from error
    if not pages:
        raise _DAMAGED
    return pages


def _clean(word: Word) -> Word | None:
    if word.text.isalnum() and word.text.isascii():
        return word
    text = tidy(clean(word.text.translate(_LIGATURES)))
    return replace(word, text=text) if text else None
