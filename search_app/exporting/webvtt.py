"""The WebVTT export of a transcript: its cues as received, with speakers and fragment numbers."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from indexer.language.inferred_names import INFERRED_NAME_CAUTION, called
from indexer.model import Kind
from indexer.model.passage import Passage
from search_app.citations.cited import FICTITIOUS_MARK
from search_app.citations.prose import NOBODY
from search_app.exporting.selection import NotSelected, Selection
from search_app.shown.formatting import day

MIMETYPE = "text/vtt"
_LAST_S = 5.0
"""How long the last cue stands where nobody knows."""
_LEAST_S = 0.001


class _Cue(NamedTuple):
    name: str
    start_s: float
    end_s: float | None
    person: str | None
    text: str


def captions(selection: Selection) -> str:
    """The file.

    Raises:
        NotSelected: The page has no transcript with times.
    """
    said = [hit.passage for hit in selection.hits if hit.passage.kind is Kind.TRANSCRIPT]
    if not selection.timed:
        raise NotSelected(404, f"«{selection.heading}» no tiene transcripción con tiempos: no hay subtítulos que dar.")
    notes = [selection.heading, *sorted({each.caution for each in selection.cited if each.spoken and each.caution})]
    if any(passage.inferred for passage in said):
        notes.append(INFERRED_NAME_CAUTION)
    if selection.fictitious:
        notes.insert(0, f"{FICTITIOUS_MARK}: {NOBODY}")
    notes += [f"Consta, edición {selection.edition}, consultada el {day(selection.consulted)}", selection.address]
    parts = ["WEBVTT", "\n".join(["NOTE", *map(_note, notes)])]
    cues = list(_cues(said))
    for place, cue in enumerate(cues):
        following = cues[place + 1].start_s if place + 1 < len(cues) else cue.start_s + _LAST_S
        end = max(cue.end_s if cue.end_s is not None else following, cue.start_s + _LEAST_S)
        voice = f"<v {escape(' '.join(cue.person.split()))}>" if cue.person else ""
        parts.append(f"{cue.name}\n{_clock(cue.start_s)} --> {_clock(end)}\n{voice}{escape(cue.text)}")
    return "\n\n".join(parts) + "\n"


def _cues(said: list[Passage]) -> Iterator[_Cue]:
    """A cue each as received; a fragment without times goes at the second of what stands before it."""
    second = 0.0
    for passage in said:
        starts = passage.cues or ((0, passage.start_s if passage.start_s is not None else second),)
        # What stands before the first known cue is of the same fragment.
        offsets = [0, *(offset for offset, _ in starts[1:]), len(passage.text)]
        for place, (_, start) in enumerate(starts):
            words = " ".join(passage.text[offsets[place] : offsets[place + 1]].split())
            if not words:
                continue
            second = max(second, start)
            last = place == len(starts) - 1
            name = f"p{passage.number}" + (f"-{place + 1}" if place else "")
            yield _Cue(name, second, passage.end_s if last else None, called(passage.person, passage.inferred), words)


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02d}:{whole // 60_000 % 60:02d}:{whole // 1000 % 60:02d}.{whole % 1000:03d}"


def _note(text: str) -> str:
    """A line of a comment, which no arrow may stand in."""
    return " ".join(text.split()).replace("-->", "→")
