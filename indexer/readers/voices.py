"""Whom a file of captions names beside the words: a person, a role, or a voice that a recogniser only counted."""

from __future__ import annotations

import re

from indexer.model.transcript import Speaker
from indexer.readers.counted_voices import VOICE
from indexer.readers.evidence import MAX_LABEL
from indexer.readers.labels import read_label
from indexer.readers.name_order import turned_name
from indexer.readers.paragraphs import tidy

_NUMBER = re.compile(r"[0-9]{1,3}|[A-Z]")
_UNKNOWN = re.compile(
    r"(?:unknown|unidentified|desconocid[oa]|none|null|uu|\?+|-1)(?: (?:speaker|hablante))?"
    r"|(?:speaker|hablante|orador)[ _-]?(?:unknown|desconocid[oa]|\?|-1)",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"\s{{0,3}}[\[(]\s?({VOICE}|(?i:speaker) \?)\s?[\])]\s?:?\s?")


def speaker_of_voice(printed: object) -> Speaker | None:
    """Who is meant by what a file writes beside a text; None for nobody.

    What does not read as a person is a role as printed (``SPEAKER_00``, ``Sala 3``): staff say once in a session who it
    is, and nothing is guessed.
    """
    label = tidy(str(printed))[:MAX_LABEL].strip("<> :") if isinstance(printed, str | int) else ""
    if not label or is_unknown(label):
        return None
    if _NUMBER.fullmatch(label):
        return Speaker(role=f"Hablante {label}")
    label = turned_name(label)
    reading = read_label(label)
    return reading.speaker if reading else Speaker(role=label)


def is_unknown(label: str) -> bool:
    """Whether a label says that nobody knows who speaks (``Unknown Speaker``)."""
    return _UNKNOWN.fullmatch(label) is not None


def leading_voice(text: str) -> tuple[Speaker | None, str]:
    """A counted voice that a text begins with (``[SPEAKER_00] …``, ``(speaker 1) …``), and the rest."""
    found = _LEADING.match(text)
    return (speaker_of_voice(found[1]), text[found.end() :]) if found else (None, text)
