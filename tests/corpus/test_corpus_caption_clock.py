"""The seconds of an official text: those of the captions beside it where they are sure, else none."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.anchors import Anchors
from indexer.corpus.caption_clock import NEAR_S, heard_span, timed_by_captions
from indexer.corpus.page import PageText, build_page
from indexer.model import Kind
from indexer.model.transcript import Block, Document

WORDS = [f"palabra{number}" for number in range(600)]


def captions(words: list[str], size: int = 6, second_a_word: float = 0.4) -> Document:
    """Cues of a few words each, without a pause."""
    cues = [words[at : at + size] for at in range(0, len(words), size)]
    ends = [round(second_a_word * min(size * (at + 1), len(words)), 3) for at in range(len(cues))]
    starts = [0.0, *ends[:-1]]
    blocks = [
        Block(" ".join(cue), start, end) for cue, start, end in zip(cues, starts, ends, strict=True)
    ]  # fmt: skip
    return Document(tuple(blocks), captions=True)


def prose(*paragraphs: list[str]) -> Document:
    return Document(tuple(Block(" ".join(words)) for words in paragraphs))


def seconds(document: Document) -> list[float | None]:
    return [second for block in document.blocks for second in block.seconds]


@given(st.lists(st.sampled_from(["acta", "voto", "urna", "casilla", "mesa", "consejo"]), min_size=1, max_size=200))
def test_the_same_words_have_the_seconds_of_their_cues(words: list[str]) -> None:
    """A word that begins a cue has its second exactly, and every word has one within its cue."""
    track = captions(words)
    found = timed_by_captions(prose(words), track)
    assert found.share == 1.0
    for at, second in enumerate(seconds(found.document)):
        cue = track.blocks[at // 6]
        assert second is not None
        assert cue.start_s is not None
        assert cue.end_s is not None
        assert second == cue.start_s if at % 6 == 0 else cue.start_s <= second < cue.end_s


@given(st.integers(0, 10_000))
def test_seconds_never_go_back_and_are_never_far_off(seed: int) -> None:
    """Words replaced, dropped and put in; a paragraph that nobody said; another one left out."""
    rng = random.Random(seed)
    text: list[tuple[str, float | None]] = []
    skipped = rng.randrange(0, 500)
    for at, word in enumerate(WORDS):
        if skipped <= at < skipped + 50:
            continue
        chance = rng.random()
        if chance < 0.05:
            text.append((f"cambiada{at}", 0.4 * at))
        elif chance > 0.1:
            text.append((word, 0.4 * at))
    place = rng.randrange(len(text))
    text[place:place] = [(f"nota{number}", None) for number in range(40)]
    found = seconds(timed_by_captions(prose([word for word, _ in text]), captions(WORDS)).document)
    known = [second for second in found if second is not None]
    assert all(before <= after for before, after in pairwise(known))
    off = [abs(second - true) for second, (_, true) in zip(found, text, strict=True) if None not in (second, true)]
    assert max(off) <= NEAR_S
    assert len(known) > 0.7 * len(text)
    inserted = [second for second, (_, true) in zip(found, text, strict=True) if true is None and second is not None]
    assert inserted == []


def test_a_text_of_another_session_has_no_second() -> None:
    found = timed_by_captions(prose([f"otra{number}" for number in range(300)]), captions(WORDS))
    assert found.share == 0
    assert not any(second is not None for second in seconds(found.document))


def test_within_a_cue_with_a_pause_only_the_beginning_is_known() -> None:
    """Six words in thirty seconds: nobody knows when the third one was said."""
    track = captions(WORDS[:300])
    slow = Block(" ".join(WORDS[300:306]), 120.0, 150.0)
    found = seconds(timed_by_captions(prose(WORDS[:306]), Document((*track.blocks, slow), captions=True)).document)
    assert found[300] == 120.0
    assert found[301:] == [None] * 5


def test_a_word_after_a_pause_is_not_put_before_it() -> None:
    """The last word before a minute of silence was written otherwise: its second is its own cue's, or none."""
    first, later = captions(WORDS[:60]), captions(WORDS[60:120])
    moved = [Block(block.text, (block.start_s or 0) + 90, (block.end_s or 0) + 90) for block in later.blocks]
    text = [*WORDS[:59], "gracias", *WORDS[60:120]]
    found = seconds(timed_by_captions(prose(text), Document((*first.blocks, *moved), captions=True)).document)
    assert found[58] is not None
    assert found[60] == 90.0
    assert found[59] is None or found[59] < 25


def test_hyphens_and_signs_do_not_part_a_text_from_its_captions() -> None:
    """``político-electoral`` is two words there; a dash and a note have none."""
    said = [*WORDS[:30], "político", "electoral", *WORDS[30:60]]
    text = ["—", *WORDS[:30], "Político-electoral,", *WORDS[30:60]]
    found = timed_by_captions(prose(text), captions(said))
    assert found.share == 1.0
    assert seconds(found.document)[0] == seconds(found.document)[1] == 0.0


def test_fragments_begin_at_the_second_of_their_first_word_or_have_none() -> None:
    """Fragments begin within paragraphs; one that begins with words that nobody said has neither second nor cues."""
    sentences = [[*WORDS[at : at + 9], f"{WORDS[at + 9]}."] for at in range(0, 600, 10)]
    note = [f"Nota{number}." for number in range(140)]
    said = [word for sentence in sentences for word in sentence]
    passages, _ = build_page(
        [PageText(Kind.TRANSCRIPT, timed_by_captions(prose(said[:300], note, said[300:]), captions(WORDS)).document)],
        (), Anchors(),
    )  # fmt: skip
    assert len(passages) > 4
    for passage in passages:
        first = passage.text.split()[0].rstrip(".")
        if first in WORDS:
            assert passage.start_s is not None
            assert abs(passage.start_s - 0.4 * WORDS.index(first)) < 0.5
            assert passage.cues[0] == (0, passage.start_s)
            assert [second for _, second in passage.cues] == sorted(second for _, second in passage.cues)
        else:
            assert passage.start_s is None
            assert passage.cues == ()
    assert any(passage.start_s is None for passage in passages)


def test_what_captions_have_of_some_words_lies_between_what_is_surely_before_and_after() -> None:
    text = [*WORDS[:200], *(f"otra{at}" for at in range(20)), *WORDS[220:]]
    low, high = heard_span(prose(text), captions(WORDS), (190, 230)) or (0, 0)
    assert (low, high) == (190, 230)
    assert heard_span(prose(["nada", "que", "ver"]), captions(WORDS), (0, 2)) is None
