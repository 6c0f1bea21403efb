"""Gives the words of an official text the seconds of captions of its session."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from indexer.corpus.word_alignment import NOWHERE, align_words
from indexer.language.spanish import fold
from indexer.model import Block, Document

LONGEST_CUE_S = 10.0
"""Within a longer cue it is not known when each word is said; the first one is said when it begins."""
A_WORD_S = 0.4
"""What a word takes, where nothing else tells."""
QUICKEST_WORD_S = 0.1
"""Words that would be said more quickly than this were not said."""
SLOWEST_WORD_S = 1.2
"""In a cue that stands longer than its words take there is a pause, nobody knows where."""
NEAR_S = 3.0
"""Between two words that are not farther apart than this, the second of another one is known well enough."""
FEW = 3
"""So many words may stand between two sure ones in place of as many others."""

_PARTS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TimedText:
    """A text with the seconds of captions on words where that is sure, and the ``share`` of its words that have one."""

    document: Document
    share: float


def timed_by_captions(document: Document, captions: Document) -> TimedText:
    """Give each word of a text the second at which the captions have it; seconds of its own give way."""
    texts = [[_parts(word) for word in block.text.split()] for block in document.blocks]
    sizes = [sum(map(len, words)) for words in texts]
    heard, seconds, ends = _heard(captions.blocks)
    links = align_words([part for words in texts for word in words for part in word], heard)
    known = _known(links, seconds)
    blocks: list[Block] = []
    at = 0
    for block, words, size in zip(document.blocks, texts, sizes, strict=True):
        own = known[at : at + size]
        starts = accumulate(map(len, words[:-1]), initial=0)
        of_words = tuple(own[start] if start < size else None for start in starts)
        at += size
        end = ends[links[at - 1]] if size and links[at - 1] != NOWHERE else None
        blocks.append(replace(block, start_s=of_words[0], end_s=end, seconds=of_words))
    share = sum(second is not None for second in known) / len(known) if known else 0.0
    return TimedText(replace(document, blocks=tuple(blocks)), share)


def heard_span(document: Document, captions: Document, span: tuple[int, int]) -> tuple[int, int] | None:
    """The words of captions between those that are surely before and surely after some words of a text.

    Args:
        captions: Of the same session.
        span: Words of the text, counted over all of it.

    Returns:
        Words of the captions, counted over all of them; None where nothing of the one is in the other.
    """
    (words, owners), (heard, places) = _words(document.blocks), _words(captions.blocks)
    links = align_words(words, heard)
    before = [there for there, owner in zip(links, owners, strict=True) if there != NOWHERE and owner < span[0]]
    after = [there for there, owner in zip(links, owners, strict=True) if there != NOWHERE and owner >= span[1]]
    if all(there == NOWHERE for there in links):
        return None
    return places[before[-1]] + 1 if before else 0, places[after[0]] if after else places[-1] + 1


def cue_seconds(blocks: Sequence[Block]) -> list[list[float | None]]:
    """Of each cue, the seconds of its words as far as they are known."""
    seconds = iter(_heard(blocks)[1])
    return [
        [next(iter([next(seconds) for _ in _parts(word)]), None) for word in block.text.split()] for block in blocks
    ]


def _words(blocks: Sequence[Block]) -> tuple[list[str], list[int]]:
    """The words to compare, and of which word of the text each is a part."""
    words = [_parts(word) for block in blocks for word in block.text.split()]
    owners = [place for place, parts in enumerate(words) for _ in parts]
    return [part for parts in words for part in parts], owners


def _parts(text: str) -> list[str]:
    """The words to compare: ``político-electoral`` are two, a dash is none."""
    return _PARTS.findall(fold(text))


def _heard(blocks: Sequence[Block]) -> tuple[list[str], list[float | None], list[float | None]]:
    """The words of captions, when each begins as far as that is known, and when its cue ends."""
    words: list[str] = []
    seconds: list[float | None] = []
    ends: list[float | None] = []
    latest = 0.0
    for block, following in zip(blocks, _following(blocks), strict=True):
        found = _parts(block.text)
        words += found
        if block.start_s is None:
            seconds += [None] * len(found)
            ends += [None] * len(found)
            continue
        start = max(latest, block.start_s)
        end = min((s for s in (block.end_s, following) if s and s > start), default=start)
        seconds += _spread(found, start, end)
        latest = max([start, *(second for second in seconds[-len(found) :] if second is not None)]) if found else start
        ends += [end] * len(found)
    return words, seconds, ends


def _following(blocks: Sequence[Block]) -> Iterator[float | None]:
    """The start of the next cue that has one."""
    after: list[float | None] = []
    latest: float | None = None
    for block in reversed(blocks):
        after.append(latest)
        latest = latest if block.start_s is None else block.start_s
    return reversed(after)


def _spread(words: Sequence[str], start: float, end: float) -> Iterator[float | None]:
    """The letters of a cue take the same time each; of one that is long, or longer than its words take, only the
    beginning is known."""
    letters = sum(len(word) + 1 for word in words)
    even = end - start <= min(LONGEST_CUE_S, SLOWEST_WORD_S * len(words))
    passed = 0
    for word in words:
        yield round(start + (end - start) * passed / letters, 3) if even or passed == 0 else None
        passed += len(word) + 1


def _known(links: Sequence[int], seconds: Sequence[float | None]) -> list[float | None]:
    """The second of each word: that of its link, or one that cannot be far off. Of a few words between sure ones that
    are as many in the captions, written otherwise, it is the one that they have there.

    Args:
        links: Of each word, its word in the captions.
        seconds: Of each word of the captions.
    """
    known = [None if there == NOWHERE else seconds[there] for there in links]
    gap = 0
    for place, second in enumerate(known):
        if second is None:
            gap += 1
            continue
        before = place - gap - 1
        earlier = known[before] if before >= 0 else None
        apart = float("inf") if earlier is None else second - earlier
        near = apart <= NEAR_S and (gap - FEW) * QUICKEST_WORD_S <= apart
        written_otherwise = gap <= FEW and gap == links[place] - (links[before] if before >= 0 else NOWHERE) - 1
        for ahead in range(1, gap + 1):
            if near:
                known[place - ahead] = round(max(earlier or 0.0, second - A_WORD_S * ahead), 3)
            elif written_otherwise:
                known[place - ahead] = seconds[links[place] - ahead]
        gap = 0
    return known
