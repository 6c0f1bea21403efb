"""What people say of recordings, line by line: a table beside the files, or what was mended in the browser."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.corpus.folders import printable
from indexer.corpus.toml_edit import one_line
from indexer.errors import CorpusError, ReadError, refuse
from indexer.language.spanish import fold
from indexer.language.typed_values import typed_value
from indexer.model.page_fields import SESSION_FIELDS
from indexer.operations.importing.sources import SourceFile
from indexer.readers.decode import decode
from indexer.word_lists import beside

FILE = "archivo"
_WORDS = beside(__file__)
TABLE: str = _WORDS["suffix"]
_COLUMNS: dict[str, list[str]] = _WORDS["columns"]
_NAMES = {called: name for name, every in _COLUMNS.items() for called in every}
_LONGEST = 4_000
_MOST_ROWS = 5_000
_YES = ("si", "x", "1", "true", "verdadero")
_SEPARATORS = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said of one file.

    Attributes:
        place: Where it was said, for messages.
        values: What they said, as values of a ``Row``; event and mesa as somebody called them.
        left_out: Whether it is to be left out.
        faults: What cannot be used, with the cure.
    """

    file: str
    place: str
    values: dict[str, Any]
    left_out: bool
    faults: tuple[str, ...]


Table = tuple[tuple[Told, ...], str]
"""A table of recordings: its rows, and a notice of the columns that nobody reads."""


def read_told(file: SourceFile) -> Table | None:
    """A table of recordings, refused where it cannot be used; None for a file without the column ``archivo``."""
    try:
        text = decode(file.path.read_bytes())
    except (OSError, ReadError):
        return None
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.", first.strip()):  # what Excel writes for itself
        text, first = rest, rest.partition("\n")[0]
    for delimiter in sorted(";,\t", key=lambda sign: -first.count(sign)):
        titles = next(csv.reader([first], delimiter=delimiter), [])
        heads = [_NAMES.get(" ".join(fold(title).split()), f"\0{title.strip()}") for title in titles]
        if FILE in heads:
            return _table(file.name, csv.DictReader(io.StringIO(text), heads, delimiter=delimiter), heads)
    return None


def _table(name: str, rows: "csv.DictReader[str]", heads: list[str]) -> Table:
    twice = sorted(head for head in _COLUMNS if heads.count(head) > 1)
    if twice:
        raise refuse(f"{name}: la columna «{twice[0]}» está dos veces", "deje una de las dos")
    try:
        next(rows)
        filled = (row for row in rows if any(map(one_line, filter(None, map(row.get, heads)))))
        told = tuple(told_of(row, f"renglón {rows.line_num}") for row in filled)
    except csv.Error as error:
        cure = "guárdela de nuevo como CSV desde su hoja de cálculo"
        raise refuse(f"{name}: la tabla está dañada cerca del renglón {rows.line_num}", cure) from error
    if not told:
        cure = "escriba uno por archivo, bajo los títulos de sus columnas"
        raise refuse(f"{name}: la tabla no tiene renglones", cure)
    if len(told) > _MOST_ROWS:
        raise refuse(f"{name}: la tabla tiene más de {_MOST_ROWS:,} renglones", "divídala en varias")
    unread = ", ".join(head[1:] for head in heads if head[:1] == "\0" and head[1:])
    return told, f"{name}: estas columnas no se leen: {unread[:300]}" if unread else ""


def told_of(values: Mapping[str, Any], place: str = "") -> Told:
    """What a row says; what cannot be used becomes a fault of it."""
    cells = {name: str(values.get(name) or "") for name in _COLUMNS}
    people = tuple(name for name in map(one_line, _SEPARATORS.split(cells["persona"])) if name)
    said: dict[str, Any] = {name: one_line(cell) for name, cell in cells.items()}
    event, _, session = said["mesa"].strip("/").rpartition("/")
    given = {"event": event or said["evento"], "session": session, "people": people}
    lengths = ((name, len(cell)) for name, cell in cells.items() if len(cell) > _LONGEST)
    faults = [f"«{name}» tiene {length:,} letras: escriba {_LONGEST:,} como máximo" for name, length in lengths]
    for field in SESSION_FIELDS:
        try:
            given |= {field.attribute: typed_value(field, said[field.key])} if said.get(field.key) else {}
        except CorpusError as error:
            faults.append(str(error))
    known = {name: value for name, value in given.items() if value}
    return Told(printable(said[FILE]), place, known, fold(said["omitir"]) in _YES, tuple(faults))


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
