"""SBV (.sbv), the video site's own basic format: ``0:00:01.000,0:00:04.000``, text lines, a blank line."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model import Document
from indexer.readers.decode import decode
from indexer.readers.registry import reader
from indexer.readers.timed_lines import COMMA_TIMES, scan
from indexer.readers.track import to_document

_BREAK = re.compile(r"\[br\]", re.IGNORECASE)


@reader(".sbv")
def read_sbv(data: bytes) -> Document:
    """Captions in SBV. ``[br]`` parts lines within a cue.

    Raises:
        ReadError: It is no text, has no readable times, runs backwards, or holds no words.
    """
    cues, warnings = scan(decode(data), COMMA_TIMES)
    broken = [replace(cue, lines=tuple(part for line in cue.lines for part in _BREAK.split(line))) for cue in cues]
    return to_document(broken, warnings)
