"""The first hundred fragments of every judged question, as the search ranks them: what a model may put in order."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from benchmarks import relevance_answers, relevance_natural, relevance_short_turns
from benchmarks.relevance_collection import cached, load_documents
from benchmarks.relevance_questions import SETS, load_questions
from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase, Word
from indexer.index.results import Hit
from indexer.language.spanish import FUNCTION_WORDS, fold
from search_app.asking.parameters import Asked, any_filter, read
from search_app.finding.results_page import answered

DEPTH = 100
SEED = 20261201
"""Draws the order of the questions of each set."""
ANSWERS = "respuestas"
SPOKEN = {
    ANSWERS: relevance_answers.JUDGED,
    "breves": relevance_short_turns.JUDGED,
    "naturales": relevance_natural.QUESTIONS,
}


class Candidate(msgspec.Struct, frozen=True, array_like=True):
    """A fragment that was found.

    Attributes:
        text: The number of its text.
        unit: What is judged: its document, or the fragment itself.
        score: As the search gives it.
        full: Whether it is a full match.
    """

    text: int
    unit: str
    score: float
    full: bool


class Judged(msgspec.Struct, frozen=True):
    """A question with its first fragments.

    Attributes:
        set: The set that it is of.
        text: As typed.
        free: Whether a model may reorder them: two words or more, no quotation, no field.
        grades: By unit; what is not named is worth nothing.
        found: In the order of the search.
    """

    set: str
    text: str
    free: bool
    grades: dict[str, int]
    found: list[Candidate]

    def moot(self, depth: int) -> bool:
        """Whether reordering the first fragments changes nothing of what is measured: nothing right is among them."""
        return not self.free or not any(self.grades.get(candidate.unit) for candidate in self.found[:depth])


class Candidates(msgspec.Struct, frozen=True):
    """All questions, set by set, each set as drawn, and the texts of all their fragments, each once."""

    questions: list[Judged]
    texts: list[str]


def kept(shared: Path, path: Path, progress: Callable[[str], None]) -> Candidates:
    """Read them from a file; where there is none, ask the search and write it."""
    if not path.is_file():
        numbers: dict[str, int] = {}
        by_set: dict[str, list[Judged]] = {}
        for asked in (_collection(shared / "retrieval", numbers, progress), _spoken(shared / "transcripts", numbers)):
            for question in asked:
                by_set.setdefault(question.set, []).append(question)
        chance = random.Random(SEED)
        for of_set in by_set.values():
            chance.shuffle(of_set)
        questions = [question for of_set in by_set.values() for question in of_set]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode(Candidates(questions, list(numbers))))
    return msgspec.json.decode(path.read_bytes(), type=Candidates)


def _collection(folder: Path, numbers: dict[str, int], progress: Callable[[str], None]) -> Iterator[Judged]:
    consta = cached(load_documents(folder), progress)
    for name in SETS:
        progress(f"preguntas de {name}")
        for question in load_questions(folder, name):
            grades = dict.fromkeys(question.relevant, 1)
            yield _asked(name, question.text, grades, consta.index, consta.document, numbers)
    consta.close()


def _spoken(folder: Path, numbers: dict[str, int]) -> Iterator[Judged]:
    with tempfile.TemporaryDirectory() as work:
        index, pages = relevance_short_turns.built(folder, Path(work))
        by_file = {page.file: page for page in pages.values()}
        turns = {
            f"{page.file}#{passage.number}": (page.file, passage.turn)
            for name, page in pages.items()
            for passage in index.stretch(name, 0, len(page.numbers))
        }

        def fragment(hit: Hit) -> str:
            return f"{pages[hit.page].file}#{hit.passage.number}"

        for name, path in SPOKEN.items():
            for query in relevance_short_turns.load(path):
                grades: dict[str, int] = {}
                for (file, word), grade in query.grades.items():
                    unit = by_file[file].fragment(word)
                    grades[unit] = max(grade, grades.get(unit, 0))
                if name == ANSWERS:
                    wanted = {turns[unit] for unit in grades}
                    grades = {unit: 1 for unit, turn in turns.items() if turn in wanted}
                yield _asked(name, query.text, grades, index, fragment, numbers)
        index.close()


def _asked(
    name: str,
    text: str,
    grades: dict[str, int],
    index: SearchIndex,
    unit: Callable[[Hit], str],
    numbers: dict[str, int],
) -> Judged:
    asked, results = answered(read([("q", text), ("por_pagina", str(DEPTH))]), index)
    found = [
        Candidate(numbers.setdefault(hit.passage.text, len(numbers)), unit(hit), hit.score, hit.full)
        for hit in results.hits
    ]
    return Judged(name, text, _free(asked), grades, found)


def _free(asked: Asked) -> bool:
    clauses = asked.searched.clauses
    words = sum(isinstance(clause, Word) and fold(clause.text) not in FUNCTION_WORDS for clause in clauses)
    return words > 1 and not any_filter(asked.parsed) and not any(isinstance(clause, Phrase) for clause in clauses)
