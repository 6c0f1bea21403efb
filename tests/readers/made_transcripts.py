"""Transcripts of a few lines, and who is shown to say what."""

from __future__ import annotations

from pathlib import Path

from indexer.model import Kind
from indexer.model.transcript import Block, Document
from indexer.readers import read
from indexer.readers.labels.speakers import read_transcript
from indexer.readers.paragraphs import Paragraph


def blocks(*lines: str) -> tuple[Block, ...]:
    """The blocks of a transcript of these lines."""
    return read_transcript([Paragraph(line) for line in lines]).blocks


def said(*lines: str) -> list[tuple[str | None, str]]:
    """Who is shown as the speaker of each block, and its text."""
    return [(block.speaker.shown if block.speaker else None, block.text) for block in blocks(*lines)]


def transcript(tmp_path: Path, text: str, suffix: str = ".txt") -> Document:
    """A file of this text as a transcript."""
    path = tmp_path / f"transcripcion{suffix}"
    path.write_text(text, encoding="utf-8")
    return read(path, Kind.TRANSCRIPT)


def shown(document: Document) -> list[tuple[int, str | None, str]]:
    """The turn of each block, who is shown as its speaker, and its text."""
    return [(b.turn, b.speaker.shown if b.speaker else None, b.text) for b in document.blocks]
