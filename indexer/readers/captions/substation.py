"""SubStation Alpha (.ass, .ssa): what is said in its dialogues, and by whom where the field of the name says so."""

import re

from indexer.errors import ReadError
from indexer.model import Document
from indexer.readers.captions.cue_speakers import speaker_of_voice
from indexer.readers.captions.cues import Cue
from indexer.readers.captions.track import to_document
from indexer.readers.decode import decode
from indexer.readers.times import parse_time

_FIELDS = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9][^{}]*\}")
_OVERRIDES = re.compile(r"\{[^{}]*\}")
_BREAKS = re.compile(r"\\[Nn]")


def read_substation(data: bytes) -> Document:
    """The dialogues in order of their times, without comments and drawings. Raises ``ReadError``: there are none."""
    fields = _FIELDS
    cues: list[Cue] = []
    for number, line in enumerate(decode(data).split("\n"), 1):
        kind, _, value = line.strip().partition(":")
        if kind == "Format" and "Text" in value:
            fields = [field.strip().lower() for field in value.split(",")]
        elif kind == "Dialogue" and "text" in fields:
            parts = dict(zip(fields, value.split(",", len(fields) - 1), strict=False))
            text = parts.get("text", "")
            if not _DRAWING.search(text):
                lines = _BREAKS.split(_OVERRIDES.sub("", text).replace("\\h", " "))
                who = speaker_of_voice(parts.get("name", parts.get("actor", "")))
                start_s, end_s = parse_time(parts.get("start", "")), parse_time(parts.get("end", ""))
                cues.append(Cue(start_s, end_s, tuple(lines), f"línea {number}", who))
    if not cues:
        raise ReadError("no tiene ningún diálogo (Dialogue:)", "expórtelo de nuevo, o guárdelo como .srt")
    if all(cue.start_s is not None for cue in cues):  # files of several styles go through the film once for each
        cues.sort(key=lambda cue: cue.start_s or 0.0)
    return to_document(cues)
