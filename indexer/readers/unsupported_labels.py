"""Labels that the rest of a file does not bear out: titles, bylines, and one label above nearly all of the words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer.readers.candidates import Candidate, Labels
from indexer.readers.evidence import Certainty
from indexer.readers.habits import Doubts
from indexer.readers.paragraphs import Paragraph

_NEARLY_ALL = 0.6
"""The part of the words that a label without a name, which stands once, may hold."""

_FEW_WORDS = 50
_TOP = 4
"""Lines into which a title may stand."""


def title_of(lines: Sequence[Paragraph], labels: Labels) -> Doubts:
    """The heading at the top that names whom a text is about, or who wrote it, and no turn of anybody.

    A name that heads turns comes back, or takes turns with others that are printed like it.

    Args:
        lines: Without furniture.
        labels: Of the file.
    """
    headings = [n for n, label in labels.items() if label and label.whole]
    if len(headings) != 1 or headings[0] > min(_TOP, *labels) or not lines[headings[0]].heading:
        return {}
    label = labels[headings[0]]
    assert label is not None
    return {} if label.reading.certainty is Certainty.SURE else {headings[0]: label.label}


def with_guesses(lines: Sequence[Paragraph], labels: Labels, doubts: Doubts) -> Labels:
    """The labels, and those that the file does not bear out as inferred.

    Args:
        lines: Without furniture.
        labels: Of the file.
        doubts: Lines that look like a label: their questions are told already.
    """
    known = [label for label in labels.values() if label]
    alone = len({label.key for label in known}) == 1
    one_cell = len({label.key for label in known if label.cells}) == 1
    all_guessed = alone and _asks_too(lines, labels, doubts)
    crowded = _above_nearly_all(lines, labels)
    done: Labels = {}
    for n, label in labels.items():
        guessed = label is not None and (
            all_guessed
            or n == crowded
            or (label.cells and one_cell)
            or (label.whole and (_may_be_heading(label, alone=alone) or _in_a_title(lines, n, label)))
        )
        done[n] = label.guessed() if label and guessed else label
    return done


def _may_be_heading(label: Candidate, *, alone: bool) -> bool:
    """Words alone on their line that no post and no given name explains."""
    weak = label.reading.certainty <= Certainty.WEAK
    return weak and (alone or label.reading.speaker.name is None)


def _asks_too(lines: Sequence[Paragraph], labels: Labels, doubts: Doubts) -> bool:
    """Whether questions without a mark stand among the answers that have one: ``respuesta: …``, ``R/ …``."""
    unnamed = all(label is None or label.reading.speaker.name is None for label in labels.values())
    asked = sum(n not in labels and n not in doubts and line.text.endswith("?") for n, line in enumerate(lines))
    return unnamed and len(labels) > 1 and 2 * asked >= len(labels)


def _above_nearly_all(lines: Sequence[Paragraph], labels: Labels) -> int | None:
    starts = sorted(labels)
    held = {n: _words(lines[n:end]) for n, end in pairwise([*starts, len(lines)])}
    most = max(held, key=lambda n: held[n], default=None)
    label = labels[most] if most is not None else None
    if most is None or label is None or label.reading.speaker.name is not None:
        return None
    once = sum(other is not None and other.key == label.key for other in labels.values()) == 1
    return most if once and held[most] >= max(_FEW_WORDS, _NEARLY_ALL * _words(lines)) else None


def _words(lines: Sequence[Paragraph]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _in_a_title(lines: Sequence[Paragraph], n: int, label: Candidate) -> bool:
    """Whether what stands directly above or below is as bold as the name and no speech: a title of several lines."""
    if label.reading.certainty is Certainty.SURE or not label.bold or lines[n].heading:
        return False
    beside = [lines[m] for m in (n - 1, n + 1) if 0 <= m < len(lines)]
    return any(line.text and not line.heading and line.bold >= len(line.text) for line in beside)
