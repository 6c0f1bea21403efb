"""The ``[[tables]]`` of ``vocabulario.toml`` and ``entidades.toml``, which have ids: each is read once, by its id."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from indexer.corpus.toml_syntax import TomlFault, parse_toml
from indexer.corpus.toml_validation import CheckedTable
from indexer.errors import Problem
from indexer.language.spanish import slug
from indexer.model.vocabulary import Entity, Topic

Named = TypeVar("Named", Topic, Entity)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def identified(row: CheckedTable, kind: str, name: str | None) -> str | None:
    """The id of an element, which its messages are called by from now on; None, with a fault, where it has none.

    Args:
        row: The element.
        kind: What it is (``tema``).
        name: What it names: it stands in messages where the id is missing, and suggests one.
    """
    given = row.text("id", slug(name or "") or "nombre-corto", required=True)
    row.label = f"{kind} «{given or name}»" if given or name else row.label
    if given is None or _ID.fullmatch(given):
        return given
    fault = "el id no es solo minúsculas sin acento, cifras y guiones"
    row.error(fault, f'escriba id = "{slug(given)}"', key="id")
    return None


def by_id(
    text: str, path: str, name: str, keys: Sequence[str], read: Callable[[CheckedTable], Named | None], cure: str
) -> tuple[dict[str, Named], dict[str, CheckedTable], list[Problem]]:
    """What the ``[[tables]]`` of a file hold, and the table of each, by id; of two with one id the first counts.

    Args:
        text: The file; a byte order mark is accepted.
        path: As staff know it, relative to the corpus.
        name: Of the tables.
        keys: Those that each may have.
        read: It makes of a table what it holds; None where that cannot be used.
        cure: What to do with a repeated id.
    """
    found: dict[str, Named] = {}
    rows: dict[str, CheckedTable] = {}
    text = text.removeprefix("\ufeff")
    try:
        table = CheckedTable(path, parse_toml(text), ("version", name), text=text)
    except TomlFault as error:
        return found, rows, [error.problem(path)]
    for row in table.tables(name, keys):
        one = read(row)
        if one is not None and one.id in found:
            row.error("el id está repetido", cure, key="id")
        elif one is not None:
            found[one.id], rows[one.id] = one, row
    return found, rows, table.problems
