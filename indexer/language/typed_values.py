"""Values of fields as a person types them, in a form or in a command, or as a program gives them in JSON."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import CorpusError
from indexer.language.folding import fold
from indexer.language.spanish_dates import day_of
from indexer.model.page_fields import Field, FieldType
from indexer.word_lists import beside

_EXPECTED: dict[str, str] = beside(__file__)
"""What to write instead, by the type of the field."""
LONGEST = 2_000
MOST_ROWS = 500
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Categories of characters that nobody sees."""
_LAST_S = 10_000_000
_SECONDS = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,8}(?:[.,]\d{1,9})?)")


def typed_value(field: Field, given: Any, where: str = "") -> Any:
    """The value that TOML is to have; None where nothing was typed, which takes the key away.

    Args:
        field: The field.
        given: A text, or what JSON has of it: a number, true, a list.
        where: Of a field of a row, which row ("Participantes, renglón 2"), for messages.

    Raises:
        CorpusError: It cannot be such a value; says what to write instead.
    """
    called = f"{where}: «{field.label}»" if where else f"«{field.label}»"
    if field.kind is FieldType.ROWS:
        return _rows(field, given)
    several = field.kind is FieldType.TEXTS and isinstance(given, list)
    if any(isinstance(one, dict | list) for one in (given if several else [given])):
        raise CorpusError(f"{called} no es un texto: mándelo como texto")
    if field.kind is FieldType.TEXTS:
        value: Any = _texts(given)
    else:
        text = typed_line("" if given is None or given is False else "si" if given is True else str(given))
        most = LONGEST * 10 if field.kind is FieldType.LINES else LONGEST
        if len(text) > most:
            raise CorpusError(f"{called} tiene {len(text):,} letras: escriba {most:,} como máximo")
        value = _READERS[field.kind](field, text) if text else None
        if text and value is None:
            expected = _EXPECTED[field.kind.name].format(choices=", ".join(field.choices or ()))
            raise CorpusError(f"{called} dice «{text[:60]}»: {expected}")
        value = value or (value if type(value) in (int, float) else None)  # no is said by leaving it out
    if field.required and value is None:
        example = field.example or next(iter(field.choices or ()), "")
        raise CorpusError(f"{called} está sin llenar: escriba algo, por ejemplo {example}")
    return value


def is_web_address(text: str) -> bool:
    """True for a complete http(s) address."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r'[\s<>"\\]', text)
    except ValueError:
        return False


def seconds_of(text: str) -> float | None:
    """Seconds of ``754``, ``754.5``, ``12:34`` or ``1:02:03``; None when it is none of them."""
    found = _SECONDS.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = int(found[1] or 0), int(found[2] or 0), float(found[3].replace(",", "."))
    if (found[2] and seconds >= 60) or (found[1] and minutes >= 60):
        return None
    total = round(hours * 3600 + minutes * 60 + seconds, 3)
    return None if total > _LAST_S else int(total) if total == int(total) else total


def _rows(field: Field, given: Any) -> list[dict[str, Any]]:
    """Rows without those in which nothing was typed."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given) or len(given) > MOST_ROWS:
        raise CorpusError(f"«{field.label}» debe ser una lista de renglones, de {MOST_ROWS} a lo más")
    found = []
    for number, row in enumerate(given, 1):
        if unknown := row.keys() - {column.key for column in field.fields}:
            listed = ", ".join(column.key for column in field.fields)
            raise CorpusError(f"«{field.label}» no lleva «{min(unknown)[:60]}»: puede llevar {listed}")
        if not any(row.values()):
            continue
        where = f"{field.label}, renglón {number}"
        values = {column.key: typed_value(column, row.get(column.key), where) for column in field.fields}
        found.append({key: value for key, value in values.items() if value is not None})
    return found


def _texts(given: Any) -> list[str] | None:
    parts: Iterable[Any] = given if isinstance(given, list) else re.split(r"[,;\n]", str(given or ""))
    return [*dict.fromkeys(text for one in parts if (text := typed_line(str(one))))] or None


def typed_line(text: str) -> str:
    """One line, composed, without what cannot be seen."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join("".join(letter for letter in composed if unicodedata.category(letter) not in UNSEEN).split())


def _choice(field: Field, text: str) -> str | None:
    """A word of the list, or its label."""
    known: Iterable[StrEnum] = field.choices or ()
    return next((str(one) for one in known if fold(text) in (fold(one), fold(getattr(one, "label", one)))), None)


_READERS: dict[FieldType, Callable[[Field, str], Any]] = {
    FieldType.TEXT: lambda _, text: text,
    FieldType.LINES: lambda _, text: text,
    FieldType.INTEGER: lambda _, text: int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None,
    FieldType.SECONDS: lambda _, text: seconds_of(text),
    FieldType.DATE: lambda _, text: day_of(text),
    FieldType.FLAG: lambda _, text: {"si": True, "true": True, "no": False, "false": False}.get(fold(text)),
    FieldType.CHOICE: _choice,
    FieldType.ADDRESS: lambda _, text: text if is_web_address(text) else None,
}
