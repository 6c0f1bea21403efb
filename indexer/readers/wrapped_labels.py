"""The label that each line may begin with, where labels may be broken over lines: then their end opens no turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.readers.candidates import Candidate, candidate
from indexer.readers.evidence import MAX_LABEL
from indexer.readers.names import PARTICLES, fold, is_capitals
from indexer.readers.paragraphs import Paragraph

_MOST_LINES = 4
_GOES_ON = PARTICLES | {"al", "en", "para", "con", "por", "a"}


def candidates_of(lines: Sequence[Paragraph]) -> dict[int, Candidate]:
    """The candidate of each line that has one; none for a line that a label of the line above runs into."""
    found: dict[int, Candidate] = {}
    taken = 0
    for n, line in enumerate(lines):
        if line.rule or n < taken:
            continue
        alone = candidate(line)
        best = alone if alone and not alone.whole else _broken(lines, n) or alone
        if best:
            found[n] = best
            taken = n + best.lines
    return found


def _broken(lines: Sequence[Paragraph], n: int) -> Candidate | None:
    """A label that begins on a line and ends on one of the next."""
    joined = lines[n]
    for count, line in enumerate(lines[n + 1 : n + _MOST_LINES], 2):
        if line.rule or len(joined.text) > MAX_LABEL or not (line.continues or _hangs(joined)):
            break
        before = len(joined.text)
        covered = joined.bold + 1 + line.bold if joined.bold >= before and line.bold else joined.bold
        joined = replace(joined, text=f"{joined.text} {line.text}", bold=covered)
        found = candidate(joined)
        if found and not found.whole and len(found.label) > before:
            return replace(found, lines=count)
    return None


def _hangs(line: Paragraph) -> bool:
    """Whether a line in capitals or in bold cannot be all of a label: ``TITULAR DE LA PROCURADURÍA FEDERAL DEL``."""
    text = line.text
    if not (is_capitals(text) or line.bold >= len(text)):
        return False
    return text[-1] in ",-" or text.count("(") > text.count(")") or fold(text.rsplit(" ", 1)[-1]) in _GOES_ON
