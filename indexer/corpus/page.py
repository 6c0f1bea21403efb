"""Builds the fragments of a page from its texts, in one reading order and one series of numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.corpus.anchors import Anchors, Row, text_codes
from indexer.corpus.layers import participant_of
from indexer.corpus.segment import Fragment, segment
from indexer.corpus.successors import moved_numbers
from indexer.language.entities import Entities
from indexer.model import Block, Document, Fact, Kind, Participant, Passage, Speaker, Version

READING_ORDER = (Kind.ANNOUNCEMENT, Kind.DESCRIPTION, Kind.TRANSCRIPT)


@dataclass(frozen=True, slots=True)
class PageText:
    """One text of a page, as read, with the layers laid over it.

    Attributes:
        version: Of a transcript; None for the others.
        own_wording: ``redaccion = "propia"``.
        aligned: Of its words, the share that has the second of the captions beside it; None without such captions.
    """

    kind: Kind
    document: Document
    version: Version | None = None
    own_wording: bool = False
    aligned: float | None = None


def passages_of(kind: Kind, document: Document) -> tuple[Passage, ...]:
    """The fragments of a text by itself."""
    return build_page([PageText(kind, document)], (), Anchors(), fact_kind=kind)[0]


def build_page(
    texts: Sequence[PageText],
    facts: Sequence[Fact],
    anchors: Anchors,
    *,
    kept: Mapping[Kind, tuple[Passage, ...]] | None = None,
    participants: Sequence[Participant] = (),
    entities: Entities | None = None,
    fact_kind: Kind | None = None,
) -> tuple[tuple[Passage, ...], Anchors]:
    """Make the fragments of a page. The same texts, facts and anchors always give the same page.

    Args:
        texts: What could be read; at most one a kind.
        facts: ``[[hechos]]`` of the page, one fragment each.
        anchors: The numbers given so far.
        kept: Fragments of kinds that could not be read this time: they stay as they are. A kind without fragments
            there keeps its numbers for the day when its file can be read again.
        participants: Of the session; their entity is known better than the post tells it.
        entities: Finds the entity that a post or an institution belongs to.
        fact_kind: Kind of the facts' fragments; None for that of the page's own text (``ANNOUNCEMENT`` where the page
            has one, else ``DESCRIPTION``).

    Returns:
        The passages in reading order (topics and mentions still empty), and the new anchors.
    """
    kept = {kind: tuple(p for p in passages if p.fact is None) for kind, passages in (kept or {}).items()}
    by_kind = {text.kind: text for text in texts if text.kind not in kept}
    if fact_kind is None:
        announced = {*by_kind, *kept, *(row.kind for row in anchors.rows)}
        fact_kind = Kind.ANNOUNCEMENT if Kind.ANNOUNCEMENT in announced else Kind.DESCRIPTION
    page = _Page(anchors, [passage for passages in kept.values() for passage in passages], participants, entities)
    for kind in READING_ORDER:
        page.keep(kept.get(kind, ()))
        page.add(kind, by_kind.get(kind), facts if kind is fact_kind else (), keep_rows=kept.get(kind) == ())
    return tuple(page.passages), page.anchors()


class _Page:
    """A page as it grows, in reading order."""

    def __init__(
        self, old: Anchors, kept: Sequence[Passage], participants: Sequence[Participant], entities: Entities | None
    ) -> None:
        self.passages: list[Passage] = []
        self._rows: list[Row] = []
        self._old = old
        self._taken = frozenset(passage.number for passage in kept)
        self._next = max([old.next_number, *(number + 1 for number in self._taken)])
        self._turns = 0
        self._participants = participants
        self._entities = entities
        self._speakers: dict[Speaker, str | None] = {}
        self._there = {passage.kind for passage in kept}

    def anchors(self) -> Anchors:
        """What the page's ``anclas.tsv`` is to say.

        Of a text that is gone, withdrawn perhaps, no row is kept; of one that changed, those before the last change.
        """
        moved = moved_numbers(self._old, self._rows)
        new = replace(self._old, rows=tuple(self._rows), next_number=self._next, moved=moved)
        changed = {kind: new.of(kind) != self._old.of(kind) for kind in READING_ORDER if kind in self._there}
        kept = (self._old.of(kind) if other else self._old.before_of(kind) for kind, other in changed.items())
        return replace(new, before=tuple(row for rows in kept for row in rows))

    def keep(self, passages: Sequence[Passage]) -> None:
        """Append passages of the last good version as they are."""
        sizes = Counter(passage.turn for passage in passages)
        turns: dict[int, int] = {}
        for passage in passages:
            turn = self._turns + turns.setdefault(passage.turn, len(turns))
            whole = sizes[passage.turn] == 1
            codes = text_codes(passage.text if passage.original is None else passage.original)
            self._rows.append(Row(passage.number, passage.kind, whole, codes))
            self.passages.append(replace(passage, order=len(self.passages), turn=turn))
        self._turns += len(turns)

    def add(self, kind: Kind, text: PageText | None, facts: Sequence[Fact], keep_rows: bool) -> None:
        """Append the fragments of a text, then the facts."""
        rows = [row for row in self._old.of(kind) if row.number not in self._taken]
        document = text.document if text is not None else Document(())
        first_fact = document.blocks[-1].turn + 1 if document.blocks else 0
        blocks = [Block(" ".join(fact.text.split()), turn=first_fact + n) for n, fact in enumerate(facts)]
        fact_turns = frozenset(block.turn for block in blocks)
        before = [row for row in self._old.before_of(kind) if row.number not in self._taken]
        fragments = segment(replace(document, blocks=(*document.blocks, *blocks)), rows, fact_turns, before)
        if keep_rows:
            claimed = {fragment.number for fragment in fragments}
            self._rows += [row for row in rows if row.number not in claimed]
        if text is not None:
            self._there.add(kind)
        numbered = {row.number for row in rows} | {fragment.number for fragment in fragments}
        lost = {row.codes: row.number for row in before if row.number not in numbered}
        turns: dict[int, int] = {}
        for fragment in fragments:
            turn = self._turns + turns.setdefault(fragment.turn, len(turns))
            if fragment.number is None:
                fragment = replace(fragment, number=lost.pop(fragment.codes, None))
            passage = self._passage(kind, fragment, turn)
            if fragment.turn in fact_turns:
                passage = replace(passage, fact=fragment.turn - first_fact, own_wording=True, start_s=None, end_s=None)
            elif kind is Kind.TRANSCRIPT:
                passage = self._spoken(passage, fragment.speaker, text.version if text else None)
            else:
                passage = replace(passage, own_wording=text is not None and text.own_wording)
            self._rows.append(Row(passage.number, kind, fragment.whole, fragment.codes))
            self.passages.append(passage)
        self._turns += len(turns)

    def _passage(self, kind: Kind, fragment: Fragment, turn: int) -> Passage:
        number = fragment.number
        if number is None:
            number, self._next = self._next, self._next + 1
        return Passage(
            number=number,
            order=len(self.passages),
            kind=kind,
            turn=turn,
            text=fragment.text,
            start_s=fragment.start_s,
            end_s=fragment.end_s,
            cues=fragment.cues,
        )

    def _spoken(self, passage: Passage, speaker: Speaker | None, version: Version | None) -> Passage:
        passage = replace(passage, version=version)
        if speaker is None:
            return passage
        if speaker not in self._speakers:
            self._speakers[speaker] = self._entity(speaker)
        return replace(
            passage,
            person=speaker.shown,
            identified=speaker.name is not None,
            post=speaker.post,
            entity=self._speakers[speaker],
            inferred=speaker.inferred and speaker.shown is not None,
        )

    def _entity(self, speaker: Speaker) -> str | None:
        if self._entities is None:
            return None
        participant = participant_of(speaker.name, self._participants)
        return self._entities.of_post(speaker.post, speaker.institution, participant.entity if participant else None)
