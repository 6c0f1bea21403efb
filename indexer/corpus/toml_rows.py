"""Lists of tables (``[[participantes]]``) in TOML that people wrote: rows are changed, comments and order are kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from pprint import pformat
from typing import Any

import tomlkit
from tomlkit.items import AoT

from indexer.corpus.toml_syntax import parse_toml

Row = Mapping[str, Any]


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one type (1 is not true), whatever the order of their keys."""
    return pformat(one) == pformat(other)


def filled(values: Row) -> dict[str, Any]:
    """Values without the keys that are to be taken away: None, or an empty list."""
    return {key: value for key, value in values.items() if value is not None and value != []}


def are_rows(value: Any) -> bool:
    """Whether a value is a list of tables."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def with_rows(text: str, key: str, rows: Sequence[Row], change: Callable[[str, Row], str]) -> str:
    """A document with these ``[[key]]``: a row that stays keeps its bytes, one that changes its comments.

    A row of now is the one of before that is equal, else the one of the same first value, else the one at its place.

    Args:
        rows: Its tables from now on.
        change: Gives the body of a table other values; None takes a key away.
    """
    document = tomlkit.parse(text)
    if not isinstance(document.get(key, tomlkit.aot()), AoT):  # key = [{…}, {…}]
        del document[key]
        if rows:
            document[key] = [*map(dict, rows)]
        return tomlkit.dumps(document)
    end = "\r\n" if "\r\n" in text else "\n"
    top, blocks = _blocks(text)
    header = re.compile(rf"[ \t]*\[\[[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*\]\]")
    own = [place for place, (head, _) in enumerate(blocks) if header.match(head.splitlines()[-1])]
    others = ["".join(block) for place, block in enumerate(blocks) if place not in own]
    before = [parse_toml(blocks[place][1]) for place in own]
    at = own[0] if own else len(others)
    stays = _counterparts(rows, before)
    gone = (blocks[place][0] for was, place in enumerate(own) if was not in stays)
    left = (line for head in gone for line in head.splitlines(keepends=True)[:-1])  # the comments above it
    changed = "".join([top, *others[:at], *left])
    for row, was in zip(rows, stays, strict=True):
        if was is None:
            gap = "" if not changed or changed.endswith(end * 2) else end if changed.endswith("\n") else end * 2
            changed += gap + end.join([f"[[{key}]]", *change("", row).splitlines(), "", ""])
            continue
        head, body = blocks[own[was]]
        if not same(dict(row), before[was]):
            kept = body.rstrip()
            body = change(kept + end, dict.fromkeys(before[was]) | dict(row)).rstrip() + (body[len(kept) :] or end)
        changed += head + body
    rest = "".join(others[at:])
    return changed + rest if rest else changed.rstrip("\r\n") + end


def _blocks(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What is above the first table, and each table: its header with the comments right above it, and what follows."""
    lines = text.splitlines(keepends=True)
    heads, starts = [], [place for place, line in enumerate(lines) if line.lstrip(" \t").startswith("[")]
    for head in starts:
        while head and lines[head - 1].startswith("#"):
            head -= 1
        heads.append(head)
    parts = zip(heads, starts, [*heads, len(lines)][1:], strict=True)
    blocks = [("".join(lines[head : start + 1]), "".join(lines[start + 1 : end])) for head, start, end in parts]
    return "".join(lines[: heads[0] if heads else None]), blocks


def _counterparts(rows: Sequence[Row], before: Sequence[Row]) -> list[int | None]:
    """Of each row, the place of the one that it was; None for a new one."""
    found: dict[int, int] = {}
    key = next(iter(rows[0]), "") if rows else ""
    for mark in (lambda row: pformat(dict(row)), lambda row: pformat(row.get(key)), None):
        taken, free = set(found.values()), dict[object, list[int]]()
        for then, was in enumerate(before):
            if then not in taken:
                free.setdefault(mark(was) if mark else then, []).append(then)
        for now, row in enumerate(rows):
            if now not in found and (places := free.get(mark(row) if mark else now)):
                found[now] = places.pop(0)
    return [found.get(now) for now in range(len(rows))]
