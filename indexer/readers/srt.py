"""SubRip (.srt)."""

from __future__ import annotations

from indexer.model import Document
from indexer.readers.decode import decode
from indexer.readers.registry import reader
from indexer.readers.timed_lines import ARROW_TIMES, scan
from indexer.readers.track import to_document


@reader(".srt")
def read_srt(data: bytes) -> Document:
    """Captions in SubRip, with or without numbers, rolling or not.

    Raises:
        ReadError: It is no text, has no readable times, runs backwards, or holds no words.
    """
    return to_document(*scan(decode(data), ARROW_TIMES))
