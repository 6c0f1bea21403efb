"""The seconds that a text would have of captions, before it is taken in."""

from __future__ import annotations

import contextlib
from pathlib import Path

from indexer.corpus.clock import clocked
from indexer.desk.open_pages import OpenPage
from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.pipeline.laying import WELL_ALIGNED
from indexer.readers import read


def clock_kept(opened: OpenPage) -> Path | None:
    """The captions that a text without times would have beside it: those that it replaces, else those beside them."""
    file = opened.text(Kind.TRANSCRIPT)
    with contextlib.suppress(ReadError):
        if file is not None and read(file.path, Kind.TRANSCRIPT).timed:
            return file.path
    return opened.work.files.clock.path if opened.work.files.clock else None


def with_clock(document: Document, clock: Path | None) -> tuple[Document, float | None, list[dict[str, str]]]:
    """A text with the seconds of captions, the share of its words that has one, and what is wrong with the captions."""
    if clock is None:
        return document, None, []
    try:
        captions = read(clock, Kind.TRANSCRIPT)
    except ReadError as error:
        return document, None, [{"texto": str(error.problem("los subtítulos")), "gravedad": "error"}]
    if not captions.timed:
        fault = "los subtítulos no traen tiempos: elija otros (.vtt, .srt, .sbv, .json)"
        return document, 0.0, [{"texto": fault, "gravedad": "error"}]
    found = clocked(document, captions)
    if found.share >= WELL_ALIGNED:
        return found.document, found.share, []
    fault = "el texto y los subtítulos no parecen de la misma sesión: revíselo; lo que no coincide queda sin hora"
    return found.document if found.share else document, found.share, [{"texto": fault, "gravedad": "aviso"}]
