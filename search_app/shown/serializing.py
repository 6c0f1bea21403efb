"""Writing CSV (safe for spreadsheets), JSON and XML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTED = re.compile('[",\r\n]')
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """Rows of CSV under their header, lines ended by CRLF.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    return "".join([*to_rows(columns, [dict(zip(columns, columns, strict=True))]), *to_rows(columns, rows)])


def to_rows(columns: Sequence[str], rows: Iterable[dict[str, Any]], separator: str = ",") -> Iterator[str]:
    """Yield each row; between tabs nothing is quoted, and white space within a cell is a blank."""
    for row in rows:
        cells = [_cell(row[name]) for name in columns]
        cells = [" ".join(cell.split()) for cell in cells] if separator == "\t" else list(map(_quoted, cells))
        yield f"{separator.join(cells)}\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _cell(value: Any) -> str:
    if isinstance(value, str) and value[:1].isalnum():
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "si" if value else "no"
    if not isinstance(value, (str, list)):
        return str(value)
    text = " ".join(value) if isinstance(value, list) else value
    # Some programs trim a cell before they look at it.
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


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
