"""The measures against values worked out by hand, and the errors that are put into questions."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.relevance_measures import Figures, Outcome, difference, graded_ndcg, reciprocal_rank
from benchmarks.relevance_questions import SPARED, Question, sample, unaccented, variant, with_error
from indexer.language.spanish import fold


def test_a_right_document_in_third_place_is_worth_a_third() -> None:
    outcome = Outcome((3,), 1)
    assert outcome.reciprocal() == pytest.approx(1 / 3)
    assert outcome.ndcg() == pytest.approx(1 / math.log2(4))
    assert (outcome.recall(2), outcome.recall(3)) == (0, 1)


def test_of_two_right_documents_both_count_in_recall_and_the_first_in_mrr() -> None:
    figures = Figures.of([Outcome((2, 40), 2), Outcome((), 1)])
    assert figures.mrr_10 == pytest.approx(0.25)
    assert figures.ndcg_10 == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)) / 2)
    assert (figures.recall_10, figures.recall_100) == (0.25, 0.5)


def test_beyond_ten_there_is_no_reciprocal_rank() -> None:
    assert Outcome((11,), 1).reciprocal() == 0
    assert Outcome((10,), 1).reciprocal() == pytest.approx(0.1)


def test_graded_ndcg_wants_the_better_passage_first() -> None:
    grades = {"a": 2, "b": 1}
    assert graded_ndcg(["a", "b"], grades) == pytest.approx(1)
    assert graded_ndcg(["b", "a"], grades) == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert graded_ndcg(["x", "y"], grades) == 0


def test_reciprocal_rank_can_ask_for_the_best_grade_only() -> None:
    assert reciprocal_rank(["b", "a"], {"a": 2, "b": 1}, least=2) == 0.5
    assert reciprocal_rank(["b", "a"], {"a": 2, "b": 1}) == 1


def test_the_interval_of_a_difference_holds_its_mean_and_nothing_of_equals() -> None:
    better, worse = [Outcome((1,), 1)] * 30 + [Outcome((2,), 1)] * 30, [Outcome((2,), 1)] * 60
    mean, low, high = difference(better, worse, 1)
    assert mean == pytest.approx(0.25)
    assert low < mean < high
    assert difference(worse, worse, 1) == (0, 0, 0)


def test_accents_go_and_enes_stay() -> None:
    assert unaccented("¿Qué año fue la elección en Michoacán, según el pingüino?") == (
        "¿Que año fue la eleccion en Michoacan, segun el pinguino?"
    )


def test_an_error_is_the_same_for_the_same_seed_only() -> None:
    question = Question("q1", "¿Cuántas casillas especiales se instalaron en la capital?", frozenset({"d"}))
    errors = [variant(question, "una errata", seed) for seed in (1, 1, 2, 3, 4)]
    assert errors[0] == errors[1] != question.text
    assert len(set(errors)) > 2


@given(st.text("abcdeñóí ¿?,", max_size=60), st.integers())
def test_an_error_touches_one_content_word_of_four_letters_or_more(text: str, seed: int) -> None:
    damaged = with_error(text, random.Random(seed))
    eligible = [word for word in _words(text) if len(word) >= 4 and fold(word) not in SPARED]
    if not eligible:
        assert damaged == text
        return
    before, after = text.split(" "), damaged.split(" ")
    assert len(before) == len(after)
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert len(changed) == 1
    assert abs(len(changed[0][0]) - len(changed[0][1])) <= 1


def test_a_sample_is_in_order_and_always_the_same() -> None:
    questions = [Question(str(number), "", frozenset()) for number in range(50)]
    kept = sample(questions, 10, 7)
    assert kept == sample(questions, 10, 7) == sorted(kept, key=lambda question: int(question.id))
    assert len(kept) == 10
    assert sample(questions, None, 7) == sample(questions, 90, 7) == questions


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalpha() else " " for letter in text).split()
