"""Finds the successor of a lost fragment: the number that a reader who follows the old one is led to.

Nearest is, between the neighbours that stayed, the new fragment that shares most of its words; where none shares any,
the one at the same place in the row.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from indexer.corpus.anchor_alignment import Place, Words
from indexer.corpus.anchors import CODE, Anchors, Row, runs
from indexer.corpus.heaviest_chain import Candidate, chain

_COMMON = 40
"""Fragments in which a pair of words may be found and still tell one from another."""


def moved_numbers(old: Anchors, rows: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    """The lost numbers of a page, each with the number that is nearest now.

    Args:
        old: The numbers until now, with those that were lost before.
        rows: The fragments of the page as it is now, in reading order.
    """
    here = {row.number for row in rows}
    links: dict[int, int] = {}
    for kind in {row.kind for row in old.rows}:
        links |= _nearest(old.of(kind), [row for row in rows if row.kind is kind])
    links |= dict(old.moved)  # known when it was lost; a row of it comes from the index, whose edition is an older one
    found: dict[int, int] = {}
    for number in sorted(set(links) - here):
        at, seen = number, {number}
        while at not in here and at in links and links[at] not in seen:
            at = links[at]
            seen.add(at)
        if at != number:
            found[number] = at
    return tuple(found.items())


def _nearest(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Each row of ``old`` that is not in ``new``, with the number of the one to go to."""
    if not new:
        return {}
    place = {row.number: at for at, row in enumerate(new)}
    sharing = _pairs_of(new)
    found: dict[int, int] = {}
    for start, end, low, high in _gaps(old, place, len(new)):
        for at in range(start, end):
            wanted = low + (at - start) * (high - low) // (end - start)
            best = _likest(old[at], sharing, low, high, wanted)
            found[old[at].number] = new[min(best, len(new) - 1)].number
    return found


def _gaps(old: Sequence[Row], place: dict[int, int], size: int) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lost rows, and the run of new ones to look in: between the neighbours, else the neighbour before."""
    start, before = 0, -1
    for end in range(len(old) + 1):
        stays = end < len(old) and old[end].number in place
        if end < len(old) and not stays:
            continue
        after = place[old[end].number] if end < len(old) else size
        if end > start:
            low, high = before + 1, after
            if low >= high:  # nothing new there, or the neighbours changed places
                low = max(0, before) if before >= 0 else min(after, size - 1)
                high = low + 1
            yield start, end, low, high
        start, before = end + 1, after


def _pairs_of(rows: Sequence[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for pair in runs(row.codes, 2):
            found[pair].append(at)
    return found


def _likest(row: Row, sharing: dict[str, list[int]], low: int, high: int, wanted: int) -> int:
    """The place of the new row that shares most pairs of words; among equals the one nearest to ``wanted``."""
    shared: Counter[int] = Counter()
    for pair in runs(row.codes, 2):
        places = sharing.get(pair, ())
        if len(places) <= _COMMON:
            shared.update(places[bisect_left(places, low) : bisect_left(places, high)])
    if not shared:
        return wanted
    return min(shared, key=lambda at: (-shared[at], abs(at - wanted), at))


def match_edited(
    rows: Sequence[Row], places: Sequence[Place], spans: Sequence[tuple[int, int]], text: Words
) -> dict[int, int]:
    """Which edited fragment goes on as which: at least half of the pairs of neighbouring words are the same.

    Only fragments between the same two neighbours are compared: a thank-you elsewhere is another fragment.

    Args:
        rows: The old fragments, in their order.
        places: Those found whole.
        spans: All fragments of the new text, in order.

    Returns:
        Ordinal in ``spans`` to ordinal in ``rows``, in order on both sides.
    """
    in_order = [place for place in places if not place.moved]
    starts, ordinals = [place.start for place in in_order], [place.row for place in in_order]
    kept, found = {place.start for place in places}, {place.row for place in places}
    index: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for ordinal, (start, end) in enumerate(spans):
        if start not in kept:
            pairs = _pairs(text.codes[start * CODE : end * CODE])
            sizes[ordinal] = pairs.total()
            for pair, count in pairs.items():
                index[bisect_left(starts, start), pair].append((ordinal, count))
    candidates: list[Candidate] = []
    for ordinal, row in enumerate(rows):
        if ordinal not in found:
            pairs, gap = _pairs(row.codes), bisect_left(ordinals, ordinal)
            shared: Counter[int] = Counter()
            for pair, count in pairs.items():
                for there, times in index.get((gap, pair), ()):
                    shared[there] += min(count, times)
            candidates += [
                Candidate(ordinal, there, there + 1, same)
                for there, same in shared.items()
                if 2 * same >= max(pairs.total(), sizes[there])
            ]
    return {link.start: link.row for link in chain(candidates)}


def _pairs(codes: str) -> Counter[str]:
    words = [codes[place : place + CODE] for place in range(0, len(codes), CODE)]
    return Counter(map("".join, zip(["^", *words], [*words, "$"], strict=True)))
