"""Writing TOML beside what people wrote: values as text, keys set with the comments kept."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping

import tomlkit
from tomlkit.exceptions import TOMLKitError

from indexer.corpus.toml_syntax import parse_toml
from indexer.errors import ReadError


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
        document = tomlkit.parse(text)
        for key, value in values.items():
            document[key] = value
        changed = tomlkit.dumps(document)
    except (TOMLKitError, ValueError) as error:
        raise ReadError("no se pudo cambiar sin riesgo", "agregue esas claves a mano, arriba en el archivo") from error
    if parse_toml(changed) != before | dict(values):
        raise ReadError("no se pudo cambiar sin riesgo", "agregue esas claves a mano, arriba en el archivo")
    return changed
