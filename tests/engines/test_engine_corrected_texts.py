"""A corrected text is found by what it says and by what its original says; all else is as it was."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import replace

import pytest

from indexer.corpus.apply_corrections import corrected_passage
from indexer.corpus.corrections_file import Correction
from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase, Prefix, Query, Word
from indexer.index.results import Hit
from indexer.language.spanish import tokens
from indexer.model import PageId, Version
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from tests.engines.shelf import FORO, Collection, Shelf, fragment

pytestmark = pytest.mark.long

MESA = PageId(FORO, "mesa-1")
WORDS = """
    el la de los instituto lectoral electoral casilla casillas cómputo computo voto votos consejera Ramires Ramírez
    oples o ples secretaria secretaría jornada acta actas municipio 1,500 político-electoral
""".split()  # noqa: SIM905


def forum(*texts: str | Passage, turns: tuple[int, ...] = ()) -> Collection:
    """One session; texts of one turn unless told."""
    event = Event(FORO, "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 5))
    session = Session(FORO, "mesa-1", "Uno", number=1, date=dt.date(2025, 12, 4))
    passages = []
    for at, text in enumerate(texts):
        turn = turns[at] if turns else 0
        more = {"order": at, "turn": turn, "version": Version.AUTOMATIC_CAPTIONS}
        known = isinstance(text, Passage)
        passages.append(replace(text, **more) if known else fragment(at + 1, text, **more))  # type: ignore[arg-type, type-var]
    return Collection((event,), (session,), {PageId(FORO): (), MESA: tuple(passages)})


def corrected(number: int, text: str, *changes: tuple[str, str] | tuple[str, str, int]) -> Passage:
    """A fragment with its corrections, all of which apply."""
    asked = [Correction(number, was, reads, *time) for was, reads, *time in changes]
    found, notes = corrected_passage(fragment(number, text), asked)
    assert not notes
    return found


def found(index: SearchIndex, *clauses: object) -> list[Hit]:
    """The full matches."""
    query = Query(clauses=clauses, limit=100, expand=False, correct=False)  # type: ignore[arg-type]
    return [hit for hit in index.search(query).hits if hit.full]


def quoted(text: str) -> Phrase:
    """Exact words in order."""
    return Phrase(tuple(token.text for token in tokens(text)))


def marked(hit: Hit) -> list[str]:
    """What is marked."""
    return [hit.passage.text[start:end] for start, end in hit.marks]


@pytest.fixture
def mended(shelf: Shelf) -> SearchIndex:
    """Three fragments of a turn, the middle one with a correction that makes one word of two."""
    return shelf.open(
        forum(
            "El consejo aprobó el acuerdo y los",
            corrected(
                2, "o ples de cada entidad con la consejera Ramires", ("o ples", "OPLEs"), ("Ramires", "Ramírez")
            ),
            "Peña lo publicaron.",
        ).changes()
    )


@pytest.mark.parametrize(
    ("phrase", "number", "marks"),
    [
        ("los OPLEs de", 1, ["los"]),
        ("acuerdo y los o ples de cada", 1, ["acuerdo y los"]),
        ("o ples", 2, ["OPLEs"]),
        ("ples de cada entidad", 2, ["OPLEs de cada entidad"]),
        ("OPLEs de cada entidad con la consejera Ramírez", 2, ["OPLEs de cada entidad con la consejera Ramírez"]),
        ("o ples de cada entidad con la consejera Ramires", 2, ["OPLEs de cada entidad con la consejera Ramírez"]),
        ("o ples de cada entidad con la consejera Ramírez", 2, ["OPLEs de cada entidad con la consejera Ramírez"]),
        ("OPLEs de cada entidad con la consejera Ramires", 2, ["OPLEs de cada entidad con la consejera Ramírez"]),
        ("consejera Ramires Peña lo publicaron", 2, ["consejera Ramírez"]),
        ("consejera Ramírez Peña lo publicaron", 2, ["consejera Ramírez"]),
    ],
)
def test_a_phrase_is_found_in_either_form_and_what_stands_there_now_is_marked(
    mended: SearchIndex, phrase: str, number: int, marks: list[str]
) -> None:
    [hit] = found(mended, quoted(phrase))
    assert (hit.passage.number, marked(hit)) == (number, marks)


@pytest.mark.parametrize("phrase", ["los OPLEs ples", "o ples OPLEs de", "consejera Ramires Ramírez", "los cada"])
def test_no_phrase_is_made_up_of_words_that_never_stood_side_by_side(mended: SearchIndex, phrase: str) -> None:
    assert not found(mended, quoted(phrase))


@pytest.mark.parametrize("word", ["Ramires", "ramirez", "Ramírez", "ples", "OPLEs", "oples"])
def test_a_word_is_found_in_either_form(mended: SearchIndex, word: str) -> None:
    [hit] = found(mended, Word(word))
    assert marked(hit) == ["OPLEs" if "ples" in word.lower() else "Ramírez"]


@pytest.mark.local
def test_a_place_counts_once_for_a_word_that_both_forms_have(shelf: Shelf) -> None:
    index = shelf.open(
        forum(
            corrected(1, "la secretaria del consejo", ("secretaria", "secretaría")),
            corrected(2, "una capasitación sin igual", ("capasitación", "capacitación")),
            "la secretaría del consejo",
            "una capacitación sin igual",
            turns=(0, 1, 2, 3),
        ).changes()
    )
    hits = found(index, Word("secretaria"))
    assert sorted(hit.passage.number for hit in hits) == [1, 3]
    assert all(len(hit.marks) == 1 for hit in hits)
    one, other = (hit.score for hit in found(index, Prefix("cap")))
    assert one == pytest.approx(other)


def test_the_length_of_a_fragment_is_that_of_the_shown_text(shelf: Shelf) -> None:
    words = "palabra " * 60
    with_it = forum(corrected(1, f"{words}uno", ("uno", "dos")), f"{words}uno", turns=(0, 1))
    index = shelf.open(with_it.changes())
    one, other = found(index, Word("palabra"))
    assert one.score == other.score


def test_a_word_that_went_is_still_found(shelf: Shelf) -> None:
    index = shelf.open(forum(corrected(1, "es que de de veras este votó", ("de", "", 2), ("este", ""))).changes())
    [hit] = found(index, quoted("de de veras este votó"))
    assert hit.passage.text == "es que de veras votó"
    assert marked(hit) == ["de veras votó"]
    assert [marked(hit) for hit in found(index, Word("este"))] == [["veras"]]
    assert found(index, quoted("que de veras votó"))


def test_words_that_were_exchanged_count_once_each(shelf: Shelf) -> None:
    index = shelf.open(forum(corrected(1, "habla Ramírez María ahora", ("Ramírez María", "María Ramírez"))).changes())
    [hit] = found(index, Word("maría"))
    assert marked(hit) == ["María"]
    assert marked(found(index, quoted("habla Ramírez María ahora"))[0]) == ["habla María Ramírez ahora"]


def test_a_correction_is_undone_by_writing_the_page_without_it(shelf: Shelf) -> None:
    text = "El instituto lectoral de los o ples."
    plain = forum(text)
    before = shelf.open(plain.changes())
    shelf.write(forum(corrected(1, text, ("lectoral", "electoral"), ("o ples", "OPLEs"))).changes({MESA}))
    after = shelf.open(plain.changes({MESA}))
    for word in ("lectoral", "electoral", "oples", "ples", "instituto"):
        assert before.search(Query((Word(word),))) == after.search(Query((Word(word),)))
    assert before.terms("", 100) == after.terms("", 100)


# Random texts with random corrections


def random_text(rng: random.Random, size: int) -> str:
    """Words, some of them with punctuation behind them."""
    return " ".join(rng.choice(WORDS) + rng.choice(("", "", "", ",", ".", "; ")).strip() for _ in range(size))


def randomly_corrected(rng: random.Random, passage: Passage) -> Passage:
    """Some stretches of one to three words read otherwise: fewer, more, none, the same in another order."""
    words = list(re.finditer(r"\S+", passage.text))
    asked = []
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        begin = rng.randrange(len(words))
        end = min(begin + rng.choice((1, 1, 2, 3)), len(words)) - 1
        was = passage.text[words[begin].start() : words[end].end()].rstrip(",.;")
        reads = rng.choice((random_text(rng, rng.choice((1, 1, 2, 3))).rstrip(",.;"), " ".join(was.split()[::-1]), ""))
        if reads != was:
            asked.append(Correction(passage.number, was, reads, rng.choice((1, 1, 2))))
    return corrected_passage(passage, asked)[0]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_corrected_every_phrase_of_both_readings_is_found_where_it_begins(shelf: Shelf, seed: int) -> None:
    rng = random.Random(seed)
    plain = forum(*(random_text(rng, rng.choice((3, 9, 20, 38))) for _ in range(8)), turns=(0, 0, 0, 1, 2, 2, 3, 3))
    passages = tuple(randomly_corrected(rng, passage) for passage in plain.pages[MESA])
    assert any(passage.changes for passage in passages)
    index = shelf.open(replace(plain, pages={**plain.pages, MESA: passages}).changes())
    for turn in range(4):
        here = [passage for passage in passages if passage.turn == turn]
        for read in (lambda p: p.text, lambda p: p.original or p.text):
            row = [(p, token) for p in here for token in tokens(read(p))]
            for _ in range(25):
                begin = rng.randrange(len(row))
                some = row[begin : begin + rng.randrange(1, 9)]
                hits = found(index, Phrase(tuple(token.text for _, token in some)))
                assert some[0][0].number in [hit.passage.number for hit in hits], [t.text for _, t in some]
                loose = found(index, Word(some[0][1].text))
                assert some[0][0].number in [hit.passage.number for hit in loose]
                for hit in (*hits, *loose):
                    assert len(set(hit.marks)) == len(hit.marks) > 0 or hit.passage.original is None


@pytest.mark.local
@pytest.mark.parametrize("seed", range(6))
def test_a_search_for_other_words_answers_as_if_nothing_had_been_corrected(shelf: Shelf, seed: int) -> None:
    rng = random.Random(seed)
    plain = forum(*(random_text(rng, 20) for _ in range(8)), turns=(0, 0, 0, 1, 2, 2, 3, 3))
    passages = tuple(randomly_corrected(rng, passage) for passage in plain.pages[MESA])
    before = shelf.open(plain.changes())
    after = shelf.open(replace(plain, pages={**plain.pages, MESA: passages}).changes(fresh=True))
    touched = set()
    for passage in passages:
        for change in passage.changes:
            both = (
                passage.text[change.start : change.end]
                + " "
                + (passage.original or "")[change.was_start : change.was_end]
            )
            touched |= {token.form for token in tokens(both)}
    stems = {word for word in WORDS if len(word) > 3 and not {t.form for t in tokens(word)} & touched}
    others = [word for word in stems if not any(_meet(word, other) for other in touched)]
    assert others
    for word in others:
        # Texts of fewer than 15 words count as equally long, so scores are the same number by number.
        query = Query((Word(word),), limit=100, correct=False, expand=False)
        told = [
            [(hit.passage.number, hit.score, marked(hit)) for hit in index.search(query).hits]
            for index in (before, after)
        ]
        assert told[0] == told[1]


def _meet(word: str, form: str) -> bool:
    """Whether a word and a form begin alike: they may share a stem."""
    return any(token.form[:4] == form[:4] for token in tokens(word))
