"""The door of the readers: checks what a file is before it is read, and what came out of it after."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from indexer.errors import ReadError, reason
from indexer.formats import PLAIN_SUFFIXES, listed
from indexer.model import Document, Kind
from indexer.readers.damage import damage
from indexer.readers.decode import encoding_notes
from indexer.readers.labelled_cues import with_labels
from indexer.readers.paragraphs import Paragraph, Prose
from indexer.readers.registry import SUFFIXES, reader_of
from indexer.readers.signatures import check_signature
from indexer.readers.tool_lines import without_tool_lines

MAX_BYTES = 30_000_000
"""The largest file that is read: 1,000 pages of a session's transcript are about 3 MB."""

MAX_PARAGRAPH = 1_000_000
"""The longest paragraph, in letters: a longer one is no speech."""


_AGENDA = (
    "sus horas parecen las del programa de un día (10:00, 10:30), no las de un video, y no se usan como tiempos",
    "si es el programa, guárdelo como descripción; si es el panel de un video, descargue sus subtítulos (.srt o .vtt)",
)


def read(path: Path, kind: Kind) -> Document:
    """Read one file of the corpus.

    Args:
        path: A file whose suffix is one of ``SUFFIXES``.
        kind: Speaker labels, acts, page furniture and pasted caption panels are looked for in transcripts only;
            anything else comes back as paragraphs of one turn without a speaker.

    Returns:
        At least one block.

    Raises:
        ReadError: With the fault and its cure, in Spanish.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ReadError(
            f"no se reconoce la extensión «{path.suffix}»", f"use una de estas: {listed(' o ')}"
        )
    data = _load(path)
    check_signature(data, suffix)
    content = reader_of(suffix)(data)
    document = _document(content, kind) if isinstance(content, Prose) else content
    notes = encoding_notes(data) if suffix in PLAIN_SUFFIXES else ()
    document = dataclasses.replace(document, warnings=(*notes, *document.warnings, *damage(document.blocks)))
    if not document.blocks:
        raise ReadError("el archivo no contiene texto", "guarde el texto en él y vuelva a intentarlo")
    if kind is not Kind.TRANSCRIPT:
        blocks = tuple(dataclasses.replace(block, speaker=None, turn=0) for block in document.blocks)
        document = dataclasses.replace(document, blocks=blocks)
    elif document.captions:
        document = with_labels(document)
    return document


def _load(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(
                f"el archivo mide {size / 1e6:.0f} MB y el límite es de {MAX_BYTES / 1e6:.0f} MB",
                "divídalo, o quítele las imágenes, y vuelva a guardarlo",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"no se puede abrir ({reason(error)})", "revise que el archivo exista y sus permisos"
        ) from error
    if not data.strip():
        raise ReadError("el archivo está vacío", "guarde el texto en él o bórrelo")
    return data


def _document(prose: Prose, kind: Kind) -> Document:
    _check_lengths(prose.paragraphs)
    from indexer.readers.speakers import blocks_of_prose

    if kind is Kind.TRANSCRIPT:
        return _transcript(prose)
    return Document(blocks_of_prose(prose.paragraphs), warnings=prose.warnings)


def _transcript(prose: Prose) -> Document:
    """A pasted caption panel, a text whose labels carry times, or a text with labels."""
    from indexer.readers.panel import looks_like_agenda, looks_like_panel, read_panel
    from indexer.readers.pasted_cues import read_pasted
    from indexer.readers.speakers import read_transcript

    spoken, tools = without_tool_lines(prose.paragraphs)
    prose = dataclasses.replace(prose, paragraphs=spoken, warnings=prose.warnings + tools)
    pasted = read_pasted(prose.paragraphs)
    if pasted is not None:
        return dataclasses.replace(pasted, warnings=prose.warnings + pasted.warnings)
    text = "\n".join(paragraph.text for paragraph in prose.paragraphs)
    transcript = read_transcript(prose.paragraphs)
    document = Document(transcript.blocks, warnings=prose.warnings + transcript.warnings)
    if looks_like_panel(text) and not transcript.timed_labels:
        panel = read_panel(text)
        return dataclasses.replace(panel, warnings=prose.warnings + panel.warnings)
    if not transcript.labels and looks_like_agenda(text):
        return dataclasses.replace(document, warnings=(*document.warnings, _AGENDA))
    return document


def _check_lengths(paragraphs: tuple[Paragraph, ...]) -> None:
    longest = max((len(paragraph.text) for paragraph in paragraphs), default=0)
    if longest > MAX_PARAGRAPH:
        raise ReadError(
            f"un solo párrafo tiene {longest:,} letras y el límite es de {MAX_PARAGRAPH:,}",
            "revise que sea el archivo correcto y separe sus párrafos con saltos de línea",
        )
