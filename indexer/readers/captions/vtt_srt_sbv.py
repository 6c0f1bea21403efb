"""Captions in lines of text: WebVTT (.vtt) as staff really have it, SubRip (.srt), and the video site's SBV (.sbv).

One scanner reads the three, driven by the lines of times. The libraries were weighed and left. The expressions of srt
3.5.3 go back over what they read: 2,000 digits take 57 s. webvtt-py 0.6.0 drops a cue with a mistyped time without a
word (three of four in a sample) and refuses a file that lost its header. Neither says the line of a fault. Here each
line is looked at once, and no text below a time is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.errors import ReadError
from indexer.model import Document, Warnings
from indexer.readers.captions.cue_speakers import speaker_of_voice
from indexer.readers.captions.cues import HARDLY_ANY, Cue
from indexer.readers.captions.track import to_document
from indexer.readers.decode import decode
from indexer.readers.paragraphs import shortened, some
from indexer.readers.times import ARROW_TIMES, COMMA_TIMES, TimesLine, read_time

_BREAK = re.compile(r"\[br\]", re.IGNORECASE)


def read_vtt(data: bytes) -> Document:
    """Captions in WebVTT. A lost header, a comma in a time, hours left out, a missing blank line do no harm.

    Raises:
        ReadError: It is no text, has no readable times, runs backwards, or holds no words. So do the other two.
    """
    return vtt_document(decode(data))


def read_srt(data: bytes) -> Document:
    """Captions in SubRip, with or without numbers, rolling or not."""
    return to_document(*scan(decode(data), ARROW_TIMES))


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


_SETTINGS = re.compile(r"^(?:(?:align|position|line|size|vertical|region|[XYxy][12]) ?:\S{1,40}\s*){1,6}")
_NOT_SPOKEN = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?:\s|$)")

_WEBEX = re.compile(r'[0-9]{1,6} "([^"]{1,80})" \([0-9]{1,20}\)\s*')  # which names a cue after who speaks
MAX_TIMES_LINE = 20_000
_INDEX = re.compile(r"\s*[0-9]{1,9}\s*")


def scan(text: str, times: TimesLine, *, identifiers: bool = False) -> tuple[list[Cue], Warnings]:
    """The cues of a file, and what is wrong with it. Text below a mistyped time goes with the cue before.

    Args:
        identifiers: True for WebVTT: any line between a blank one and the times names the cue, and NOTE, STYLE and
            REGION blocks are not spoken.

    Raises:
        ReadError: Hardly a line of times can be read.
    """
    lines = text.split("\n")
    starts = [found for number, line in enumerate(lines) if (found := _times(line, number, times)) is not None]
    faulty = [start.line for start in starts if start.start_s is None]
    if HARDLY_ANY * (len(starts) - len(faulty)) < len(starts) or not starts:
        raise _no_times(lines, faulty)
    first = starts[0].line
    indexed = first > 0 and _INDEX.fullmatch(lines[first - 1]) is not None
    cues: list[Cue] = []
    early: list[str] = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        body = lines[start.line + 1 : None if following is None else following.line]
        body = _without_name(body, indexed, identifiers, last=following is None)
        if identifiers:
            body = _without_notes(body)
        body = ([start.said] if start.said else []) + _without_edges(body)
        if start.start_s is not None:
            webex = _WEBEX.fullmatch(lines[start.line - 1]) if identifiers and start.line else None
            speaker = speaker_of_voice(webex[1]) if webex else None
            cues.append(Cue(start.start_s, start.end_s, (*early, *body), f"línea {start.line + 1}", speaker))
            early = []
        elif cues:
            cues[-1] = replace(cues[-1], lines=(*cues[-1].lines, *body))
        else:
            early += body
    return cues, _warn(lines, [start.line for start in starts if None in (start.start_s, start.end_s)])


class _Start(NamedTuple):
    """A line of times, and what is said on it; without seconds when they cannot be read. Lines count from 0."""

    line: int
    start_s: float | None
    end_s: float | None
    said: str = ""


def _times(line: str, number: int, times: TimesLine) -> _Start | None:
    if len(line) > MAX_TIMES_LINE:
        return None
    match = times.exact.fullmatch(line)
    if match is None:
        return _Start(number, None, None) if times.alike.fullmatch(line) else None
    said = match.group(3).strip() if times.exact.groups > 2 else ""
    return _Start(number, read_time(match.group(1)), read_time(match.group(2)), _SETTINGS.sub("", said))


def _no_times(lines: Sequence[str], faulty: Sequence[int]) -> ReadError:
    if faulty:
        place = f"la primera, en la línea {faulty[0] + 1}: «{shortened(lines[faulty[0]].strip(), 40)}»"
        return ReadError(f"no se puede leer ninguna hora ({place})", "descargue de nuevo los subtítulos del video")
    return ReadError(
        "no tiene ninguna línea de tiempos, así que no es un archivo de subtítulos",
        "descargue de nuevo los subtítulos; si es un texto sin tiempos, guárdelo como .txt",
    )


def _without_name(body: list[str], indexed: bool, identifiers: bool, last: bool) -> list[str]:
    """Without the number or name of the next cue, which is the last line before its times.

    Of a file that was cut short, the last line may be a number that nothing follows.
    """
    if last:
        body = _without_edges(body)
        return body[:-1] if indexed and len(body) > 1 and not body[-2] and _INDEX.fullmatch(body[-1]) else body
    if not body or not body[-1].strip():
        return body
    named = identifiers and len(body) > 1 and not body[-2].strip() and any(map(str.strip, body[:-1]))
    return body[:-1] if named or (indexed and _INDEX.fullmatch(body[-1])) else body


def _without_notes(body: list[str]) -> list[str]:
    kept: list[str] = []
    skipping = False
    for place, line in enumerate(body):
        if skipping:
            skipping = bool(line.strip())
        elif place > 0 and not body[place - 1].strip() and _NOT_SPOKEN.match(line):
            skipping = True
        else:
            kept.append(line)
    return kept


def _without_edges(body: list[str]) -> list[str]:
    """Without the empty lines that part cues. A line of one space is a line of the window, and stays."""
    filled = [place for place, line in enumerate(body) if line]
    return body[filled[0] : filled[-1] + 1] if filled else []


def _warn(lines: Sequence[str], faulty: Sequence[int]) -> Warnings:
    if not faulty:
        return ()
    named = some([f"{number + 1} «{shortened(lines[number].strip(), 40)}»" for number in faulty])
    return ((f"hay horas que no se pueden leer (línea {named})", "corrija la línea de tiempos"),)
