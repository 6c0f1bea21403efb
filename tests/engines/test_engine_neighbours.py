"""What loose words that are neighbours as typed add where they are neighbours in the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.index.protocol import SearchIndex
from indexer.index.query import AnyOf, Clause, Phrase, Prefix, Query, Word
from tests.engines.shelf import FORO, Collection, Shelf, fragment, with_page
from tests.engines.test_engine_contract import MESA_1, words

Opened = Callable[..., SearchIndex]


@pytest.fixture
def opened(shelf: Shelf, collection: Collection) -> Opened:
    """An index whose first session holds nothing but these texts, each a turn of its own."""

    def make(*texts: str, turn: int | None = None) -> SearchIndex:
        passages = tuple(
            fragment(number, text, **({} if turn is None else {"turn": turn})) for number, text in enumerate(texts, 1)
        )
        return shelf.open(with_page(collection, MESA_1, passages).changes())

    return make


def scores(index: SearchIndex, *clauses: Clause, **more: object) -> dict[int, float]:
    """The fragments of the first session that match, best first, with their scores."""
    found = index.search(Query(clauses, **more))  # type: ignore[arg-type]
    return {hit.passage.number: hit.score for hit in found.hits if str(hit.page).startswith(f"{FORO}/mesa-1")}


def loose(text: str) -> list[Word]:
    return [Word(word) for word in text.split()]


APART = "El conteo se hizo rápido y lo recibió una mesa"
TOGETHER = "El conteo rápido se hizo y lo recibió una mesa"


def test_words_that_stand_together_as_typed_come_first(opened: Opened) -> None:
    found = scores(opened(APART, TOGETHER), *loose("conteo rápido"))
    assert list(found) == [2, 1]


def test_stems_are_neighbours_too(opened: Opened) -> None:
    found = scores(opened(APART, TOGETHER), *loose("conteos rápidos"))
    assert list(found) == [2, 1]


def test_the_order_in_which_they_were_typed_counts(opened: Opened) -> None:
    found = scores(opened(APART, TOGETHER), *loose("rápido conteo"))
    assert found[1] == pytest.approx(found[2])


def test_a_function_word_is_a_neighbour_but_two_of_them_are_no_pair(opened: Opened) -> None:
    index = opened("Un voto la mesa en conteo", "Un voto en la mesa conteo")
    beside = scores(index, *loose("la mesa"))
    assert beside[1] == pytest.approx(beside[2])
    assert beside[1] > scores(index, *loose("mesa"))[1]
    both = scores(index, *loose("conteo en la"))
    assert both[1] == pytest.approx(both[2])


@pytest.mark.parametrize(
    "clauses",
    [
        [Word("conteo"), Phrase(("mesa",)), Word("rápido")],
        [Word("conteo"), AnyOf((Word("mesa"), Word("nada"))), Word("rápido")],
        [Word("conteo"), AnyOf((Word("rápido"), Word("nada")))],
        [Phrase(("conteo",)), Word("rápido")],
        [Word("conteo"), Prefix("rápid")],
    ],
)
def test_there_are_no_neighbours_across_quotes_and_operators(opened: Opened, clauses: list[Clause]) -> None:
    found = scores(opened(APART, TOGETHER), *clauses)
    assert found[1] == pytest.approx(found[2])


@pytest.mark.local
def test_a_pair_reaches_into_the_next_fragment_of_its_turn_and_counts_where_it_begins(opened: Opened) -> None:
    texts = ("La mesa recibió el conteo", "rápido se hizo y conteo")
    one_turn = scores(opened(*texts, turn=7), *loose("conteo rápido"))
    two_turns = scores(opened(*texts), *loose("conteo rápido"))
    assert one_turn[1] - two_turns[1] > one_turn[2] - two_turns[2]


def test_the_name_of_a_topic_is_a_neighbour_as_a_whole_in_any_of_its_forms(opened: Opened) -> None:
    long = "Programa de Resultados Electorales Preliminares"
    index = opened(f"El {long} estatal será uno", f"Un estatal será el {long}")
    for name in ("PREP", long):
        assert list(scores(index, *loose(f"{name} estatal"))) == [1, 2]
        assert list(scores(index, *loose(f"estatal será el {name}"))) == [2, 1]


def test_a_pair_never_lifts_a_partial_match_above_a_full_one(opened: Opened) -> None:
    index = opened("La mesa vio un conteo que no fue rápido " + "y así " * 200, "Conteo rápido, " * 10)
    found = index.search(words("conteo rápido mesa"))
    assert [(hit.passage.number, hit.full) for hit in found.hits][:2] == [(1, True), (2, False)]
    assert found.hits[0].score < found.hits[1].score


def test_a_pair_brings_in_nothing_that_does_not_match(opened: Opened) -> None:
    """The first fragment ends with ``la``, which drops out of the query; its neighbour has the word."""
    index = opened("Se dijo que la", "mesa cerró", turn=7)
    assert list(scores(index, *loose("la mesa"))) == [2]


@pytest.mark.local
def test_a_word_in_the_next_fragment_of_the_turn_helps_a_fragment_that_lacks_it(opened: Opened) -> None:
    texts = ("El conteo cerró", "Lo cerró", "El conteo cerró", "rápido fue")
    one_turn = scores(opened(*texts, turn=7), *loose("conteo y rápido"))
    assert one_turn[3] > one_turn[1]
    assert 2 not in one_turn
    four_turns = scores(opened(*texts), *loose("conteo y rápido"))
    assert four_turns[3] == pytest.approx(four_turns[1])


def test_what_neighbours_lend_never_lifts_a_partial_match_above_a_full_one(opened: Opened) -> None:
    full = "La mesa vio un conteo que no fue rápido " + "y así " * 400
    index = opened("conteo " * 20, "rápido " * 20 + "conteo", "nada", full, turn=7)
    first, second = index.search(words("conteo rápido mesa")).hits[:2]
    assert (first.full, second.full) == (True, False)
    assert first.score < second.score


@pytest.mark.local
def test_a_brief_turn_counts_a_tenth_less_than_a_longer_one_that_says_as_much(opened: Opened) -> None:
    brief, longer = "El buen conteo " + "y así " * 5 + "fue", "El buen conteo " + "y así " * 6
    found = scores(opened(brief, longer), *loose("conteo"))
    assert list(found) == [2, 1]
    assert found[1] == pytest.approx(0.9 * found[2])


def test_a_brief_turn_with_all_the_words_still_comes_before_a_partial_match(opened: Opened) -> None:
    index = opened("Conteo rápido " * 12, "Mesa, conteo, rápido")
    assert [hit.full for hit in index.search(words("conteo rápido mesa")).hits][:2] == [True, False]


ASKED = "¿Cuánto tardó el conteo rápido? Muchas gracias, consejera presidenta."
ANSWERED = "El conteo tardó dos horas y luego cerró"


@pytest.mark.local
def test_the_answer_to_a_question_borrows_from_it(opened: Opened) -> None:
    index = opened(ANSWERED, ASKED, ANSWERED, ANSWERED)
    found = scores(index, *loose("conteo rápido"))
    assert list(found)[:2] == [2, 3]
    assert found[3] > found[1] == pytest.approx(found[4])


@pytest.mark.parametrize("before", ["El conteo rápido tardó", "¿Y el conteo rápido? Yo digo que todo eso tardó mucho"])
def test_a_turn_after_one_that_does_not_end_in_a_question_borrows_nothing(opened: Opened, before: str) -> None:
    found = scores(opened(ANSWERED, before, ANSWERED), *loose("conteo rápido"))
    assert found[1] == pytest.approx(found[3])


@pytest.mark.local
def test_a_question_that_is_answered_counts_less_than_one_that_is_not(opened: Opened) -> None:
    question = "¿Y el conteo " + "y así " * 6 + "?"
    found = scores(opened(question, "Dos horas", question), *loose("conteo"))
    assert found[1] == pytest.approx(0.85 * found[3])


def test_a_question_brings_in_no_answer_that_does_not_match(opened: Opened) -> None:
    assert list(scores(opened(ASKED, "Dos horas"), *loose("conteo rápido"))) == [1]


@pytest.mark.local
def test_a_hit_shows_the_question_that_it_answers_where_that_matches(opened: Opened) -> None:
    index = opened(ASKED, ANSWERED, "¿Y la mesa?", ANSWERED)
    hits = {hit.passage.number: hit for hit in index.search(words("conteo rápido")).hits}
    question = hits[2].question
    assert question is not None
    assert question.passage.number == 1
    assert [question.passage.text[start:stop] for start, stop in question.marks] == ["conteo", "rápido"]
    assert (hits[1].question, hits[4].question) == (None, None)
