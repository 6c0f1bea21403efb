"""Where the words of an original stand beside those of its corrected text: both forms of a fragment are found.

A word that a correction replaced is indexed at the place of the word that stands for it, so that words, counts and
marks are those of the shown text. Where a correction changes how many words there are, no single row of places holds
both readings: the original of that fragment is laid out once more (field ``former``), each word with its place in the
shown text, for phrases alone. (There, of several words that share a place, each is next to the words on either side.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.language.spanish import Token, tokens
from indexer.model import Passage

AROUND = 16
"""Words before and after a fragment that are laid out with its original: as long as a phrase gets, and more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The original of a fragment beside its shown text.

    Attributes:
        words: Of the original.
        places: Of each, the word of the shown text at whose place it stands: never descending.
        beside: Of those words that are indexed beside a shown one: place and word, by place.
        straight: Whether each word of the original has a place of its own and none is left over, so that a phrase of
            the original is found by places alone.
        shown: Of each word of the original, the one that stands for it, where that is one.
    """

    words: tuple[Token, ...]
    places: tuple[int, ...]
    beside: tuple[tuple[int, Token], ...]
    straight: bool
    shown: tuple[Token | None, ...]


def read(passage: Passage, shown: Sequence[Token]) -> Reading | None:
    """The original of a fragment; None where its text is as received, or has no word to stand beside."""
    if passage.original is None or not shown:
        return None
    words = tuple(tokens(passage.original))
    places: list[int] = []
    meant: list[Token | None] = []
    beside: list[tuple[int, Token]] = []
    straight = True
    for (start, stop), (low, high) in _stretches(passage, words, shown):
        before, now = words[start:stop], shown[low:high]
        even = len(before) == len(now)
        said = {(token.form, token.text) for token in now}
        for at, word in enumerate(before):
            place = min(low + at, high - 1) if now else min(max(low - 1, 0), len(shown) - 1)
            places.append(place)
            meant.append(shown[place] if even else None)
            if shown[place].text == word.text:
                continue
            if (word.form, word.text) in said:
                even = straight = False  # the words were exchanged: what stands there twice is said once
            else:
                beside.append((place, word))
        straight = straight and even
    return Reading(words, tuple(places), tuple(beside), straight, tuple(meant))


Range = tuple[int, int]


def _stretches(passage: Passage, words: Sequence[Token], shown: Sequence[Token]) -> Iterator[tuple[Range, Range]]:
    """The words as ranges of the original and of the shown text that stand for each other, in order."""
    known = {(token.start, token.end): at for at, token in enumerate(shown)}
    ends = [change.was_end for change in passage.changes]
    start = low = 0
    for at, word in enumerate(words):
        change = bisect_left(ends, word.start + 1)
        if change < len(ends) and passage.changes[change].was_start < word.end:
            continue
        before = passage.changes[change - 1] if change else None
        shift = before.end - before.was_end if before else 0
        same = known.get((word.start + shift, word.end + shift))
        if same is None or same < low:
            continue
        if start < at or low < same:
            yield from _trimmed(words, shown, (start, at), (low, same))
        yield (at, at + 1), (same, same + 1)
        start, low = at + 1, same + 1
    if start < len(words) or low < len(shown):
        yield from _trimmed(words, shown, (start, len(words)), (low, len(shown)))


def _trimmed(words: Sequence[Token], shown: Sequence[Token], was: Range, now: Range) -> Iterator[tuple[Range, Range]]:
    """What a correction changed, without the words at both ends that it left alone."""
    (start, stop), (low, high) = was, now
    while start < stop and low < high and words[start].form == shown[low].form:
        yield (start, start + 1), (low, low + 1)
        start, low = start + 1, low + 1
    kept = 0
    while start < stop - kept and low < high - kept and words[stop - kept - 1].form == shown[high - kept - 1].form:
        kept += 1
    if start < stop - kept or low < high - kept:
        yield (start, stop - kept), (low, high - kept)
    for at in range(kept, 0, -1):
        yield (stop - at, stop - at + 1), (high - at, high - at + 1)


Laid = list[tuple[tuple[str, ...], int]]
"""Words of an original in order: the exact forms at each, and the place in the run of the shown text."""


def laid(words: Sequence[Token], reading: Reading | None, base: int) -> Laid:
    """A fragment's original; its shown text where that is the original.

    Args:
        words: Of the shown text.
        reading: Its original.
        base: Place in the run of its first word.
    """
    if reading is None:
        return [((word.form,), base + at) for at, word in enumerate(words)]
    return [
        (tuple(dict.fromkeys((word.form, meant.form) if meant else (word.form,))), base + place)
        for word, meant, place in zip(reading.words, reading.shown, reading.places, strict=True)
    ]
