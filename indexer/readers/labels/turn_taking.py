"""Speakers told by taking turns: initials of interviews (``E1:``, ``P.-``, ``R/``) and surnames that no list knows."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from indexer.model import Speaker
from indexer.readers.labels.candidates import Candidate, Labels, Lines, without_dash
from indexer.readers.labels.label_parts import Certainty, Reading
from indexer.readers.labels.short_labels import everyday_words, may_be_name, printed_in_capitals, short_start
from indexer.readers.paragraphs import Paragraph

_CODE = re.compile(
    r"(?:[0-9]{1,4}\s(?=[A-ZÑ]{1,3}[0-9]{0,3}\s?:))?(?P<code>[A-ZÑ]{1,3}[0-9]{0,3}|[Pp]regunta|[Rr]espuesta|PREGUNTA|RESPUESTA)(?P<mark>\s?:|\.\s?[-–—―:]|\s?[-–—―/)]|\.)"
    r"(?=\s|$|[¿¡“\"])\s*"
)
_LEAST = 2
_LEAST_IN_ALL = 4
_MOSTLY = 0.8
_SURE = 3  # how often an unknown word must come back to be no guess


class _Start(NamedTuple):
    line: int
    found: Candidate
    code: bool

    @property
    def label(self) -> str:
        return self.found.label


def turn_takers(lines: Lines, labels: Labels) -> dict[int, Candidate]:
    """The labels of speakers whose words say nothing, in a file in which they take turns with others.

    Letters that count points (``A: … B: … C: …``, ``I.- … II.- …``) come in their order and seldom come back; a word
    that stands in lower case elsewhere in the file is no surname.

    Args:
        labels: Those that are known already.
    """
    starts = [start for n, line in enumerate(lines) if n not in labels and (start := _start(n, line))]
    if len(starts) < _LEAST:
        return {}
    everyday = everyday_words(lines)
    shouted = printed_in_capitals(labels.values())
    starts = [
        start
        for start in starts
        if start.code or not (everyday.all_of(start.label) or (shouted and not start.label.isupper()))
    ]
    if not starts:
        return {}
    mark = Counter(start.found.mark for start in starts).most_common(1)[0][0]
    starts = [start for start in starts if start.found.mark == mark]
    floor = sorted([(start.line, start.label) for start in starts] + [(n, "") for n, label in labels.items() if label])
    speakers = [label for _, label in floor]
    times = Counter(start.label for start in starts)
    taking = {label for label, count in times.items() if count >= _LEAST and _takes_turns(speakers, label)}
    if not taking or len(set(speakers)) < 2 or len(floor) < _LEAST_IN_ALL or _counts(speakers):
        return {}
    if mark not in (":", ".-") and (len(times) > 2 or taking != set(times)):
        return {}  # «A. Pérez» and «B. López» are no dialogue
    codes = {start.label for start in starts if start.code and times[start.label] >= _LEAST}
    taking |= codes if taking & codes else set()  # who speaks twice in a row takes turns with the others all the same
    families = {start.label.rstrip("0123456789") for start in starts if start.label in taking and _is_numbered(start)}
    known = any(label and label.mark == mark for label in labels.values())
    found: dict[int, Candidate] = {}
    for start in starts:
        takes = start.label in taking
        if takes or (_is_numbered(start) and start.label.rstrip("0123456789") in families):
            sure = takes and (start.code or known or times[start.label] >= _SURE)
            speaker = Speaker(role=start.label, inferred=not sure)
            found[start.line] = replace(start.found, reading=Reading(speaker, Certainty.LIKELY))
    return found


def _start(n: int, line: Paragraph) -> _Start | None:
    line = without_dash(line)
    if line.rule or line.heading:
        return None
    found = _CODE.match(line.text)
    if found is None:
        short = None if line.continues else short_start(line)
        return _Start(n, short, code=False) if short and may_be_name(short.label) else None
    mark = found["mark"].strip()
    mark = ".-" if len(mark) == 2 else "-" if mark in "-–—―" else mark
    reading = Reading(Speaker(role=found["code"]), Certainty.LIKELY)
    bold = 0 < line.bold <= found.end()
    return _Start(n, Candidate(reading, found["code"], line.text[found.end() :], bold=bold, mark=mark), code=True)


def _is_numbered(start: _Start) -> bool:
    return start.code and start.label[-1].isdigit()


def _takes_turns(speakers: Sequence[str], label: str) -> bool:
    """Whether somebody else speaks nearly always before this one does again."""
    again = sum(before == after == label for before, after in pairwise(speakers))
    return again <= (1 - _MOSTLY) * speakers.count(label)


def _counts(speakers: Sequence[str]) -> bool:
    """Whether three letters or more come in the order of the alphabet, as the answers of an examination do."""
    codes = sorted(set(speakers) - {""})
    if len(codes) < 3 or any(len(code) > 1 for code in codes) or codes[0] != "A":
        return False
    spoken = [code for code in speakers if code]
    return all(after == "A" or ord(after) == ord(before) + 1 for before, after in pairwise(spoken))
