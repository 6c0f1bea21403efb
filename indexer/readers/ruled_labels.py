"""Speakers' labels of transcripts in which a ``---`` line announces each speaker, alone on the next line."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model.transcript import Speaker
from indexer.readers.candidates import Candidate, Labels, candidate, joins
from indexer.readers.evidence import MAX_LABEL, Certainty, Reading
from indexer.readers.furniture import is_act, opens_act
from indexer.readers.labels import read_label
from indexer.readers.names import is_capitals
from indexer.readers.paragraphs import Paragraph


def ruled_labels(lines: Sequence[Paragraph]) -> Labels:
    """The labels of a transcript in which a rule announces each speaker; empty when this is none."""
    after = [n for n in range(1, len(lines)) if lines[n - 1].rule and not lines[n].rule]
    found = {n: _ruled_label(lines[n]) for n in after}
    acts = [n for n in after if is_act(lines[n].text) or opens_act(lines[n].text)]
    named = [n for n, label in found.items() if label]
    guess = len(named) == 1 and all(
        label is None or label.reading.certainty <= Certainty.WEAK for label in found.values()
    )
    if guess or not named or 2 * (len(named) + len(acts)) < len(after):
        return {}
    labels: Labels = dict(found)
    for n, line in enumerate(lines):
        if n in labels or line.rule:
            continue
        inside = candidate(line)
        if inside is None or inside.whole or inside.reading.certainty is not Certainty.SURE:
            continue
        speaker = inside.reading.speaker
        if inside.bold or (speaker.name and speaker.post and inside.speech_follows):
            labels[n] = inside
    for n in named:
        _second_line(lines, labels, n)
    return labels


def _ruled_label(line: Paragraph) -> Candidate | None:
    text = line.text.rstrip(":").rstrip()
    if not text or len(text) > MAX_LABEL or ":" in text or text[-1] in '.,;?!…”"»' or not text[0].isalpha():
        return None
    reading = read_label(text)
    if is_capitals(_without_notes(text)):
        return Candidate(reading or Reading(Speaker(role=text), Certainty.WEAK), text, "", whole=True)
    if reading and reading.certainty >= Certainty.LIKELY:
        return Candidate(reading, text, "", whole=True)
    return None


def _without_notes(text: str) -> str:
    return text.partition("(")[0] or text


def _second_line(lines: Sequence[Paragraph], labels: Labels, n: int) -> None:
    """A post on one line and its name, with a colon, on the next are one label."""
    label = labels[n]
    if label is None or n + 1 >= len(lines) or n + 1 in labels:
        return
    following = candidate(lines[n + 1])
    if following and not following.whole and following.capitals and joins(label, following):
        labels[n + 1] = following
