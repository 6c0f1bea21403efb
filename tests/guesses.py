"""Guessed names, from a reader that guesses where a text says so; everything behind it is the real one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from indexer.model import Kind
from indexer.model.transcript import Block, Document, Speaker
from indexer.operations import inspection, open_pages
from indexer.pipeline import pages
from indexer.readers import read
from tests.corpora import CorpusMaker

_LINE = re.compile(r"(?:\[(\d+)\] )?([A-ZÁÉÍÓÚÑ ]+)(\?)?: (.+)")
_ROLES = ("PREGUNTA", "MODERADORA")


def guessed(path: Path, kind: Kind) -> Document:
    """A transcript of turns, ``[12] ANA RUIZ?: Lo que dijo.``: after a question mark the name is a guess."""
    if kind is not Kind.TRANSCRIPT or path.suffix != ".txt":
        return read(path, kind)
    lines = filter(None, path.read_text(encoding="utf-8").splitlines())
    return Document(tuple(_block(line, turn) for turn, line in enumerate(lines)))


def _block(line: str, turn: int) -> Block:
    second, label, doubt, text = _LINE.fullmatch(line).groups()  # type: ignore[union-attr]
    name, role = (None, label) if label in _ROLES else (label.title(), None)
    speaker = Speaker(name, role, inferred=doubt is not None)
    return Block(text, None if second is None else float(second), speaker=speaker, turn=turn)


@contextmanager
def guessing() -> Iterator[None]:
    """Transcripts in .txt are read by ``guessed``."""
    with (
        mock.patch.object(pages, "read", guessed),
        mock.patch.object(open_pages, "read", guessed),
        mock.patch.object(inspection, "read", guessed),
    ):
        yield


SAID = """\
[0] ANA RUIZ: Buenas tardes, abrimos la mesa con la palabra xilocopa.
[10] EVA PAZ?: La bodega guarda doscientas urnas y ninguna sobra.
[20] ANA RUIZ?: Sigo yo con el presupuesto de la bodega.
[30] PREGUNTA: ¿Y las carpas de la bodega?
"""
"""Eva Paz is a guess wherever she stands; Ana Ruiz is sure at first and a guess at her second turn."""


def write_guesses(maker: CorpusMaker, said: str = SAID) -> None:
    """A forum with one mesa that was read so."""
    maker.event()
    maker.mesa(
        title="Bodegas",
        extra='numero = 1\nfecha = 2025-12-04\nvideo = "https://www.youtube.com/watch?v=abc123"\n',
        transcripcion_txt=said,
    )
    with guessing():
        assert not maker.update().failed
