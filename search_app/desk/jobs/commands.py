"""The commands of ``indexer`` as child processes: the only way in which the desk reads and writes the corpus.

Each is a child process (``python -m indexer … --json``), so that the server never loads what builds the index. The
arguments are a list and go through no shell; texts and passwords go by standard input, files by their path.
"""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import indexer
from indexer.config import NAMED_BY, config_file
from indexer.errors import ConstaError
from search_app.desk.jobs.browser_messages import answer_for_browser, for_browser
from search_app.http.server_log import kinds_and_frames

_HOME = Path(indexer.__file__).resolve().parents[1]
"""Where ``indexer`` is found."""
_LOG = logging.getLogger(__name__)
AT_ONCE = 6
"""Children of those who wait for a page. The one that works off the jobs is not among them: it is one anyway."""
_ROOM = threading.BoundedSemaphore(AT_ONCE)
_NOT_HANDED_ON = frozenset({"CONSTA_AVANCE", "CONSTA_CORPUS", "CONSTA_INDICE", "PYTHONDONTWRITEBYTECODE"})
"""Places other than those asked for; and what would have every child compile the commands anew."""
_PATIENCE_S = 30.0
_LATER = 10
"""How much later than the server the system lets a child run: whoever searches goes first."""


class CommandFailed(ConstaError):
    """A command refused, failed or took too long; ``answer`` is what it answered, empty where that is nothing."""

    def __init__(self, message: str, answer: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands over one corpus and its index."""

    corpus: Path
    index: Path

    def ask(
        self,
        command: str,
        *words: str,
        options: Mapping[str, str | bool] | None = None,
        given: Any = None,
        timeout_s: float = 60.0,
        held: Sequence[int] = (),
        progress: Path | None = None,
    ) -> dict[str, Any]:
        """Run one, and give its answer.

        Args:
            words: Its arguments that are no options; what begins with a hyphen stays a word.
            options: By name without hyphens; True for a flag, False for one that is left out.
            timeout_s: Seconds after which it is stopped.
            held: File descriptors that it inherits: locks that hold as long as it lives, even without the server.
            progress: The file to which it writes how far it is.

        Raises:
            CommandFailed: With a message for whoever asked.
        """
        line = ["--json", *_options(options or {}), "--", *words]
        code, said, complained = self._run(command, line, given, timeout_s, held, progress)
        answer = _last_object(said)
        if code == 0 and answer is not None and "error" not in answer:
            return answer_for_browser(answer)
        told = (answer or {}).get("error")
        if not told:
            _LOG.error("indexer %s: exit %s: %s", command, code, kinds_and_frames(complained))
        told = for_browser(str(told or _plain(complained))) or "La orden falló sin decir por qué"
        raise CommandFailed(_sentence(told), answer_for_browser(answer or {}))

    def publish(self, timeout_s: float, held: Sequence[int] = ()) -> bool:
        """``actualizar``, for what was taken and is not published yet; whether there is an edition afterwards."""
        code, said, complained = self._run("actualizar", (), None, timeout_s, held)
        if "Edición" not in said:
            _LOG.error("indexer actualizar: exit %s: %s", code, kinds_and_frames(complained))
        return "Edición" in said

    def _run(
        self, command: str, words: Sequence[str], given: Any, timeout_s: float, held: Sequence[int],
        progress: Path | None = None,
    ) -> tuple[int, str, str]:  # fmt: skip
        places = f"--corpus={self.corpus}", f"--indice={self.index}"
        line = [sys.executable, "-m", "indexer", command, *places, *words]
        around = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}
        # The file of settings is looked for where the server works, not where its children do.
        around |= {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8", NAMED_BY: str(config_file() or os.devnull)}
        around |= {"CONSTA_AVANCE": str(progress)} if progress else {}
        with _a_place(bool(held)):
            return _finished(line, around, command, given, timeout_s, tuple(held))


def _options(options: Mapping[str, str | bool]) -> list[str]:
    given = {name: value for name, value in options.items() if value is not False}
    return [f"--{name}" if value is True else f"--{name}={value}" for name, value in given.items()]


@contextlib.contextmanager
def _a_place(own: bool) -> Iterator[None]:
    """One of the places for children; each may take 64 MiB and a processor."""
    if own:
        yield
        return
    if not _ROOM.acquire(timeout=_PATIENCE_S):
        raise CommandFailed(
            "El servidor está ocupado con lo que pidieron otros; vuelva a intentarlo en un momento.", {}
        )
    try:
        yield
    finally:
        _ROOM.release()


def _finished(
    line: list[str], around: Mapping[str, str], command: str, given: Any, timeout_s: float, held: tuple[int, ...]
) -> tuple[int, str, str]:
    """Run a child to its end: its code, and what it said and complained of."""
    try:
        child = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            cwd=_HOME, env=around, pass_fds=held, start_new_session=True,
        )  # fmt: skip
    except (MemoryError, OSError, RuntimeError, ValueError) as error:
        _LOG.error("indexer %s: no empezó (%s)", command, type(error).__name__)
        raise CommandFailed("El servidor no pudo iniciar la orden; vuelva a intentarlo.", {}) from error
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, child.pid, _LATER)
    sent = b"" if given is None else json.dumps(given, ensure_ascii=False).encode("utf-8", "replace")
    try:
        said, complained = child.communicate(sent, timeout=timeout_s)
    except subprocess.TimeoutExpired as error:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        message = f"La orden no terminó en {timeout_s:.0f} segundos y se detuvo. Vuelva a intentarlo."
        raise CommandFailed(message, {}) from error
    return child.returncode, said.decode("utf-8", "replace"), complained.decode("utf-8", "replace")


def _last_object(said: str) -> dict[str, Any] | None:
    """The answer: one JSON object, the last line of what a command says."""
    for line in reversed(said.strip().splitlines()):
        if line.startswith("{"):
            try:
                found = json.loads(line)
            except ValueError:
                return None
            return found if isinstance(found, dict) else None
    return None


def _plain(complained: str) -> str:
    """What a command said to a person, without its usage line and without the tail of a traceback."""
    lines = [line.strip() for line in complained.splitlines() if line.strip() and not line.startswith("Uso:")]
    if any(line.startswith("Traceback") for line in lines):
        return ""
    return " ".join(lines[-3:]).removeprefix("Error: ").removeprefix("Uso incorrecto: ")


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
