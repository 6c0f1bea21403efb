"""A track of timed cues to a ``Document``: what every caption format and the pasted panel end in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.errors import ReadError
from indexer.model import Block, Document, Speaker
from indexer.readers.cue import MAX_S, Cue, clock
from indexer.readers.cue_text import has_words, plain, utterances
from indexer.readers.decode import mojibake
from indexer.readers.rolling import unroll

Warnings = tuple[tuple[str, str], ...]


def to_document(cues: Iterable[Cue], warnings: Warnings = ()) -> Document:
    """Cues to blocks: each word once, in order, at the time it is first shown.

    A block ends where the next one begins, or with its own cue when that is sooner; the last one with its cue.

    Args:
        cues: In the order of the file.
        warnings: Of the reader.

    Raises:
        ReadError: Times that run backwards, or no words at all.
    """
    spoken = [cue for cue in cues if any(plain(line) for line in cue.lines)]
    _refuse_backwards(spoken)
    timed: list[tuple[float, float | None, Speaker | None, bool, str]] = []
    for cue in unroll(spoken):
        for utterance in utterances("\n".join(cue.lines)):
            speaker = None if utterance.voice is None else Speaker(name=utterance.voice)
            timed.append((cue.start_s, cue.end_s, speaker, utterance.marked, utterance.text))
    if not any(has_words(text) for *_, text in timed):
        raise ReadError(
            "los subtítulos no contienen texto", "descargue de nuevo los subtítulos del video, o quite el archivo"
        )
    blocks: list[Block] = []
    turn = 0
    for place, (start_s, end_s, speaker, marked, text) in enumerate(timed):
        if blocks and (marked or speaker != blocks[-1].speaker):
            turn += 1
        following = timed[place + 1][0] if place + 1 < len(timed) else None
        if end_s is not None and following is not None and following > start_s:
            end_s = min(end_s, following)
        blocks.append(Block(text, start_s, end_s, speaker, turn))
    damaged = mojibake("\n".join(block.text for block in blocks))
    return Document(tuple(blocks), captions=True, warnings=warnings if damaged is None else (*warnings, damaged))


def _refuse_backwards(cues: Sequence[Cue]) -> None:
    latest = 0.0
    for cue in cues:
        if cue.start_s < latest:
            raise ReadError(
                f"las horas van hacia atrás ({cue.place}: {clock(cue.start_s)} después de {clock(latest)})",
                "ordene los subtítulos por su hora, o descárguelos de nuevo",
            )
        latest = cue.start_s
        if cue.end_s is not None and cue.end_s < cue.start_s:
            raise ReadError(
                f"las horas van hacia atrás ({cue.place}: de {clock(cue.start_s)} a {clock(cue.end_s)})",
                "corrija la hora final, o descargue de nuevo los subtítulos",
            )
        if cue.start_s >= MAX_S:
            raise ReadError(
                f"hay una hora imposible ({cue.place}: {clock(cue.start_s)})",
                "corrija la hora, o descargue de nuevo los subtítulos",
            )
