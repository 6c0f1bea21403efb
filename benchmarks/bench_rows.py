"""What the engines are given: fragments in a plain file, and questions. Standard library alone, any Python from 3.9.

Every engine's child process reads this module, also one that runs on the system's Python (Xapian).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

A_MESA = 240
"""Fragments of a mesa; six mesas are a forum of some 1,400."""
MESAS_AN_EVENT = 6
TOP = 10
FACET_VALUES = 20
"""The largest values of a facet, as a page shows them."""

CLASSES = {
    "a": "one term",
    "b": "three terms, OR",
    "c": "phrase of two words",
    "d": "prefix of four letters",
    "e": "filter and facets",
    "f": "ten highlighted results",
}


class Row(NamedTuple):
    """A fragment. ``number`` counts from 0; ``mesa`` and ``person`` are ordinals from 0 as well."""

    number: int
    mesa: int
    person: int
    turn: int
    text: str


class Question(NamedTuple):
    """What is asked.

    Attributes:
        words: As typed, lower case, with their accents; of a prefix, its letters.
        mesa, person: Of class e: what the answer is restricted to, one of the two.
    """

    words: tuple[str, ...]
    mesa: int | None = None
    person: int | None = None


class Found(NamedTuple):
    """An answer to be compared with that of others; nothing of it is timed.

    Attributes:
        hits: How many fragments match.
        numbers: The first ten, in order.
        marked: Of class f, how many of them carry a mark.
        mesas: Of class e, the largest mesas, with their counts.
    """

    hits: int
    numbers: list[int]
    marked: int = 0
    mesas: dict[int, int] | None = None


def write_rows(rows: Iterator[Row], path: Path) -> int:
    """Keep fragments in a file. Returns how many."""
    done = 0
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write("\t".join(map(str, row)) + "\n")
            done += 1
    return done


def read_rows(path: Path) -> Iterator[Row]:
    """The fragments of a file, one at a time: no engine's peak memory holds them all unless it wants to."""
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            number, mesa, person, turn, text = line.rstrip("\n").split("\t", 4)
            yield Row(int(number), int(mesa), int(person), int(turn), text)


def event_of(mesa: int) -> str:
    """The folder of a mesa's event."""
    return f"foro-{mesa // MESAS_AN_EVENT + 1}"


def mesa_of(mesa: int) -> str:
    """The folder of a mesa."""
    return f"mesa-{mesa % MESAS_AN_EVENT + 1}"


def address_of(mesa: int) -> str:
    """``evento/mesa``."""
    return f"{event_of(mesa)}/{mesa_of(mesa)}"


def mesa_at(address: str) -> int:
    """The ordinal of a mesa from its address."""
    event, _, mesa = address.partition("/")
    return (int(event.rpartition("-")[2]) - 1) * MESAS_AN_EVENT + int(mesa.rpartition("-")[2]) - 1
