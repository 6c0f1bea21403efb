"""People in TOML (``[[personas]]``, ``[[participantes]]``) with one more form of a name; the rest as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from indexer.corpus.extras import read_people
from indexer.corpus.place import refuse
from indexer.corpus.toml_syntax import parse_toml
from indexer.errors import ReadError
from indexer.language.spanish import fold


def with_variants(text: str, key: str, forms: Sequence[str], name: str) -> str:
    """A document in which these forms are called ``name``.

    Whoever had a form as a variant loses it; in ``personas`` whoever had it as the name is the same person from now
    on. Comments and order stay.

    Args:
        text: The document.
        key: The list: ``personas`` or ``participantes``.
        forms: What is to be called otherwise.
        name: How it is called; the person is added where the list has none of that name.

    Raises:
        CorpusError: The document cannot be changed without risk.
    """
    try:
        document = tomlkit.parse(text)
        people = _list_of(document, key, "cada persona")
        variants = _taken_from(people, forms, merge=key == "personas")
        target = next((one for one in people if _is(one.get("nombre"), name)), None)
        if target is None:
            target = tomlkit.table()
            target["nombre"] = name
            people.append(target)
        known = _variants(target)
        # Of a mesa a name is among its own forms where staff confirmed that its transcript calls the person so.
        told = [form for form in variants if key == "participantes" or not _is(form, name)]
        target["variantes"] = list(dict.fromkeys([*known, *told]))
        changed = tomlkit.dumps(document)
        problems = read_people(parse_toml(changed), "")[1] if key == "personas" else []
    except (TOMLKitError, ReadError, ValueError) as error:
        raise refuse(f"La lista «{key}» no se puede cambiar sin riesgo ({error})", "cámbiela con un editor") from error
    if faults := [problem for problem in problems if problem.severity == "error"]:
        raise refuse(faults[0].fault, faults[0].cure)
    return changed


def with_distinct(text: str, names: Sequence[str]) -> str:
    """A document that says of these names that they are of different people; the rest as it was.

    Raises:
        CorpusError: The document cannot be changed without risk.
    """
    try:
        document = tomlkit.parse(text)
        entry = tomlkit.table()
        entry["nombres"] = list(names)
        _list_of(document, "distintas", "cada una").append(entry)
        changed = tomlkit.dumps(document)
        parse_toml(changed)
    except (TOMLKitError, ReadError, ValueError) as error:
        fault = f"La lista «distintas» no se puede cambiar sin riesgo ({error})"
        raise refuse(fault, "cámbiela con un editor") from error
    return changed


def _list_of(document: tomlkit.TOMLDocument, key: str, each: str) -> AoT:
    """A list of tables of the document, made where it has none."""
    if key not in document:
        document[key] = tomlkit.aot()
    found = document[key]
    if not isinstance(found, AoT):
        raise ReadError(f"«{key}» no es una lista de tablas", f"escriba {each} en una tabla [[{key}]]")
    return found


def _taken_from(people: AoT, forms: Sequence[str], *, merge: bool) -> list[str]:
    """Take the forms away from whoever has them; all that is to be given to the one."""
    wanted = {fold(form) for form in forms}
    found = list(forms)
    for place in reversed(range(len(people))):
        entry: Table = people[place]
        variants = _variants(entry)
        if merge and fold(str(entry.get("nombre", ""))) in wanted:
            found += variants
            del people[place]
        elif any(fold(form) in wanted for form in variants):
            entry["variantes"] = [form for form in variants if fold(form) not in wanted]
    return found


def _variants(entry: Table) -> list[str]:
    listed = entry.get("variantes", ())
    return [str(form) for form in listed] if isinstance(listed, list) else []


def _is(value: Any, name: str) -> bool:
    return isinstance(value, str) and fold(value) == fold(name)
