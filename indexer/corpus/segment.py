"""From blocks to fragments: whole sentences, or cues, packed to 120 to 150 words, never across a turn.

Old fragments whose words are still there keep their boundaries; only the words between them are packed, by a dynamic
programme over the places where a cut is allowed. Nothing here depends on a trained pipeline.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from indexer.corpus.anchor_alignment import Words, align, tell_all
from indexer.corpus.anchors import CODE, Row, word_code
from indexer.corpus.successors import match_edited
from indexer.language.spanish import sentences
from indexer.model import Block, Document, Speaker
from indexer.word_lists import listed

FEWEST = 120
MOST = 150
SHORT_TAIL = 30
"""Words of a last fragment from which it may stand alone."""

# What things cost, in squared words below FEWEST. Cuts by what they part; sentences are cut only beyond MOST words.
_AT_PARAGRAPH, _AT_SENTENCE, _AT_CUE, _AT_CLAUSE, _AT_CONNECTOR, _AT_WORD = 0, 25, 100, 300, 600, 900
_A_FRAGMENT = 10
_A_WORD_OF_TAIL = 40
_TOO_FEW = 200

_LONG_CLAUSE = 40
_STRIDE = 20
_CLAUSE_END = re.compile(r"[;:,][\"'”’»)\]]*\Z|\A[—–-]+\Z")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
_CONNECTORS = listed("language", "connectors")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A fragment before it is given its place on a page.

    Attributes:
        number: The number it goes on with; None when it is new.
        text: Paragraphs parted by newlines; captions in one line.
        whole: True when it is all of its turn.
    """

    number: int | None
    text: str
    codes: str
    turn: int
    whole: bool
    speaker: Speaker | None = None
    start_s: float | None = None
    end_s: float | None = None
    cues: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a document: the block of each, what a cut before each would cost (None: not allowed), and its
    second."""

    words: list[str]
    blocks: list[int]
    costs: list[int | None]
    seconds: list[float | None]


def segment(
    document: Document, rows: Sequence[Row] = (), indivisible: frozenset[int] = frozenset(), before: Sequence[Row] = ()
) -> tuple[Fragment, ...]:
    """Cut a document into fragments, with the numbers that its words had.

    Args:
        rows: The anchors of this text, in their order.
        indivisible: Turns that are one fragment whatever their length.
        before: The anchors that it had before it last changed: it may have come back.
    """
    text = _lay_out(document)
    if not text.words:
        return ()
    turns = [document.blocks[block].turn for block in text.blocks]
    cuts = [*(cost is not None for cost in text.costs), True]
    words = Words("".join(map(word_code, text.words)), turns, cuts, indivisible)
    if before and tell_all(before, words) and not tell_all(rows, words):
        rows = before
    places = align(rows, words)
    kept = {(place.start, place.end): place.row for place in places}
    spans = sorted([*kept, *(span for gap in _gaps(words, sorted(kept)) for span in _pack(text, gap, words))])
    edited = match_edited(rows, places, spans, words)
    fragments: list[Fragment] = []
    for ordinal, span in enumerate(spans):
        row = kept.get(span, edited.get(ordinal))
        fragments.append(_fragment(document, text, words, span, None if row is None else rows[row].number))
    return tuple(_closed(fragments, document))


def _gaps(words: Words, kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs of words between kept fragments and edges of turns."""
    start = 0
    for low, high in [*kept, (len(words), len(words))]:
        for place in range(start + 1, low + 1):
            if place == low or words.begins(place):
                yield start, place
                start = place
        start = high


def _pack(text: _Text, gap: tuple[int, int], words: Words) -> list[tuple[int, int]]:
    """The cheapest way to cut a run of words of one turn."""
    start, end = gap
    if words.turns[start] in words.indivisible or end - start <= MOST:
        return [gap]
    cuts = [start, *(place for place in range(start + 1, end) if text.costs[place] is not None), end]
    best: list[tuple[int, int]] = [(0, 0)]
    for to in range(1, len(cuts)):
        options: list[tuple[int, int]] = []
        for since in range(to - 1, -1, -1):
            size = cuts[to] - cuts[since]
            if size > MOST and options:
                break
            options.append((best[since][0] + _cost(size, text.costs[cuts[to]] if to < len(cuts) - 1 else None), since))
        best.append(min(options))
    spans: list[tuple[int, int]] = []
    to = len(cuts) - 1
    while to > 0:
        since = best[to][1]
        spans.append((cuts[since], cuts[to]))
        to = since
    return spans[::-1]


def _cost(size: int, cut: int | None) -> int:
    """Of a fragment of so many words; ``cut`` is what the cut behind it costs, None for the last one."""
    if cut is None:
        return _A_FRAGMENT + _A_WORD_OF_TAIL * max(0, SHORT_TAIL - size)
    return _A_FRAGMENT + cut + (_TOO_FEW + (FEWEST - size) ** 2 if size < FEWEST else 0)


