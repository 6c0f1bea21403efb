"""Where a match stands in a fragment's text: places of words become offsets of characters."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.engines.whoosh.positions import Integers
from indexer.index.results import Spans


def marks(words: Integers, first: int, places: Iterable[tuple[int, int]]) -> Spans:
    """Offsets of the matched words.

    Args:
        words: Start and end of each word of the fragment, in characters.
        first: Place of its first word.
        places: First and last place of each span; what runs beyond the fragment is cut.

    Returns:
        Sorted, not overlapping.
    """
    spans = sorted(set(places))
    found: list[tuple[int, int]] = []
    for low, high in spans:
        begin, end = max(low - first, 0), min(high - first, len(words) - 1)
        if begin > end:
            continue
        start, stop = int(words[begin, 0]), int(words[end, 1])
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    return tuple(found)
