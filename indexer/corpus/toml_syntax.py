"""TOML files as staff save them: encodings of Windows, and syntax errors said in Spanish with their line."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from indexer.corpus.folders import unreadable
from indexer.errors import Problem, ReadError
from indexer.word_lists import beside

LIMIT_BYTES = 5_000_000

_SAVE_AS_UTF8 = "ábralo en el Bloc de notas y guárdelo con «Guardar como», codificación UTF-8"
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")
_DATE_KEY = re.compile(r"\s*(?:fecha|inicio|fin)\s*=(?!\s*[\"'“”„«»])")
_BARE_KEY = re.compile(r"\s*([\w-]{1,40})\s*=")
_BAD_KEY = ("Expected '=' after a key", "Invalid statement", "Invalid initial character")
_ACCENTS = ("\u0301", "\u0308")
_TYPOGRAPHIC = re.compile("[“”„«»]")

_QUOTES = 'escriba los textos entre comillas rectas: titulo = "Mesa 5"'
_MESSAGES: list[tuple[str, str, str]] = beside(__file__)["messages"]


class TomlFault(ReadError):
    """A TOML file that cannot be parsed; ``line`` counts from 1, None when it is not known."""

    def __init__(self, fault: str, cure: str, line: int | None = None) -> None:
        super().__init__(fault, cure)
        self.line = line

    def problem(self, path: str) -> Problem:
        """The fault, bound to ``path:line``."""
        return super().problem(path if self.line is None else f"{path}:{self.line}")


def plain_text(path: Path) -> str:
    """A small file of ours (TOML, TSV) as text, without its BOM. Raises ``ReadError``: too large, or no UTF-8."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LIMIT_BYTES else None
    except OSError as error:
        raise ReadError(*unreadable(error)) from error
    if data is None:
        raise ReadError("mide más de 5 MB", "revise que sea el archivo correcto: estos archivos son pequeños")
    return decoded(data)


def decoded(data: bytes) -> str:
    """What ``plain_text`` makes of the bytes of a file."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError("está guardado en UTF-16, no en UTF-8", _SAVE_AS_UTF8)
    if b"\0" in data:
        raise ReadError("contiene caracteres nulos: no es texto en UTF-8", _SAVE_AS_UTF8)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlFault("los acentos no están guardados en UTF-8", _SAVE_AS_UTF8, line) from error


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML. Raises ``TomlFault``: what is wrong, in Spanish, with the line."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise TomlFault("tiene demasiados corchetes anidados", "escriba cada lista en un solo nivel") from error
    except ValueError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else None
        if place and line is None:
            line = text.rstrip().count("\n") + 1
        fault, cure = _in_spanish(message[: place.start()] if place else message)
        lines = text.split("\n")
        if line and line <= len(lines):
            fault, cure = _of_line(unicodedata.normalize("NFC", lines[line - 1]), message) or (fault, cure)
        if line and line <= len(lines) and _TYPOGRAPHIC.search(lines[line - 1]) and '"' not in lines[line - 1]:
            fault, cure = "tiene comillas tipográficas (“ ”)", _QUOTES
        raise TomlFault(fault, cure, line) from error


def _of_line(line: str, message: str) -> tuple[str, str] | None:
    """What people mistype most, which the parser's message does not name: dates and keys with an accent."""
    if _DATE_KEY.match(line):
        fault = "la fecha no existe" if message.startswith("Invalid date") else "no se entiende la fecha"
        return fault, "escríbala AAAA-MM-DD, sin comillas, por ejemplo 2026-10-14"
    key = _BARE_KEY.match(line)
    if key is None or not message.startswith(_BAD_KEY):
        return None
    plain = "".join(letter for letter in unicodedata.normalize("NFD", key[1]) if letter not in _ACCENTS)
    if plain == key[1] or not plain.isascii():
        return None
    return f"la clave «{key[1]}» lleva acento", f"escríbala sin acento: {plain}"


def _in_spanish(message: str) -> tuple[str, str]:
    for start, fault, cure in _MESSAGES:
        if message.startswith(start):
            return fault, cure
    return f"no es TOML válido ({message})", "escriba cada línea así: clave = valor"
