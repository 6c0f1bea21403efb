"""Rich text (.rtf) to paragraphs, by way of striprtf, which is kept from what would cost it time."""

import re

from striprtf.striprtf import rtf_to_text

from indexer.errors import ReadError
from indexer.readers.decode import clean
from indexer.readers.paragraphs import CELLS, Paragraph, Prose, tidy

MAX_LETTERS = 5_000_000
"""The longest text, control words counted and pictures not."""

_PICTURES = re.compile(r"(?:[0-9a-fA-F]{32,}[\r\n ]{0,4}){4,}")
_NOTES = re.compile(r"\\(?:footnote|annotation)(?![a-z])")
# striprtf looks for links and fonts with expressions that go back over what they read (hours on 1 MB), and counts what
# it is told to skip: without these words it never does. A font's own alphabet is lost by it; the document's stays.
_SLOW = {"\\field": "\\campo", "\\fonttbl": "\\colortbl", "\\bin": "\\b "}
_CURE = "ábralo en Word o LibreOffice y guárdelo como .docx"


def read_rich_text(data: bytes) -> Prose:
    """Paragraphs and rows of tables, without notes, heads and feet. Raises ``ReadError``: damaged, or too long."""
    text = _PICTURES.sub("", data.decode("cp1252", "replace"))
    if len(text) > MAX_LETTERS:
        raise ReadError(f"el documento RTF es demasiado largo ({len(text):,} caracteres)", _CURE)
    for word, harmless in _SLOW.items():
        text = text.replace(word, harmless)
    try:
        plain = clean(str(rtf_to_text(text, errors="replace")))
    except Exception as error:  # it raises whatever its loop meets, and none of it tells a person anything
        raise ReadError(f"el documento RTF está dañado ({type(error).__name__})", _CURE) from error
    notes = len(_NOTES.findall(text))
    warnings = ((f"no se leen las notas del documento ({notes})", "si importan, páselas al texto"),) if notes else ()
    lines = (CELLS.join(cell.strip() for cell in line.rstrip("|").split("|")) for line in plain.split("\n"))
    return Prose(tuple(Paragraph(line) for line in map(tidy, lines) if line), warnings)
