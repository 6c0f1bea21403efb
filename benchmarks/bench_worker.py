"""One engine in a process of its own: builds, opens and answers what it is told on standard input, a line of JSON each.

    python -m benchmarks.bench_worker ENGINE[:VARIANT]

Started by ``bench_children``. Runs on any Python from 3.9, so that Xapian can be asked on the system's own.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.bench_rows import Question, read_rows

WARM_NS = 500_000_000
"""CPU after which no process is cold, however few questions it has answered in it."""


class Rows:
    """The fragments of a file, as often as they are asked for."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size

    def __iter__(self) -> Any:
        for row in read_rows(self._path):
            if row.number >= self._size:
                return
            yield row


class Worker:
    """Does one order after another."""

    def __init__(self, name: str) -> None:
        self._name, _, self._variant = name.partition(":")
        self._made: Any = None

    @property
    def _engine(self) -> Any:
        if self._made is None:
            self._made = importlib.import_module(f"benchmarks.bench_engines.{self._name}").make(self._variant)
        return self._made

    def hello(self) -> dict[str, Any]:
        """Whether the engine is there, and which."""
        try:
            engine = self._engine
        except ImportError as error:
            return {"missing": str(error)}
        return {"version": engine.version(), "classes": engine.classes, "python": sys.version.split()[0]}

    def build(self, rows: str, size: int, folder: str) -> dict[str, Any]:
        """Write the index."""
        cpu, wall = _cpu(), time.perf_counter()
        more = self._engine.build(Rows(Path(rows), size), Path(folder))
        wall, cpu = time.perf_counter() - wall, _cpu() - cpu
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        disk = sum(path.stat().st_size for path in files) / 1e6
        return {**more, "cpu": cpu, "wall": wall, "disk_mb": disk, **self.memory()}

    def open(self, folder: str, question: list[Any]) -> dict[str, Any]:
        """From nothing imported to the first answer."""
        cpu, wall = time.process_time(), time.perf_counter()
        self._engine.open(Path(folder))
        self._engine.ask("a", _question(question))
        return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, **self.memory()}

    def ask(self, kind: str, questions: list[list[Any]], warm: list[list[Any]] = []) -> dict[str, Any]:  # noqa: B006
        """Nanoseconds of this process's CPU per question, all threads together; those to get ``warm`` are not told."""
        ask, clock = self._engine.ask, time.process_time_ns
        spent, empty, hot = [], 0, clock() + WARM_NS
        for question in [_question(each) for each in warm]:
            if clock() > hot:
                break
            ask(kind, question)
        for question in [_question(each) for each in questions]:
            start = clock()
            answered = ask(kind, question)
            spent.append(clock() - start)
            empty += not answered
        return {"ns": spent, "empty": empty}

    def found(self, kind: str, questions: list[list[Any]]) -> list[list[Any]]:
        """Answers to compare; not timed."""
        return [list(self._engine.found(kind, _question(each))) for each in questions]

    def memory(self) -> dict[str, float]:
        """What this process holds and the most it held, in MB.

        Not from ``getrusage``: a child's maximum begins there with what its parent held when it was started.
        """
        status = Path("/proc/self/status").read_text()
        found = {name: int(re.search(rf"^{name}:\s+(\d+)", status, re.M)[1]) for name in ("VmHWM", "VmRSS")}  # type: ignore[index]
        return {"peak_mb": found["VmHWM"] / 1024, "rss_mb": found["VmRSS"] / 1024}


def _cpu() -> float:
    """Seconds of this process and of the children that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _question(told: list[Any]) -> Question:
    words, mesa, person = told
    return Question(tuple(words), mesa, person)


def main() -> None:
    """Answer until standard input ends."""
    worker = Worker(sys.argv[1])
    # What an engine prints goes elsewhere: standard output is the answers' alone.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer: Any = getattr(worker, order.pop("do"))(**order)
        except Exception as error:
            answer = {"failed": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
