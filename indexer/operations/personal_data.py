"""Finds personal data in a text (``personal_data.toml``), and takes it out of a file before that is kept.

Only the places that staff chose are taken out.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indexer.corpus.page import passages_of
from indexer.errors import ReadError, refuse
from indexer.model import Block, Kind, Passage, Speaker
from indexer.operations.redaction import in_memory, ways
from indexer.readers import read
from indexer.word_lists import beside

MOST = 100
"""Places that are told of one text."""
_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
_NOTICE = "[Dato personal retirado]"


class PersonalData(NamedTuple):
    """A place that looks like personal data: as a person calls it (``CURP``), the fragment, and where in its text."""

    what: str
    passage: Passage
    start: int
    end: int


def personal_data(passages: Iterable[Passage]) -> tuple[PersonalData, ...]:
    """The places of a text, in its order; the first ``MOST``."""
    found = [PersonalData(what, one, *span) for one in passages for what, span in _found(one.text)]
    return tuple(found[:MOST])


def _found(text: str) -> list[tuple[str, tuple[int, int]]]:
    found: list[tuple[str, tuple[int, int]]] = []
    for what, pattern, check in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if check(match[0].upper()) and not any(start < last and first < end for _, (first, last) in found):
                found.append((what, (start, end)))
    return sorted(found, key=lambda one: one[1])


def _curp(text: str) -> bool:
    total = sum(_CURP.index(letter) * (18 - at) for at, letter in enumerate(text[:17]))
    return int(text[17]) == -total % 10


def _rfc(text: str) -> bool:
    rest = -sum(_RFC.index(letter) * (13 - at) for at, letter in enumerate(text[:12])) % 11
    return text[12] == ("A" if rest == 10 else str(rest))


def _telephone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(digits.removeprefix("52") if len(digits) == 12 else digits) == 10


_CHECKS: dict[str, Callable[[str], bool]] = {"curp": _curp, "rfc": _rfc, "telefono": _telephone, "": bool}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...]:
    rows = beside(__file__)["patterns"]
    return tuple((row["what"], re.compile(row["pattern"], re.I), _CHECKS[row.get("check", "")]) for row in rows)


@contextmanager
def without_personal_data(source: Path, kind: Kind, chosen: str | None) -> Iterator[Path]:
    """The file without some of its places, which exists only within the block; as it is where none are chosen.

    Args:
        chosen: Their numbers in ``personal_data``, from 1, parted by commas.

    Raises:
        CorpusError: There are no such places, or they cannot be taken out without touching the rest.
    """
    if not chosen:
        yield source
        return
    numbers = {int(one) for one in chosen.split(",") if one.strip().isdecimal() and len(one) < 10}
    places = personal_data(passages_of(kind, read(source, kind)))
    if not numbers or not numbers <= set(range(1, len(places) + 1)):
        raise refuse(f"--testar {chosen} no es de este archivo", "dé los números que dice examinar, como 1,3")
    name, data = f"texto{source.suffix.lower()}", source.read_bytes()
    for number in sorted(numbers, reverse=True):  # from the end: what is before keeps its place
        name, data = _without(name, data, kind, number)
    with in_memory(name, data) as path:
        yield path


def _without(name: str, data: bytes, kind: Kind, number: int) -> tuple[str, bytes]:
    """A file without one of its places, the most faithful way that changes nothing else."""
    with in_memory(name, data) as path:
        document = read(path, kind)
        passages = passages_of(kind, document)
        place = personal_data(passages)[number - 1]
        start = sum(len(one.text.split()) for one in passages[: passages.index(place.passage)])
        start += len(place.passage.text[: place.start].split())
        begins = place.start and not place.passage.text[place.start - 1].isspace()
        span = start - bool(begins), start - bool(begins) + len(place.passage.text[place.start : place.end].split())
        left = _told(document.blocks, span)
        for suffix, text in ways(path, document, span, _NOTICE):
            made = f"texto{suffix}", text.encode()
            with in_memory(*made) as tried:
                try:
                    if _told(read(tried, kind).blocks, None) == left:
                        return made
                except ReadError:
                    continue
    cure = "quítelo en el programa que hizo el archivo y envíelo otra vez, o envíe el texto como .txt o .vtt"
    raise refuse(f"El dato {number} no se puede quitar de este archivo sin tocar lo demás", cure)


def _told(blocks: Iterable[Block], span: tuple[int, int] | None) -> list[tuple[Speaker | None, str]]:
    """Each word with who says it; those of a span are one notice."""
    said = [(block.speaker, word) for block in blocks for word in block.text.split()]
    if span is None:
        return said
    return [*said[: span[0]], *((said[span[0]][0], word) for word in _NOTICE.split()), *said[span[1] :]]
