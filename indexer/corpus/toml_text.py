"""Writing TOML beside what people wrote: values as text, keys set with the comments kept."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

import tomlkit
from tomlkit.exceptions import TOMLKitError

from indexer.corpus.toml_syntax import parse_toml
from indexer.errors import ReadError

_TABLE = re.compile(r"[ \t]*(?:#[# \t]*)?\[")


def one_line(text: str) -> str:
    """Text as a value of one line: NFC, white space folded, no control characters."""
    decoded = text.encode("utf-8", "replace").decode("utf-8")
    folded = " ".join(unicodedata.normalize("NFC", decoded).split())
    return "".join(letter for letter in folded if unicodedata.category(letter) not in ("Cc", "Cs"))


def quoted(text: str) -> str:
    """A text without control characters as a basic string of TOML (whose escapes are those of JSON)."""
    return json.dumps(text, ensure_ascii=False)


def with_keys(text: str, values: Mapping[str, str]) -> str:
    """A TOML document with these keys set at its top, everything else (comments, order) as it was.

    Raises:
        ReadError: The document cannot be parsed, or cannot be changed without changing something else.
    """
    before = parse_toml(text)
    try:
        new = {key: value for key, value in values.items() if key not in before}
        document = tomlkit.parse(_above_tables(text, new) if new else text)
        for key, value in values.items():
            if document.get(key) != value:
                document[key] = value
        changed = tomlkit.dumps(document)
    except (TOMLKitError, ValueError) as error:
        raise ReadError("no se pudo cambiar sin riesgo", "agregue esas claves a mano, arriba en el archivo") from error
    if parse_toml(changed) != before | dict(values):
        raise ReadError("no se pudo cambiar sin riesgo", "agregue esas claves a mano, arriba en el archivo")
    return changed


def _above_tables(text: str, values: Mapping[str, str]) -> str:
    """New keys above the first table and the comments on it; the text as it was when they cannot stand there.

    A table that is still a comment counts: once somebody opens it, keys below it would be its own.
    """
    lines = text.splitlines(keepends=True)
    at = next((place for place, line in enumerate(lines) if _TABLE.match(line)), None)
    if at is None:
        return text
    while at and lines[at - 1].startswith("#"):
        at -= 1
    while at and not lines[at - 1].strip():
        at -= 1
    end = "\r\n" if "\r\n" in text else "\n"
    added = [f"{key} = {quoted(value)}{end}" for key, value in values.items()]
    changed = "".join([*lines[:at], *added, *lines[at:]])
    try:
        good = parse_toml(changed) == parse_toml(text) | dict(values)
    except ReadError:  # a line inside a list or a long text that looks like a table
        good = False
    return changed if good else text
