"""Editing TOML that people wrote: keys and lists are changed, comments and order are kept."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from indexer.corpus.page_folders import Writer, toml_place
from indexer.corpus.people_file import PEOPLE_FILE, read_people
from indexer.corpus.toml_rows import Row, are_rows, filled, same, with_rows
from indexer.corpus.toml_syntax import decoded, parse_toml
from indexer.errors import CorpusError, ReadError, refuse
from indexer.language.spanish import fold
from indexer.model import PageId
from indexer.readers.decode import text_of

_TABLE = re.compile(r"[ \t]*(?:#[# \t]*)?\[")


def one_line(text: str) -> str:
    """Text as a value of one line: NFC, white space folded, no control characters."""
    decoded = text.encode("utf-8", "replace").decode("utf-8")
    folded = " ".join(unicodedata.normalize("NFC", decoded).split())
    return "".join(letter for letter in folded if unicodedata.category(letter) not in ("Cc", "Cs"))


def quoted(text: str) -> str:
    """A text without control characters as a basic string of TOML (whose escapes are those of JSON)."""
    return json.dumps(text, ensure_ascii=False)


def with_keys(text: str, values: Mapping[str, Any]) -> str:
    """A TOML document with these keys set at its top, everything else (comments, order) as it was.

    Args:
        values: By key; None or an empty list takes the key away, a list of mappings is a list of tables.

    Raises:
        ReadError: The document cannot be parsed, or cannot be changed without changing something else.
    """
    before = parse_toml(text)
    wanted = {key: [*map(filled, one)] if are_rows(one) else one for key, one in filled(values).items()}
    changes = {key: wanted.get(key) for key in values if not same(before.get(key), wanted.get(key))}
    rows = {key: value or [] for key, value in changes.items() if are_rows(value) or are_rows(before.get(key))}
    try:
        new = {key: value for key, value in changes.items() if key not in before and key not in rows}
        document = tomlkit.parse(_above_tables(text, new) if new else text)
        for key, value in changes.items():
            if key not in rows:
                _set(document, key, value)
        changed = tomlkit.dumps(document)
        for key, tables in rows.items():
            changed = with_rows(changed, key, tables, with_keys)
        good = same(parse_toml(changed), {key: one for key, one in before.items() if key not in values} | wanted)
    except (TOMLKitError, ReadError, ValueError):
        good = False
    if not good:
        raise ReadError("no se pudo cambiar sin riesgo", "cambie esas claves a mano en el archivo")
    return changed


def page_keys(to: Writer, root: Path, page: PageId, values: Mapping[str, Any]) -> tuple[Path, bytes]:
    """The TOML of a page with these keys set, and where it is or will be; refused where that is a risk."""
    path = toml_place(root.joinpath(*filter(None, page)), page)
    try:
        return path, with_keys(decoded(to.read(path) or b""), values).encode()
    except ReadError as error:
        raise CorpusError(f"{error.problem(f'{page}/{path.name}')}. No se cambió nada") from error


def _set(document: tomlkit.TOMLDocument, key: str, value: Any) -> None:
    """Set a key that is no list of tables. Of a list what stays keeps its place and its comments."""
    old = document.pop(key, None) if value is None else document.get(key)
    if value is None or same(tomlkit.item(old).unwrap() if old is not None else None, value):
        return
    if isinstance(old, Array) and isinstance(value, list):
        for place in reversed([place for place, one in enumerate(old.unwrap()) if one not in value]):
            del old[place]
        if same(old.unwrap(), value[: len(old)]):
            old.extend(value[len(old) :])
            return
    document[key] = value


def _above_tables(text: str, values: Mapping[str, Any]) -> str:
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
    added = [f"{key} = {tomlkit.item(value).as_string()}{end}" for key, value in values.items()]
    changed = "".join([*lines[:at], *added, *lines[at:]])
    try:
        good = same(parse_toml(changed), parse_toml(text) | dict(values))
    except ReadError:  # a line inside a list or a long text that looks like a table
        good = False
    return changed if good else text


def with_variants(text: str, key: str, forms: Sequence[str], name: str) -> str:
    """A document in which these forms are called ``name``.

    Whoever had a form as a variant loses it; in ``personas`` whoever had it as the name is the same person from now
    on. Comments and order stay.

    Args:
        key: The list: ``personas`` or ``participantes``.
        forms: What is to be called otherwise.
        name: How it is called; the person is added where the list has none of that name.

    Raises:
        CorpusError: The document cannot be changed without risk.
    """
    merge, wanted = key == "personas", {fold(form) for form in forms}
    found, people = list(forms), []
    for entry in _rows_of(text, key, "cada persona"):
        if merge and fold(str(entry.get("nombre", ""))) in wanted:
            found += _variants(entry)
            continue
        if any(fold(form) in wanted for form in _variants(entry)):
            entry["variantes"] = [form for form in _variants(entry) if fold(form) not in wanted]
        people.append(entry)
    target = next((one for one in people if _is(one.get("nombre"), name)), None)
    if target is None:
        people.append(target := {"nombre": name})
    # Of a mesa a name is among its own forms where staff confirmed that its transcript calls the person so.
    told = [form for form in found if not merge or not _is(form, name)]
    target["variantes"] = list(dict.fromkeys([*_variants(target), *told]))
    changed = _with_list(text, key, people)
    problems = read_people(parse_toml(changed), "")[1] if merge else []
    if faults := [problem for problem in problems if problem.severity == "error"]:
        raise refuse(faults[0].fault, faults[0].cure)
    return changed


def call_otherwise(to: Writer, path: Path, forms: Sequence[str], name: str) -> None:
    """Have these forms be called ``name`` in ``personas.toml``, or among the participants of a mesa."""
    if forms:
        key = "personas" if path.name == PEOPLE_FILE else "participantes"
        to.write(path, with_variants(text_of(to.read(path)), key, forms, name).encode())


def with_distinct(text: str, names: Sequence[str]) -> str:
    """A document that says of these names that they are of different people; refused where that is a risk."""
    listed = _rows_of(text, "distintas", "cada una")
    return _with_list(text, "distintas", [*listed, {"nombres": list(names)}])


def _rows_of(text: str, key: str, each: str) -> list[dict[str, Any]]:
    """The tables of a list; none where there is no list."""
    try:
        rows = parse_toml(text).get(key, [])
        if rows and not are_rows(rows):
            raise ReadError(f"«{key}» no es una lista de tablas", f"escriba {each} en una tabla [[{key}]]")
    except ReadError as error:
        raise _risky(key, error) from error
    return [dict(row) for row in rows]


def _with_list(text: str, key: str, rows: Sequence[Row]) -> str:
    try:
        return with_keys(text, {key: rows})
    except ReadError as error:
        raise _risky(key, error) from error


def _risky(key: str, error: ReadError) -> CorpusError:
    return refuse(f"La lista «{key}» no se puede cambiar sin riesgo ({error})", "cámbiela con un editor")


def _variants(entry: Row) -> list[str]:
    listed = entry.get("variantes", ())
    return [str(form) for form in listed] if isinstance(listed, list) else []


def _is(value: Any, name: str) -> bool:
    return isinstance(value, str) and fold(value) == fold(name)
