"""Labels in square brackets: ``[Julián Ríos] Buenas noches``, and later his initials, ``[JR]``."""

import re
from collections import Counter

from indexer.model import Speaker
from indexer.readers.labels.candidates import Candidate, Labels, Lines
from indexer.readers.labels.label import read_label
from indexer.readers.labels.label_parts import Certainty, Reading
from indexer.readers.labels.names import is_capitals, plausible_name
from indexer.readers.words import fold

_BRACKET = re.compile(r"\[([^\W\d_][^\[\]\d]{1,58})\]\s?:?\s?")
_INITIALS = re.compile(r"[A-ZÑÁÉÍÓÚ]{2,4}")
_LEAST = 4
_LEAST_NAMES = 2
_LEAST_OF_HEADING = 3


def bracket_labels(lines: Lines) -> Labels:
    """The labels of a transcript whose speakers stand in brackets before what they say; empty when this is none.

    What is in brackets alone on its line in capitals is a heading: nobody says it, nor what follows it.
    """
    starts = {n: found for n, line in enumerate(lines) if (found := _BRACKET.match(line.text)) and not line.continues}
    said = {n: found[1].strip() for n, found in starts.items() if found.end() < len(lines[n].text)}
    names = [label for label in dict.fromkeys(said.values()) if _is_name(label)]
    of_initials = Counter(map(_initials, names))
    known = {key: name for name in names if of_initials[key := _initials(name)] == 1}
    labels: Labels = {}
    for n, label in said.items():
        if label in names or _INITIALS.fullmatch(label):
            rest = lines[n].text[starts[n].end() :]
            labels[n] = Candidate(
                _reading(label, known.get(fold(label).upper()), label in names), label, rest, mark="]"
            )
    times = Counter(label.reading.speaker.shown for label in labels.values() if label)
    if times.total() < _LEAST or len(times) < _LEAST_NAMES or not names or times.total() < 2 * len(times):
        return {}
    # Of many words; «[APLAUSOS]» and «[INICIA VIDEO]» are acts.
    alone = {n: found[1] for n, found in starts.items() if n not in said and is_capitals(found[1])}
    return labels | dict.fromkeys(n for n, text in alone.items() if len(text.split()) >= _LEAST_OF_HEADING)


def _is_name(label: str) -> bool:
    return not _INITIALS.fullmatch(label) and plausible_name(label.split()) and not is_capitals(label)


def _initials(name: str) -> str:
    return "".join(fold(word[0]).upper() for word in name.split() if word[0].isupper())


def _reading(label: str, known: str | None, named: bool) -> Reading:
    if named:
        return read_label(label) or Reading(Speaker(name=label), Certainty.LIKELY)
    if known:
        return Reading(Speaker(name=known, inferred=True), Certainty.LIKELY)
    return Reading(Speaker(role=label), Certainty.LIKELY)
