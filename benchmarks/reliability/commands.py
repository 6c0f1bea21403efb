"""Commands of the project, run as processes, or in forks of the check, where all is imported."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from checks import COMMAND_S, PROJECT, PYTHON, scratch
from texts import event, mesa


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it used (its children too)."""

    code: int
    out: str
    err: str
    cpu_s: float = 0.0
    memory_mb: float = 0.0

    @property
    def clean(self) -> bool:
        """It ended as commands do: 0, 1 or 2, no trace; with 1, a sentence of the project's own."""
        said = self.out + self.err
        if "Traceback" in said or "Error inesperado" in said or self.code not in (0, 1, 2):
            return False
        return self.code == 0 or len(self.err.strip()) > 10

    @property
    def refused(self) -> bool:
        """It said in words why it did nothing."""
        return self.clean and self.code == 1

    @property
    def json(self) -> dict:
        """The answer of ``--json``."""
        return json.loads(self.out)


def _line(words: tuple[str, ...], corpus: Path | None, index: Path) -> list[str]:
    return [*words, *([f"--corpus={corpus}"] if corpus else []), f"--indice={index}"]


def command(
    *words: str,
    index: Path,
    corpus: Path | None = None,
    program: str = "indexer",
    given: str = "",
    before: tuple[str, ...] = (),
    env: dict[str, str] | None = None,
    limit: Callable[[], None] | None = None,
    timeout: float = COMMAND_S,
) -> Done:
    """Run a command in a process of its own; 124 when it does not end."""
    line = [*before, PYTHON, "-m", program, *_line(words, corpus, index)]
    try:
        done = subprocess.run(
            line,
            cwd=PROJECT,
            input=given,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            env={**os.environ, "PYTHONWARNINGS": "ignore", **(env or {})},
            preexec_fn=limit,
        )
    except subprocess.TimeoutExpired:
        return Done(124, "", f"not over after {timeout:.0f} s")
    return Done(done.returncode, done.stdout, done.stderr)


def start(*words: str, index: Path, corpus: Path | None = None) -> subprocess.Popen[str]:
    """Start a command, to be met while it runs."""
    line = [PYTHON, "-m", "indexer", *_line(words, corpus, index)]
    return subprocess.Popen(line, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def forked(
    *words: str,
    index: Path,
    corpus: Path | None = None,
    given: str = "",
    program: str = "indexer",
    limit: Callable[[], None] | None = None,
    timeout: float = COMMAND_S,
) -> Done:
    """The same command line in a fork of this process, where everything is imported: a tenth of the CPU."""
    _warm()
    with tempfile.TemporaryFile("w+") as source, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        source.write(given)
        source.flush()
        source.seek(0)
        child = os.fork()
        if child == 0:
            _be_a_command(program, _line(words, corpus, index), (source.fileno(), out.fileno(), err.fileno()), limit)
        end, killed = time.monotonic() + timeout, False
        while True:
            found, status, used = os.wait4(child, os.WNOHANG if not killed else 0)
            if found:
                break
            if time.monotonic() > end:
                os.kill(child, signal.SIGKILL)
                killed = True
            time.sleep(0.002)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    code = 124 if killed else os.waitstatus_to_exitcode(status)
    return Done(code, *texts, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _be_a_command(
    program: str, words: list[str], files: tuple[int, int, int], limit: Callable[[], None] | None
) -> NoReturn:
    code = 99
    try:
        for place, handle in enumerate(files):
            os.dup2(handle, place)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(at, how, closefd=False) for at, how in enumerate("rww"))
        sys.argv = [program, *words]
        if limit:
            limit()
        from indexer.console import run

        if program == "indexer":
            from indexer.cli import cli
        else:
            from search_app.__main__ import cli
        run(cli, f"python -m {program}")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


_warmed = False


def _warm() -> None:
    """Import what the commands import, by running each family once on a corpus of one sentence."""
    global _warmed
    if _warmed:
        return
    _warmed = True
    with scratch() as work:
        page, text = "foro/mesa-1", "LA PRESIDENTA: Buenos días.\n"
        corpus, index = event(work / "corpus"), work / "indice"
        mesa(corpus, "mesa-1", transcripcion_txt=text)
        lines = (
            "actualizar",
            "historial --json",
            f"examinar {corpus / page}/transcripcion.txt --json",
            f"corregir {page} --json",
            f"hablantes {page}",
            f"retirar {page} --motivo x",
            "cuenta --lista",
        )
        for line in lines:
            here(*line.split(), corpus=corpus, index=index)


def here(*words: str, corpus: Path, index: Path) -> None:
    """Run a command in this process, only so that what it needs is imported."""
    from indexer.cli import cli

    quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with quiet[0], quiet[1], contextlib.suppress(SystemExit, Exception):
        cli.main(_line(words, corpus, index), standalone_mode=False)


def must(done: Done) -> Done:
    """A step that prepares a check has to succeed."""
    if done.code:
        raise SystemExit(f"preparing failed: {done.out[-300:]}{done.err[-600:]}")
    return done
