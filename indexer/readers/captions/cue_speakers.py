"""Who speaks in captions: the name a file gives beside a cue, the line above its words, or a label inside them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.model import Block, Document, Speaker
from indexer.readers.captions.cue_text import plain
from indexer.readers.captions.cues import Cue
from indexer.readers.labels.label import read_label
from indexer.readers.labels.label_parts import MAX_LABEL
from indexer.readers.labels.plain_labels import plain_labels
from indexer.readers.labels.posts import turned_name
from indexer.readers.labels.program_voices import VOICE
from indexer.readers.labels.speaker_warnings import speaker_warnings
from indexer.readers.paragraphs import CUT_ENDS, Paragraph, tidy

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


_MOST = 0.9
"""The part of the cues that must have a name above their words."""

_LONGEST = 60


def with_names_above(cues: Sequence[Cue]) -> list[Cue]:
    """The cues with their first line as who speaks, where that is the file's habit; else as they are.

    It is where nearly every cue has a line above its words that reads as a name, and names come back.
    """
    heads = [plain(cue.lines[0]) if len(cue.lines) > 1 and any(map(plain, cue.lines[1:])) else "" for cue in cues]
    times = Counter(head for head in heads if head)
    names = {head for head in times if _is_name(head)}
    found = sum(times[head] for head in names)
    if found < 2 or found < _MOST * len(cues) or len(times) > len(names) + 1 or 2 * len(names) > found + 1:
        return list(cues)
    return [
        replace(cue, lines=cue.lines[1:], speaker=speaker_of_voice(head)) if head in names else cue
        for cue, head in zip(cues, heads, strict=True)
    ]


def _is_name(head: str) -> bool:
    if len(head) > _LONGEST or head.endswith(CUT_ENDS):
        return False
    return is_unknown(head) or read_label(head) is not None


def with_labels(document: Document) -> Document:
    """Take the labels out of the cues that begin with one; who speaks holds until the next change.

    Captions that name voices themselves (``<v Ana>``) stay as they are, and so do those without labels. After a change
    that a mark (``>>``) shows without a label, nobody knows who speaks.
    """
    if any(block.speaker for block in document.blocks):
        return document
    found, alike = plain_labels([Paragraph(block.text) for block in document.blocks])
    labels = {n: label for n, label in found.items() if label and not label.whole}
    blocks: list[Block] = []
    speaker: Speaker | None = None
    mark, turn, opens = 0, 0, False
    for n, block in enumerate(document.blocks):
        label = labels.get(n)
        if n in alike and speaker:
            speaker, opens = replace(speaker, inferred=True), True
        if label:
            speaker, opens = label.reading.speaker, True
        elif block.turn != mark:
            speaker, opens = None, True
        mark = block.turn
        text = label.rest if label else block.text
        above = blocks[-1] if blocks else None
        if text and above and not opens and block.start_s is not None and above.start_s == block.start_s:
            blocks[-1] = replace(above, text=f"{above.text} {text}")  # two lines of one cue, and no label between them
        elif text:
            turn += opens and bool(blocks)
            blocks.append(replace(block, text=text, speaker=speaker, turn=turn))
            opens = False
    if not blocks:
        return document
    warnings = (*document.warnings, *speaker_warnings(blocks, alike.values()))
    return replace(document, blocks=tuple(blocks), warnings=warnings)
