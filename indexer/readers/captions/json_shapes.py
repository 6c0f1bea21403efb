"""The JSON of recognisers, meetings and video sites: one row of ``json_shapes.toml`` per shape.

A path goes down from the root: a key, a number (a place in a list, ``-1`` the last), ``*`` (each of them). Where the
names of a key differ, they are parted by ``|``. A key that an entry lacks is looked for in what holds the entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Chain = tuple[Any, ...]
"""An entry, and what holds it, from the inside out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one program writes its JSON.

    Attributes:
        program: Who writes it.
        entries: Path to the entries.
        text: Path to the words in an entry; several are put together as they are.
        start: Path to when it begins.
        end: Path to when it ends.
        lasts: Path to how long it lasts, where it does not say when it ends.
        unit_s: How long one of its numbers is.
        voice: Path to who speaks.
        inside: Path to the voices of the words inside an entry, which may be others.
        words: An entry is one word or sign, not a phrase.
        voices: Path to another list that says who speaks at the second of a word, where the words do not.
        needs: Path that must lead somewhere, where the entries alone do not tell the program.
    """

    program: str
    entries: str
    text: str
    start: str
    end: str = ""
    lasts: str = ""
    unit_s: float = 1.0
    voice: str = "speaker"
    inside: str = ""
    words: bool = False
    voices: str = ""
    needs: str = ""


SHAPES: tuple[Shape, ...] = tuple(
    Shape(**row) for row in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["shapes"]
)


def entries_of(loaded: Any, path: str) -> Iterator[Chain]:
    """The entries that a path leads to, each with what holds it."""
    chains: list[Chain] = [(loaded,)]
    for step in path.split("."):
        chains = [(child, *chain) for chain in chains for child in _children(chain[0], step)]
    yield from chains


def first(chain: Chain, path: str) -> Any:
    """What a path leads to, in the entry or, for a path of one key, in what holds it; None where there is nothing."""
    if not path:
        return None
    held = chain if "." not in path else chain[:1]
    return next((found for holder in held for found, *_ in entries_of(holder, path)), None)


def text_of(entry: Any, path: str) -> str | None:
    """The words of an entry; None where it has none that are text."""
    parts = [part for part, *_ in entries_of(entry, path)]
    return "".join(parts) if parts and all(isinstance(part, str) for part in parts) else None


def _children(value: Any, step: str) -> list[Any]:
    if step == "*":
        return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    if isinstance(value, dict):
        return next(([value[key]] for key in step.split("|") if value.get(key) is not None), [])
    if isinstance(value, list) and step.lstrip("-").isdigit() and -len(value) <= int(step) < len(value):
        return [value[int(step)]]
    return []
