"""How many of the names in real sentences are found, and how many of what is found are such names.

    python benchmarks/names.py [--fallas]

``names.tsv`` has our judgements: 300 sentences of ../shared/data/transcripts, drawn with a seed, and what each names,
by position; no text is kept. A name is found where one of its kind is, of which at least half lies inside. Half of
the sentences were read while the rules were written; the figures to go by are those of the other half (``reserva``).
``--fallas`` shows what was missed and what is wrong, of the first half alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from indexer.language.entities import Entities, default_entities, places  # noqa: E402
from indexer.language.mentions import Named, named  # noqa: E402
from indexer.language.people_in_text import People  # noqa: E402
from indexer.language.spanish import tokens  # noqa: E402
from indexer.model import Kind  # noqa: E402
from indexer.readers import read  # noqa: E402

JUDGED = Path(__file__).with_name("names.tsv")
TRANSCRIPTS = ROOT.parent / "shared" / "data" / "transcripts"
TUNED, KEPT = "ajuste", "reserva"
KINDS = ("persona", "institucion", "lugar")
KIND = {"estado": "lugar", "lugar": "lugar", "persona": "persona"}
"""The kind of each sort of entity; the others are institutions."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A judged sentence.

    Attributes:
        half: Of which half it is.
        file: The file it stands in.
        start: Its first character there.
        text: What it says.
        names: Kind, first character and end of each name.
    """

    half: str
    file: str
    start: int
    text: str
    names: tuple[tuple[str, int, int], ...]


@cache
def text_of(file: str) -> str:
    """A transcript; of captions, the words with a space between them."""
    text = (TRANSCRIPTS / file).read_text(encoding="utf-8")
    if not file.endswith(".json"):
        return text
    return " ".join(" ".join(cue["text"].split()) for cue in json.loads(text))


def sentences() -> list[Sentence]:
    """What was judged."""
    found = []
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        half, file, start, end, *names = line.split("\t")
        spans = (name.replace(":", "-").split("-") for name in " ".join(names).split())
        judged = tuple((kind, int(first), int(last)) for first, last, kind in spans)
        found.append(Sentence(half, file, int(start), text_of(file)[int(start) : int(end)], judged))
    return found


def names_of(file: str, of_file: list[Sentence], entities: Entities) -> Iterator[list[tuple[str, int, int]]]:
    """What the rules find in each sentence, by itself, after all that stands before it in its transcript."""
    speakers = [block.speaker for block in read(TRANSCRIPTS / file, Kind.TRANSCRIPT).blocks]
    people, read_so_far, text = (
        People(speaker.name for speaker in speakers if speaker and speaker.name),
        0,
        text_of(file),
    )
    for sentence in of_file:
        for line in text[read_so_far : sentence.start].split("\n"):
            named(line, tokens(line), entities, people)
        read_so_far = sentence.start
        found: list[Named] = named(sentence.text, tokens(sentence.text), entities, people)
        yield [(KIND.get(name.sort, "institucion"), name.start, name.end) for name in found]


def agree(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Whether two names are of one kind and share at least half of the shorter one."""
    common = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and 2 * common >= min(one[2] - one[1], other[2] - other[1])


def main() -> None:
    """Print recall and precision of each kind, for both halves."""
    entities = Entities((*places(), *default_entities()))
    counts: Counter[tuple[str, str, str]] = Counter()
    judged_sentences = sorted(sentences(), key=lambda one: (one.file, one.start))
    by_file = {file: list(those) for file, those in groupby(judged_sentences, key=lambda one: one.file)}
    all_found = (found for file, those in by_file.items() for found in names_of(file, those, entities))
    for sentence, found in zip(judged_sentences, all_found, strict=True):
        missed = [name for name in sentence.names if not any(agree(name, other) for other in found)]
        wrong = [name for name in found if not any(agree(name, other) for other in sentence.names)]
        for what, names in (("judged", sentence.names), ("missed", missed), ("found", found), ("wrong", wrong)):
            counts.update((sentence.half, kind, what) for kind, _, _ in names)
        if "--fallas" in sys.argv and sentence.half == TUNED and missed + wrong:
            for said, names in (("falta", missed), ("sobra", wrong)):
                for kind, start, end in names:
                    print(f"{said}\t{kind}\t{sentence.text[start:end]}\t{sentence.text}")
    print("| mitad | clase | nombres | hallados | exhaustividad | señalados | precisión |", f"{'|---' * 7}|", sep="\n")
    for half in (TUNED, KEPT):
        for label, kinds in [(kind, (kind,)) for kind in KINDS] + [("todas", KINDS)]:
            judged, missed_n, found_n, wrong_n = (
                sum(counts[half, kind, what] for kind in kinds) for what in ("judged", "missed", "found", "wrong")
            )
            right = found_n - wrong_n
            recall, precision = (judged - missed_n) / judged, right / found_n if found_n else 1.0
            print(f"| {half} | {label} | {judged} | {judged - missed_n} | {recall:.2f} | {found_n} | {precision:.2f} |")


if __name__ == "__main__":
    main()
