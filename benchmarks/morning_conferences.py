"""How many labels of a folder of press conferences in Markdown are found, and whether anything else is taken for one.

Usage: ``python benchmarks/morning_conferences.py FOLDER``, the checkout of a collection whose conferences are ``.md``
(tried on the public ``roicort/ConferenciasMatutinasAMLO``, of which nothing is copied here).

A label is bold or italic capitals that begin a line and end in a colon inside or after the marks. The count reads the
marks by itself and walks the words of the file beside the turns that came out of it: a label whose words are still in
the text was missed; who opens a turn at none of them, and never at one, is printed. Exit 0 when at least 99.5 % are
found, no turn opens inside a label and none of the 100 largest persons begins as no name does; else 1. The list of them
is printed to be read: no program can tell a name for sure.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read
from indexer.readers.labels.names import PARTICLES, is_heading_word
from indexer.readers.labels.posts import COURTESIES, VOICES, is_known_acronym, role_or_post
from indexer.readers.words import fold

LEAST = 0.995
LARGEST = 100
_MARKED = re.compile(r"[*_][*_ ]*(?=[^\s*_])")
_HEAD = re.compile(r"[^:]{1,300}:")
_WORD = re.compile(r"[^\W_]+")
_WINDOW = 400  # words within which the text and the turns meet again after a picture or a footer


@dataclass
class Count:
    """What happened to the labels of all files."""

    labels: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    tails: list[str] = field(default_factory=list)
    at_labels: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)


def pieces(text: str) -> list[tuple[bool, list[str]]]:
    """The words of a file, parted into labels and what stands between them."""
    done: list[tuple[bool, list[str]]] = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines = paragraph.split("\n")
        for n, line in enumerate(lines):
            rest = "\n".join(lines[n : n + 4])
            label = _label(rest) if _MARKED.match(line.lstrip()) else None
            if label is None:
                continue
            before = "\n".join(lines[:n])
            done += [(False, _words(before)), (True, _words(label))]
            done.append((False, _words(rest.lstrip()[len(label) :] + "\n" + "\n".join(lines[n + 4 :]))))
            break
        else:
            done.append((False, _words(paragraph)))
    return [piece for piece in done if piece[1]]


def _label(text: str) -> str | None:
    text = text.lstrip()
    head = _HEAD.match(text)
    if head is None:
        return None
    letters = [c for c in head[0] if c.isalpha()]
    # Its marks: what is after the last closing one is no label any more but for the colon.
    outside = re.sub(r"[*_ ]+", "", re.split(r"[*_](?=[^*_]*$)", head[0])[-1])
    if (
        not letters
        or any(c.islower() for c in letters)
        or head[0][:1] not in "*_"
        or (outside not in (":", "") and not _open(head[0]))
    ):
        return None
    return head[0]


def _open(head: str) -> bool:
    """Whether strong or light emphasis is still open at the end of it."""
    return head.count("**") % 2 == 1 or (head.count("*") + head.count("_")) % 2 == 1


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def count(path: Path, total: Count) -> None:
    """Walk the file's words beside the turns that came out of it."""
    text = path.read_text(encoding="utf-8")
    document = read(path, Kind.TRANSCRIPT)
    stream, opens = _stream(document)
    at = 0
    before = ""  # who has the floor: after a doubt the same one goes on
    for label, words in pieces(text):
        if not label:
            at = _follow(stream, at, words)
            continue
        total.labels += 1
        printed = f"{path.name}: {' '.join(words)}"
        name = opens.get(at)
        if stream[at : at + len(words)] == words:
            total.missed.append(printed)
            end = at + len(words)
            total.tails += [
                f"{printed}: {name}" for n in range(at + 1, end) if (name := opens.get(n)) and name != before
            ]
            at = end
        elif name is None or not set(_words(name)) <= set(words):
            total.missed.append(f"{printed} ({name})")
        else:
            total.found += 1
            total.at_labels[name] += 1
            before = name
            del opens[at]
    total.elsewhere.update(name for name in opens.values() if name)
    _count_persons(document, total)


