"""Captions pasted into a text: the panel of the video site, the output of recognisers, a table of speech.

As browsers paste the panel, the time stands on a line of its own (``0:05``) or before the text (``0:05 texto``), at
times with the words that a screen reader says («5 segundos») below or stuck to it; chapter headings and the panel's own
buttons stand between. What is said may begin with an hour («11:45 es la salida») or be nothing else: such a line is
text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, zip_longest

from indexer.errors import ReadError
from indexer.model import Document
from indexer.readers.captions.cues import Cue
from indexer.readers.captions.tables import read_rows
from indexer.readers.captions.track import to_document
from indexer.readers.captions.vtt_srt_sbv import scan
from indexer.readers.labels.candidates import candidate
from indexer.readers.labels.program_voices import is_counted
from indexer.readers.paragraphs import CELLS, Paragraph, count_words, has_words, shortened
from indexer.readers.times import RANGES, clock, faster_than_speech, is_timetable, parse_time
from indexer.readers.words import listed

_MOST = 0.6
"""The part of the words that must stand in a table for it to be what the file is."""

_LABELLED = 0.8
_LINES_A_RANGE = 20


def read_pasted(paragraphs: Sequence[Paragraph]) -> Document | None:
    """The cues of a text that is nothing but cues, or None. Raises ``ReadError``: hardly one of its times can be."""
    texts = [paragraph.text for paragraph in paragraphs if paragraph.text]
    rows = [text.split(CELLS) for text in texts]
    within = sum(len(text) for text, row in zip(texts, rows, strict=True) if len(row) > 1)
    if within and within >= _MOST * sum(map(len, texts)) and (document := read_rows(rows)) is not None:
        return document
    ranges = [n for n, text in enumerate(texts) if RANGES.exact.fullmatch(text[:1_000])]
    if len(ranges) < 2 or len(texts) - ranges[0] > _LINES_A_RANGE * len(ranges):
        return None
    if sum(_is_labelled(texts[n]) for n in ranges) > _LABELLED * len(ranges):
        return None  # a transcript with labels beside their times
    cues, warnings = scan("\n".join(texts), RANGES)
    above = texts[: ranges[0]]
    if above and above[-1].isdigit():  # the number of the first cue
        above.pop()
    return to_document([*(Cue(None, None, (line,), "") for line in above), *cues], warnings)


def _is_labelled(text: str) -> bool:
    """Whether a person or a post, and no counted voice, is named beside the range."""
    said = RANGES.exact.fullmatch(text[:1_000])
    label = candidate(Paragraph(said[3].strip())) if said else None
    return label is not None and not is_counted(label.label)


_CLOCK = r"[\[(]?((?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2})"
_ALOUD = re.compile(
    r"(?:([0-9]{1,3}) (?:horas?|hours?)(?:, | y | and )?)?(?:([0-9]{1,2}) (?:minutos?|minutes?)(?:, | y | and )?)?"
    r"(?:([0-9]{1,2}) (?:segundos?|seconds?))?"
)
_TIMED = re.compile(rf"{_CLOCK}(?:[\])]|(?![0-9:.,]))(.*)")
# «0:055 segundosbuenas tardes»: the spoken time sticks to the printed one, and the text to it.
_STUCK = re.compile(rf"{_CLOCK}([0-9]{{1,3}} (?:hora|minuto|segundo|hour|minute|second).*)")
_CHAPTER = re.compile(r"(?:Capítulo|Chapter) [0-9]{1,3}: .*", re.DOTALL)
_BUTTONS = listed("panel_buttons")
_LANGUAGE = re.compile(r".{0,40}\((?:generad[oa]s? automáticamente|auto-generated|autogenerad[oa]s?)\)")

_PREAMBLE = 12  # lines of the page that may stand above the first time
_LINES_AN_ENTRY = 4
_HEADINGS_AMONG = 8  # entries from which on a second line can be told to be a heading


@dataclass(slots=True)
class _Entry:
    start_s: float
    line: int
    printed: str
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    start_s: float | None  # of the time it begins with
    rest: str  # what follows that time
    printed: str = ""  # that time


def looks_like_panel(text: str) -> bool:
    """Whether a text is a pasted transcript panel.

    It is when nearly all of it hangs on times that go on, each with little text, spoken no faster than anyone speaks.
    Times that run backwards now and then do not change that: ``read_panel`` says where.
    """
    preamble, entries = _parse(text)
    if len(entries) < 2 or len(preamble) > _PREAMBLE:
        return False
    lines = sum(len(entry.texts) for entry in entries)
    spoken = sum(bool(entry.texts) for entry in entries)
    if 2 * spoken < len(entries) or lines > _LINES_AN_ENTRY * len(entries):
        return False
    times = [entry.start_s for entry in entries]
    backwards = sum(after < before for before, after in pairwise(times))
    words = _words(entries)
    if backwards > max(1, (len(times) - 1) // 10) or is_timetable([entry.printed for entry in entries], words):
        return False
    return not faster_than_speech(words, times)


def looks_like_agenda(text: str) -> bool:
    """Whether a text is the programme of a day: hours, each with a few words (``10:00``, ``Registro``)."""
    _, entries = _parse(text)
    return len(entries) > 1 and is_timetable([entry.printed for entry in entries], _words(entries))


def _words(entries: Sequence[_Entry]) -> int:
    """Said before the last time."""
    return count_words(line for entry in entries[:-1] for line in entry.texts)


def read_panel(text: str) -> Document:
    """A pasted panel to timed blocks. The last block has no end: the panel does not say it.

    Raises:
        ReadError: There is no time in it, times run backwards, or it holds no words.
    """
    preamble, entries = _parse(text)
    if not entries:
        cure = "copie de nuevo el panel con sus horas, o pegue el texto como transcripción común"
        raise ReadError("no tiene ninguna hora, así que no es el panel de transcripción de un video", cure)
    warnings: list[tuple[str, str]] = []
    above = [line for line in preamble if not _is_of_panel(line) and has_words(line)]
    if len(above) > 1:  # one line is the title
        fault = f"hay {len(above)} líneas antes de la primera hora que no se leen («{shortened(above[0], 40)}»)"
        warnings.append((fault, "si se dijeron en el video, escriba una hora (0:00) encima"))
    headings = _take_headings(entries)
    if headings:
        shown = f"{len(headings)} líneas que no se leen («{shortened(headings[0], 40)}»)"
        fault = f"se tomaron por títulos de capítulo {shown}"
        warnings.append((fault, "si se dijeron en el video, únalas a la línea de arriba"))
    cues = [
        Cue(entry.start_s, None, tuple(entry.texts), f"línea {entry.line}, {clock(entry.start_s)}") for entry in entries
    ]
    return to_document(cues, tuple(warnings))


def _parse(text: str) -> tuple[list[str], list[_Entry]]:
    """The lines above the first time, and the entries. Blank lines, the panel's buttons and spoken times are out."""
    folded = ((number, " ".join(line.split())) for number, line in enumerate(text.split("\n"), 1))
    lines = _without_spoken_times([_read_line(number, line) for number, line in folded if line])
    alone = [line for line in lines if line.start_s is not None and not line.rest]
    times = _lone_times(lines) if 2 * len(alone) >= sum(line.start_s is not None for line in lines) else None
    preamble: list[str] = []
    entries: list[_Entry] = []
    for place, line in enumerate(lines):
        if line.start_s is not None and (times is None or place in times):
            entries.append(_Entry(line.start_s, line.number, line.printed, [line.rest] if line.rest else []))
        elif not entries:
            preamble.append(line.text)
        elif not _CHAPTER.fullmatch(line.text):
            entries[-1].texts.append(line.text)
    if entries:
        texts = entries[-1].texts
        while len(texts) > 1 and _is_of_panel(texts[-1]):  # the language menu and the buttons below the panel
            texts.pop()
    return preamble, entries


