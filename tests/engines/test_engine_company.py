"""The words of an index in reading order: their lines, who stands near whom, and what is more frequent where."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from indexer.index.company import FORM, LEMMA, ContrastAsked, LinesAsked
from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters, Query, Word
from indexer.language.spanish import stem, tokens
from tests.engines import random_search
from tests.engines.shelf import Collection, Shelf
from tests.engines.test_engine_corrected_texts import corrected, forum

SEED = 20261130
SAID = (
    "La casilla abre temprano. El acta de la casilla llega.",
    "Sigue el mismo turno: acta tras acta.",
    "Otra persona cierra la casilla.",
)


@pytest.fixture
def index(shelf: Shelf) -> SearchIndex:
    shelf.write(forum(*SAID, turns=(0, 0, 1)).changes())
    return shelf.open()


def asked(*words: str) -> Query:
    return Query(clauses=tuple(map(Word, words)), expand=False, correct=False)


def lines(index: SearchIndex, query: Query, wanted: LinesAsked) -> Sequence[tuple[int, str, int]]:
    """Number of the fragment, keyword, how far the wanted word is."""
    found = index.lines(query, wanted)
    return [(o.hit.passage.number, o.hit.passage.text[o.start : o.end], o.beside) for o in found.part(0, found.total)]


def test_a_word_is_near_a_mark_within_its_turn_and_is_a_line_of_the_nearest(index: SearchIndex) -> None:
    near = LinesAsked("acta", LEMMA, (5, 5))
    assert lines(index, asked("casilla"), near) == [(1, "casilla", 4 - 7)]
    wide = LinesAsked("acta", LEMMA, (7, 7))
    assert lines(index, asked("casilla"), wide) == [(1, "casilla", -3), (1, "casilla", 6)]
    one_side = LinesAsked("acta", LEMMA, (7, 0))
    assert lines(index, asked("casilla"), one_side) == [(1, "casilla", -3)]


def test_a_word_is_found_in_the_rest_where_it_is_not_near(index: SearchIndex) -> None:
    assert lines(index, asked("casilla"), LinesAsked("acta", FORM, (5, 5), rest=True)) == [(2, "acta", 0)] * 2
    assert lines(index, asked("turno"), LinesAsked("casilla", FORM, rest=True)) == [
        (n, "casilla", 0) for n in (1, 1, 3)
    ]


def test_lines_are_sorted_by_up_to_three_positions(index: SearchIndex) -> None:
    by_left = lines(index, asked("casilla"), LinesAsked(keys=(-2, 1)))
    assert [number for number, *_ in by_left] == [1, 3, 1]  # nothing, cierra, de
    by_right = lines(index, Query(), LinesAsked("acta", FORM, keys=(1, -1, -2)))
    assert [number for number, *_ in by_right] == [2, 1, 2]  # nothing, de, tras


def test_what_is_not_one_word_has_no_line(index: SearchIndex) -> None:
    for word in ("nada", "la casilla", "¿?"):
        assert index.lines(Query(), LinesAsked(word)).total == 0


def test_collocates_are_counted_in_the_windows_and_in_all_that_filters_leave(index: SearchIndex) -> None:
    found = index.contrast(asked("casilla"), ContrastAsked(FORM, (1, 1), least=1))
    assert (found.marks, found.words_here, found.words_rest, found.sessions) == (3, 5, 17, 1)
    assert {(row.word, row.here, row.rest) for row in found.rows} == {("abre", 1, 0), ("llega", 1, 0)}
    functional = index.contrast(asked("casilla"), ContrastAsked(FORM, (1, 1), least=1, function_words=True))
    assert [(row.word, row.here, row.rest) for row in functional.rows] == [("la", 3, 0)]
    nobody = index.contrast(
        Query((Word("casilla"),), filters=Filters({"mesa": ("otra",)})), ContrastAsked(window=(5, 5))
    )
    assert (nobody.marks, nobody.words_here, nobody.words_rest, nobody.rows) == (0, 0, 0, ())


def test_the_most_frequent_form_of_a_lemma_names_it(index: SearchIndex) -> None:
    rows = index.contrast(asked("turno"), ContrastAsked(least=1)).rows
    assert [(row.word, row.forms, row.here, row.rest) for row in rows if row.word == "acta"] == [
        ("acta", ("acta",), 2, 1)
    ]


def test_a_corrected_text_counts_as_it_is_shown(shelf: Shelf) -> None:
    shelf.write(forum(corrected(1, "El oples de Ramires", ("oples", "OPLE"), ("Ramires", "Ramírez"))).changes())
    index = shelf.open()
    counts = {word: index.lines(Query(), LinesAsked(word, FORM)).total for word in ("ople", "oples", "ramirez", "el")}
    assert counts == {"ople": 1, "oples": 0, "ramirez": 1, "el": 1}


@pytest.mark.parametrize("part", range(2))
def test_an_index_that_grew_by_updates_has_every_word_where_its_texts_have_it(shelf: Shelf, part: int) -> None:
    rng = random.Random(f"{SEED} {part}")
    held: Collection = random_search.grown(rng, shelf, 4)
    index = shelf.open()
    said = [word for passages in held.pages.values() for passage in passages for word in tokens(passage.text)]
    everything = Query(with_fictitious=True)
    for unit, names in ((FORM, [word.form for word in said]), (LEMMA, [stem(word.text) for word in said])):
        counts = Counter(names)
        for word, name in {name: (word.text, name) for word, name in zip(said, names, strict=True)}.values():
            assert index.lines(everything, LinesAsked(word, unit)).total == counts[name], (SEED, part, unit, word)


def test_a_form_is_a_line_beside_its_stem_though_it_is_another_word(shelf: Shelf) -> None:
    shelf.write(forum("Se vio la obra de L.A. aquí.").changes())
    assert lines(shelf.open(), asked("la"), LinesAsked()) == [(1, "la", 0), (1, "L.A", 0)]
