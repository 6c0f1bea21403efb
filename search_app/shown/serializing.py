"""Writing CSV (safe for spreadsheets), JSON and XML."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec

from indexer.errors import QueryRejected
from search_app.shown.formatting import listed

EXCEL = "\ufeff"
"""Before a table for Excel: without this mark it reads UTF-8 as Windows-1252, and every accent is lost."""
SEPARATORS = {"coma": ",", "punto-y-coma": ";", "tabulador": "\t"}
"""What may stand between two cells of CSV, by the value of ``sep``."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_FORMULA_WITHIN = re.compile(f'([,;|][\\s"]*)(?=[{re.escape("".join(_FORMULA))}])')
"""Where a program that takes another separator than ours sees a cell begin, with a formula in it."""
_BLANK = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def separator(named: str) -> str:
    """The separator that an address or an option names; a comma where it names none.

    Raises:
        QueryRejected: There is no such separator.
    """
    name = "-".join(named.split()) or "coma"
    if name not in SEPARATORS:
        raise QueryRejected(f"«sep» no puede ser «{named[:40]}»: escriba sep={listed(SEPARATORS, 'o')}")
    return SEPARATORS[name]


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], separator: str = ",") -> str:
    """Rows of CSV under their header."""
    header = dict(zip(columns, columns, strict=True))
    return "".join(to_rows(columns, chain([header], rows), separator))


def to_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], separator: str = ",") -> Iterator[str]:
    """Yield each row of CSV (RFC 4180), every cell quoted and on one line. Every table of the site is written with it.

    Whatever separator a spreadsheet takes them apart by, it runs none of it: what it would take for a formula gets an
    apostrophe in front.
    """
    between = f'"{separator}"'  # by hand: the standard library writes letter by letter
    for row in rows:
        cells = between.join([_cell(row[name]).replace('"', '""') for name in columns])
        yield f'"{cells}"\r\n'


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "si" if value else "no"
    if not isinstance(value, (str, list)):
        return str(value)
    text = " ".join(value) if isinstance(value, list) else value
    if not text.isprintable():
        text = _BLANK.sub(" ", text)
    if not any(map(text.__contains__, _FORMULA)):
        return text
    # Some programs trim a cell before they look at it.
    return ("'" if text.lstrip().startswith(_FORMULA) else "") + _FORMULA_WITHIN.sub(r"\1'", text)


def to_json(data: Any, *, indent: int | None = None) -> str:
    """JSON with its accents as letters."""
    line = json.dumps(data, ensure_ascii=False, allow_nan=False)
    # The encoder of the standard library that indents is written in Python, and takes five times as long.
    return line if indent is None else msgspec.json.format(line, indent=indent)


def lawful(text: str, instead: str = "") -> str:
    """The text without the control characters that no XML document may hold, not even escaped."""
    return _NO_XML.sub(instead, text)


def put(parent: Element, tag: str, text: str | None = None, attributes: Mapping[str, str] | None = None) -> Element:
    """A child with its text and attributes."""
    child = SubElement(parent, tag, {name: lawful(value) for name, value in (attributes or {}).items()})
    if text is not None:
        child.text = lawful(text)
    return child


def document(root: Element) -> bytes:
    """The whole document, with its declaration."""
    body: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