def _lay_out(document: Document) -> _Text:
    text = _Text([], [], [], [])
    for ordinal, (block, second) in enumerate(zip(document.blocks, _seconds(document), strict=True)):
        words = block.text.split()
        if not words:
            continue
        inside = _long_costs(words) if document.captions else _paragraph_costs(block, words)
        first: int = _AT_PARAGRAPH
        if document.captions and text.words and not _SENTENCE_END.search(text.words[-1]):
            first = _AT_CUE
        text.words.extend(words)
        text.blocks.extend([ordinal] * len(words))
        text.costs.extend([first, *inside[1:]])
        text.seconds.extend(block.seconds or [second] * len(words))
    return text


def _paragraph_costs(block: Block, words: list[str]) -> list[int | None]:
    costs: list[int | None] = []
    for start, end in sentences(block.text):
        size = len(block.text[start:end].split())
        place = len(costs)
        costs += _long_costs(words[place : place + size])
        costs[place] = _AT_SENTENCE
    return costs


def _long_costs(words: list[str]) -> list[int | None]:
    """Where a sentence of more than 150 words may be cut: at clause marks; in long clauses before words that join,
    else every 20 words. Each rule looks at the words beside it only, so that an edit moves no cut farther away."""
    costs: list[int | None] = [None] * len(words)
    if len(words) <= MOST:
        return costs
    for place, before in enumerate(words[:-1], start=1):
        if _CLAUSE_END.search(before):
            costs[place] = _AT_CLAUSE
    for start, end in _clauses(costs):
        if end - start > _LONG_CLAUSE:
            for place in range(start + 1, end):
                if _bare(words[place]) in _CONNECTORS and _bare(words[place - 1]) not in _CONNECTORS:
                    costs[place] = _AT_CONNECTOR
    for start, end in _clauses(costs):
        if end - start > _LONG_CLAUSE:
            for place in range(start + _STRIDE, end, _STRIDE):
                costs[place] = _AT_WORD
    return costs


def _clauses(costs: list[int | None]) -> list[tuple[int, int]]:
    places = [0, *(place for place, cost in enumerate(costs) if cost is not None), len(costs)]
    return list(pairwise(places))


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _fragment(document: Document, text: _Text, words: Words, span: tuple[int, int], number: int | None) -> Fragment:
    """Its text, and the offset and second of every timed block that has words in it; where words have their own, of
    every sentence."""
    start, end = span
    parts: list[str] = []
    cues: list[tuple[int, float]] = []
    offset = 0
    for place in range(start, end):
        ordinal = text.blocks[place]
        new_block = place == start or ordinal != text.blocks[place - 1]
        if parts:
            parts.append("\n" if new_block and not document.captions else " ")
            offset += 1
        second, block = text.seconds[place], document.blocks[ordinal]
        opens = place == start or text.costs[place] in (_AT_PARAGRAPH, _AT_SENTENCE)
        if second is not None and (opens if block.seconds else new_block and block.start_s is not None):
            cues.append((offset, second))
        parts.append(text.words[place])
        offset += len(parts[-1])
    first = text.seconds[start]
    if first is None and document.blocks[text.blocks[start]].seconds:
        cues = []  # its beginning is not sure
    return Fragment(
        number=number,
        text="".join(parts),
        codes=words.codes[start * CODE : end * CODE],
        turn=words.turns[start],
        whole=words.is_turn(start, end),
        speaker=_speaker(document.blocks[text.blocks[start] : text.blocks[end - 1] + 1]),
        start_s=first if first is not None or not cues else cues[0][1],
        cues=tuple(cues),
    )


def _speaker(blocks: Sequence[Block]) -> Speaker | None:
    """Who speaks in blocks of one turn: a guess where it is one in any of them."""
    speaker = blocks[0].speaker
    if speaker is not None and any(block.speaker and block.speaker.inferred for block in blocks):
        return replace(speaker, inferred=True)
    return speaker


def _closed(fragments: list[Fragment], document: Document) -> Iterator[Fragment]:
    """Each with its end: the start of the next, for the last one the end of its last cue."""
    for fragment, following in pairwise(fragments):
        yield replace(fragment, end_s=following.start_s if fragment.start_s is not None else None)
    last = fragments[-1]
    ends = [block.end_s for block in document.blocks if block.end_s is not None]
    if last.start_s is not None and ends:
        last = replace(last, end_s=max(last.start_s, *ends[-3:]))
    yield last


def _seconds(document: Document) -> list[float | None]:
    """The latest second known at each block; never goes back."""
    never = float("-inf")
    latest = accumulate((never if block.start_s is None else block.start_s for block in document.blocks), max)
    return [None if second == never else second for second in latest]
