"""Captions in lines of text: WebVTT (.vtt) as staff really have it, SubRip (.srt), and the video site's SBV (.sbv)."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model.transcript import Document
from indexer.readers.decode import decode
from indexer.readers.registry import reader
from indexer.readers.timed_lines import ARROW_TIMES, COMMA_TIMES, scan
from indexer.readers.track import to_document

_BREAK = re.compile(r"\[br\]", re.IGNORECASE)


@reader(".vtt")
def read_vtt(data: bytes) -> Document:
    """Captions in WebVTT. A lost header, a comma in a time, hours left out, a missing blank line do no harm.

    Raises:
        ReadError: It is no text, has no readable times, runs backwards, or holds no words. So do the other two.
    """
    return vtt_document(decode(data))


@reader(".srt")
def read_srt(data: bytes) -> Document:
    """Captions in SubRip, with or without numbers, rolling or not."""
    return to_document(*scan(decode(data), ARROW_TIMES))


@reader(".sbv")
def read_sbv(data: bytes) -> Document:
    """Captions in SBV: ``0:00:01.000,0:00:04.000``, text lines, a blank line. ``[br]`` parts lines within a cue."""
    cues, warnings = scan(decode(data), COMMA_TIMES)
    broken = [replace(cue, lines=tuple(part for line in cue.lines for part in _BREAK.split(line))) for cue in cues]
    return to_document(broken, warnings)


def is_vtt(text: str) -> bool:
    """Whether a text is WebVTT, whatever its file is called."""
    return text.lstrip().startswith("WEBVTT") and "-->" in text


def vtt_document(text: str) -> Document:
    """The document of ``read_vtt``, of a text that was decoded."""
    cues, warnings = scan(text, ARROW_TIMES, identifiers=True)
    if not text.lstrip().startswith("WEBVTT"):
        warnings = (("falta la línea WEBVTT al principio", "escríbala como primera línea"), *warnings)
    return to_document(cues, warnings)
