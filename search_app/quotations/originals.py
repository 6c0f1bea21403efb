"""Quotations of texts that staff corrected: the wording now, and the wording as received."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.model import Passage
from search_app.quotations.alignment import Alignment, Step, align
from search_app.quotations.stretch import Stretch
from search_app.quotations.words import words

Corrected = tuple[str, str]
"""What the original says, and what stands there now."""


def as_received(stretch: Stretch) -> Stretch | None:
    """The same stretch as it was received; None where nothing of it was corrected."""
    if all(passage.original is None for passage in stretch.passages):
        return None
    passages = tuple(
        passage if passage.original is None else replace(passage, text=passage.original) for passage in stretch.passages
    )
    return Stretch.of(stretch.page, passages, [words(passage.text) for passage in passages])


def beside_shown(
    quoted: list[str], cuts: frozenset[int], shown: Stretch, original: Stretch, place: Alignment
) -> Alignment:
    """A quotation that stands in an original, aligned with what stands at that place now."""
    first, last = place.start, place.end - 1
    start = _shown(shown.passages[original.fragments[first]], original.words[first].start, end=False)
    stop = _shown(shown.passages[original.fragments[last]], original.words[last].end, end=True)
    low = next(
        (
            at
            for at, (word, of) in enumerate(zip(shown.words, shown.fragments, strict=True))
            if of > original.fragments[first] or (of == original.fragments[first] and word.end > start)
        ),
        len(shown.words) - 1,
    )
    high = low + 1
    while high < len(shown.words) and (
        shown.fragments[high] < original.fragments[last]
        or (shown.fragments[high] == original.fragments[last] and shown.words[high].start < stop)
    ):
        high += 1
    forms = shown.forms[low:high]
    [found] = align(quoted, cuts, forms, len(quoted) + len(forms), 1) or [_nothing_alike(quoted, len(forms))]
    # What stands there now is told whole: its words before and behind those that are alike are lacking.
    steps: list[tuple[Step, int, int]] = [("falta", 0, at) for at in range(low, low + found.start)]
    steps += ((step, at, said + low) for step, at, said in found.steps)
    steps += (("falta", len(quoted), at) for at in range(low + found.end, high))
    return Alignment(tuple(steps), low, high)


def _nothing_alike(quoted: list[str], there: int) -> Alignment:
    steps: list[tuple[Step, int, int]] = [("sobra", at, 0) for at in range(len(quoted))]
    steps += (("falta", len(quoted), at) for at in range(there))
    return Alignment(tuple(steps), 0, there)


def corrected_in(stretch: Stretch, start: int, end: int) -> Iterator[Corrected]:
    """What was corrected in some words of a shown text."""
    for at in range(stretch.fragments[start], stretch.fragments[end - 1] + 1):
        passage = stretch.passages[at]
        opens = stretch.words[start].start if at == stretch.fragments[start] else 0
        closes = stretch.words[end - 1].end if at == stretch.fragments[end - 1] else len(passage.text)
        for change in passage.changes:
            if change.start <= closes and opens <= change.end and passage.original is not None:
                was = passage.original[change.was_start : change.was_end].strip()
                yield was, passage.text[change.start : change.end]


def _shown(passage: Passage, offset: int, *, end: bool) -> int:
    """Where a place of the original is in the shown text; of one inside a correction, that correction's edge."""
    shift = 0
    for change in passage.changes:
        if offset <= change.was_start:
            break
        if offset < change.was_end:
            return change.end if end else change.start
        shift = change.end - change.was_end
    return offset + shift
