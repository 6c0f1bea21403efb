"""The texts and questions of ``make bench``: the same for a seed, new ones each time, and there to be found."""

from __future__ import annotations

import itertools
import statistics
from pathlib import Path

import pytest

from benchmarks.bench_corpus import write_corpus
from benchmarks.bench_passages import invented_sentences, passages, person_name, sentences
from benchmarks.bench_queries import Questions
from benchmarks.bench_rows import A_MESA, CLASSES, Row, address_of, mesa_at, read_rows, write_rows
from indexer.corpus.snapshot import read_corpus

SIZE = 600


@pytest.fixture(scope="module")
def pool() -> list[str]:
    """Sentences of invented words: no data from outside is needed."""
    return list(itertools.islice(invented_sentences(7), 3_000))


@pytest.fixture(scope="module")
def rows(pool: list[str]) -> list[Row]:
    """Some fragments of them."""
    return list(passages(pool, SIZE, 7))


def test_a_seed_gives_the_same_fragments_and_another_seed_gives_others(pool: list[str], rows: list[Row]) -> None:
    assert list(passages(pool, SIZE, 7)) == rows
    assert [row.text for row in passages(pool, SIZE, 8)] != [row.text for row in rows]


def test_fewer_fragments_are_the_first_of_more(pool: list[str], rows: list[Row]) -> None:
    assert list(passages(pool, 100, 7)) == rows[:100]


def test_fragments_have_about_a_hundred_and_three_words(rows: list[Row]) -> None:
    assert statistics.fmean(len(row.text.split()) for row in rows) == pytest.approx(103, abs=5)


def test_without_the_shared_data_the_sentences_are_invented() -> None:
    assert sentences(None, 7)[:50] == list(itertools.islice(invented_sentences(7), 50))


def test_every_mesa_is_full_but_the_last_and_a_turn_has_one_speaker(rows: list[Row]) -> None:
    assert {row.mesa for row in rows} == set(range(SIZE // A_MESA + 1))
    for _, turn in itertools.groupby(rows, key=lambda row: row.turn):
        assert len({(row.mesa, row.person) for row in turn}) == 1


def test_no_two_people_have_one_name() -> None:
    assert len({person_name(person) for person in range(5_000)}) == 5_000


def test_a_mesa_is_found_by_its_address() -> None:
    assert [mesa_at(address_of(mesa)) for mesa in range(50)] == list(range(50))


def test_fragments_come_back_from_their_file_as_they_were(rows: list[Row], tmp_path: Path) -> None:
    assert write_rows(iter(rows), tmp_path / "rows.tsv") == SIZE
    assert list(read_rows(tmp_path / "rows.tsv")) == rows


def test_the_corpus_of_them_has_no_fault(rows: list[Row], tmp_path: Path) -> None:
    write_corpus(rows, tmp_path / "corpus")
    snapshot = read_corpus(tmp_path / "corpus")
    assert not [problem for problem in snapshot.problems if problem.severity == "error"]
    assert len(list((tmp_path / "corpus").glob("*/*/transcripcion.txt"))) == SIZE // A_MESA + 1


def test_a_seed_gives_the_same_questions_whatever_classes_are_asked_for(rows: list[Row]) -> None:
    every = Questions(rows, 7).all(40)
    assert Questions(rows, 7).all(40) == every
    assert Questions(rows, 7).all(40, "e") == {"e": every["e"]}
    assert Questions(rows, 8).all(40) != every


def test_no_question_comes_twice_and_each_class_has_its_own_form(rows: list[Row]) -> None:
    made = Questions(rows, 7).all(60)
    assert list(made) == list(CLASSES)
    for asked in made.values():
        assert len(set(asked)) == len(asked) == 60
    assert {len(question.words) for question in made["b"]} == {3}
    assert all(len(question.words[0]) == 4 for question in made["d"])
    assert all((question.mesa is None) != (question.person is None) for question in made["e"])
    assert {len(question.words) for question in made["f"]} == {1, 2, 3}


def test_what_is_asked_is_there(rows: list[Row]) -> None:
    made = Questions(rows, 7).all(40)
    texts = [row.text.lower() for row in rows]
    for question in made["c"]:
        assert any(" ".join(question.words) in text for text in texts)
    for question in made["e"]:
        within = (row for row in rows if question.mesa == row.mesa or question.person == row.person)
        assert any(question.words[0] in row.text.lower() for row in within)
    for question in made["f"]:
        assert any(all(word in text for word in question.words) for text in texts)


def test_terms_come_from_rare_to_common_words(rows: list[Row]) -> None:
    texts = [set(row.text.lower().replace(".", "").replace(",", "").split()) for row in rows]
    shares = [sum(question.words[0] in text for text in texts) / SIZE for question in Questions(rows, 7).of("a", 80)]
    assert min(shares) <= 0.002
    assert max(shares) > 0.05
