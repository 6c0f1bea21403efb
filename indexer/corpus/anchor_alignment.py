"""Aligns the old fragments of a text with its new version.

What is looked for is the sequence of a fragment's words inside one turn, wherever sentences or cues are cut now. Words
that stand in the old order are found by a chain: of all the places where an old fragment occurs whole, the heaviest
set that goes forward in both texts. Fragments of a dozen words or more go first, since they seldom occur twice; the
short ones ("Gracias.") are then chained between them. What is left over is looked for out of order: moved.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.corpus.anchors import CODE, Row
from indexer.corpus.heaviest_chain import Candidate, chain

DISTINCTIVE = 12
"""Words from which a sequence is taken for the same text wherever it stands."""

TELLING = 4
"""Words from which a sequence that occurs once in both texts is the same fragment, moved."""

FEW = 30
"""Words up to which a run of new words in a sentence goes to the fragment that holds the rest of it."""

_OFTEN = 64
_BAND = 8
"""Of a text that occurs oftener, the places tried on either side: bounds the cost of five thousand times ``Sí.``"""


class Place(NamedTuple):
    """An old fragment found in the new text: words ``start`` to ``end``; ``moved`` when out of the old order."""

    row: int
    start: int
    end: int
    moved: bool = False


@dataclass(frozen=True)
class Words:
    """The new text as alignment sees it.

    Attributes:
        codes: Of all its words, as one string.
        turns: The turn of each word, never decreasing.
        cuts: Whether a sentence or a cue begins at each word; one more at the end.
        indivisible: Turns that are one fragment whatever their length.
    """

    codes: str
    turns: Sequence[int]
    cuts: Sequence[bool]
    indivisible: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.turns)

    def begins(self, place: int) -> bool:
        """Whether a turn begins (or the last one ended) at this word."""
        return place in (0, len(self.turns)) or self.turns[place] != self.turns[place - 1]

    def is_turn(self, start: int, end: int) -> bool:
        """Whether these words, which lie in one turn, are the whole of it."""
        return self.begins(start) and self.begins(end)

    def admits(self, start: int, end: int) -> bool:
        """Whether a fragment may stand there."""
        turn = self.turns[start]
        return turn == self.turns[end - 1] and (turn not in self.indivisible or self.is_turn(start, end))


def align(rows: Sequence[Row], text: Words) -> list[Place]:
    """Find each old fragment whose words stand unchanged in one turn of the new text; results never overlap."""
    same = _identity(rows, text)
    if same is not None:
        return same
    search = _Search(rows, text)
    for distinctive in (True, False):
        places = search.occurrences(distinctive)
        search.keep_in_order(places)
        search.keep_moved(places)
    search.let_go_of_torn()
    return sorted(search.found.values(), key=lambda place: place.start)


def tell_all(rows: Sequence[Row], text: Words) -> bool:
    """Whether the rows are this very text, word for word and turn for turn."""
    places = _identity(rows, text) or ()
    return bool(places) and all(text.is_turn(start, end) is rows[row].whole for row, start, end, _ in places)


def _identity(rows: Sequence[Row], text: Words) -> list[Place] | None:
    """Every row at its place, when nothing changed: what was built is never built differently."""
    if "".join(row.codes for row in rows) != text.codes:
        return None
    places: list[Place] = []
    start = 0
    for ordinal, row in enumerate(rows):
        if not text.admits(start, start + row.words):
            return None
        places.append(Place(ordinal, start, start + row.words))
        start += row.words
    return places


@dataclass
class _Search:
    """What is found so far."""

    rows: Sequence[Row]
    text: Words
    found: dict[int, Place] = field(default_factory=dict)
    used: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.used = bytearray(len(self.text))

    def occurrences(self, distinctive: bool) -> dict[str, list[tuple[int, int]]]:
        """Where each text of the rows (distinctive ones or short ones) occurs whole in one turn, on free words."""
        wanted = {row.codes for row in self.rows if (row.words >= DISTINCTIVE) is distinctive}
        places = self._anywhere(wanted) if distinctive else self._at_cuts(wanted)
        return {
            codes: free
            for codes, spans in places.items()
            if (free := [(a, b) for a, b in spans if self.text.admits(a, b) and self._free(a, b)])
        }

    def keep_in_order(self, places: Mapping[str, list[tuple[int, int]]]) -> None:
        """Take the heaviest chain."""
        groups: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        anchored = sorted(place for place in self.found.values() if not place.moved)
        for ordinal, row in enumerate(self.rows):
            if row.codes in places and ordinal not in self.found:
                at = bisect_left(anchored, (ordinal,))
                low = anchored[at - 1].end if at else 0
                high = anchored[at].start if at < len(anchored) else len(self.text)
                groups[row.codes, low, high].append(ordinal)
        candidates: list[Candidate] = []
        for (codes, low, high), ordinals in groups.items():
            spans = places[codes]
            spans = spans[bisect_left(spans, (low,)) : bisect_left(spans, (high,))]
            spans = [span for span in spans if span[1] <= high]
            for rank, ordinal in enumerate(ordinals):
                candidates += [
                    Candidate(ordinal, a, b, self._weight(ordinal, a, b))
                    for a, b in _near(spans, rank, len(ordinals))
                    if self._credible(ordinal, a, b)
                ]
        for link in chain(candidates, beside=2):
            self._take(Place(link.row, link.start, link.end))

    def keep_moved(self, places: Mapping[str, list[tuple[int, int]]]) -> None:
        """Take what is left over wherever it stands, the longest first."""
        said = Counter(row.codes for row in self.rows)
        left = [n for n, row in enumerate(self.rows) if n not in self.found and row.codes in places]
        for ordinal in sorted(left, key=lambda n: -len(self.rows[n].codes)):
            row = self.rows[ordinal]
            spans = [(a, b) for a, b in places[row.codes] if self._free(a, b)]
            once = row.words >= TELLING and len(places[row.codes]) == 1 and said[row.codes] == 1
            if row.words < DISTINCTIVE and not once:
                spans = [(a, b) for a, b in spans if self._fills(row, ordinal, a, b)]
            if spans:
                best = max(spans, key=lambda span: (self._weight(ordinal, *span), -span[0]))
                self._take(Place(ordinal, *best, moved=True))

    def let_go_of_torn(self) -> None:
        """Give up fragments beside a few new words of their own sentence: a word put before "Buenas tardes" is an edit
        of that fragment, not a fragment. A sentence that ran on into an untouched neighbour stays cut where it was."""
        torn = True
        while torn:
            torn = False
            for place in list(self.found.values()):
                before, after = self._free_beside(place.start, -1), self._free_beside(place.end, 1)
                if (before and not self.text.cuts[place.start]) or (after and not self.text.cuts[place.end]):
                    del self.found[place.row]
                    self.used[place.start : place.end] = bytes(place.end - place.start)
                    torn = True

    def _free_beside(self, edge: int, step: int) -> bool:
        """Whether a run of free words, some but few, ends or begins at this edge inside its turn."""
        text, size = self.text, 0
        place = edge
        while not text.begins(place) and size <= FEW:
            place += step
            if self.used[place if step < 0 else place - 1]:
                break
            size += 1
        return 0 < size <= FEW

    def _anywhere(self, wanted: set[str]) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for codes in wanted:
            spans: list[tuple[int, int]] = []
            at = self.text.codes.find(codes)
            while at >= 0:
                step = 1
                if at % CODE == 0:
                    spans.append((at // CODE, (at + len(codes)) // CODE))
                    # A recogniser that loops ("i i i i") would match at every word.
                    step = CODE if len(spans) < _OFTEN else len(codes)
                at = self.text.codes.find(codes, at + step)
            found[codes] = spans
        return found

    def _at_cuts(self, wanted: set[str]) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {codes: [] for codes in wanted}
        cuts = [place for place, cut in enumerate(self.text.cuts) if cut]
        for index, start in enumerate(cuts):
            for end in cuts[index + 1 : index + DISTINCTIVE]:
                if end - start >= DISTINCTIVE:
                    break
                spans = found.get(self.text.codes[start * CODE : end * CODE])
                if spans is not None:
                    spans.append((start, end))
        return found

    def _free(self, start: int, end: int) -> bool:
        return self.used.find(1, start, end) < 0

    def _take(self, place: Place) -> None:
        self.found[place.row] = place
        self.used[place.start : place.end] = b"\1" * (place.end - place.start)

    def _beside(self, ordinal: int, start: int, end: int) -> int:
        """How many of the old neighbours stand right beside it in the new text too."""
        left, right = self.found.get(ordinal - 1), self.found.get(ordinal + 1)
        return (left is not None and left.end == start) + (right is not None and right.start == end)

    def _weight(self, ordinal: int, start: int, end: int) -> int:
        """Words first; then old neighbours; then the edges of turns, sentences and cues."""
        text = self.text
        edges = sum(text.begins(place) + bool(text.cuts[place]) for place in (start, end))
        return 16 * (end - start) + 2 * self._beside(ordinal, start, end) + edges

    def _credible(self, ordinal: int, start: int, end: int) -> bool:
        """A short whole turn is not looked for in the middle of another, unless a label beside it was taken out."""
        row, text = self.rows[ordinal], self.text
        if row.words >= DISTINCTIVE or not row.whole:
            return True
        return text.begins(start) or text.begins(end) or self._beside(ordinal, start, end) > 0

    def _fills(self, row: Row, ordinal: int, start: int, end: int) -> bool:
        """Few words that moved are the same only as a whole turn, beside an old neighbour, or alone in a gap."""
        text, used = self.text, self.used
        if row.whole:
            return text.is_turn(start, end)
        closed = text.begins(start) or used[start - 1]
        return self._beside(ordinal, start, end) > 0 or bool(closed and (text.begins(end) or used[end]))


def _near(spans: list[tuple[int, int]], rank: int, of: int) -> list[tuple[int, int]]:
    """All places, or those whose rank from either end is near where the text occurs very often."""
    if of * len(spans) <= _OFTEN * _OFTEN:
        return spans
    from_end = len(spans) - (of - rank)
    chosen = {
        place
        for middle in (rank, from_end)
        for place in range(max(0, middle - _BAND), min(len(spans), middle + _BAND + 1))
    }
    return [spans[place] for place in sorted(chosen)]
