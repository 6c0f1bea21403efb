"""The questions of the collection: as asked, without their accents, with one typing error."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from indexer.language.spanish import fold

SETS = ("squad", "xquad", "dist", "manan")
VARIANTS = ("tal cual", "sin acentos", "una errata")
SEED = 20251204
SHORTEST = 4
"""Letters of a word that gets the typing error."""

SPARED = frozenset(
    """
    como cual cuales cuando cuanta cuantas cuanto cuantos desde donde entre esta este hacia hasta para pero quien
    quienes segun sobre unas unos
    """.split()  # noqa: SIM905
)
"""Folded words of four letters or more that are no content. A list of its own: the errors stay the same when the
search changes its function words."""

_UNACCENTED = str.maketrans("áéíóúüÁÉÍÓÚÜ", "aeiouuAEIOUU")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdefghijklmnñopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right documents."""

    id: str
    text: str
    relevant: frozenset[str]


def load_questions(folder: Path, name: str) -> list[Question]:
    """A set of questions, in the order of its file; a question may have several right documents."""
    texts: dict[str, str] = {}
    relevant: dict[str, set[str]] = {}
    for line in (folder / f"qrels_{name}.tsv").read_text(encoding="utf-8").splitlines():
        identifier, text, document = line.split("\t")
        texts[identifier] = text
        relevant.setdefault(identifier, set()).add(document)
    return [Question(identifier, text, frozenset(relevant[identifier])) for identifier, text in texts.items()]


def sample(questions: list[Question], size: int | None, seed: int) -> list[Question]:
    """So many of the questions, always the same ones for a seed, in their order."""
    if size is None or size >= len(questions):
        return questions
    kept = set(random.Random(seed).sample(range(len(questions)), size))
    return [question for place, question in enumerate(questions) if place in kept]


def unaccented(text: str) -> str:
    """Text as people type it in haste: no accents, no diaeresis; ñ is a letter of its own and stays."""
    return text.translate(_UNACCENTED)


def variant(question: Question, name: str, seed: int) -> str:
    """The question's text in one of ``VARIANTS``."""
    if name == "sin acentos":
        return unaccented(question.text)
    if name == "una errata":
        return with_error(question.text, random.Random(f"{seed}:{question.id}"))
    return question.text


def with_error(text: str, chance: random.Random) -> str:
    """One letter left out, put in, changed or exchanged with the next one, in one content word of four letters or
    more. Any word and any letter of it may be hit; a text without such a word stays as it is."""
    words = [match for match in _WORD.finditer(text) if len(match[0]) >= SHORTEST and fold(match[0]) not in SPARED]
    if not words:
        return text
    match = chance.choice(words)
    word = match[0]
    while fold(word) == fold(match[0]):
        word = _damaged(match[0], chance)
    return text[: match.start()] + word + text[match.end() :]


def _damaged(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    match chance.choice(("deletion", "insertion", "substitution", "transposition")):
        case "deletion":
            return word[:place] + word[place + 1 :]
        case "insertion":
            return word[:place] + chance.choice(_LETTERS) + word[place:]
        case "substitution":
            return word[:place] + chance.choice(_LETTERS) + word[place + 1 :]
        case _:
            place = min(place, len(word) - 2)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
