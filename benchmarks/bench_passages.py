"""The texts to measure with: made by a seed, never kept. The same seed and source give the same fragments.

With ../shared/data they are pieces of its texts, of two sentences each, drawn at random; without it, sentences of words
that look Spanish and are as frequent as Zipf has it.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.bench_rows import A_MESA, Row

SEED = 20251204
WORDS = 103
"""Of a fragment, on average."""
SPREAD = 25
PIECE = 2
"""Sentences that stay together: words keep some of their company."""

_GIVEN_NAMES = """
Alma Beatriz Carmen Daniela Elena Fernanda Gabriela Helena Irma Julia Karla Laura Mónica Norma Olga Patricia Raquel
Sofía Teresa Verónica Alberto Bernardo Carlos David Ernesto Francisco Gustavo Hugo Ignacio Javier Luis Manuel
Octavio Pedro Ramón Sergio Tomás Ulises Vicente Xavier
"""
_FAMILY_NAMES = """
Aguilar Bautista Cárdenas Delgado Escobar Fuentes Galindo Herrera Ibarra Jiménez Ledesma Maldonado Navarro Olvera
Paredes Quiroz Robledo Salinas Treviño Urbina Valdés Yáñez Zamora Arriaga Bravo Campos Domínguez Espino Figueroa
Guerra Huerta Islas Juárez Lara Montes Neri Ochoa Ponce Rosales Solís
"""
_SMALL = """
de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este
ya entre cuando todo esta ser son dos también fue había era muy años hasta desde
"""
_HEADS = """
b br c cr ch d dr f fl g gr j l ll m n p pl pr qu r s t tr v
"""
_ENDS = """
o a os as ación aciones ado ada ados adas ar ará aron ando mente idad idades ista istas ero eras al ales encia
encias ivo iva ivos ivas imiento or ores oso
"""
_GIVEN, _FAMILY = _GIVEN_NAMES.split(), _FAMILY_NAMES.split()


def person_name(person: int) -> str:
    """The name of a person, another one for each ordinal below 64,000."""
    first, rest = person % len(_GIVEN), person // len(_GIVEN)
    # Steps that share no factor with the length: neighbours do not have one surname.
    one, two = (rest * 7 + first * 3) % len(_FAMILY), (rest // len(_FAMILY) * 11 + rest + first) % len(_FAMILY)
    return f"{_GIVEN[first]} {_FAMILY[one]} {_FAMILY[two]}"


def sentences(data: Path | None, seed: int) -> list[str]:
    """The sentences that fragments are made of."""
    if data is not None and (data / "retrieval" / "collection.jsonl.gz").is_file():
        return list(_sentences_of(data))
    return list(itertools.islice(invented_sentences(seed), 40_000))


def passages(pool: Sequence[str], size: int, seed: int = SEED) -> Iterator[Row]:
    """So many fragments; those of a smaller size are the first of a larger one."""
    draw = random.Random(f"{seed} fragments")
    lengths = [len(sentence.split()) for sentence in pool]
    mesa, people, known, turn, left, person = -1, [0], 0, -1, 0, 0
    for number in range(size):
        if number // A_MESA != mesa:
            mesa, left = number // A_MESA, 0
            # Half of those who speak at a mesa were heard before.
            new = 4 if known else 8
            people = [*draw.sample(range(known), 4 if known else 0), *range(known, known + new)]
            known += new
        if not left:
            turn, left, person = turn + 1, draw.choice((1, 1, 2, 3)), draw.choice(people)
        left -= 1
        yield Row(number, mesa, person, turn, _text(pool, lengths, draw))


def _text(pool: Sequence[str], lengths: Sequence[int], draw: random.Random) -> str:
    wanted = min(max(draw.gauss(WORDS, SPREAD), 40), 170)
    parts: list[str] = []
    words = 0
    while True:
        first = draw.randrange(len(pool) - PIECE)
        for at in range(first, first + PIECE):
            if words and words + lengths[at] / 2 > wanted:
                return " ".join(parts)
            parts.append(pool[at])
            words += lengths[at]


def _sentences_of(data: Path) -> Iterator[str]:
    from indexer.language.spanish import sentences as split

    with gzip.open(data / "retrieval" / "collection.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for path in sorted((data / "transcripts").glob("estenografica-*.txt")):
        texts += path.read_text(encoding="utf-8", errors="replace").split("\n")
    for text in texts:
        text = " ".join(text.split())
        for part in split(text):
            sentence = part if isinstance(part, str) else text[slice(*part)]
            sentence = sentence.strip()
            # What looks like a speaker's label would begin a turn of its own in the full pipeline.
            if 5 <= len(sentence.split()) <= 60 and not re.match(r"[^:]{0,90}:", sentence):
                yield sentence


def invented_sentences(seed: int) -> Iterator[str]:
    """Sentences of made-up words without end, their frequencies as Zipf and Mandelbrot have them."""
    draw = random.Random(f"{seed} words")
    words = _vocabulary(draw, 30_000)
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    while True:
        length = draw.randint(8, 32)
        chosen = [words[bisect(weights, draw.random() * weights[-1])] for _ in range(length)]
        chosen[0] = chosen[0].capitalize()
        if length > 18:
            chosen[length // 2] += ","
        yield " ".join(chosen) + "."


def _vocabulary(draw: random.Random, size: int) -> list[str]:
    """Words by falling frequency: function words first, then roots of two to three syllables with Spanish endings."""
    small, heads, ends = _SMALL.split(), _HEADS.split(), _ENDS.split()
    seen = dict.fromkeys(small)
    while len(seen) < size:
        root = "".join(_syllable(draw, heads) for _ in range(draw.choice((1, 2, 2, 3))))
        for end in draw.sample(ends, draw.randint(1, 6)):
            seen.setdefault(root + draw.choice(("t", "c", "n", "d", "l", "r", "s")) + end)
    content = list(seen)[len(small) : size]
    draw.shuffle(content)
    return small + content


def _syllable(draw: random.Random, heads: Sequence[str]) -> str:
    head = draw.choice(heads)
    return head + draw.choice("ei" if head == "qu" else "aeiou") + draw.choice(("", "", "", "n", "r", "s", "l"))
