"""The time printed beside a speaker's label: ``[00:12] Ana Pérez:``, ``Moderadora (00:12:05):``, ``0:05 ANA: …``.

A stamp never hides a label. Whether it is a second of the recording is asked of all of them together: most turns have
one, they go on, and nobody would have to speak faster than people do, as with the hours of a session.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.model import Speaker, Warnings
from indexer.readers.labels.calls_and_sentences import is_sentence
from indexer.readers.labels.candidates import Candidate, Labels, candidate
from indexer.readers.labels.label import read_label
from indexer.readers.labels.label_parts import MAX_LABEL, Certainty, Reading
from indexer.readers.labels.posts import turned_name
from indexer.readers.paragraphs import FULL_STOPS, Paragraph, count_words, has_words
from indexer.readers.times import (
    LATEST_START_S,
    MAX_S,
    STAMP,
    faster_than_speech,
    forward,
    is_timetable,
    leading_time,
    parse_time,
)

_STAMP = STAMP.replace("(", "(?P<time>", 1)
_IN_BRACKETS = re.compile(rf"\s?[\[(]\s?{_STAMP}\s?[\])]\s?(?::|\.?[-–—](?!\w))?")
_BEFORE_COLON = re.compile(rf"\s{_STAMP}\s?:(?!\d)")
_AT_END = re.compile(rf"\s{_STAMP}$")
_NAME_IN_BRACKETS = re.compile(rf"\[([^\[\]]{{2,80}})\]\s{{1,3}}{_STAMP}$")  # as Zoom saves its captions
_CHAT = re.compile(r"(?:From|De|Desde) {1,3}([^:]{2,60}?)(?: {1,3}(?:to|a|para) [^:]{2,40}?)? ?: ?", re.IGNORECASE)
_LABEL_ENDS = (":", "-", "–", "—")
_PAGES = "si alguna es el segundo del video, escríbala junto al nombre de quien habla"
_MEND = "corrija la hora en el archivo, o quite las horas"
_SHORT = 80
_MOST_WORDS = 8
_MOSTLY = 0.8
"""The part of the times that must go on; the others are slips."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp that was taken out of a line.

    Attributes:
        time: As printed.
        printed: The lines as they were.
        alone: It stood on the line above the label.
        unread: What stood beside it alone on the line, where it is the habit that a name does and this is none we know.
        bare: It stood at the start without brackets, as hours of the day do.
    """

    time: str
    printed: tuple[Paragraph, ...]
    alone: bool = False
    bare: bool = False
    unread: str = ""

    @property
    def second(self) -> float:
        """What it says, read as a time of the recording."""
        return parse_time(self.time) or 0.0


def without_stamps(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], dict[int, Stamp]]:
    """Take the stamps out of the lines that may hold a label beside them."""
    names, first = _habit_of_names(lines)
    bare: list[Paragraph] = []
    stamps: dict[int, Stamp] = {}
    for line in lines:
        above = bare[-1] if bare else None
        found = _unstamped(line, names) or (_unread(line, first=first) if names else None)
        if found:
            stamps[len(bare)] = found[1]
            bare.append(found[0])
        elif above and (time := _lone_time(above)) and len(bare) - 1 not in stamps and candidate(line):
            stamps[len(bare) - 1] = Stamp(time, (above, line), alone=True, bare=True)
            bare[-1] = line
        else:
            bare.append(line)
    known = [n for n, stamp in stamps.items() if not stamp.unread]
    for n in [n for n, stamp in stamps.items() if stamp.unread]:
        after = bisect_right(known, n)  # its time must lie between those of the labels around it
        least = stamps[known[after - 1]].second if after else 0.0
        most = stamps[known[after]].second if after < len(known) else MAX_S
        if not least <= stamps[n].second <= most:
            bare[n] = stamps.pop(n).printed[0]
    return bare, stamps


def with_unread(labels: Labels, stamps: Mapping[int, Stamp]) -> Labels:
    """The labels, and those that only their place tells: who is not known must not speak under the name above."""
    unread = {n: stamp.unread for n, stamp in stamps.items() if stamp.unread and n not in labels}
    return {**labels, **{n: Candidate(Reading(Speaker(role=u), Certainty.WEAK), u, "") for n, u in unread.items()}}


def _is_short(text: str) -> bool:
    return bool(text) and len(text.split()) <= _MOST_WORDS and text[0].isupper() and text[-1].isalnum()


def _unread(line: Paragraph, *, first: bool) -> tuple[Paragraph, Stamp] | None:
    """A short line that ends in a time as the lines with names do: ``Sala 3   0:10``, ``+52 55 0000 0000   0:10``.

    Where all names stand after their times (``first``), one that begins with a time.
    """
    short = line.text if len(line.text) <= _SHORT else ""
    begins = leading_time(short) if first else None
    found = None if begins else _NAME_IN_BRACKETS.fullmatch(short) or _AT_END.search(short)
    if begins:
        time, label = begins[0], short[begins[1] :].strip(" :–—-[]")
    elif found and parse_time(found["time"]) is not None:
        time, label = found["time"], short[: found.start("time")].strip(" :–—-[]")
    else:
        return None
    if not label or label.endswith((*FULL_STOPS, ",", ";")) or is_sentence(label):
        return None
    if not (label[0].isupper() if begins else has_words(label)):
        return None
    return replace(line, text=f"{label}:", bold=0), Stamp(time, (line,), unread=label)


def count_stamps(lines: Sequence[Paragraph]) -> int:
    """How many lines begin with a time."""
    return sum(leading_time(line.text) is not None for line in lines)


def _lone_time(line: Paragraph) -> str | None:
    begins = leading_time(line.text)
    return begins[0] if begins and begins[1] == len(line.text) else None


def _habit_of_names(lines: Sequence[Paragraph]) -> tuple[bool, bool]:
    """Whether a name beside a time, and nothing else on the line, is a label: it is where that is the habit.

    And whether nearly every line that begins with a time holds a name and no more: ``0:10 Ana Pérez``.
    """
    times = {n: begins[0] for n, line in enumerate(lines) if (begins := leading_time(line.text))}
    unstamped = {n: found[0] for n, line in enumerate(lines) if (found := _unstamped(line, names=True))}
    named = [n for n, line in unstamped.items() if line.text.endswith(":")]
    if len(named) < 2 or is_timetable([*times.values()], count_words(line.text for line in lines)):
        return False, False
    return True, len(times) > 1 and sum(n in times for n in named) >= _MOSTLY * len(times)


def _unstamped(line: Paragraph, names: bool) -> tuple[Paragraph, Stamp] | None:
    """The line without its stamp, where what is left may begin with a label; ``names``: a name alone is one too."""
    text = line.text
    if begins := leading_time(text):
        time, end = begins
        rest = replace(line, text=text[end:], bold=max(0, line.bold - end))
        if chat := _CHAT.match(rest.text):  # as Zoom saves its chat: «10:02:03 De Ana Pérez Para Todos: …»
            rest = replace(rest, text=f"{chat[1]}: {rest.text[chat.end() :]}", bold=0)
        stamp = Stamp(time, (line,), bare=text[0].isdigit())
        if rest.text and candidate(rest):
            return rest, stamp
        if rest.text and names and _is_short_label(rest.text):
            return replace(rest, text=f"{rest.text}:"), stamp
        return None
    head = text[: MAX_LABEL + 20]
    if bracketed := _NAME_IN_BRACKETS.fullmatch(head):
        text = head = f"{bracketed[1]} {bracketed['time']}"
    if not any(c.isdigit() for c in head) or text[:1] in ("", "[", "("):
        return None
    for shape in (_IN_BRACKETS, _BEFORE_COLON, _AT_END):
        found = shape.search(head)
        if found is None or parse_time(found["time"]) is None or (shape is _AT_END and len(head) < len(text)):
            continue
        label = turned_name(text[: found.start()].rstrip(" :–—-"))
        if label.endswith(FULL_STOPS) and not found.group().rstrip().endswith(_LABEL_ENDS):
            continue  # a sentence with its time, as in a roll-call
        if read_label(label) is None or (shape is _AT_END and not (names and _is_short_label(label))):
            continue
        bare = f"{label}: {text[found.end() :].strip()}".rstrip()
        return replace(line, text=bare, bold=min(line.bold, len(label))), Stamp(found["time"], (line,))
    return None


def _is_short_label(text: str) -> bool:
    """A line of its own beside its time needs no colon: ``Ana Pérez 0:12``, as meeting programs write."""
    return _is_short(text) and read_label(text) is not None


def seconds_of(
    lines: Sequence[Paragraph], labels: Labels, stamps: Mapping[int, Stamp]
) -> tuple[dict[int, float], Warnings]:
    """The second of each label that has one, if the stamps are times of the recording; and what was wrong with them."""
    turns = sorted(n for n, label in labels.items() if label)
    timed = [n for n in turns if n in stamps]
    pages = bool(timed) and all(_is_page_time(stamps[n]) for n in timed)  # a time now and then, on its own line
    if not timed or (2 * len(timed) < len(turns) and not pages):
        return {}, ()
    unused = ((f"hay horas solas en su renglón que no se leen («{stamps[timed[0]].time}»)", _PAGES),) if pages else ()
    kept = forward([(n, stamps[n].second) for n in timed])
    times = [second for _, second in kept]
    words = count_words(line.text for line in lines[kept[0][0] : kept[-1][0]])
    if times[0] >= LATEST_START_S or times[-1] >= MAX_S or faster_than_speech(words, times):
        return {}, unused
    if all(stamps[n].bare for n in timed) and is_timetable([stamps[n].time for n in timed], words):
        return {}, unused
    if len(kept) == len(timed):
        return dict(kept), ()
    slip = next(stamps[n] for n, after in zip(timed, [*kept, (-1, 0.0)], strict=False) if n != after[0])
    place = f"«{slip.printed[0].text[:40]}»"
    if len(kept) < _MOSTLY * len(timed):
        return {}, ((f"las horas junto a las etiquetas van hacia atrás ({place}) y no se usan", _MEND),)
    return dict(kept), ((f"hay horas fuera de orden junto a las etiquetas ({place}), que no se usan", _MEND),)


def _is_page_time(stamp: Stamp) -> bool:
    """``10:05:00`` alone on its line: nobody says it, whether or not it is a second of the recording."""
    return stamp.alone and stamp.time.count(":") == 2


def put_back(
    lines: Sequence[Paragraph], labels: Labels, stamps: Mapping[int, Stamp], seconds: Mapping[int, float]
) -> tuple[list[Paragraph], dict[int, Candidate | None], dict[int, float]]:
    """The lines as printed where there is no label after all; in a timed text stamps of other lines are read too."""
    done: list[Paragraph] = []
    moved: dict[int, Candidate | None] = {}
    known: dict[int, float] = {}
    times = sorted(seconds.items())
    latest: float | None = None  # the last time of a label above
    for n, line in enumerate(lines):
        stamp = stamps.get(n)
        if n in labels:
            if stamp and stamp.alone and n not in seconds and not _is_page_time(stamp):
                done.append(stamp.printed[0])
            moved[len(done)] = labels[n]
            if n in seconds:
                latest = known[len(done)] = seconds[n]
            done.append(line)
            continue
        for printed in stamp.printed if stamp else (line,):
            begins = leading_time(printed.text) if latest is not None else None
            after = bisect_right(times, (n, MAX_S))
            if begins and latest is not None:
                second = parse_time(begins[0]) or 0.0
                if latest <= second <= (times[after][1] if after < len(times) else MAX_S):
                    latest = known[len(done)] = second
                    printed = replace(printed, text=printed.text[begins[1] :], bold=0)
            if printed.text or printed.rule:
                done.append(printed)
    return done, moved, known
