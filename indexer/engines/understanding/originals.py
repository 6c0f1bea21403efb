"""Lays the words of an original beside those of its corrected text, so that a search finds both forms of a passage.

A word that a correction replaced is indexed at the position of the word that replaced it: words, counts and marks are
those of the shown text. Where a correction changes the number of words, no single row of positions holds both texts.
The original of that passage is then indexed once more, for phrases alone (field ``former``): each word with its
position in the shown text. (Where several of its words share a position, each counts as next to the words around.)
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.language.spanish import Token, tokens
from indexer.model.passage import Passage

AROUND = 16
"""Words before and after a passage that go into its row: more than a phrase may have."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The original of a passage beside its shown text.

    Attributes:
        words: The words of the original.
        positions: Per word, the index of the shown word at whose position it stands; never descending.
        beside: The words that are indexed beside a shown one, each after its position; sorted by position.
        straight: Whether the words of both texts correspond one to one, so that positions alone find a phrase of the
            original.
        shown: Per word, the shown word that replaced it; None where no single word did.
    """

    words: tuple[Token, ...]
    positions: tuple[int, ...]
    beside: tuple[tuple[int, Token], ...]
    straight: bool
    shown: tuple[Token | None, ...]


def align(passage: Passage, shown: Sequence[Token]) -> Alignment | None:
    """Align the original of a passage; None where its text is as received, or where no shown word is left."""
    if passage.original is None or not shown:
        return None
    words = tuple(tokens(passage.original))
    positions: list[int] = []
    meant: list[Token | None] = []
    beside: list[tuple[int, Token]] = []
    straight = True
    for (start, stop), (low, high) in _stretches(passage, words, shown):
        before, now = words[start:stop], shown[low:high]
        even = len(before) == len(now)
        new = {(token.form, token.text) for token in now}
        for at, word in enumerate(before):
            position = min(low + at, high - 1) if now else min(max(low - 1, 0), len(shown) - 1)
            positions.append(position)
            meant.append(shown[position] if even else None)
            if shown[position].text == word.text:
                continue
            if (word.form, word.text) in new:
                even = straight = False  # the words changed places: what both texts have is indexed once
            else:
                beside.append((position, word))
        straight = straight and even
    return Alignment(words, tuple(positions), tuple(beside), straight, tuple(meant))


Range = tuple[int, int]


def _stretches(passage: Passage, words: Sequence[Token], shown: Sequence[Token]) -> Iterator[tuple[Range, Range]]:
    """The words of both texts as ranges that correspond, in order."""
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
    """What a correction changed, apart from the words at both ends that it did not change."""
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


Row = list[tuple[tuple[str, ...], int]]
"""The words of an original in order: the exact forms of each, and its position in the run of the shown text."""


def row(words: Sequence[Token], alignment: Alignment | None, base: int) -> Row:
    """Return the original of a passage as a row; its shown text where that is the original.

    Args:
        words: The words of the shown text.
        alignment: Its original.
        base: Position of its first word in its run.
    """
    if alignment is None:
        return [((word.form,), base + at) for at, word in enumerate(words)]
    return [
        (tuple(dict.fromkeys((word.form, meant.form) if meant else (word.form,))), base + position)
        for word, meant, position in zip(alignment.words, alignment.shown, alignment.positions, strict=True)
    ]
