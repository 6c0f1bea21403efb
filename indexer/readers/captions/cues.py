"""Timed cues, and which of their times can be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.errors import ReadError
from indexer.model import Speaker, Warnings
from indexer.readers.paragraphs import some
from indexer.readers.times import MAX_S, clock, forward


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as a file holds it.

    Attributes:
        start_s: When it appears, on the file's clock; None when the file does not say, or says what cannot be.
        end_s: When it goes, or None when the file does not say. Time on screen, not of speech: it may overlap the next.
        lines: Its lines as printed, markup and blank ones included.
        place: Where it stands, for messages (``línea 12``, ``entrada 3``); empty for text that nobody timed (a title).
        speaker: Whom the file names beside the text, or None; a voice tag inside the text goes before.
    """

    start_s: float | None
    end_s: float | None
    lines: tuple[str, ...]
    place: str
    speaker: Speaker | None = None


HARDLY_ANY = 5
"""Where not even one time in so many is right, the file's times mean nothing."""

_AGAIN = "descargue de nuevo los subtítulos, o corrija esas líneas"


def end_of(start_s: float | None, end_s: float | None, lasts_s: float | None) -> float | None:
    """When a cue ends: at the second that the file gives, else after as long as the cue lasts."""
    if end_s is None and start_s is not None and lasts_s is not None:
        return round(start_s + lasts_s, 3)
    return end_s


def settle(cues: Sequence[Cue]) -> tuple[list[Cue], Warnings]:
    """Cues in their order, each once, with the times that can be.

    A time that runs back or cannot be goes, and its cue stays where it is; so does an end before its start. What is
    there twice, with the same words at the same times, was sent twice.

    Raises:
        ReadError: Hardly a time is left.
    """
    keys = ((cue.start_s, cue.end_s, cue.lines) if cue.start_s is not None else n for n, cue in enumerate(cues))
    once = list(dict(zip(keys, cues, strict=True)).values())  # without a time, the same may be said again
    times = [(n, cue.start_s) for n, cue in enumerate(once) if cue.start_s is not None and cue.start_s < MAX_S]
    kept = {n for n, _ in forward(times)}
    untimed = [cue for n, cue in enumerate(once) if n not in kept and cue.place]
    if HARDLY_ANY * len(kept) < len(kept) + len(untimed):
        cure = "ordene los subtítulos por su hora, o descárguelos de nuevo"
        raise ReadError(f"casi ninguna de sus horas puede ser ({_told(untimed)})", cure)
    settled: list[Cue] = []
    ends: list[Cue] = []
    for n, cue in enumerate(once):
        if n not in kept:
            cue = replace(cue, start_s=None, end_s=None)
        elif cue.end_s is not None and cue.start_s is not None and cue.end_s < cue.start_s:
            ends.append(cue)
            cue = replace(cue, end_s=None)
        settled.append(cue)
    again = len(cues) - len(once)
    faults = (
        (untimed, f"hay horas que faltan, van hacia atrás o no pueden ser, y no se usan ({_told(untimed)})"),
        (ends, f"hay horas finales anteriores a su inicio, y no se usan ({_told(ends)})"),
        (again, f"hay subtítulos repetidos, con las mismas horas y palabras, que se leen una vez ({again})"),
    )
    return settled, tuple((fault, _AGAIN) for found, fault in faults if found)


def _told(cues: Sequence[Cue]) -> str:
    """The first ones, as the file has them."""
    told = [
        f"{cue.place}: {'sin hora' if cue.start_s is None else clock(min(cue.start_s, MAX_S))}"
        + (f" a {clock(cue.end_s)}" if cue.end_s is not None and cue.end_s < (cue.start_s or 0.0) else "")
        for cue in cues
    ]
    return some(told)
