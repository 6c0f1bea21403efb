"""Aligns the words of two texts that say nearly the same thing, in order, and only where the match is certain.

Runs of words that occur once in both texts are chained (``chain``: the heaviest set that goes forward in both); what
lies between two of them is looked at in the same way, with shorter runs, and at last by a small dynamic programme.
This is done from the beginning and from the end, and what both say is kept: where a recogniser repeats a word, which
one is meant cannot be told. A link is then believed only where its neighbours agree: texts that share formulas of
courtesy share no clock.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from indexer.corpus.heaviest_chain import Candidate, chain

NOWHERE = -1
"""The link of a word that has none."""

_RUNS = (5, 3, 2)
"""Words of a run that is looked for, the longest first."""
_DEPTH = 12
"""How often what lies between two runs is looked at again: bounds the cost of texts that repeat themselves."""
_CELLS = 4_096
"""The largest table of the dynamic programme."""

_STRONG = 3
"""Different words in a row that agree: fewer are an accident in two texts of one language."""
_NEAR = 12
"""Words that may part two such runs, in either text, which agree with one another."""
_ENOUGH = 16
"""Words that agree with one another, from which they are believed."""
_DENSE = 0.5
"""The share of the words of a stretch, in either text, from which it is believed."""
_SAME_TEXT = 0.3
"""The share of one of the two texts that must be found in the other, for the two to be of one session."""

Span = tuple[int, int, int, int]


def align_words(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """For each word of ``one``, which of ``other`` it is, or ``NOWHERE``; strictly rising."""
    if list(one) == list(other):
        return list(range(len(one)))
    forwards = _linked(one, other)
    backwards = _linked(one[::-1], other[::-1])[::-1]
    last = len(other) - 1
    both = [
        there if there != NOWHERE and there + back == last else NOWHERE
        for there, back in zip(forwards, backwards, strict=True)
    ]
    return _believed(one, both, len(other))


def _linked(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """The links as they are found from the beginning on."""
    links = [NOWHERE] * len(one)
    gaps: list[tuple[Span, int]] = [((0, len(one), 0, len(other)), _DEPTH)]
    while gaps:
        span, depth = gaps.pop()
        low, high, start, end = span = _edges(one, other, span, links)
        if low == high or start == end:
            continue
        if (high - low) * (end - start) <= _CELLS:
            _table(one, other, span, links)
        elif depth:
            anchors = next((found for size in _RUNS if (found := _anchors(one, other, span, size))), [])
            for here, there in anchors:
                links[here] = there
            bounds = [(low - 1, start - 1), *anchors, (high, end)]
            gaps += [
                ((before[0] + 1, after[0], before[1] + 1, after[1]), depth - 1)
                for before, after in pairwise(bounds)
                if anchors and after[0] - before[0] > 1 and after[1] - before[1] > 1
            ]
    return links


def _edges(one: Sequence[str], other: Sequence[str], span: Span, links: list[int]) -> Span:
    """Link what two stretches begin and end with in common; what is left of them."""
    low, high, start, end = span
    while low < high and start < end and one[low] == other[start]:
        links[low] = start
        low, start = low + 1, start + 1
    while low < high and start < end and one[high - 1] == other[end - 1]:
        high, end = high - 1, end - 1
        links[high] = end
    return low, high, start, end


def _anchors(one: Sequence[str], other: Sequence[str], span: Span, size: int) -> list[tuple[int, int]]:
    """The first words of runs that occur once in both stretches, the most of them that go forward in both."""
    low, high, start, end = span
    here = _once(one, low, high, size)
    there = _once(other, start, end, size)
    shared = sorted((at, there[run]) for run, at in here.items() if run in there)
    return [(found.row, found.start) for found in chain(Candidate(a, b, b + 1, 1) for a, b in shared)]


def _once(words: Sequence[str], low: int, high: int, size: int) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[at : at + size]) for at in range(low, high - size + 1)]
    often = Counter(runs)
    return {run: at for at, run in enumerate(runs, start=low) if often[run] == 1}


def _table(one: Sequence[str], other: Sequence[str], span: Span, links: list[int]) -> None:
    """The most words that go forward in both stretches, those in a row first."""
    low, high, start, end = span
    width = end - start
    best = [[0] * (width + 1) for _ in range(high - low + 1)]
    for here in range(high - 1, low - 1, -1):
        row, below, word = best[here - low], best[here - low + 1], one[here]
        following = one[here + 1] if here + 1 < high else None
        for there in range(width - 1, -1, -1):
            value = max(row[there + 1], below[there])
            if other[start + there] == word:
                together = following is not None and there + 1 < width and other[start + there + 1] == following
                value = max(value, below[there + 1] + 2 + together)
            row[there] = value
    here, there = 0, 0
    while here < high - low and there < width:
        value = best[here][there]
        if value == best[here + 1][there]:
            here += 1
        elif value == best[here][there + 1]:
            there += 1
        else:
            links[low + here] = start + there
            here, there = here + 1, there + 1


def _believed(one: Sequence[str], links: list[int], size: int) -> list[int]:
    """The links with enough neighbours that agree with them; none where the two texts are not of one session."""
    shorter, longer = min(len(links), size), max(len(links), size)
    enough = min(_ENOUGH, -(-longer // 2))
    sure = [NOWHERE] * len(links)
    strong = [run for run in _runs(links) if len(set(one[run[0] : run[1]])) >= _STRONG]
    for stretch in _stretches(strong, links):
        low, high = stretch[0][0], stretch[-1][1]
        agreeing = sum(end - start for start, end in stretch)
        widest = max(high - low, links[high - 1] - links[low] + 1)
        if agreeing >= enough and agreeing >= _DENSE * widest:
            for start, end in stretch:
                sure[start:end] = links[start:end]
    found = sum(there != NOWHERE for there in sure)
    return sure if found >= _SAME_TEXT * shorter else [NOWHERE] * len(links)


def _runs(links: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Words in a row that stand in a row in the other text too."""
    for shift, run in groupby(enumerate(links), key=lambda link: None if link[1] == NOWHERE else link[1] - link[0]):
        if shift is not None:
            start = next(run)[0]
            yield start, start + 1 + sum(1 for _ in run)


def _stretches(runs: Sequence[tuple[int, int]], links: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """Runs that stand near one another in both texts."""
    stretch: list[tuple[int, int]] = []
    for run in runs:
        if stretch and (run[0] - stretch[-1][1] > _NEAR or links[run[0]] - links[stretch[-1][1] - 1] > _NEAR):
            yield stretch
            stretch = []
        stretch.append(run)
    if stretch:
        yield stretch
