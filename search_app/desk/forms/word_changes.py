"""An edited text as corrections: which words of the original read differently."""

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.language.spanish import tokens
from search_app.desk.forms.form_fields import InvalidInput

_WORD = re.compile(r"\S+")
LONGEST = 1_000
"""Characters of one side of a correction."""


class WordChange(NamedTuple):
    """The ``time``-th ``was`` of the original reads ``reads``."""

    was: str
    reads: str
    time: int


def word_changes(original: str, edited: str) -> list[WordChange]:
    """The corrections that make ``edited`` of ``original``, each as short as whole words allow.

    Raises ``InvalidInput``: lines were joined or parted, or nothing is left.
    """
    before, after = original.split("\n"), edited.split("\n")
    if len(before) != len(after):
        raise InvalidInput("Un fragmento corregido conserva sus renglones: no los una ni los parta")
    if not edited.strip():
        raise InvalidInput("Un fragmento no puede quedar vacío: para quitarlo, retírelo")
    found, at = [], 0
    for old, new in zip(before, after, strict=True):
        for start, end, reads in _line_changes(old, new):
            was = original[at + start : at + end]
            if max(len(was), len(reads)) > LONGEST:
                raise InvalidInput(f"Una corrección pasa de {LONGEST:,} letras: si el texto es otro, reemplácelo")
            found.append(WordChange(was, reads, _time(original, was, at + start)))
        at += len(old) + 1
    return found


def _line_changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Where words of a line change, and to what. What is put in goes with the word beside it."""
    words, others = list(_WORD.finditer(old)), [word[0] for word in _WORD.finditer(new)]
    if not words:
        if others:
            raise InvalidInput("Un renglón que estaba vacío no se puede corregir: agregue sus palabras en el de junto")
        return
    spans: list[tuple[int, int, int, int]] = []
    matcher = difflib.SequenceMatcher(None, [word[0] for word in words], others, autojunk=False)
    for step, first, last, low, high in matcher.get_opcodes():
        if step == "equal":
            continue
        if first == last:
            if first:
                first, low = first - 1, low - 1
            else:
                last, high = last + 1, high + 1
        if spans and spans[-1][1] >= first:
            first, low = spans[-1][0], spans[-1][2]
            spans.pop()
        spans.append((first, last, low, high))
    for first, last, low, high in spans:
        yield words[first].start(), words[last - 1].end(), " ".join(others[low:high])


def _time(text: str, was: str, place: int) -> int:
    """Which of the places of these words a place is: counted as the corrections are laid."""
    inside = {at for token in tokens(text) for at in range(token.start + 1, token.end)}
    time, at = 0, text.find(was)
    while 0 <= at <= place:
        end = at + len(was)
        if at in inside or end in inside:
            at = text.find(was, at + 1)
        else:
            time += 1
            if at == place:
                return time
            at = text.find(was, end)
    raise InvalidInput(
        f"«{was[:60]}» se repite encimado y no se puede corregir solo: corrija también la palabra de junto"
    )
