"""The JSON of recognisers, meetings and video sites: one row a shape, read by one function.

A path goes down from the root: a key, a number (a place in a list, ``-1`` the last), ``*`` (each of them). Where the
names of a key differ, they are parted by ``|``. A key that an entry lacks is looked for in what holds the entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

Chain = tuple[Any, ...]
"""An entry, and what holds it, from the inside out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one program writes its JSON.

    Attributes:
        program: Who writes it.
        entries: Path to the entries.
        text: Path to the words in an entry; several are put together as they are.
        start: Path to when it begins.
        end: Path to when it ends.
        lasts: Path to how long it lasts, where it does not say when it ends.
        unit_s: How long one of its numbers is.
        voice: Path to who speaks.
        inside: Path to the voices of the words inside an entry, which may be others.
        words: An entry is one word or sign, not a phrase.
        voices: Path to another list that says who speaks at the second of a word, where the words do not.
        needs: Path that must lead somewhere, where the entries alone do not tell the program.
    """

    program: str
    entries: str
    text: str
    start: str
    end: str = ""
    lasts: str = ""
    unit_s: float = 1.0
    voice: str = "speaker"
    inside: str = ""
    words: bool = False
    voices: str = ""
    needs: str = ""


_AWS = Shape("AWS Transcribe", "results.audio_segments.*", "transcript", "start_time", "end_time",
             voice="speaker_label")  # fmt: skip
_GOOGLE = Shape("Google", "results.*.alternatives.0.words.*", "word", "startTime|start_time|startOffset",
                "endTime|end_time|endOffset", voice="speakerTag|speakerLabel", words=True)  # fmt: skip
_LIST = Shape("youtube-transcript-api", "snippets|events.*", "text|body|transcript|sentence",
              "start|begin|startTime|start_time|offset", "end|endTime|end_time", "duration|dur")  # fmt: skip

SHAPES: tuple[Shape, ...] = (
    Shape("YouTube json3", "events.*", "segs.*.utf8", "tStartMs", lasts="dDurationMs", unit_s=0.001),
    _AWS,
    replace(_AWS, entries="results.items.*", text="alternatives.0.content", words=True,
            voices="results.speaker_labels.segments.*.items.*"),
    Shape("Deepgram", "results.utterances.*", "transcript", "start", "end"),
    Shape("Deepgram", "results.channels.0.alternatives.0.words.*", "punctuated_word|word", "start", "end", words=True),
    Shape("AssemblyAI", "utterances.*", "text", "start", "end", unit_s=0.001),
    Shape("whisper.cpp", "transcription.*", "text", "offsets.from", "offsets.to", unit_s=0.001),
    Shape("whisper.cpp", "transcription.*", "text", "timestamps.from", "timestamps.to"),
    Shape("Whisper, WhisperX", "segments.*", "text", "start", "end", inside="words.*.speaker"),
    Shape("podcasts", "segments.*", "body", "startTime", "endTime"),
    Shape("Whisper (transformers)", "speakers.*", "text", "timestamp.0", "timestamp.1"),
    Shape("Whisper (transformers)", "chunks.*", "text", "timestamp.0", "timestamp.1"),
    Shape("AssemblyAI", "words.*", "text", "start", "end", unit_s=0.001, words=True),
    Shape("OpenAI", "words.*", "word", "start", "end", words=True),
    Shape("Azure", "recognizedPhrases.*", "nBest.0.display", "offsetInTicks", lasts="durationInTicks", unit_s=1e-7),
    Shape("Azure", "recognizedPhrases.*", "nBest.0.display", "offset", lasts="duration", unit_s=1e-7),
    Shape("Rev", "monologues.*.elements.*", "value", "ts", "end_ts", words=True),
    replace(_GOOGLE, entries="results.-1.alternatives.0.words.*", needs=_GOOGLE.voice),  # it says all of it again
    _GOOGLE,
    Shape("Speechmatics", "results.*", "alternatives.0.content", "start_time", "end_time",
          voice="alternatives.0.speaker", words=True),
    Shape("Vosk", "*.result.*", "word", "start", "end", words=True),
    Shape("Vosk", "result.*", "word", "start", "end", words=True),
    _LIST,
    replace(_LIST, entries="*"),
    replace(_LIST, entries="*.*"),
    replace(_LIST, entries="*.snippets.*"),
    Shape("faster-whisper", "*", "4", "2", "3"),
    Shape("faster-whisper", "*", "2", "0", "1"),
)  # fmt: skip


def entries_of(loaded: Any, path: str) -> Iterator[Chain]:
    """The entries that a path leads to, each with what holds it."""
    chains: list[Chain] = [(loaded,)]
    for step in path.split("."):
        chains = [(child, *chain) for chain in chains for child in _children(chain[0], step)]
    yield from chains


def first(chain: Chain, path: str) -> Any:
    """What a path leads to, in the entry or, for a path of one key, in what holds it; None where there is nothing."""
    if not path:
        return None
    held = chain if "." not in path else chain[:1]
    return next((found for holder in held for found, *_ in entries_of(holder, path)), None)


def text_of(entry: Any, path: str) -> str | None:
    """The words of an entry; None where it has none that are text."""
    parts = [part for part, *_ in entries_of(entry, path)]
    return "".join(parts) if parts and all(isinstance(part, str) for part in parts) else None


def _children(value: Any, step: str) -> list[Any]:
    if step == "*":
        return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    if isinstance(value, dict):
        return next(([value[key]] for key in step.split("|") if value.get(key) is not None), [])
    if isinstance(value, list) and step.lstrip("-").isdigit() and -len(value) <= int(step) < len(value):
        return [value[int(step)]]
    return []
