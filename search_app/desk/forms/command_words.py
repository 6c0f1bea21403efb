"""What a job would do, command by command, for who is to publish it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.word_lists import beside
from search_app.desk.jobs.job import CommandCall, Job

_WORDS: dict[str, dict[str, str]] = beside(__file__)
_MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class CommandWords:
    """One command in words.

    Attributes:
        does: What it does, with what.
        said: What it is told, by name.
        columns, rows: What it is given in lists: a table.
        left_out: Rows beyond those.
    """

    does: str
    said: tuple[tuple[str, str], ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    left_out: int = 0


def command_words(job: Job) -> tuple[CommandWords, ...]:
    """Each command of a job."""
    return tuple(map(_in_words, job.calls))


def _in_words(call: CommandCall) -> CommandWords:
    given = call.given if isinstance(call.given, dict) else {}
    said = [(_called(name), "sí" if value is True else str(value)) for name, value in call.options.items() if value]
    said += [(_called(name), _plain(value)) for name, value in given.items() if not _is_table(value)]
    found = [row for value in given.values() if _is_table(value) for row in value]
    keys = tuple(dict.fromkeys(key for row in found for key in row))
    rows = tuple(tuple(_plain(row.get(key)) for key in keys) for row in found[:_MOST_ROWS])
    does = " ".join((_WORDS["does"].get(call.command, call.command), *call.words))
    told = tuple((name, value) for name, value in said if name and value)
    return CommandWords(does, told, tuple(map(_called, keys)), rows, max(0, len(found) - _MOST_ROWS))


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _called(name: str) -> str:
    return _WORDS["called"].get(name, name.replace("_", " ").replace("-", " "))


def _plain(value: Any) -> str:
    return "; ".join(_leaves(value))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield f"{_called(str(name))}: {_plain(each)}"
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)
    elif value is not None:
        yield {True: "sí", False: "no"}[value] if isinstance(value, bool) else str(value)
