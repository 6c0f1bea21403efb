"""Fragments: how texts are cut, and which fragments keep their numbers when a text is edited."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.corpus.anchors import Row
from indexer.corpus.heaviest_chain import Candidate, chain
from indexer.corpus.segment import FEWEST, MOST, Fragment, segment
from indexer.model import Kind
from indexer.model.transcript import Block, Document, Speaker

Turns = list[list[list[str]]]
"""Turns of paragraphs of sentences."""

SYLLABLES = ("ca", "si", "lla", "vo", "to", "ac", "ta", "re", "gis", "tro", "dis", "tri", "co", "mi", "té", "ñu")


def spoken(turns: Turns) -> Document:
    """A transcript with these turns."""
    return Document(
        tuple(
            Block(" ".join(paragraph), speaker=Speaker(name=f"Persona {turn}"), turn=turn)
            for turn, paragraphs in enumerate(turns)
            for paragraph in paragraphs
            if paragraph
        )
    )


def captions(texts: Sequence[str], step_s: float = 3.0) -> Document:
    """Captions, one cue a text."""
    return Document(
        tuple(Block(text, step_s * n, step_s * n + 5) for n, text in enumerate(texts)),
        captions=True,
    )


def anchored(fragments: Sequence[Fragment], first_new: int = 1) -> tuple[Row, ...]:
    """The rows of these fragments; those without a number get one."""
    rows = []
    for fragment in fragments:
        number = fragment.number
        if number is None:
            number, first_new = first_new, first_new + 1
        rows.append(Row(number, Kind.TRANSCRIPT, fragment.whole, fragment.codes))
    return tuple(rows)


def words(text: str) -> str:
    """A text without its line ends."""
    return " ".join(text.split())


def document_words(document: Document) -> str:
    """All words of a document."""
    return " ".join(block.text for block in document.blocks)


def sentence(chance: random.Random, size: int) -> str:
    """A sentence that occurs nowhere else, but for its short words."""
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(size)]
    return " ".join(made).capitalize() + "."


def paragraph(chance: random.Random) -> list[str]:
    """One to six sentences."""
    return [sentence(chance, chance.choice((5, 9, 14, 22, 40))) for _ in range(chance.randint(1, 6))]


def turns_of(chance: random.Random) -> Turns:
    """A few long turns between short ones."""
    made: Turns = []
    for _ in range(chance.randint(3, 9)):
        if chance.random() < 0.5:
            made.append([[chance.choice(("Gracias.", "Sí.", "No.", "Gracias, consejera."))]])
        else:
            made.append([paragraph(chance) for _ in range(chance.randint(2, 9))])
    made.append([paragraph(chance) for _ in range(6)])
    return made


def longest(turns: Turns) -> int:
    """Ordinal of the turn with most paragraphs."""
    return max(range(len(turns)), key=lambda n: len(turns[n]))


def sentence_added(turns: Turns, chance: random.Random) -> Turns:
    first = turns[longest(turns)][0]
    first.insert(chance.randint(0, len(first)), sentence(chance, 11))
    return turns


def paragraph_taken_out(turns: Turns, chance: random.Random) -> Turns:
    turn = turns[longest(turns)]
    turn.pop(chance.randrange(len(turn)))
    return turns


def two_exchanged(turns: Turns, chance: random.Random) -> Turns:
    long_ones = [turn for turn in turns if len(turn) > 1]
    one, other = chance.choice(long_ones), chance.choice(long_ones)
    here, there = chance.randrange(len(one)), chance.randrange(len(other))
    one[here], other[there] = other[there], one[here]
    return turns


def label_inserted(turns: Turns, chance: random.Random) -> Turns:
    place = longest(turns)
    cut = chance.randint(1, len(turns[place]) - 1)
    return [*turns[:place], turns[place][:cut], turns[place][cut:], *turns[place + 1 :]]


def label_taken_out(turns: Turns, chance: random.Random) -> Turns:
    place = chance.randint(1, len(turns) - 1)
    return [*turns[: place - 1], turns[place - 1] + turns[place], *turns[place + 1 :]]


EDITS = (sentence_added, paragraph_taken_out, two_exchanged, label_inserted, label_taken_out)


@pytest.mark.parametrize("edit", EDITS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_fragment_that_was_not_touched_keeps_number_and_text(
    edit: Callable[[Turns, random.Random], Turns], seed: int
) -> None:
    """Over three edits in a row, and what every build must hold besides."""
    chance = random.Random(seed)
    turns = turns_of(chance)
    rows = anchored(segment(spoken(turns)))
    following = len(rows) + 1
    texts = {row.number: fragment for row, fragment in zip(rows, segment(spoken(turns), rows), strict=True)}
    for _ in range(3):
        turns = [turn for turn in edit(turns, chance) if turn]
        document = spoken(turns)
        fragments = segment(document, rows)
        assert words(" ".join(f.text for f in fragments)) == document_words(document), "every word once, in order"
        said = {n: words(" ".join(" ".join(p) for p in turn)) for n, turn in enumerate(turns)}
        numbered = {f.number: words(f.text) for f in fragments if f.number is not None}
        assert len(numbered) == sum(f.number is not None for f in fragments), "a number names one fragment"
        assert set(numbered) <= {row.number for row in rows}
        for number, old in texts.items():
            untouched = f" {words(old.text)} "
            if len(untouched.split()) >= 12 and any(untouched in f" {turn} " for turn in said.values()):
                assert numbered.get(number) == words(old.text)
        assert fragments == segment(document, rows), "an update equals a fresh build with the same anchors"
        rows = anchored(fragments, following)
        following = max(following, *(row.number + 1 for row in rows))
        again = segment(document, rows)
        assert [f.number for f in again] == [row.number for row in rows], "its own anchors change nothing"
        assert [f.text for f in again] == [f.text for f in fragments]
        texts = {row.number: fragment for row, fragment in zip(rows, again, strict=True)}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_an_edit_in_one_turn_leaves_all_other_turns_alone(seed: int) -> None:
    """Also the short ones that are all alike ("Gracias.")."""
    chance = random.Random(seed)
    turns = turns_of(chance)
    place = longest(turns)
    old = segment(spoken(turns))
    rows = anchored(old)
    new = segment(spoken(sentence_added(turns, chance)), rows)
    before = [(row.number, f.text) for row, f in zip(rows, old, strict=True) if f.turn != place]
    assert [(f.number, f.text) for f in new if f.turn != place] == before
    assert sum(f.number is None for f in new) <= 2


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=60), max_size=4), max_size=5),
    st.booleans(),
)
def test_any_text_is_cut_without_loss(turns: list[list[str]], as_captions: bool) -> None:
    """Whatever the characters, every word is in exactly one fragment and every offset points at its cue."""
    blocks = [
        Block(text, float(place), turn=turn)
        for turn, paragraphs in enumerate(turns)
        for place, raw in enumerate(paragraphs)
        if (text := " ".join(raw.split()))
    ]
    document = Document(tuple(blocks), captions=as_captions)
    fragments = segment(document)
    assert [w for f in fragments for w in f.text.split()] == document_words(document).split()
    for fragment in fragments:
        starts = [block.text.split()[0] for block in blocks if block.turn == fragment.turn]
        assert all(fragment.text[offset:].split()[0] in starts or offset == 0 for offset, _ in fragment.cues)


def test_whole_sentences_are_packed_to_120_to_150_words() -> None:
    """A long turn of ordinary sentences has no fragment outside but the last."""
    chance = random.Random(5)
    document = spoken([[[sentence(chance, 12) for _ in range(5)] for _ in range(20)]])
    sizes = [len(f.text.split()) for f in segment(document)]
    assert all(FEWEST <= size <= MOST for size in sizes[:-1])
    assert sizes[-1] <= MOST
    assert all(f.text.endswith(".") for f in segment(document))


def test_a_short_tail_is_shared_with_the_fragment_before() -> None:
    """160 words are not 150 and 10."""
    chance = random.Random(6)
    sizes = [len(f.text.split()) for f in segment(spoken([[[sentence(chance, 10) for _ in range(16)]]]))]
    assert sum(sizes) == 160
    assert min(sizes) >= 30


def test_a_fragment_never_crosses_a_turn() -> None:
    """Also when both are of a few words."""
    fragments = segment(spoken([[["Gracias."]], [["A usted."]], [["Gracias."]]]))
    assert [f.text for f in fragments] == ["Gracias.", "A usted.", "Gracias."]
    assert [f.turn for f in fragments] == [0, 1, 2]
    assert all(f.whole for f in fragments)


def test_paragraphs_are_parted_by_line_ends_and_sentences_by_a_space() -> None:
    """The text of a fragment shows its paragraphs."""
    fragments = segment(spoken([[["Buenas tardes.", "Comenzamos."], ["Primer punto."]]]))
    assert [f.text for f in fragments] == ["Buenas tardes. Comenzamos.\nPrimer punto."]


def test_a_sentence_without_end_is_cut_where_an_edit_moves_little() -> None:
    """A pasted text of 3,000 words without a full stop: a word more at its start touches one fragment."""
    chance = random.Random(7)
    endless = [chance.choice((*SYLLABLES, "que", "y", "porque")) + str(n % 7) * (n % 3 == 0) for n in range(3000)]
    old = segment(Document((Block(" ".join(endless)),)))
    assert max(len(f.text.split()) for f in old) <= MOST
    new = segment(Document((Block(" ".join(["pues", *endless])),)), anchored(old))
    assert [f.number for f in new] == list(range(1, len(old) + 1))
    assert [f.text for f in new][1:] == [f.text for f in old][1:]


def test_a_long_sentence_is_cut_at_clause_marks() -> None:
    """Not in the middle of a clause."""
    clause = "se aprobaron los lineamientos que ordenan el trabajo de las mesas,"
    fragments = segment(Document((Block(" ".join([clause] * 20)[:-1] + "."),)))
    assert len(fragments) == 2
    assert fragments[0].text.endswith(",")


def test_captions_are_cut_between_cues_and_keep_their_seconds() -> None:
    """Each offset is where its cue begins; a fragment ends where the next begins, the last with its last cue."""
    texts = [f"palabra{n} otra más y otra{n} de ocho palabras" for n in range(60)]
    fragments = segment(captions(texts))
    assert len(fragments) > 2
    cues = [fragment.text[offset:].split()[0] for fragment in fragments for offset, _ in fragment.cues]
    assert cues == [text.split()[0] for text in texts]
    assert [f.end_s for f in fragments[:-1]] == [f.start_s for f in fragments[1:]]
    assert fragments[-1].end_s == 59 * 3.0 + 5
    assert "\n" not in "".join(f.text for f in fragments)


def test_captions_with_punctuation_are_cut_where_a_sentence_ends() -> None:
    """A cue that ends a sentence is the better place."""
    texts = [f"van nueve palabras en este renglón de subtítulos {n}" + ("." if n % 5 == 4 else "") for n in range(80)]
    fragments = segment(captions(texts))
    assert all(f.text.endswith(".") for f in fragments)


def test_times_never_go_back() -> None:
    """A cue that claims to begin before the one ahead of it begins with that one."""
    document = Document((Block("uno", 10.0, 12.0), Block("dos", 4.0, 6.0), Block("tres", 11.0)), captions=True)
    (fragment,) = segment(document)
    assert [second for _, second in fragment.cues] == [10.0, 10.0, 11.0]
    assert fragment.end_s is not None
    assert fragment.end_s >= 11.0


def test_a_text_without_times_has_none() -> None:
    """Neither start, end nor cues."""
    (fragment,) = segment(spoken([[["Sin tiempos."]]]))
    assert (fragment.start_s, fragment.end_s, fragment.cues) == (None, None, ())


def test_the_same_captions_cut_into_other_cues_keep_most_numbers() -> None:
    """Staff replace a .vtt by an .srt of the same video."""
    chance = random.Random(8)
    said = [sentence(chance, 1)[:-1].lower() for _ in range(2400)]
    old = segment(captions([" ".join(said[n : n + 8]) for n in range(0, 2400, 8)]))
    new = segment(captions([" ".join(said[n : n + 11]) for n in range(0, 2400, 11)]), anchored(old))
    assert [f.number for f in new] == list(range(1, len(old) + 1))
    assert [f.text for f in new] == [f.text for f in old]


def test_mended_accents_and_full_stops_keep_the_number() -> None:
    """The text is the new one, the address stays."""
    rows = anchored(segment(spoken([[["Los computos distritales empiezan el miercoles, a las ocho."]]])))
    (fragment,) = segment(spoken([[["Los cómputos distritales empiezan el miércoles.", "A las ocho."]]]), rows)
    assert fragment.number == 1
    assert fragment.text == "Los cómputos distritales empiezan el miércoles. A las ocho."


def test_a_mended_word_in_a_short_turn_keeps_the_number() -> None:
    """Half of the turns have one sentence: a typing error must not cost them their address."""
    old = segment(spoken([[["Hola."]], [["Tiene la palavra la consejera Ruiz."]], [["Gracias."]]]))
    new = segment(spoken([[["Hola."]], [["Tiene la palabra la consejera Ruiz."]], [["Gracias."]]]), anchored(old))
    assert [f.number for f in new] == [1, 2, 3]


def test_a_word_put_before_a_sentence_is_no_fragment_of_its_own() -> None:
    """It belongs to the fragment of that sentence, which goes on with its number."""
    chance = random.Random(13)
    speech = [sentence(chance, 12) for _ in range(40)]
    old = segment(spoken([[speech]]))
    first = len(old[0].text.split()) // 12
    speech[first] = "Bien, " + speech[first]
    new = segment(spoken([[speech]]), anchored(old))
    assert [f.number for f in new] == list(range(1, len(old) + 1))
    assert new[1].text == "Bien, " + old[1].text


def test_another_text_gets_another_number() -> None:
    """A number is never given to words that have little to do with it."""
    old = segment(spoken([[["Hola."]], [["Tiene la palabra la consejera Ruiz."]], [["Gracias."]]]))
    new = segment(spoken([[["Hola."]], [["Se levanta la sesión a las nueve."]], [["Gracias."]]]), anchored(old))
    assert [f.number for f in new] == [1, None, 3]


def test_answers_keep_their_numbers_when_one_is_inserted() -> None:
    """What a greedy alignment loses: No, No, Sí with another Sí after the first."""
    old = segment(spoken([[["No."]], [["No."]], [["Sí."]]]))
    new = segment(spoken([[["No."]], [["Sí."]], [["No."]], [["Sí."]]]), anchored(old))
    assert [f.number for f in new] == [1, None, 2, 3]


def test_a_turn_taken_out_does_not_lend_its_number_to_a_sentence_elsewhere() -> None:
    """ "Gracias." was a turn; the word inside an edited turn is no such turn."""
    chance = random.Random(9)
    speech = [sentence(chance, 14) for _ in range(4)]
    old = segment(spoken([[speech], [["Gracias."]], [[sentence(chance, 20)]]]))
    rows = anchored(old)
    edited = [*speech[:2], "Gracias.", *speech[2:]]
    new = segment(spoken([[edited], [[document_words(spoken([[["Otra cosa fue lo que se dijo aquí."]]]))]]]), rows)
    assert [f.number for f in new] == [1, None]


def test_a_label_in_the_middle_splits_only_that_fragment() -> None:
    """The larger half goes on with the number."""
    chance = random.Random(10)
    speech = [sentence(chance, 13) for _ in range(40)]
    old = segment(spoken([[speech]]))
    assert len(old) > 3
    split = len(words(" ".join(f.text for f in old[:2]))) + 1 + len(" ".join(old[2].text.split(". ")[:7])) + 1
    head = " ".join(speech)[:split].count(".")
    new = segment(spoken([[speech[:head]], [speech[head:]]]), anchored(old))
    assert sorted(f.number for f in new if f.number) == list(range(1, len(old) + 1))
    assert sum(f.number is None for f in new) == 1


def test_moved_turns_keep_their_numbers() -> None:
    """Numbers need not rise along the page."""
    chance = random.Random(11)
    one, other, last = ([[sentence(chance, 30) for _ in range(3)]] for _ in range(3))
    rows = anchored(segment(spoken([one, other, last])))
    assert [f.number for f in segment(spoken([last, one, other]), rows)] == [3, 1, 2]


def test_an_indivisible_turn_is_one_fragment() -> None:
    """A fact of the dossier is one fragment, however long."""
    chance = random.Random(12)
    document = spoken([[[sentence(chance, 40) for _ in range(10)]]])
    (fragment,) = segment(document, (), frozenset((0,)))
    assert len(fragment.text.split()) == 400


def test_a_recogniser_that_loops_is_no_trouble() -> None:
    """Thousands of times the same word: cut, and cut in the same way again."""
    old = segment(captions(["i i i i i i i i"] * 1000))
    rows = anchored(old)
    new = segment(captions(["hola", *["i i i i i i i i"] * 1000]), rows)
    assert len({f.number for f in new if f.number is not None}) == sum(f.number is not None for f in new)
    assert [f.number for f in segment(captions(["i i i i i i i i"] * 1000), rows)] == [row.number for row in rows]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(1, 4), st.integers(1, 9)), max_size=9))
def test_the_chain_is_the_heaviest_there_is(links: list[tuple[int, int, int, int]]) -> None:
    """Against all subsets."""
    candidates = [Candidate(row, start, start + size, weight) for row, start, size, weight in links]
    found = chain(candidates)

    def forward(some: Sequence[Candidate]) -> bool:
        return all(a.row < b.row and a.end <= b.start for a, b in pairwise(some))

    ordered = sorted(candidates)
    best = 0
    for mask in range(1 << len(ordered)):
        some = [c for n, c in enumerate(ordered) if mask >> n & 1]
        if forward(some):
            best = max(best, sum(c.weight for c in some))
    assert forward(found)
    assert sum(c.weight for c in found) == best
