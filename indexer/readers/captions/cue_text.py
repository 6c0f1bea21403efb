"""The text of a cue: markup out, character references read, voices and speaker changes found.

Every pattern excludes its own opening sign or is bounded, so that all of them run in linear time.
"""

import html
import re
from typing import NamedTuple

from indexer.readers.decode import clean
from indexer.readers.labels.candidates import candidate
from indexer.readers.paragraphs import Paragraph

# WebVTT's tags (with classes and annotations), the HTML tags that SubRip files carry, and word times.
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|lang|ruby|rt|s|em|strong|font|span|p|div)(?:[.\s][^<>]*)?>|<(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}\.[0-9]{1,3}>",
    re.IGNORECASE,
)
_LINE_BREAK = re.compile(r"<br ?/?>|\[br\]|\\N", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}|\{/?[ibus]\}", re.IGNORECASE)  # of SubStation files: {\an8}, {i}
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>|</v>", re.IGNORECASE)
# Only with its semicolon: html.unescape reads «&not» in «AT&nota» as ¬.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CHANGE = re.compile(r"(?:^|(?<=\s))>>+(?=\s|$|[^\s>])")
_MOST_LINES = 40  # of a cue on which dialogues are shown line by line


class Utterance(NamedTuple):
    """What one voice says within a cue.

    Attributes:
        text: On one line, never empty.
        voice: The name of a voice tag, or None.
        marked: True when ``>>`` opens it: another speaker begins.
    """

    text: str
    voice: str | None
    marked: bool


def plain(line: str) -> str:
    """A line as it is read: no markup, no references, white space folded. Speaker marks stay."""
    return _fold(_unescape(_strip(line)))


def utterances(text: str) -> list[Utterance]:
    """The text of a whole cue, parted at voice tags and at ``>>``."""
    return [
        Utterance(said, voice, marked=number > 0 and not line)
        for voice, stretch in _by_voice(text)
        for number, part in enumerate(_CHANGE.split(_unescape(_strip(stretch))))
        for line, said in enumerate(_by_label(part))
    ]


def _by_label(text: str) -> list[str]:
    """The lines of a stretch on one line, parted before those that may begin with a speaker's label."""
    parts: list[str] = []
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return [folded] if (folded := _fold(text)) else []
    for line in map(_fold, lines):
        label = candidate(Paragraph(line)) if ":" in line else None
        if line and parts and (label is None or label.whole):
            parts[-1] = f"{parts[-1]} {line}"
        elif line:
            parts.append(line)
    return parts


def _by_voice(text: str) -> list[tuple[str | None, str]]:
    first, *rest = _VOICE.split(text)
    voices = (_fold(_unescape(name or "")) or None for name in rest[::2])
    return [(None, first), *zip(voices, rest[1::2], strict=True)]


def _strip(text: str) -> str:
    return _OVERRIDE.sub("", _TAG.sub("", _LINE_BREAK.sub("\n", text)))


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    return clean(_REFERENCE.sub(lambda match: html.unescape(match.group()), text))


def _fold(text: str) -> str:
    return " ".join(text.split())
