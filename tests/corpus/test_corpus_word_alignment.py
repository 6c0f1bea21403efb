"""Words of one text found in another that says nearly the same: in order, exact where nothing changed, else unsure."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.word_alignment import NOWHERE, align_words

WORDS = st.lists(st.sampled_from(["casilla", "acta", "voto", "urna", "boleta", "mesa", "consejo"]), max_size=120)
SPEECH = [f"palabra{number}" for number in range(400)]


def linked(links: list[int]) -> list[int]:
    return [there for there in links if there != NOWHERE]


@given(WORDS, WORDS)
def test_links_rise_and_join_equal_words(one: list[str], other: list[str]) -> None:
    """Whatever the texts, of few and often repeated words."""
    links = align_words(one, other)
    there = linked(links)
    assert there == sorted(set(there))
    assert all(one[at] == other[to] for at, to in enumerate(links) if to != NOWHERE)


@given(WORDS)
def test_the_same_text_is_linked_word_by_word(words: list[str]) -> None:
    assert align_words(words, words) == list(range(len(words)))


@given(st.integers(0, 10_000))
def test_an_edited_text_is_linked_to_the_very_words_that_are_left(seed: int) -> None:
    """Words that occur once: each link can be told right from wrong."""
    rng = random.Random(seed)
    edited = [word if rng.random() > 0.1 else f"otra{at}" for at, word in enumerate(SPEECH)]
    at = rng.randrange(len(edited))
    edited[at:at] = [f"intercalada{number}" for number in range(60)]
    links = align_words(edited, SPEECH)
    assert all(edited[place] == SPEECH[there] for place, there in enumerate(links) if there != NOWHERE)
    assert len(linked(links)) > 0.7 * len(SPEECH)


def test_texts_of_two_sessions_share_no_word() -> None:
    """A formula of fourteen words stands in both, once each; the rest has nothing to do with one another."""
    said = "muchas gracias a todas y a todos por su presencia en esta mesa de trabajo"
    formula = said.split()
    one = [f"uno{number}" for number in range(300)]
    other = [f"dos{number}" for number in range(300)]
    one[120:120], other[200:200] = formula, formula
    assert linked(align_words(one, other)) == []


def test_which_of_the_words_that_a_recogniser_repeats_is_meant_is_not_told() -> None:
    """Forty times the same word here, twelve times there: none of them is linked, what is around them is."""
    before, after = SPEECH[:60], SPEECH[60:120]
    links = align_words([*before, *["al"] * 12, *after], [*before, *["al"] * 40, *after])
    assert links[:60] == list(range(60))
    assert links[72:] == list(range(100, 160))
    assert set(links[60:72]) == {NOWHERE}


def test_a_few_words_that_agree_by_accident_are_not_believed() -> None:
    """A paragraph that nobody said has three words in a row of a stretch that was left out, far from anything sure."""
    said = [*SPEECH[:100], *(f"omitida{number}" for number in range(200)), *SPEECH[100:200]]
    accident = said[200:203]
    inserted = [*(f"nota{number}" for number in range(30)), *accident, *(f"pie{number}" for number in range(30))]
    links = align_words([*SPEECH[:100], *inserted, *SPEECH[100:200]], said)
    assert set(links[100:163]) == {NOWHERE}
    assert links[:100] == list(range(100))
    assert links[163:] == list(range(300, 400))
