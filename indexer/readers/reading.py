"""A loaded file to its document: checked before it is read, and what came out of it after. Runs in the child."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from indexer.errors import ReadError
from indexer.formats import BY_SUFFIX
from indexer.model import Block, Document, Kind, LeftOut
from indexer.readers.captions.cue_speakers import with_labels
from indexer.readers.decode import damage, encoding_notes
from indexer.readers.file_type import check_signature
from indexer.readers.paragraphs import PROGRAM, Paragraph, Prose, gathered, said, why_not_speech

MAX_PARAGRAPH = 1_000_000
"""The longest paragraph, in letters: a longer one is no speech."""
MAX_PARAGRAPHS = 100_000
"""The most paragraphs, lines or cues: captions of twelve hours have about 20,000."""

_AGENDA = (
    "sus horas parecen las del programa de un día (10:00, 10:30), no las de un video, y no se usan como tiempos",
    "si es el programa, guárdelo como descripción; si es el panel de un video, descargue sus subtítulos (.srt o .vtt)",
)
_Line = TypeVar("_Line", Paragraph, Block)
Reader = Callable[[bytes], Document | Prose]
"""A whole file's bytes to timed cues (``Document``) or paragraphs (``Prose``); raises ``ReadError``."""


def reader_of(suffix: str) -> Reader:
    """The reader of a suffix that the table of formats has; the module of a family is imported only now."""
    module, _, function = BY_SUFFIX[suffix].reader.rpartition(".")
    return cast(Reader, getattr(importlib.import_module(f"indexer.readers.{module}"), function))


def document_of(data: bytes, suffix: str, kind: Kind) -> Document:
    """What ``read`` gives, of a file that was loaded, in this very process: for the child that lives under limits.

    Args:
        suffix: One of ``SUFFIXES``.

    Raises:
        ReadError: With the fault and its cure, in Spanish.
    """
    check_signature(data, suffix)
    content = reader_of(suffix)(data)
    _check_count(len(content.paragraphs if isinstance(content, Prose) else content.blocks))
    document = _of_prose(content, kind) if isinstance(content, Prose) else content
    notes = encoding_notes(data) if BY_SUFFIX[suffix].plain else ()
    document = replace(document, warnings=(*notes, *document.warnings, *damage(document.blocks)))
    if not document.blocks:
        raise ReadError("el archivo no contiene texto", "guarde el texto en él y vuelva a intentarlo")
    if kind is not Kind.TRANSCRIPT:
        document = replace(document, blocks=tuple(replace(block, speaker=None, turn=0) for block in document.blocks))
    elif document.captions:
        kept, out = _without_program_lines(document.blocks)
        document = with_labels(replace(document, blocks=kept, left_out=document.left_out + out) if kept else document)
    return replace(document, warnings=document.warnings + said(document.left_out))


def _of_prose(prose: Prose, kind: Kind) -> Document:
    _check_lengths(prose.paragraphs)
    from indexer.readers.labels.speakers import blocks_of_prose

    out: tuple[LeftOut, ...] = ()
    if kind is Kind.TRANSCRIPT:
        paragraphs, out = _without_program_lines(prose.paragraphs)
        document = _transcript(paragraphs)
    else:
        document = Document(blocks_of_prose(prose.paragraphs))
    left_out = prose.left_out + out + document.left_out
    return replace(document, warnings=prose.warnings + document.warnings, left_out=left_out)


def _transcript(paragraphs: tuple[Paragraph, ...]) -> Document:
    """A pasted caption panel, a text whose labels carry times, or a text with labels."""
    from indexer.readers.captions.pasted import looks_like_agenda, looks_like_panel, read_panel, read_pasted
    from indexer.readers.labels.speakers import read_transcript

    if (pasted := read_pasted(paragraphs)) is not None:
        return pasted
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    transcript = read_transcript(paragraphs)
    if looks_like_panel(text) and not transcript.timed_labels:
        return read_panel(text)
    warnings = (*transcript.warnings, _AGENDA) if not transcript.labels and looks_like_agenda(text) else ()
    return Document(transcript.blocks, warnings=warnings or transcript.warnings, left_out=transcript.left_out)


def _without_program_lines(lines: tuple[_Line, ...]) -> tuple[tuple[_Line, ...], tuple[LeftOut, ...]]:
    """Those that are said, and what a program wrote of its own work («La transcripción finalizó …»)."""
    parted: tuple[list[_Line], list[_Line]] = ([], [])
    for line in lines:
        parted[why_not_speech(line.text) == PROGRAM].append(line)
    return tuple(parted[0]), gathered((line.text, PROGRAM) for line in parted[1])


def _check_count(count: int) -> None:
    if count > MAX_PARAGRAPHS:
        cure = "revise que sea el archivo correcto y divídalo en un archivo por sesión"
        raise ReadError(f"tiene {count:,} párrafos o líneas y el límite es de {MAX_PARAGRAPHS:,}", cure)


def _check_lengths(paragraphs: tuple[Paragraph, ...]) -> None:
    longest = max((len(paragraph.text) for paragraph in paragraphs), default=0)
    if longest > MAX_PARAGRAPH:
        cure = "revise que sea el archivo correcto y separe sus párrafos con saltos de línea"
        raise ReadError(f"un solo párrafo tiene {longest:,} letras y el límite es de {MAX_PARAGRAPH:,}", cure)