def _stream(document: Document) -> tuple[list[str], dict[int, str | None]]:
    """All words as read, and at which of them a turn opens, with who is shown."""
    stream: list[str] = []
    opens: dict[int, str | None] = {}
    turn = -1
    for block in document.blocks:
        if block.turn != turn:
            opens[len(stream)] = block.speaker.shown if block.speaker else None
            turn = block.turn
        stream += _words(block.text)
    return stream, opens


def _follow(stream: Sequence[str], at: int, words: Sequence[str]) -> int:
    """Where the words end in the stream; what stands in one of them only is passed over."""
    place = 0
    while place < len(words):
        if at < len(stream) and stream[at] == words[place]:
            at, place = at + 1, place + 1
            continue
        met = _meet(stream, at, words, place)
        if met is None:
            return at
        at, place = met
    return at


def _meet(stream: Sequence[str], at: int, words: Sequence[str], place: int) -> tuple[int, int] | None:
    for ahead in range(place, min(len(words), place + _WINDOW)):
        want = list(words[ahead : ahead + 6])
        for skip in range(12):
            if want and list(stream[at + skip : at + skip + len(want)]) == want:
                return at + skip, ahead
    return None


def _count_persons(document: Document, total: Count) -> None:
    turn = -1
    for block in document.blocks:
        if block.speaker and block.speaker.name:
            total.words[block.speaker.name] += len(block.text.split())
            total.turns[block.speaker.name] += block.turn != turn
        turn = block.turn


def is_false_person(name: str) -> bool:
    """Whether it is one word, or begins as no person's name does: with a post, a courtesy, an acronym, a heading."""
    words = name.split()
    folded = [fold(word).strip(".") for word in words]
    first = folded[0]
    return (
        len([word for word in folded if word not in PARTICLES]) < 2
        or any(
            word in VOICES - PARTICLES or is_known_acronym(printed) for word, printed in zip(folded, words, strict=True)
        )
        or role_or_post(first)
        or first in COURTESIES
        or is_heading_word(first)
    )


def main() -> int:
    """Print the figures and the largest persons."""
    if len(sys.argv) < 2 or not (files := sorted(Path(sys.argv[1]).rglob("*.md"))):
        print("Uso: python benchmarks/morning_conferences.py CARPETA (con conferencias .md); no se midió nada.")
        return 1
    total = Count()
    refused = 0
    for path in files:
        try:
            count(path, total)
        except ReadError as error:
            refused += 1
            print(f"  no se leyó {path.name}: {error}")
    print(f"{len(total.missed)} no reconocidas:", *total.missed, sep="\n  ")
    print(f"{len(total.tails)} colas tomadas por persona:", *total.tails, sep="\n  ")
    others = [f"{n} {name}" for name, n in total.elsewhere.most_common() if name not in total.at_labels]
    print(f"{len(others)} que hablan solo donde no hay etiqueta marcada:", *others, sep="\n  ")
    largest = total.words.most_common(LARGEST)
    print(f"Las {len(largest)} personas con más palabras:")
    for name, spoken in largest:
        print(f"  {spoken:>10,} palabras {total.turns[name]:>7,} turnos  {name}")
    false = [name for name, _ in largest if is_false_person(name)]
    share = total.found / total.labels if total.labels else 0.0
    print(
        f"{len(files):,} archivos ({refused} sin leer): {total.found:,} de {total.labels:,} etiquetas ({share:.3%}); "
        f"{len(total.tails)} colas de etiqueta tomadas por persona; {len(false)} personas falsas entre las "
        f"{len(largest)} mayores ({', '.join(false) or 'ninguna'})"
    )
    return 0 if share >= LEAST and not total.tails and not false and not refused else 1


if __name__ == "__main__":
    sys.exit(main())
