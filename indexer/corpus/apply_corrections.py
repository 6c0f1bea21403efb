"""Applies corrections to numbered fragments. Only text changes; boundaries, numbers and times never do."""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.corpus.corrections_file import Correction, Corrections, Note, short
from indexer.errors import Problem
from indexer.language.spanish import tokens
from indexer.model import Change, Checked, Kind, Passage
from indexer.program import STAFF

Span = tuple[int, int]
_WORD = re.compile(r"\S+")


def occurrences(text: str, was: str) -> list[Span]:
    """Find exact occurrences of whole words in a text, from left to right; never inside another word."""
    if not was:
        return []
    inside = {at for token in tokens(text) for at in range(token.start + 1, token.end)}
    found: list[Span] = []
    at = text.find(was)
    while at >= 0:
        end = at + len(was)
        if at in inside or end in inside:
            at = text.find(was, at + 1)
        else:
            found.append((at, end))
            at = text.find(was, end)
    return found


def apply_corrections(
    passages: Sequence[Passage], corrections: Corrections, path: str
) -> tuple[tuple[Passage, ...], tuple[Problem, ...]]:
    """Apply the corrections to the fragments of a page.

    Args:
        passages: As received, with their numbers.

    Returns:
        The fragments, those without a correction as they were; and a warning for each line that cannot be applied.
    """
    by_number = {passage.number: passage for passage in passages}
    asked: dict[int, list[Correction]] = {}
    problems: list[Problem] = []
    for one in corrections.corrections:
        note = _misplaced(one, by_number)
        if note is None:
            asked.setdefault(one.number, []).append(one)
        else:
            problems.append(Problem(f"{path}:{one.line}", *note, "aviso"))
    corrected = {}
    for number, some in asked.items():
        corrected[number], notes = corrected_passage(by_number[number], some)
        problems += (Problem(f"{path}:{one.line}", *note, "aviso") for one, note in notes)
    for one in corrections.checked:
        note = _misplaced(one, by_number)
        if note is None:
            before = corrected.get(one.number, by_number[one.number])
            corrected[one.number] = replace(before, checked=Checked(one.by, one.date))
        else:
            problems.append(Problem(f"{path}:{one.line}", *note, "aviso"))
    return tuple(corrected.get(passage.number, passage) for passage in passages), tuple(problems)


def corrected_passage(passage: Passage, asked: Sequence[Correction]) -> tuple[Passage, list[tuple[Correction, Note]]]:
    """Apply corrections to one fragment; returns it, and why some of them cannot be applied."""
    original = passage.text
    taken: list[tuple[Span, Correction]] = []
    notes: list[tuple[Correction, Note]] = []
    for one in asked:
        places = occurrences(original, one.was)
        if len(places) < one.time:
            notes.append((one, _not_there(one, original, len(places))))
            continue
        start, end = _with_its_space(original, *places[one.time - 1]) if not one.reads else places[one.time - 1]
        if any(start < other[1] and other[0] < end for other, _ in taken):
            fault = f"«{short(one.was)}» del fragmento {one.number} se encima con otra corrección, que es la que vale"
            notes.append((one, (fault, "haga de las dos una sola")))
            continue
        taken.append(((start, end), one))
    text, changes = _replaced(original, sorted(taken, key=lambda each: each[0]))
    if taken and not tokens(text):
        fault = f"no deja ninguna palabra en el fragmento {passage.number}, que queda como está"
        cure = f"para quitar un texto use: {STAFF} retirar"
        return passage, [*notes, *((one, (fault, cure)) for _, one in taken)]
    if not taken:
        return passage, notes
    cues = tuple((_moved(offset, original, text, changes), second) for offset, second in passage.cues)
    return replace(passage, text=text, original=original, changes=changes, cues=cues), notes


def _replaced(original: str, taken: Sequence[tuple[Span, Correction]]) -> tuple[str, tuple[Change, ...]]:
    parts: list[str] = []
    changes: list[Change] = []
    at = size = 0
    for (start, end), one in taken:
        parts += (original[at:start], one.reads)
        size += start - at
        changes.append(Change(size, size + len(one.reads), start, end, one.date))
        size += len(one.reads)
        at = end
    return "".join((*parts, original[at:])), tuple(changes)


def _with_its_space(text: str, start: int, end: int) -> Span:
    """Words that go take the space beside them along."""
    if start and text[start - 1] == " " and (end == len(text) or not text[end].isalnum()):
        return start - 1, end
    if (start == 0 or text[start - 1] == "\n") and text[end : end + 1] == " ":
        return start, end + 1
    return start, end


def _moved(offset: int, original: str, text: str, changes: Sequence[Change]) -> int:
    """Where a cue begins in the corrected text: at the same word, or at the one that stands for it."""
    shift = 0
    for change in changes:
        if offset <= change.was_start:
            break
        if offset < change.was_end:
            # A cue begins at a word: at the first one of what was written here, the second one…
            place = len(original[change.was_start : offset].split())
            starts = [word.start() for word in _WORD.finditer(text, change.start, change.end)]
            return starts[place] if place < len(starts) else min(change.end + 1, len(text))
        shift = change.end - change.was_end
    return offset + shift


def _misplaced(one: Correction, by_number: dict[int, Passage]) -> Note | None:
    """Why nothing can be corrected, or checked, at a number."""
    what = f"«{short(one.was)}» → «{short(one.reads)}»" if one.was else "el cotejo con el video"
    number, passage = one.number, by_number.get(one.number)
    if passage is None:
        fault = f"{what}: la página no tiene un fragmento {number}; no se aplica y no se pierde"
        return fault, "si el texto cambió, busque su número de ahora; si ya no hace falta, quite el renglón"
    if passage.kind is not Kind.TRANSCRIPT:
        fault = f"{what}: el fragmento {number} no es de la transcripción, y solo ella se corrige así"
        return fault, "corrija el archivo de donde viene, y quite el renglón"
    return None


def _not_there(one: Correction, original: str, found: int) -> Note:
    was, where = short(one.was), f"el fragmento {one.number}"
    if found:
        times = "una vez" if found == 1 else f"{found} veces"
        fault = f"«{was}» está {times} en {where}, no {one.time}; no se aplica y no se pierde"
        return fault, "corrija la vez, o quite el renglón"
    if one.was in original:
        fault = f"«{was}» solo es parte de otra palabra en {where}; no se aplica y no se pierde"
        return fault, "si el texto ya está bien, quite el renglón; si no, escriba en «de» la palabra completa"
    fault = f"«{was}» ya no está en {where}; no se aplica y no se pierde"
    return fault, "si el texto ya está bien, quite el renglón; si no, escriba en «de» lo que dice ahora"
