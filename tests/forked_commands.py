"""The desk's commands in children forked from a process that has imported everything: what they do is the same.

A child that imports the commands anew spends half of its time so, and the tests of the desk start hundreds. Tests of a
server in a process of its own, and those of the commands, start children as the program does.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import IO, Any

from indexer.cli import cli
from indexer.console import run
from search_app.desk.jobs import commands
from search_app.desk.jobs.commands import CommandFailed

_started = commands._finished
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload([f"indexer.cli.{home}" for home in sorted(set(cli.homes.values()))])


class _Inherited:
    """A file descriptor that the child gets."""

    def __init__(self, number: int) -> None:
        self._connection = Connection(os.dup(number))

    def number(self) -> int:
        return self._connection.fileno()


def finished(
    line: list[str], around: Mapping[str, str], command: str, given: Any, timeout_s: float, held: Sequence[int]
) -> tuple[int, str, str]:
    """As ``commands._finished``, to which it leaves what begins otherwise, cannot begin or has no time to."""
    if "PYTHONPATH" in around or "\0" in "".join(line) or timeout_s < 1:
        return _started(line, around, command, given, timeout_s, tuple(held))
    with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        if given is not None:
            read.write(json.dumps(given, ensure_ascii=False).encode("utf-8", "replace"))
            read.seek(0)
        streams = [_Inherited(stream.fileno()) for stream in (read, said, complained)]
        locks = [_Inherited(number) for number in held]
        child = _CONTEXT.Process(target=_run, args=(line[3:], dict(around), os.getcwd(), streams, locks))
        child.start()
        child.join(timeout_s)
        if child.exitcode is None:
            assert child.pid is not None
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.join()
            raise CommandFailed(
                f"La orden no terminó en {timeout_s:.0f} segundos y se detuvo. Vuelva a intentarlo.", {}
            )
        return child.exitcode or 0, _text(said), _text(complained)


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def _run(
    line: list[str], around: dict[str, str], place: str, streams: list[_Inherited], _locks: list[_Inherited]
) -> None:
    """In the child, which holds the locks as long as it lives: what ``python -m indexer`` would do."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream.number(), number)
    os.environ.clear()
    os.environ.update(around)
    os.chdir(place)
    sys.argv = ["indexer", *line]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    run(cli, "python -m indexer")
