"""The verdict on a quotation (``textual``, ``casi``, ``no_encontrada``), with every place where it stands.

Textual is only what stands there word by word, accents, numbers and negations included, in one turn. In a stenographic
version punctuation and capitals count as well, but for the capital at the beginning and the punctuation at both ends;
in captions, which have them by chance, they do not. What stands there with few changes is ``casi``. Why so:
``docs/decisions/0020-checking-a-quotation.md``.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.index.protocol import SearchIndex
from indexer.index.query import Query
from indexer.index.results import Hit
from indexer.language.spanish import FUNCTION_WORDS, fold
from indexer.model import Kind, PageId
from search_app.quotations import candidates
from search_app.quotations.alignment import Alignment, align
from search_app.quotations.differences import mended
from search_app.quotations.originals import as_received, beside_shown
from search_app.quotations.place import Place, Verdict, place_at
from search_app.quotations.stretch import Stretch, Transcripts
from search_app.quotations.typed import SHORT, Quotation

MOST_CHECKED = 40
"""Fragments with its words that are compared word by word."""
MOST_SHOWN = 20
MOST_NEAREST = 3
"""Places of a quotation that is nowhere as it is."""
MOST_WORK = 4_000_000
"""Words of the quotation times words of the texts that are compared for one answer, about a tenth of a second."""
READING = 100
"""What reading a word of a text costs, in comparisons."""
_SPELT = 40
"""Words of a quotation by whose spelling fragments are ordered before they are compared."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a quotation.

    Attributes:
        verdict: The best of its places.
        places: The best first, those alike in the order of the sessions.
        more: Whether there may be further places that were not looked at.
    """

    verdict: Verdict
    places: tuple[Place, ...] = ()
    more: bool = False


def check(index: SearchIndex, readings: Sequence[Quotation], asked: Query) -> Checked:
    """Look for a quotation.

    Args:
        readings: The ways in which it can be read, the likeliest first; with words.
        asked: Filters, and whether fictitious texts are wanted; transcripts alone are looked at.
    """
    filters = replace(asked.filters, values={**asked.filters.values, "tipo": (Kind.TRANSCRIPT.value,)})
    query = replace(asked, clauses=(), expand=False, correct=False, filters=filters, facets=(), marked=False)
    search = _Search(Transcripts(index))
    best = Checked("no_encontrada")
    for quotation in readings:
        hits, total = candidates.exact(index, quotation, query)
        places, more = search.exact(quotation, hits)
        more = more or total > len(hits)
        best = replace(best, more=best.more or more)
        if places and _rank(places[0]) < _rank(best.places[0] if best.places else None):
            best = Checked(places[0].verdict, tuple(places[:MOST_SHOWN]), more or len(places) > MOST_SHOWN)
        if best.verdict == "textual":
            return best
    if best.places or len(readings[-1].words) <= SHORT:
        return best
    quotation = readings[-1]
    named = bool(asked.filters.of("persona"))
    nearly = search.near(quotation, candidates.near(index, quotation, query), the_hit_itself=named)
    return Checked(nearly[0].verdict, tuple(nearly), best.more) if nearly else best


class _Search:
    def __init__(self, transcripts: Transcripts) -> None:
        self._transcripts = transcripts
        self._work = 0

    def exact(self, quotation: Quotation, hits: Sequence[Hit]) -> tuple[list[Place], bool]:
        """The places where the words are the same, and whether there may be more of them."""
        literal = quotation.compared.lower()[quotation.words[0].start : quotation.words[-1].end]
        spelt = list(dict.fromkeys(word.form for word in quotation.words))[:_SPELT]

        def unlikeliness(rank: int) -> tuple[bool, int]:
            text = hits[rank].passage.text.lower()
            return literal not in text, sum(form not in text for form in spelt)

        likely = sorted(range(len(hits)), key=unlikeliness)
        found: dict[tuple[PageId, int, int], tuple[int, Place]] = {}
        seen: set[tuple[PageId, int, int]] = set()
        size = len(quotation.words)
        reach = max(size, MOST_WORK // (4 * (size + READING))) if quotation.cuts else size
        for rank in likely[:MOST_CHECKED]:
            hit = hits[rank]
            # Of a turn that was read whole, every place is known.
            whole = hit.page, hit.passage.turn, -1 if quotation.cuts else hit.passage.order
            if whole in seen or not self._affordable():
                continue
            seen.add(whole)
            stretch = self._transcripts.around(hit.page, hit.passage, reach, one_turn=True)
            for alignment, original in self._standing(quotation, stretch):
                place = place_at(quotation, stretch, alignment, hit, as_received=original)
                key = hit.page, stretch.passage(alignment.start).order, stretch.words[alignment.start].start
                found.setdefault(key, (rank, place))
        ordered = sorted(found.items(), key=lambda each: (_rank(each[1][1]), each[1][0], each[0][1:]))
        return [place for _, (_, place) in ordered], len(hits) > MOST_CHECKED

    def near(self, quotation: Quotation, hits: Sequence[Hit], *, the_hit_itself: bool) -> list[Place]:
        """The places with the fewest changes.

        Args:
            hits: Fragments, the likeliest first.
            the_hit_itself: Whether a place has to hold words of its hit: the neighbours are of somebody else.
        """
        most = len(quotation.words) * 6 // 10
        found: dict[tuple[PageId, int, int], tuple[int, Place]] = {}
        covered: set[tuple[PageId, int]] = set()
        for rank, hit in enumerate(hits):
            if found and 2 * hit.score < hits[0].score:
                break  # it has too little of what the first one has
            if (hit.page, hit.passage.order) in covered or not self._affordable():
                continue
            stretch = self._transcripts.around(hit.page, hit.passage, len(quotation.words) + most, one_turn=False)
            for alignment in self._aligned(quotation, stretch, most, MOST_NEAREST):
                place = place_at(quotation, stretch, alignment, hit)
                orders = {passage.order for passage in place.passages}
                if not _says_as_much(quotation, alignment) or (the_hit_itself and hit.passage.order not in orders):
                    continue
                key = hit.page, stretch.passage(alignment.start).order, stretch.words[alignment.start].start
                found.setdefault(key, (rank, place))
                covered |= {(hit.page, order) for order in orders}
        ordered = sorted(found.values(), key=lambda each: (*_rank(each[1]), each[0]))
        return [place for _, place in ordered[:MOST_NEAREST]]

    def _standing(self, quotation: Quotation, stretch: Stretch) -> list[tuple[Alignment, bool]]:
        """Where the words are the same; those that only the original has are told as such."""
        found = [(alignment, False) for alignment in self._aligned(quotation, stretch, 0, MOST_SHOWN + 1)]
        original = as_received(stretch)
        if original is None:
            return found
        forms = [word.form for word in quotation.words]
        covered = {place for alignment, _ in found for place in range(alignment.start, alignment.end)}
        for alignment in self._aligned(quotation, original, 0, MOST_SHOWN + 1):
            now = beside_shown(forms, quotation.cuts, stretch, original, alignment)
            if covered.isdisjoint(range(now.start, now.end)):
                found.append((now, True))
        return found

    def _affordable(self) -> bool:
        return self._work < MOST_WORK

    def _aligned(self, quotation: Quotation, stretch: Stretch, most: int, places: int) -> list[Alignment]:
        forms = [word.form for word in quotation.words]
        self._work += READING * len(stretch.words)
        if (Counter(forms) & Counter(stretch.forms)).total() < len(forms) - most:
            return []  # each word of the quotation that has no partner of its own is an edit
        self._work += len(forms) * len(stretch.words)
        found = align(forms, quotation.cuts, stretch.forms, most, places)
        return [mended(each, quotation, stretch) for each in found]


def _rank(place: Place | None) -> tuple[bool, bool, int]:
    """The better of two places comes first."""
    return (place.verdict != "textual", place.verdict != "casi", place.edits) if place else (True, True, 1 << 30)


def _says_as_much(quotation: Quotation, alignment: Alignment) -> bool:
    """Whether at least half of the words that carry meaning are there: "en el caso de" alone makes no quotation."""
    content = [fold(word.form) not in FUNCTION_WORDS for word in quotation.words]
    same = sum(content[at] for step, at, _ in alignment.steps if step == "igual")
    return 2 * same >= sum(content) and any(step == "igual" for step, _, _ in alignment.steps)