def _read_line(number: int, text: str) -> _Line:
    for pattern in (_STUCK, _TIMED):
        match = pattern.fullmatch(text)
        start_s = parse_time(match.group(1)) if match else None
        if match is not None and start_s is not None:
            rest = match.group(2).strip()
            aloud = _ALOUD.match(rest)
            if aloud is not None and _says(aloud, start_s) and (pattern is _STUCK or aloud.end() == len(rest)):
                return _Line(number, text, start_s, rest[aloud.end() :].lstrip(), match.group(1))
            if pattern is _TIMED:
                return _Line(number, text, start_s, rest, match.group(1))
    return _Line(number, text, None, "")


def _says(aloud: re.Match[str], start_s: float) -> bool:
    if not aloud.group():
        return False
    hours, minutes, seconds = (int(part or 0) for part in aloud.groups())
    return hours * 3600 + minutes * 60 + seconds == start_s


def _without_spoken_times(lines: Sequence[_Line]) -> list[_Line]:
    """Without the lines that only say the time above them, where text follows."""
    kept: list[_Line] = []
    for line, following in zip_longest(lines, lines[1:]):
        above = kept[-1].start_s if kept and not kept[-1].rest else None
        followed = following is not None and following.start_s is None
        aloud = _ALOUD.fullmatch(line.text) if followed else None
        if above is None or aloud is None or not _says(aloud, above):
            kept.append(line)
    return kept


def _lone_times(lines: Sequence[_Line]) -> frozenset[int]:
    """Which lines are times, in a panel whose times stand alone.

    Where several lines in a row are nothing but a time, every second one is what was said. An even row before text has
    one too many: it belongs to the text above when it is out of order, else it is a time without text.
    """
    times: set[int] = set()
    latest = 0.0
    rows = groupby(range(len(lines)), key=lambda place: lines[place].start_s is not None and not lines[place].rest)
    for lone, group in rows:
        row = list(group)
        if not lone:
            continue
        if len(row) % 2 == 0 and row[-1] + 1 < len(lines):
            first, second = lines[row[0]].start_s or 0.0, lines[row[1]].start_s or 0.0
            if latest <= first <= second:
                times.add(row[0])
            row = row[1:]
        times.update(row[::2])
        latest = lines[row[::2][-1]].start_s or 0.0
    return frozenset(times)


def _is_of_panel(line: str) -> bool:
    return line.casefold() in _BUTTONS or bool(_CHAPTER.fullmatch(line)) or bool(_LANGUAGE.fullmatch(line))


def _take_headings(entries: Sequence[_Entry]) -> list[str]:
    """Take out the chapter headings: a second line above the next time, in a panel whose entries have one."""
    several = [entry for entry in entries[:-1] if len(entry.texts) == 2]
    if len(entries) < _HEADINGS_AMONG or 10 * len(several) > len(entries) or any(len(e.texts) > 2 for e in entries):
        return []
    return [entry.texts.pop() for entry in several if entry.texts[1][0].isupper() or entry.texts[1][0].isdigit()]
