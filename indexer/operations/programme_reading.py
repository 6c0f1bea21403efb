"""Reads the programme of an event as it is pasted from a page, a table or Word: its mesas, days and participants.

Every line is understood by its beginning, whatever stands around it; what says nothing about a mesa is told apart, so
that staff see what was not taken.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import dropwhile

from indexer.language.spanish_dates import days_in
from indexer.readers.labels import posts
from indexer.readers.labels.label import read_label
from indexer.readers.labels.label_parts import Certainty
from indexer.readers.labels.names import known_given_name, plausible_name
from indexer.readers.words import fold
from indexer.word_lists import beside

LONGEST_LINE = 600
_LONGEST_TITLE = 200
_EDGES = ' .|;,–—-"“”«»'
_WORDS = beside(__file__)
_NUMBERS: dict[str, int] = _WORDS["numbers"]


def _any(key: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_WORDS[key], key=len, reverse=True))


_HOUR = r"\d{1,2}(?:[:.]\d{2})?\s*(?:hrs?\.?|horas|h\b|[ap]\.?\s?m\.?)?"
_TIMES = re.compile(
    rf"[(\[]?\b(?:de\s+)?\d{{1,2}}[:.]\d{{2}}\s*(?:hrs?\.?|horas|h\b|[ap]\.?\s?m\.?)?(?:\s*(?:a|[-–—])\s*(?:las\s+)?{_HOUR})?[)\]]?",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-–—*•·▪◦‣●○■□►➢✓]|\d{1,2}[.)](?=\s)|[a-z]\))\s*")
_HEADING = re.compile(
    rf"(?:(?P<ordinal>{'|'.join(_NUMBERS)})\s+)?(?P<what>{_any('headings')})\b"
    rf"(?:\s*(?:n[uo]m?\.?|#|numero)?\s*(?P<number>\d{{1,3}}|(?:{'|'.join(_NUMBERS)})(?!\w)))?\s*(?P<stop>[.:;,–—|\"“«-]+|$)?\s*"
)
_PAUSE = re.compile(rf"(?:{_any('pauses')})\b")
_LABELS = {
    name: re.compile(
        rf"(?:{_any(name)})(?:\s*[:：]|\s+[-–—]|$|(?<=[ae]n)\s|(?<=modera)\s|(?<=cargo de)\s|(?<=cion de)\s)\s*"
    )
    for name in ("moderates", "takes_part", "venue", "title", "aside")
}
_MODERATES = re.compile(r"\s*[(\[,–—-]\s*(?:modera\w*(?:\(a\)|/a)?)\s*[)\]]?\s*$")
_GENERIC = re.compile(
    r"(?:programa|agenda|orden del dia|cronograma)(?:\s+(?:general|de actividades|preliminar|del?|de la))*\s*[:.]?\s*"
)
_DAY = re.compile(r"(?:dia|jornada)\s+\w+|(?:primer|segundo|tercer)\w*\s+(?:dia|jornada)")


@dataclass
class Mesa:
    """One mesa of a programme, while it is read."""

    title: str = ""
    number: int | None = None
    day: dt.date | None = None
    people: list[dict[str, object]] = field(default_factory=list)


@dataclass
class Programme:
    """What was understood of a programme.

    Attributes:
        title, venue: Of the event; empty where they are not said.
        days: Every day that is named.
        left: Lines that say nothing about a mesa.
    """

    title: str = ""
    venue: str = ""
    mesas: list[Mesa] = field(default_factory=list)
    days: list[dt.date] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def read_programme(text: str) -> Programme:
    """Read a programme."""
    return _Reading(text).read()


def read_person(text: str) -> dict[str, object] | None:
    """A participant of a line: ``Dra. Ana Ruiz, Consejera Electoral del IEEM (modera)``; None where nobody is named."""
    plain = " ".join(text.split()).strip(" .;,")
    if "|" in plain:
        return _exact(plain)
    label, note = _LABELS["moderates"].match(fold(plain)), _MODERATES.search(fold(plain))
    plain = plain[label.end() if label else 0 : note.start() if note else None]
    parts = [part.strip() for part in re.split(r",\s+|\s+[-–—|]\s+|\s*\(|\)\s*", plain) if part.strip(" .")]
    if not parts or not any(map(str.isalpha, parts[0])):
        return None
    reading = read_label(", ".join(parts[:2])) if len(parts) > 1 else read_label(parts[0])
    title = posts.COURTESIES | {""}
    words = dropwhile(lambda word: fold(word).strip(".") in title, parts[0].split(" "))
    name, post, body = " ".join(words), ", ".join(parts[1:]), None
    if reading and reading.speaker.name:
        name, own, body = reading.speaker.name, reading.speaker.post, reading.speaker.institution
        post = ", ".join(filter(None, (own, *parts[2:])))
    *before, last = post.split(", ")
    if not body and posts.is_institution_word(last.split(" ")[0]):
        post, body = ", ".join(before), last
    elif not body:
        shorter, body = posts.split_institution(post)
        post = shorter or ""
    row: dict[str, object] = {"nombre": name, "cargo": post, "institucion": body or "", "modera": bool(label or note)}
    return {key: value for key, value in row.items() if value}


def _one_by_one(text: str) -> Iterator[str]:
    """The people of a line: parted by semicolons; by commas only where names alone stand between them."""
    for one in filter(None, re.split(r";|\s/\s", text)):
        names = [name.split() for name in re.split(r",\s+(?:y\s+)?|\s+[ye]\s+", one.strip(" .,"))]
        alone = len(names) > 1 and all(plausible_name(name) and known_given_name(name) for name in names)
        yield from map(" ".join, names) if alone else [one]


def _exact(text: str) -> dict[str, object] | None:
    """A participant as our form writes one: ``Modera: Ana Ruiz | Consejera Electoral | IEEM``."""
    label = _LABELS["moderates"].match(fold(text))
    parts = [part.strip() for part in text[label.end() if label else 0 :].split("|")]
    row = dict(zip(("nombre", "cargo", "institucion"), parts, strict=False)) | {"modera": label is not None}
    return {key: value for key, value in row.items() if value} if parts[0] else None


class _Reading:
    def __init__(self, text: str) -> None:
        self._lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._year = next((day.year for day in days_in(text)), None)
        self._found = Programme()
        self._mesa: Mesa | None = None
        self._day: dt.date | None = None
        self._people = ""

    def read(self) -> Programme:
        for line in self._cells():
            if plain := " ".join(_TIMES.sub(" ", _BULLET.sub("", line)).split()).strip(_EDGES):
                self._take(plain[:LONGEST_LINE], fold(plain[:LONGEST_LINE]))
        found = self._found
        found.mesas = [mesa for mesa in found.mesas if mesa.title or mesa.people or mesa.number is not None]
        for mesa in found.mesas:
            mesa.title = mesa.title or (f"Mesa {mesa.number}" if mesa.number is not None else "Mesa")
        return found

    def _cells(self) -> Iterator[str]:
        """The lines; of a table its cells one by one, each with what its column says."""
        columns: list[str] = []
        for line in self._lines:
            cells = [cell.strip() for cell in re.split(r"\t|(?<=\s)\|(?=\s)|^\||\|$", line)]
            cells = cells[1:-1] if line.strip().startswith("|") and line.strip().endswith("|") else cells
            if len(cells) < 2:
                yield line
                continue
            heads = [_column(cell) for cell in cells]
            if sum(map(bool, heads)) >= 2:
                columns = heads
            elif len(columns) == len(cells):
                yield from _row(dict(zip(columns, cells, strict=True)))
            elif not all(set(cell) <= set("-: ") for cell in cells):
                yield from cells

    def _take(self, line: str, folded: str) -> None:
        days = [*days_in(line, self._year)]
        self._found.days += days
        heading = _HEADING.match(folded)
        if days and (len(line) < 60 or _DAY.match(folded)) and not heading:
            self._day, self._mesa, self._people = days[0], None, ""
            return
        if heading and (heading["number"] or heading["ordinal"] or heading["stop"]) and not _PAUSE.match(folded):
            number = heading["number"] or heading["ordinal"]
            value = None if number is None else int(number) if number.isdigit() else _NUMBERS[number]
            title, _, speaker = line[heading.end() :].partition(" a cargo de ")
            self._mesa, self._people = Mesa(title.strip(_EDGES), value, days[0] if days else self._day), ""
            self._found.mesas.append(self._mesa)
            self._person(speaker)
        elif _PAUSE.match(folded):
            self._mesa, self._people = None, ""
            self._found.left.append(line)
        elif not self._labelled(line, folded):
            self._plain(line, folded)

    def _labelled(self, line: str, folded: str) -> bool:
        """Take a line with a label before it; False where it has none."""
        for name, label in _LABELS.items():
            if not (found := label.match(folded)):
                continue
            rest = line[found.end() :].strip(_EDGES)
            if name == "venue":
                self._found.venue = self._found.venue or rest
            elif name == "title" and self._mesa:
                self._mesa.title = self._mesa.title or rest
            elif name == "aside":
                self._found.left.append(line)
            elif self._mesa:
                self._people = name
                self._person(rest)
            else:
                self._found.left.append(line)
            return True
        return False

    def _plain(self, line: str, folded: str) -> None:
        """Take a line without a label: a title that is waited for, a person, the title of the event, or nothing."""
        mesa, reading = self._mesa, read_label(line)
        named = reading is not None and reading.speaker.name is not None
        if mesa is None:
            generic = _GENERIC.match(folded)
            title = line[generic.end() if generic else 0 :]
            is_title = len(title) <= _LONGEST_TITLE and not title.endswith(":") and not any(days_in(line, self._year))
            if title and is_title and not self._found.mesas and not self._found.title:
                self._found.title = title
            elif title:
                self._found.left.append(line)
        elif not mesa.title and not self._people:
            mesa.title = line
        elif self._people and mesa.people and not named and posts.role_or_post(folded.split()[0]):
            post, body = posts.split_institution(line)  # below the name that it is the post of
            below = {"cargo": post or line, "institucion": body or ""}
            mesa.people[-1] |= {key: value for key, value in below.items() if value and key not in mesa.people[-1]}
        elif self._people or (named and reading and reading.certainty is Certainty.SURE):
            self._person(line)
        else:
            self._found.left.append(line)

    def _person(self, text: str) -> None:
        assert self._mesa is not None
        for one in _one_by_one(text):
            person = read_person(one)
            if person is None or not plausible_name(str(person["nombre"]).split()):
                self._found.left.append(one.strip())
                continue
            self._mesa.people.append(person | ({"modera": True} if self._people == "moderates" else {}))
            self._people = "takes_part"


def _column(head: str) -> str:
    """What the column below a head holds; empty where it is no head that we know."""
    return next((name for name, words in _WORDS["columns"].items() if fold(head).strip(" :") in words), "")


def _row(cells: dict[str, str]) -> Iterator[str]:
    """The cells of a row as lines of a programme."""
    if cells.get("date"):
        yield cells["date"]
    title, number = cells.get("title", ""), cells.get("mesa", "")
    if number or title:
        told = _HEADING.match(fold(number or title)) or _PAUSE.match(fold(title))
        yield f"{number}. {title}" if told and number else title if told else f"Mesa {number}: {title}"
    for name, label in (("moderates", "Modera"), ("takes_part", "Participan"), ("venue", "Sede")):
        if cells.get(name):
            yield f"{label}: {cells[name]}"
