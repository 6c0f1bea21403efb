"""An invented session twice: as captions wrote it down, and as its stenographers did."""

from __future__ import annotations

import random
from itertools import product

TURNS = ("EVA PRUEBA", "LUZ PRUEBA", "EVA PRUEBA", "LUZ PRUEBA")
SENTENCES = 10
CUE = 5
"""Words of a cue, which takes two seconds."""

_RNG = random.Random(12)
_SYLLABLES = ("ca", "me", "ri", "to", "lu", "pe", "so", "ni", "va", "du", "bre", "cla")
_WORDS = _RNG.sample(["".join(each) for each in product(_SYLLABLES, repeat=3)], 400)
SAID = [[_WORDS[100 * turn + 10 * at : 100 * turn + 10 * at + 10] for at in range(SENTENCES)] for turn in range(4)]
"""Of each turn its sentences, of each its ten words."""


def vtt(*, late_s: float = 0.0) -> str:
    """The captions: without signs, capitals or names; cues of five words."""
    words = [word for turn in SAID for sentence in turn for word in sentence]
    cues = [words[at : at + CUE] for at in range(0, len(words), CUE)]
    parts = [
        f"{_clock(2 * at + late_s)} --> {_clock(2 * at + 2 + late_s)}\n{' '.join(cue)}" for at, cue in enumerate(cues)
    ]
    return "WEBVTT\n\n" + "\n\n".join(parts) + "\n"


def official(*, labels: bool = True) -> str:
    """The text of the stenographers: sentences, and here and there another word."""
    paragraphs = []
    for number, (name, turn) in enumerate(zip(TURNS, SAID, strict=True)):
        text = " ".join(" ".join([sentence[0].capitalize(), *sentence[1:]]) + "." for sentence in turn)
        text = text.replace(f" {SAID[number][4][5]} ", " enmienda ")
        paragraphs.append(f"{name}: {text}" if labels else text)
    return "\n\n".join(paragraphs) + "\n"


def second(turn: int, sentence: int = 0) -> float:
    """When a sentence begins."""
    return 4.0 * (SENTENCES * turn + sentence)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}:{seconds % 60:06.3f}"
