"""Attributes speakers, by the second, to unlabelled text with captions' times; changes fall between sentences."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from indexer.corpus.layers import TOLERANCE_S, speaker_of
from indexer.corpus.speakers_file import SpeakerChange
from indexer.language.spanish import sentences
from indexer.model import Block, Document

_NOBODY = -2
"""Whose words these are cannot be told."""
_BEFORE = -1
"""Before the first change."""


def attribute_words(document: Document, changes: Sequence[SpeakerChange]) -> tuple[Document, int]:
    """Lay changes of speaker over a text whose words have seconds; every change opens a turn.

    A change stands at the sentence that begins within half a second of it, else at its very second. Words without a
    second are of whoever says the rest of their sentence; between two people, of nobody.

    Returns:
        The document, and how many of its words are left to nobody for that reason.
    """
    changes = sorted(changes, key=lambda change: change.start_s)
    said = [list(_sentences(block)) for block in document.blocks]
    begins = sorted(seconds[0] for parts in said for seconds in parts if seconds[0] is not None)
    starts = [_moved(change.start_s, begins) for change in changes]
    owners = _between([_said_by(seconds, starts) for parts in said for seconds in parts])
    blocks: list[Block] = []
    last: tuple[int, int] | None = None
    turn, lost = -1, 0
    for block, parts in zip(document.blocks, said, strict=True):
        words = block.text.split()
        of_words = [owner for _ in parts for owner in next(owners)]
        at = 0
        for owner, group in groupby(of_words):
            size = len(list(group))
            key = (owner, block.turn if owner == _BEFORE else 0)
            turn += key != last
            last = key
            lost += size if owner == _NOBODY else 0
            seconds = block.seconds[at : at + size]
            blocks.append(
                replace(
                    block,
                    text=" ".join(words[at : at + size]),
                    start_s=seconds[0],
                    end_s=block.end_s if at + size == len(words) else None,
                    speaker=speaker_of(changes[owner].person) if owner >= 0 else None,
                    turn=turn,
                    seconds=seconds,
                )
            )
            at += size
    return replace(document, blocks=tuple(blocks)), lost


def _sentences(block: Block) -> Iterator[Sequence[float | None]]:
    """The seconds of the words of each sentence."""
    at = 0
    for start, end in sentences(block.text):
        size = len(block.text[start:end].split())
        if size:
            yield block.seconds[at : at + size]
        at += size


def _moved(second: float, begins: Sequence[float]) -> float:
    """The beginning of a sentence that is meant by a second; the second where there is none."""
    at = bisect_left(begins, second - TOLERANCE_S)
    near = [one for one in begins[at : at + 64] if one <= second + TOLERANCE_S]
    return min(near, key=lambda one: abs(one - second)) if near else second


def _said_by(seconds: Sequence[float | None], starts: Sequence[float]) -> list[int | None]:
    """Of each word of a sentence, the change in whose stretch it is; None for a sentence without seconds."""
    known = [None if second is None else bisect_right(starts, second) - 1 for second in seconds]
    told = [(place, owner) for place, owner in enumerate(known) if owner is not None]
    if not told:
        return known
    owners: list[int | None] = [told[0][1]] * len(known)
    for (before, one), (after, other) in zip(told, [*told[1:], (len(known), told[-1][1])], strict=True):
        owners[before] = one
        owners[before + 1 : after] = [one if one == other else _NOBODY] * (after - before - 1)
    return owners


def _between(said: Sequence[Sequence[int | None]]) -> Iterator[list[int]]:
    """The same with sentences of which nothing is known: of whoever speaks before and after."""
    after: list[int] = []
    following = _NOBODY
    for one in reversed(said):
        after.append(following)
        following = following if one[0] is None else one[0]
    before = _NOBODY
    for one, later in zip(said, reversed(after), strict=True):
        if one[0] is None:
            yield [before if before == later else _NOBODY] * len(one)
        else:
            owners = [_NOBODY if owner is None else owner for owner in one]
            before = owners[-1]
            yield owners
