"""The time printed beside a speaker's label: ``[00:12] Ana Pérez:``, ``Moderadora (00:12:05):``, ``0:05 ANA: …``.

A stamp never hides a label. Whether it is a second of the recording is asked of all of them together: most turns have
one, they go on, and nobody would have to speak faster than people do, as with the hours of a session.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.readers.candidates import Candidate, Labels, candidate
from indexer.readers.cue import MAX_S, parse_time
from indexer.readers.evidence import MAX_LABEL
from indexer.readers.labels import read_label
from indexer.readers.paragraphs import Paragraph, leading_stamp, stamp_pattern
from indexer.readers.timetable import LATEST_START_S, faster_than_speech, is_timetable

_IN_BRACKETS = re.compile(rf"\s?[\[(]\s?{stamp_pattern}\s?[\])]\s?(?P<colon>:|\.?[-–—](?!\w))?")
_BEFORE_COLON = re.compile(rf"\s{stamp_pattern}\s?(?P<colon>:)(?!\d)")
_AT_END = re.compile(rf"\s{stamp_pattern}(?P<colon>)$")
_AFTER_COLON = re.compile(rf"(?P<colon>:)\s?[\[(]\s?{stamp_pattern}\s?[\])]")
_MOSTLY = 0.8
"""The part of the times that must go on; the others are slips."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp that was taken out of a line.

    Attributes:
        second: What it says, read as a time of the recording.
        printed: The lines as they were.
        alone: It stood on the line above the label.
    """

    second: float
    printed: tuple[Paragraph, ...]
    alone: bool = False


def without_stamps(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], dict[int, Stamp]]:
    """Take the stamps out of the lines that may hold a label beside them."""
    colons = _names_without_colon(lines)
    bare: list[Paragraph] = []
    stamps: dict[int, Stamp] = {}
    for line in lines:
        above = bare[-1] if bare else None
        found = _unstamped(line, colons)
        if found:
            stamps[len(bare)] = Stamp(found[1], (line,))
            bare.append(found[0])
        elif above and (second := _lone_second(above)) is not None and candidate(line):
            stamps[len(bare) - 1] = Stamp(second, (above, line), alone=True)
            bare[-1] = line
        else:
            bare.append(line)
    return bare, stamps


def _names_without_colon(lines: Sequence[Paragraph]) -> bool:
    """Whether a name beside a time, and nothing else on the line, is a label: it is where that is the habit."""
    times: list[float] = []
    words = names = 0
    for line in lines:
        begins = leading_stamp(line.text)
        second = parse_time(begins[1] or begins[2]) if begins else None
        words += len(line.text.split())
        if begins and second is not None:
            times.append(second)
        names += (found := _unstamped(line, names=True)) is not None and found[0].text.endswith(":")
    return names > 1 and not is_timetable(times, words)


def _unstamped(line: Paragraph, names: bool) -> tuple[Paragraph, float] | None:
    text = line.text
    begins = leading_stamp(text)
    if begins:
        second = parse_time(begins[1] or begins[2])
        rest = replace(line, text=text[begins.end() :], bold=max(0, line.bold - begins.end()))
        if second is None or not rest.text or rest.text[-1:] in ".,;":
            return None
        if candidate(rest):
            return rest, second
        return (replace(rest, text=f"{rest.text}:"), second) if names and _is_short_label(rest.text) else None
    head = text[: MAX_LABEL + 20]
    if not any(c.isdigit() for c in head):
        return None
    for shape in (_IN_BRACKETS, _BEFORE_COLON, _AFTER_COLON, _AT_END):
        found = shape.search(head)
        second = parse_time(found[1] if shape is not _AFTER_COLON else found[2]) if found else None
        if found is None or second is None or (shape is _AT_END and len(head) < len(text)):
            continue
        label = text[: found.start()].rstrip()
        if read_label(label) is None or (shape is _AT_END and not (names and _is_short_label(label))):
            continue
        bare = f"{label}: {text[found.end() :].strip()}".rstrip()
        return replace(line, text=bare, bold=min(line.bold, len(label))), second
    return None


def _is_short_label(text: str) -> bool:
    """A line of its own beside its time needs no colon: ``Ana Pérez 0:12``, as meeting programs write."""
    return len(text.split()) <= 8 and text[0].isupper() and text[-1].isalnum() and read_label(text) is not None


def _lone_second(line: Paragraph) -> float | None:
    begins = leading_stamp(line.text)
    return parse_time(begins[1] or begins[2]) if begins and begins.end() == len(line.text) else None


def seconds_of(lines: Sequence[Paragraph], labels: Labels, stamps: Mapping[int, Stamp]) -> dict[int, float]:
    """The second of each line that has one, if the stamps are times of the recording; else nothing."""
    turns = sorted(n for n, label in labels.items() if label)
    timed = [n for n in turns if n in stamps]
    if not timed or 2 * len(timed) < len(turns):
        return {}
    kept = _forward([(n, stamps[n].second) for n in timed])
    times = [second for _, second in kept]
    if len(kept) < _MOSTLY * len(timed) or times[0] >= LATEST_START_S or times[-1] >= MAX_S:
        return {}
    words = sum(len(line.text.split()) for line in lines[kept[0][0] : kept[-1][0]])
    if faster_than_speech(words, times) or is_timetable(times, words):
        return {}
    return dict(kept)


def _forward(times: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """The longest part of them that never goes back."""
    tails: list[float] = []
    ends: list[int] = []  # of the best run of each length: its last place
    before: list[int] = []
    for place, (_, second) in enumerate(times):
        length = bisect_right(tails, second)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(second)
            ends.append(place)
        else:
            tails[length], ends[length] = second, place
    run: list[tuple[int, float]] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        run.append(times[place])
        place = before[place]
    return run[::-1]


def put_back(
    lines: Sequence[Paragraph], labels: Labels, stamps: Mapping[int, Stamp], seconds: Mapping[int, float]
) -> tuple[list[Paragraph], dict[int, Candidate | None], dict[int, float]]:
    """The lines as printed where there is no label after all; in a timed text stamps of other lines are read too."""
    done: list[Paragraph] = []
    moved: dict[int, Candidate | None] = {}
    known: dict[int, float] = {}
    times = sorted(seconds.items())
    latest = 0.0
    for n, line in enumerate(lines):
        stamp = stamps.get(n)
        if n in labels:
            if stamp and stamp.alone and not seconds:
                done.append(stamp.printed[0])
            moved[len(done)] = labels[n]
            if n in seconds:
                latest = known[len(done)] = seconds[n]
            done.append(line)
            continue
        for printed in stamp.printed if stamp else (line,):
            begins = leading_stamp(printed.text) if seconds else None
            second = parse_time(begins[1] or begins[2]) if begins else None
            after = bisect_right(times, (n, MAX_S))
            until = times[after][1] if after < len(times) else MAX_S
            if begins and second is not None and latest <= second <= until and times[0][0] < n:
                latest = known[len(done)] = second
                printed = replace(printed, text=printed.text[begins.end() :], bold=0)
            if printed.text or printed.rule:
                done.append(printed)
    return done, moved, known
