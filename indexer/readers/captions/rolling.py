"""Rolling captions: automatic captions show every line twice, new at the bottom and then carried to the top.

As the video site writes them, cues come in pairs: one that shows the line before and the new one, and one of 10 ms that
shows the new one alone while the window rolls::

    00:02.000 --> 00:04.000        00:03.990 --> 00:04.000
    line before                    new line
    new line                       (a line with one space)

Conversions to SubRip keep the pairs, drop the blank lines, drop the 10 ms cues, or join the two lines into one. A word
is new where it is not carried over from the cue before; whether a file rolls at all is decided once for the whole file,
so that what someone really said twice stays twice in a file that does not.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.readers.captions.cue_text import plain
from indexer.readers.captions.cues import Cue

FREEZE_S = 0.1
"""No line is said in less: a cue this short that adds nothing only holds the window while it rolls."""

MAX_LINES = 8
MAX_WORDS = 40
"""What a window holds at most: bounds the search for what was carried over."""

Lines = tuple[str, ...]


def unroll(cues: Sequence[Cue]) -> list[Cue]:
    """The cues with each line once, at the cue that shows it first; those of a file that does not roll, as they are.

    A cue that only repeats is dropped, and the one before lasts until it ends.
    """
    read = [tuple(plain(line) for line in cue.lines) for cue in cues]
    shown = [tuple(line for line in lines if line) for lines in read]
    if not _rolls(cues, shown):
        return list(cues)
    joined = all(len(lines) <= 1 for lines in shown)
    kept: list[Cue] = []
    before: Lines = ()
    fresh: Lines = ()
    for cue, lines, now in zip(cues, read, shown, strict=True):
        if joined:
            now = tuple(now[0].split())
            # What was new in the cue before stands at the head of this one.
            again = bool(fresh) and now[: len(fresh)] == fresh and (_is_freeze(cue) or len(now) > len(fresh))
            carried = len(fresh) if again else 0
        else:
            carried = _carried_lines(before, lines, now, _is_freeze(cue))
        before = now
        if carried < len(now):
            fresh = now[carried:]
            kept.append(cue if not carried else replace(cue, lines=_tail(cue, lines, fresh, joined)))
        elif kept:
            end_s = kept[-1].end_s
            if cue.end_s is not None and end_s is not None and cue.end_s > end_s:
                kept[-1] = replace(kept[-1], end_s=cue.end_s)
    return kept


def _tail(cue: Cue, lines: Lines, fresh: Lines, joined: bool) -> Lines:
    """What is new of a cue: its last printed lines, or its last words."""
    if joined:
        return (" ".join(fresh),)
    filled = [place for place, line in enumerate(lines) if line]
    return cue.lines[filled[-len(fresh)] :]


def _is_freeze(cue: Cue) -> bool:
    return cue.end_s is not None and cue.start_s is not None and cue.end_s - cue.start_s <= FREEZE_S


def _carried_lines(before: Lines, lines: Lines, now: Lines, freeze: bool) -> int:
    """How many of the first lines of ``now`` were there before."""
    held = freeze or not lines[-1] or (now == before and len(set(now)) > 1)
    if held and before[-len(now) :] == now:
        return len(now)
    # A cue that is no hold brings something new, be it the same word once more.
    return _overlap(before, now, MAX_LINES)


def _overlap(before: Lines, now: Lines, most: int, least: int = 1) -> int:
    """How many at the head, not all, are the end of what was there before; 0 where they are fewer than ``least``."""
    counts = range(min(len(now) - 1, len(before), most), least - 1, -1)
    return next((count for count in counts if before[-count:] == now[:count]), 0)


def _rolls(cues: Sequence[Cue], shown: Sequence[Lines]) -> bool:
    """Whether the file rolls: a quarter of its cues hold the window for an instant, or half carry lines over."""
    freezes = staying = carrying = words = 0
    before: Lines = ()
    stayed = False
    for cue, now in zip(cues, shown, strict=True):
        freeze = _is_freeze(cue)
        if freeze and stayed and _words(before)[-len(_words(now)) :] == _words(now):
            freezes += 1
        elif before:
            carried = _head_carried(before, now)
            staying += 1
            carrying += carried > 0
            words += carried
        before, stayed = now, not freeze
    # One cue that begins as the one before ended («No.», «No. Señor.») may be speech.
    return 4 * freezes >= len(cues) > 1 or (words >= 3 and 2 * carrying >= staying)


def _head_carried(before: Lines, now: Lines) -> int:
    """How many words at the head of a cue, not all of it, are the end of the cue before; 0 when none."""
    if lines := _overlap(before, now, MAX_LINES):
        return len(_words(now[:lines]))
    alone = len(now) == len(before) == 1
    # Weaker evidence than a whole line: three such cues are needed.
    return 1 if alone and _overlap(_words(before), _words(now), MAX_WORDS, 3) else 0


def _words(lines: Lines) -> Lines:
    return tuple(" ".join(lines).split())
