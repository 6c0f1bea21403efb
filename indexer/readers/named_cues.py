"""Names on a line of their own at the head of every cue, without a colon, as Teams writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.readers.cue import Cue
from indexer.readers.cue_text import plain
from indexer.readers.labels import read_label
from indexer.readers.voices import is_unknown, speaker_of_voice

_MOST = 0.9
"""The part of the cues that must have a name above their words."""

_LONGEST = 60


def named(cues: Sequence[Cue]) -> list[Cue]:
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
    if len(head) > _LONGEST or head[-1] in ".,;:?!…":
        return False
    return is_unknown(head) or read_label(head) is not None
