"""Parses and renders ``correcciones.tsv``: corrections and checks by staff; the transcript itself stays as received."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.errors import Problem
from indexer.readers.paragraphs import shortened

HEADER = ("numero", "de", "a", "vez", "autor", "fecha")
LONGEST = 1_000
"""Characters of one side of a correction."""

_NUMBER = re.compile(r"#?p?([0-9]{1,9})", re.IGNORECASE)
_NUMBERED = re.compile(r"#p?[0-9]+\t")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_EXAMPLE = "42, un tabulador, lo que dice, un tabulador y lo que debe decir"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


@dataclass(frozen=True, slots=True)
class Correction:
    """In fragment ``number``, the ``time``-th ``was`` of the original reads ``reads``.

    Without words on either side it is a check: the fragment was compared with the video.

    Attributes:
        number: Of the fragment.
        was: As it stands in the original, in whole words; empty for a check.
        reads: What stands in its place; empty where words go.
        time: Which of the places of ``was`` in the fragment's original text, from 1; 0 for a check.
        by, date: Who wrote it, and when; None where the file does not say.
        line: Of the file; 0 for one that comes from elsewhere.
    """

    number: int
    was: str
    reads: str
    time: int = 1
    by: str | None = None
    date: dt.date | None = None
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[int, str, int]:
        """Two corrections with equal keys contradict each other."""
        return self.number, self.was, self.time


@dataclass(frozen=True, slots=True)
class Corrections:
    """The file: what was corrected and what was checked, in the order of its lines."""

    lines: tuple[Correction, ...] = ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The lines that change words."""
        return tuple(one for one in self.lines if one.was)

    @property
    def checked(self) -> tuple[Correction, ...]:
        """The lines that say that a fragment was compared with the video."""
        return tuple(one for one in self.lines if not one.was)

    def render(self) -> str:
        """The text of the file, by number of the fragment: a change is a changed line. Empty where nothing is said."""
        rows = [
            (str(one.number), _cell(one.was), _cell(one.reads), str(one.time or ""), one.by or "", str(one.date or ""))
            for one in sorted(self.lines, key=lambda one: (one.number, one.was != ""))
        ]
        return "".join("\t".join(cells) + "\n" for cells in (HEADER, *rows)) if rows else ""


def parse_corrections(text: str, path: str) -> tuple[Corrections, tuple[Problem, ...]]:
    """Read the file without blank lines and those with ``#``; what is wrong with a line keeps no other from serving."""
    lines: dict[tuple[int, str, int], Correction] = {}
    problems: list[Problem] = []
    empty = True
    for line, cells in _rows(text):
        empty = False
        where = f"{path}:{line}"
        if cells[0].startswith(_CONFLICT):
            cure = "deje los renglones que valen y quite las marcas"
            problems.append(Problem(where, "tiene marcas de un conflicto de git", cure))
            continue
        read, note = _read(line, cells)
        if note is not None:
            problems.append(Problem(where, *note, "error" if read is None else "aviso"))
        if read is not None and lines.setdefault(read.key, read).reads != read.reads:
            fault = f"corrige otra vez «{short(read.was)}» del fragmento {read.number}; vale el primer renglón"
            problems.append(Problem(where, fault, "deje uno de los dos renglones", "aviso"))
    if empty:
        cure = f"escriba un renglón por corrección ({_EXAMPLE}), o borre el archivo"
        problems.append(Problem(path, "no tiene ningún renglón", cure, "aviso"))
    return Corrections(tuple(lines.values())), tuple(problems)


def clean_side(text: str) -> str:
    """One side of a correction as it is compared: NFC, white space as single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def unfit(text: str) -> bool:
    """Whether a side holds what nobody can see: control characters, marks of writing direction."""
    return any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") and letter != "\u00ad" for letter in text)


def comments(text: str) -> list[str]:
    """The lines that are for people: they begin with ``#``."""
    return [
        line for line in text.removeprefix("\ufeff").splitlines() if line.startswith("#") and not _NUMBERED.match(line)
    ]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = True
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        if not raw.strip() or (raw.startswith("#") and not _NUMBERED.match(raw)):
            continue
        cells = [_bare(cell) for cell in raw.split("\t")]
        if not first or cells[0].casefold().replace("ú", "u") != HEADER[0]:
            yield number, cells
        first = False


def _bare(cell: str) -> str:
    """A cell without the quotes that a spreadsheet puts around one with commas or quotes."""
    cell = cell.strip()
    quoted = _QUOTED.fullmatch(cell)
    return clean_side(quoted[1].replace('""', '"') if quoted else cell)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


Note = tuple[str, str]
"""A fault and its cure."""


def _read(line: int, cells: list[str]) -> tuple[Correction | None, Note | None]:
    number = _NUMBER.fullmatch(cells[0])
    if len(cells) < 2 and not number:
        return None, ("las columnas no están separadas por tabuladores", f"escriba {_EXAMPLE}")
    if number is None or int(number[1]) < 1:
        return None, (f"«{short(cells[0])}» no es el número de un fragmento", "escriba el 42 de p42")
    was, reads, time, by, date, *rest = [*cells[1:], *[""] * (5 - len(cells[1:]))]
    day, note = _read_day(date)
    if note is None and any(rest):
        note = ("sobra una columna, que se ignora", f"deje solo: {', '.join(HEADER)}")
    if not was and not reads:
        return Correction(int(number[1]), "", "", 0, by or None, day, line), note
    if not was:
        return None, ("falta lo que dice el original", "escriba en la columna «de» las palabras que se corrigen")
    if max(len(was), len(reads)) > LONGEST:
        return None, (f"un lado de la corrección pasa de {LONGEST:,} letras", "corrija por partes")
    if unfit(was + reads):
        return None, ("tiene letras que no se ven (de control o de dirección)", "escriba el renglón otra vez")
    if was == reads:
        return None, ("«de» y «a» dicen lo mismo", "escriba en «a» lo que debe decir, o quite el renglón")
    if time and not (re.fullmatch("[0-9]{1,6}", time) and int(time)):
        return None, (f"«{short(time)}» no es una vez", "escriba 1 para la primera, 2 para la segunda…")
    return Correction(int(number[1]), was, reads, int(time or 1), by or None, day, line), note


def _read_day(text: str) -> tuple[dt.date | None, Note | None]:
    if not text:
        return None, None
    try:
        return dt.date.fromisoformat(text[:10]), None
    except ValueError:
        return None, (f"«{short(text)}» no es una fecha y se ignora", "escríbala así: 2025-12-04")


def short(text: str) -> str:
    """Words of a correction as a message quotes them."""
    return shortened(text, 60)
