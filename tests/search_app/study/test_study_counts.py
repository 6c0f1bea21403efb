"""Concordances and comparisons of 200 seeded questions against a reading of every word of the texts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import company
from benchmarks.counts import same_occurrences, same_rows
from benchmarks.counts_scan import Question, Scan
from indexer.engines import open_index
from indexer.index.protocol import SearchIndex
from indexer.model import PageId
from search_app.shown.collection import Collection
from tests.corpora import CorpusMaker
from tests.engines import random_search
from tests.search_app.study.studied_forum import VOCABULARY

pytestmark = pytest.mark.long

SEED, QUESTIONS, WORDS_AGAIN = 20251206, 200, 40
SPEAKERS = ("ANA RUIZ PEÑA, CONSEJERA", "BERTA DÍAZ LUNA, DIRECTORA", "PREGUNTA", "ANA RUIZ PEÑA")
WORDS = (*random_search.WORDS, "acta", "actas", "secretaría", "secretaria")
SETTLED = ("programa de resultados electorales preliminares", "el PREP de la casilla", "los votos de las mujeres")


def speech(rng: random.Random) -> str:
    """Sentences of words that meet in stems, accents, capitals and names of topics; some longer than a fragment."""
    sentences = []
    for _ in range(rng.choice((1, 2, 3, 30))):
        said = [rng.choice(SETTLED) if rng.random() < 0.1 else rng.choice(WORDS) for _ in range(rng.randrange(4, 14))]
        sentences.append(" ".join(said).capitalize() + ".")
    return " ".join(sentences)


def written(rng: random.Random, root: Path) -> CorpusMaker:
    """Three mesas, one of them without a single name, and a fictitious one that must not count."""
    maker = CorpusMaker(root)
    (maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
    maker.event(anuncio_txt=speech(rng))
    for mesa in ("mesa-1", "mesa-2"):
        turns = "\n\n".join(f"{rng.choice(SPEAKERS)}: {speech(rng)}" for _ in range(25))
        maker.mesa(mesa, title=mesa, transcripcion_txt=turns, descripcion_txt=speech(rng))
    cues = "\n\n".join(
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\n{speech(rng)[:40]}" for n in range(90)
    )
    maker.mesa("mesa-3", title="mesa-3", transcripcion_vtt=f"WEBVTT\n\n{cues}\n")
    maker.event("ensayo", extra="ficticio = true\n", anuncio_txt=speech(rng))
    assert not maker.update().failed
    return maker


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    maker = written(random.Random(SEED), tmp_path_factory.mktemp("cuentas"))
    found = open_index(maker.settings.index)
    yield found
    found.close()


@pytest.fixture(scope="module")
def scan(index: SearchIndex) -> Scan:
    """Of the real event; the lexicon of the index knows the words of the fictitious one as well, which are the same."""
    catalogue = index.overview().catalogue
    pages = [page for name in catalogue.pages if (page := PageId.parse(name)).event == "foro"]
    return Scan([(page, found.passages) for page in pages if (found := index.session(page))], catalogue.topics)


@pytest.fixture(scope="module")
def questions(scan: Scan) -> list[Question]:
    return scan.questions(random.Random(SEED), QUESTIONS)


def test_the_questions_are_of_every_kind_and_find_something(scan: Scan, questions: list[Question]) -> None:
    kinds = Counter(question.kind for question in questions)
    assert set(kinds) == {"palabra", "frase", "principio", "tema"}
    assert sum(bool(scan.places(question)) for question in questions) > QUESTIONS * 0.9


def test_the_concordance_has_every_occurrence_and_no_other(
    index: SearchIndex, scan: Scan, questions: list[Question]
) -> None:
    wrong = [question for question in questions if not same_occurrences(index, question, scan.places(question))]
    assert wrong == []


@pytest.mark.parametrize("by", ["mesa", "persona"])
def test_the_rows_of_a_comparison_are_those_of_a_reader_and_their_links_find_them(
    index: SearchIndex, scan: Scan, questions: list[Question], by: str
) -> None:
    collection = Collection(index.overview())
    wrong = []
    for question in questions:
        right, linked, told = same_rows(index, collection, scan, question, scan.places(question), by)
        if not right or linked != told:
            wrong.append((question, linked, told))
    assert wrong == []


def test_collocates_keywords_and_their_lines_are_those_of_a_reader(index: SearchIndex) -> None:
    seen, wrong = company.compare(index, random.Random(SEED), WORDS_AGAIN)
    assert wrong == [], f"seed {SEED}"
    assert set(seen) == {"/compania", "/claves"}


def test_the_scan_tells_a_wrong_count(index: SearchIndex, scan: Scan) -> None:
    question = Question("palabra", "casilla")
    places = scan.places(question)
    assert same_occurrences(index, question, places)
    assert not same_occurrences(index, question, places[1:])
