"""Text typed with a blank line below every line: the lines of a paragraph are put together again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_LEAST_LINES = 4
_MOSTLY = 0.5
_ENDS = '.?!:…”"»)-'
_INDENT = 3


def without_double_spacing(lines: Sequence[str]) -> list[str]:
    """The lines of a file, with one line a paragraph where every line is followed by a blank one; else as they are.

    It is double spacing where most lines stop in the middle of a sentence and the next goes on in lower case. A
    paragraph begins at an indent where the file has them, else after the end of a sentence.
    """
    spoken = [line for line in lines if line.strip()]
    tight = sum(bool(above.strip() and below.strip()) for above, below in pairwise(lines))
    if len(spoken) < _LEAST_LINES or tight:
        return list(lines)
    goes_on = [below.lstrip()[:1].islower() and above.rstrip()[-1] not in _ENDS for above, below in pairwise(spoken)]
    if sum(goes_on) < _MOSTLY * len(goes_on):
        return list(lines)
    indents = [len(line) - len(line.lstrip()) for line in spoken]
    indented = min(indents) + _INDENT <= max(indents)
    joined: list[str] = []
    for line, indent, on in zip(spoken, indents, [False, *goes_on], strict=True):
        open_ended = bool(joined) and joined[-1].rstrip()[-1] not in _ENDS
        inside = indent < min(indents) + _INDENT if indented else on or open_ended
        if joined and inside:
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined += ["", line] if joined else [line]
    return joined
