"""What a text holds that is no prose: ranges as recognisers print them, SubRip by another name, a table of speech."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model.transcript import Document
from indexer.readers.candidates import candidate
from indexer.readers.counted_voices import is_counted
from indexer.readers.cue import Cue
from indexer.readers.paragraphs import CELLS, Paragraph
from indexer.readers.speech_table import read_rows
from indexer.readers.timed_lines import RANGES, scan
from indexer.readers.track import to_document

_MOST = 0.6
"""The part of the words that must stand in a table for it to be what the file is."""

_LABELLED = 0.8
_LINES_A_RANGE = 6


def read_pasted(paragraphs: Sequence[Paragraph]) -> Document | None:
    """The cues of a text that is nothing but cues, or None.

    Raises:
        ReadError: Hardly one of its times can be.
    """
    texts = [paragraph.text for paragraph in paragraphs if paragraph.text]
    rows = [text.split(CELLS) for text in texts]
    within = sum(len(text) for text, row in zip(texts, rows, strict=True) if len(row) > 1)
    if within and within >= _MOST * sum(map(len, texts)) and (document := read_rows(rows)) is not None:
        return document
    ranges = [n for n, text in enumerate(texts) if RANGES.exact.fullmatch(text[:1_000])]
    if len(ranges) < 2 or len(texts) - ranges[0] > _LINES_A_RANGE * len(ranges):
        return None
    if sum(_is_labelled(texts[n]) for n in ranges) > _LABELLED * len(ranges):
        return None  # a transcript with labels beside their times
    cues, warnings = scan("\n".join(texts), RANGES)
    above = texts[: ranges[0]]
    if above and above[-1].isdigit():  # the number of the first cue
        above.pop()
    return to_document([*(Cue(None, None, (line,), "") for line in above), *cues], warnings)


def _is_labelled(text: str) -> bool:
    """Whether a person or a post, and no counted voice, is named beside the range."""
    said = RANGES.exact.fullmatch(text[:1_000])
    label = candidate(Paragraph(said[3].strip())) if said else None
    return label is not None and not is_counted(label.label)
