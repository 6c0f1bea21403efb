"""Validates TOML tables: returns checked values, and gathers every fault with the expected type and an example."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from indexer.corpus.folders import printable
from indexer.errors import Problem, Severity
from indexer.language.spanish import fold
from indexer.language.spanish_dates import day_of
from indexer.language.typed_values import is_web_address
from indexer.readers.times import parse_time

Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_VIDEO_S = 10_000_000
MOST_UNKNOWN = 20
"""Unknown keys of one table that are told one by one."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = re.compile(r"[ \t]*[\w-]+[ \t]*=")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class CheckedTable:
    """One TOML table.

    Attributes:
        path: Of its file, relative to the corpus.
        problems: Found so far, in the whole file.

    Args:
        values: As ``tomllib`` parsed it.
        keys: Every key that it may have.
        label: How the table is called in messages (``[[hechos]] 2``); empty for the file itself.
        outer: The table that holds it.
        text: The file, where faults of its elements are to be told with their line.
        line: Of the header of an element, from 1.
    """

    def __init__(
        self,
        path: str,
        values: Mapping[str, Any],
        keys: Sequence[str],
        label: str = "",
        outer: "CheckedTable | None" = None,
        text: str = "",
        line: int | None = None,
    ) -> None:
        self.path = path
        self.label = label
        self.problems: list[Problem] = outer.problems if outer else []
        self._values = values
        self._keys = keys
        self._text = text
        self._line = line
        unknown = [key for key in values if key not in keys]
        for key in unknown[:MOST_UNKNOWN]:
            self._unknown(key, outer)
        if len(unknown) > MOST_UNKNOWN:
            self.error(f"hay {len(unknown) - MOST_UNKNOWN} claves más que no existen", "revise si es el archivo debido")

    def error(self, fault: str, cure: str, *, key: str = "", value: str | None = None) -> None:
        """Note an error of this table: at the line of the value, else of the key, else of the header."""
        self._note("error", fault, cure, key, value)

    def warning(self, fault: str, cure: str, *, key: str = "", value: str | None = None) -> None:
        """Note a warning of this table."""
        self._note("aviso", fault, cure, key, value)

    def _note(self, severity: Severity, fault: str, cure: str, key: str, value: str | None) -> None:
        fault = f"{self.label}: {fault}" if self.label else fault
        self.problems.append(Problem(self._place(key, value), fault, cure, severity))

    def _place(self, key: str, value: str | None) -> str:
        """The file, and the line where that is known."""
        if self._line is None:
            return self.path
        below = self._text.split("\n")[self._line :]
        end = next((at for at, line in enumerate(below) if line.lstrip().startswith("[[")), len(below))
        opens = re.compile(rf"[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=")
        first = next((at for at, line in enumerate(below[:end]) if key and opens.match(line)), None)
        if first is None:
            return f"{self.path}:{self._line}"
        last = next((at for at in range(first + 1, end) if _KEY.match(below[at])), end)
        written = (f'"{value}"', f"'{value}'")
        named = (at for at in range(first, last) if any(one in " ".join(below[at].split()) for one in written))
        return f"{self.path}:{self._line + 1 + next(named, first)}"

    def text(self, key: str, example: str, *, required: bool = False) -> str | None:
        """One line of text, NFC, white space folded; empty counts as absent."""
        value = self._values.get(key)
        clean = _clean(value) if isinstance(value, str) else ""
        if value is None or (isinstance(value, str) and not clean):
            if required:
                fault = f"falta «{key}»" if value is None else f"«{key}» está vacío"
                self.error(fault, f"escriba {key} = {_quoted(example)}", key=key)
            return None
        if not isinstance(value, str):
            self._wrong(key, value, "un texto entre comillas", _quoted(example))
            return None
        if not clean.isprintable() and any(
            unicodedata.category(letter) in ("Cc", "Cs") or letter in _DIRECTION for letter in clean
        ):
            cure = f"bórrelos y escriba {key} de nuevo"
            self.error(f"«{key}» tiene caracteres de control invisibles", cure, key=key)
            return None
        return clean

    def date(self, key: str, example: str = "2025-12-04", *, required: bool = False) -> dt.date | None:
        """A date, bare or as text ``AAAA-MM-DD``."""
        value = self._values.get(key)
        if value is None or value == "":
            if required:
                self.error(f"falta «{key}»", f"escriba {key} = {example}")
            return None
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        if isinstance(value, str) and _ISO_DATE.fullmatch(value.strip()):
            try:
                return dt.date.fromisoformat(value.strip())
            except ValueError:
                self.error(f"«{key}» es {shown(value)}, un día que no existe", f"escriba {key} = {example}")
                return None
        self._wrong(key, value, "una fecha AAAA-MM-DD sin comillas", _suggested_date(value) or example)
        return None

    def flag(self, key: str) -> bool:
        """``true`` or ``false``; false when absent."""
        return bool(self._valid(key, lambda value: isinstance(value, bool), "true o false, sin comillas", "true"))

    def integer(self, key: str, example: int) -> int | None:
        """A whole number from 0 to 9999."""
        value = self._values.get(key)
        bare = value.strip() if isinstance(value, str) else ""
        better = bare if bare.isascii() and bare.isdigit() and len(bare) < 5 else str(example)
        number: int | None = self._valid(key, lambda v: type(v) is int, "un número entero sin comillas", better)
        if number is None or 0 <= number <= 9999:
            return number
        self._wrong(key, number, "un número entre 0 y 9999", str(example))
        return None

    def seconds(self, key: str, example: str = "754.5") -> float | None:
        """Seconds, zero or more."""
        value = self._values.get(key)
        clock = parse_time(value) if isinstance(value, str) else None
        better = example if clock is None else f"{clock:g}"
        number = self._valid(key, lambda v: type(v) in (int, float), "un número de segundos sin comillas", better)
        if number is None or 0 <= number <= LONGEST_VIDEO_S:
            return None if number is None else float(number)
        self._wrong(key, number, "un número de segundos, 0 o más", example)
        return None

    def choice(self, key: str, values: type[Choice], *, required: bool = False) -> Choice | None:
        """One of a closed list of words."""
        value = self._values.get(key)
        words = [str(word) for word in values]
        listed = ", ".join(words[:-1]) + " o " + words[-1] if len(words) > 1 else words[0]
        if value is None or value == "":
            if required:
                self.error(f"falta «{key}»", f"escriba {key} = {_quoted(words[0])} (puede ser {listed})")
            return None
        if isinstance(value, str) and (word := value.strip()) in words:
            return values(word)
        near = _nearest(value, words) if isinstance(value, str) else None
        cure = f"escriba {key} = {_quoted(near or words[0])}"
        self.error(f"«{key}» es {shown(value)} y debe ser {listed}", cure)
        return None

    def address(self, key: str, example: str, *, required: bool = False) -> str | None:
        """An http(s) address."""
        value = self.text(key, example, required=required)
        if value is None or is_web_address(value):
            return value
        self._wrong(key, value, "una dirección http:// o https:// completa", _quoted(example))
        return None

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """A list of texts, empty ones and repetitions left out."""
        value = self._valid(key, lambda v: _all(v, lambda item: isinstance(item, str)), "una lista de textos", example)
        return tuple(dict.fromkeys(clean for item in value or () if (clean := _clean(item))))

    def integers(self, key: str, example: str) -> tuple[int, ...]:
        """A list of whole numbers, zero or more."""

        def fits(item: object) -> bool:
            return type(item) is int and 0 <= item < 2**31

        return tuple(self._valid(key, lambda v: _all(v, fits), "una lista de números enteros", example) or ())

    def _valid(self, key: str, fits: Callable[[Any], bool], expected: str, better: str) -> Any:
        """The value of a key; None when it is absent, or is of another type (an error)."""
        value = self._values.get(key)
        if value is None or fits(value):
            return value
        self._wrong(key, value, expected, better)
        return None

    def raw(self, key: str) -> Any:
        """The value as parsed, None when absent."""
        return self._values.get(key)

    def tables(self, key: str, keys: Sequence[str]) -> list["CheckedTable"]:
        """The elements of ``[[key]]``."""
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            hint = f"con dobles corchetes, [[{key}]]"
            self.error(f"«{key}» es {shown(value)} y debe ser una tabla por elemento", f"escriba cada uno {hint}")
            return []
        header = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(key)}[ \t]*\]\]", re.MULTILINE)
        starts = [self._text.count("\n", 0, match.start()) + 1 for match in header.finditer(self._text)]
        found = []
        for place, item in enumerate(value, 1):
            if isinstance(item, dict):
                line = starts[place - 1] if len(starts) == len(value) else None
                found.append(CheckedTable(self.path, item, keys, f"[[{key}]] {place}", self, self._text, line))
            else:
                cure = f"escriba [[{key}]] y debajo sus claves: {', '.join(keys)}"
                self.error(f"el elemento {place} de «{key}» es {shown(item)} y debe ser una tabla", cure)
        return found

    def _unknown(self, key: str, outer: "CheckedTable | None") -> None:
        shown_key = printable(key)[:60]
        if outer is not None and key in outer._keys:
            cure = f"póngala arriba, antes del primer [[…]] del archivo: lo que sigue a {self.label} es de ese elemento"
            self.error(f"la clave «{shown_key}» no va aquí", cure, key=key)
            return
        near = _nearest(key, self._keys)
        meant = f"¿quiso decir «{near}»?" if near else f"bórrela; las que hay son: {', '.join(self._keys)}"
        self.error(f"no existe la clave «{shown_key}»", meant, key=key)

    def _wrong(self, key: str, value: object, expected: str, better: str) -> None:
        self.error(f"«{key}» es {shown(value)} y debe ser {expected}", f"escriba {key} = {better}", key=key)


def shown(value: object) -> str:
    """A value as it stands in a message, never long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = printable(value)
        return _quoted(text if len(text) <= 60 else text[:59] + "…")
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else "un número enorme"
    if isinstance(value, list):
        return "una lista"
    if isinstance(value, dict):
        return "una tabla"
    return str(value)


def _all(value: object, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(map(fits, value))


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _quoted(text: str) -> str:
    return f'"{text}"'


def _nearest(word: str, known: Sequence[str]) -> str | None:
    folded = fold(word[:80]).strip().replace(" ", "_").replace("-", "_")
    return next(iter(difflib.get_close_matches(folded, known, 1, 0.7)), None)


def _suggested_date(value: object) -> str | None:
    """``4/12/2025`` or a date with a time, as the date to write."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    found = day_of(value) if isinstance(value, str) else None
    return None if found is None else found.isoformat()
