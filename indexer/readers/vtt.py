"""WebVTT (.vtt), as the standard has it and as staff really have it."""

from __future__ import annotations

from indexer.model import Document
from indexer.readers.decode import decode
from indexer.readers.registry import reader
from indexer.readers.timed_lines import ARROW_TIMES, scan
from indexer.readers.track import to_document


@reader(".vtt")
def read_vtt(data: bytes) -> Document:
    """Captions in WebVTT. A lost header, a comma in a time, hours left out, a missing blank line do no harm.

    Raises:
        ReadError: It is no text, has no readable times, runs backwards, or holds no words.
    """
    return vtt_document(decode(data))


def is_vtt(text: str) -> bool:
    """Whether a text is WebVTT, whatever its file is called."""
    return text.lstrip().startswith("WEBVTT") and "-->" in text


def vtt_document(text: str) -> Document:
    """The document of ``read_vtt``, of a text that was decoded."""
    cues, warnings = scan(text, ARROW_TIMES, identifiers=True)
    if not text.lstrip().startswith("WEBVTT"):
        warnings = (("falta la línea WEBVTT al principio", "escríbala como primera línea"), *warnings)
    return to_document(cues, warnings)
