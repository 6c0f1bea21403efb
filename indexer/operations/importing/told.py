"""What people say of recordings, line by line: a table beside the files, or what was mended in the browser."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.corpus.folders import printable
from indexer.corpus.page_folders import refuse
from indexer.corpus.toml_edit import one_line
from indexer.errors import ReadError
from indexer.language.spanish import fold
from indexer.language.spanish_dates import day_of
from indexer.language.typed_values import is_web_address
from indexer.model import Version
from indexer.operations.importing.sources import SourceFile
from indexer.readers.decode import decode
from indexer.word_lists import beside

FILE = "archivo"
_COLUMNS: dict[str, list[str]] = beside(__file__)["columns"]
_NAMES = {called: name for name, every in _COLUMNS.items() for called in every}
_LONGEST = dict.fromkeys(_COLUMNS, 300) | {"video": 2_000, "persona": 2_000, FILE: 4_000}
_MOST_ROWS = 5_000
_YES = ("si", "x", "1", "true", "verdadero")
_SEPARATORS = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said of one file; empty or None where they said nothing.

    Attributes:
        file: Its name.
        place: Where it was said, for messages.
        event, session: As somebody called them: a folder, a title, a number.
        title, date, video, version, people: See the columns.
        left_out: Whether it is to be left out.
        faults: What cannot be used, with the cure.
    """

    file: str
    place: str = ""
    event: str = ""
    session: str = ""
    title: str = ""
    date: dt.date | None = None
    video: str = ""
    version: Version | None = None
    people: tuple[str, ...] = ()
    left_out: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of recordings: its rows, and the columns that nobody reads."""

    name: str
    rows: tuple[Told, ...]
    unread: tuple[str, ...]


def read_told(file: SourceFile) -> Table | None:
    """A table of recordings; None for a file without the column ``archivo``: a transcript, or anything else.

    Raises:
        CorpusError: It is such a table, and cannot be used.
    """
    try:
        text = decode(file.path.read_bytes())
    except (OSError, ReadError):
        return None
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.", first.strip()):  # what Excel writes for itself
        text, first = rest, rest.partition("\n")[0]
    for delimiter in sorted(";,\t", key=lambda sign: -first.count(sign)):
        heads = [
            _NAMES.get(" ".join(fold(head).split())) for head in next(csv.reader([first], delimiter=delimiter), [])
        ]
        if FILE in heads:
            return _table(file.name, text, delimiter, heads)
    return None


def _table(name: str, text: str, delimiter: str, heads: list[str | None]) -> Table:
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        raise refuse(f"{name}: la columna «{twice[0]}» está dos veces", "deje una de las dos")
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        titles = next(rows)
        unread = tuple(
            title.strip() for title, head in zip(titles, heads, strict=True) if head is None and title.strip()
        )
        told = tuple(
            told_of({head: cell for head, cell in zip(heads, row, strict=False) if head}, f"renglón {rows.line_num}")
            for row in rows
            if any(cell.strip() for cell in row)
        )
    except csv.Error as error:
        cure = "guárdela de nuevo como CSV desde su hoja de cálculo"
        raise refuse(f"{name}: la tabla está dañada cerca del renglón {rows.line_num}", cure) from error
    if not told:
        raise refuse(
            f"{name}: la tabla no tiene renglones", "escriba uno por archivo, bajo los títulos de sus columnas"
        )
    if len(told) > _MOST_ROWS:
        raise refuse(f"{name}: la tabla tiene más de {_MOST_ROWS:,} renglones", "divídala en varias")
    return Table(name, told, unread)


def told_of(values: Mapping[str, Any], place: str = "") -> Told:
    """What a row says; what cannot be used becomes a fault of it."""
    cells = {name: str(values.get(name) or "") for name in _COLUMNS}
    said = {name: cells[name] if name == "persona" else one_line(cells[name]) for name in _COLUMNS}
    faults = [
        f"«{name}» tiene {len(said[name]):,} letras: escriba {most:,} como máximo"
        for name, most in _LONGEST.items()
        if len(said[name]) > most
    ]
    date = day_of(said["fecha"])
    if said["fecha"] and date is None:
        faults.append(f"la fecha «{said['fecha'][:40]}» no se entiende: escríbala como 2025-12-04 (año, mes y día)")
    if said["video"] and not is_web_address(said["video"]):
        faults.append(f"el video «{said['video'][:80]}» no es una dirección completa: empiece con https://")
    version = _version(said["version"])
    if said["version"] and version is None:
        faults.append(f"no hay una versión «{said['version'][:40]}»: escriba una de {', '.join(Version)}")
    event, _, session = said["mesa"].strip("/").rpartition("/")
    people = tuple(name for name in map(one_line, _SEPARATORS.split(said["persona"])) if name)
    return Told(
        printable(said[FILE]), place, event or said["evento"], session, said["titulo"], date, said["video"], version,
        people, fold(said["omitir"]) in _YES, tuple(faults),
    )  # fmt: skip


def _version(said: str) -> Version | None:
    wanted = fold(said).replace(" ", "_")
    return next((one for one in Version if wanted in (one.value, fold(one.label).replace(" ", "_"))), None)


def by_name(told: Iterable[Told], files: Iterable[SourceFile]) -> tuple[dict[str, Told], list[Told]]:
    """Which file each row means, by its whole name or by its last part where only one file has it; and the others."""
    wholes: dict[str, str] = {}
    ends: dict[str, list[str]] = {}
    for file in files:
        wholes[fold(file.name)] = file.name
        ends.setdefault(fold(file.name.rpartition("/")[2]), []).append(file.name)
    found: dict[str, Told] = {}
    lost = []
    for row in told:
        name = fold(row.file.replace("\\", "/").removeprefix("./"))
        same = ends.get(name.rpartition("/")[2], [])
        which = wholes.get(name) or (same[0] if len(same) == 1 and "/" not in name else "")
        if which and which not in found:
            found[which] = row
        else:
            lost.append(row)
    return found, lost
