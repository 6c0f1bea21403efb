"""Where the time of the tests goes: CPU seconds by file and by cause, and the slowest tests.

    python benchmarks/suite_costs.py [pytest's arguments, by default: -n 2]

It runs the suite as ``make test`` does, with a plugin in each of its processes, and prints three tables. CPU is user
and system time. A child process counts where it was waited for, Chromium by what its processes have used so far.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
_NOTES = "CONSTA_SUITE_COSTS"
_CAUSES: Counter[str] = Counter()
_COUNTS: Counter[str] = Counter()
_KINDS: dict[int, str] = {}
_BROWSER = ("chromium", "chrome", "node", "headless_shell", "MainThread")
_TICKS = os.sysconf("SC_CLK_TCK")


def _kind(arguments: Any) -> str:
    line = [arguments] if isinstance(arguments, str | bytes | os.PathLike) else list(arguments)
    words = " ".join(str(word) for word in line)
    for sign, kind in (("-m indexer", "commands (indexer)"), ("-m search_app", "servers, searches (search_app)")):
        if sign in words:
            return f"child: {kind}"
    return "child: Chromium" if "playwright" in words or "chrom" in words else "child: other"


class _Children(subprocess.Popen):  # type: ignore[type-arg]
    """Notes what each child is."""

    def __init__(self, args: Any, *more: Any, **values: Any) -> None:
        super().__init__(args, *more, **values)
        _KINDS[self.pid] = _kind(args)
        _COUNTS[_KINDS[self.pid]] += 1


def _waitpid(pid: int, options: int) -> tuple[int, int]:
    found, status, used = os.wait4(pid, options)
    kind = _KINDS.pop(found, "child: other")
    if kind != "child: Chromium":  # counted while it lives
        _CAUSES[kind] += used.ru_utime + used.ru_stime
    return found, status


def _timed(cause: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; the CPU of its thread is counted."""

    def timed(*args: Any, **values: Any) -> Any:
        before = time.thread_time()
        try:
            return function(*args, **values)
        finally:
            _CAUSES[cause] += time.thread_time() - before
            _COUNTS[cause] += 1

    return timed


def _browser_s() -> float:
    """CPU seconds so far of the browsers below this process."""
    rows: dict[int, tuple[int, str, float]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                said = Path(f"/proc/{name}/stat").read_text()
            except OSError:
                continue
            fields = said.rpartition(")")[2].split()
            used = sum(map(int, fields[11:15])) / _TICKS
            rows[int(name)] = (int(fields[1]), said.partition("(")[2].rpartition(")")[0], used)
    below, total = {os.getpid()}, 0.0
    for pid in sorted(rows):
        parent, name, used = rows[pid]
        if parent in below:
            below.add(pid)
            total += used if name.startswith(_BROWSER) else 0.0
    return total


def _own_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Costs:
    """The plugin of one process: what each test cost, written down at the end."""

    def __init__(self) -> None:
        self._tests: list[dict[str, Any]] = []
        subprocess.Popen = _Children  # type: ignore[misc]
        os.waitpid = _waitpid
        import argon2

        from indexer.engines.whoosh.engine import WhooshEngine

        argon2.PasswordHasher.hash = _timed("argon2id", argon2.PasswordHasher.hash)  # type: ignore[method-assign]
        argon2.PasswordHasher.verify = _timed("argon2id", argon2.PasswordHasher.verify)  # type: ignore[method-assign]
        WhooshEngine.write = _timed("index builds", WhooshEngine.write)  # type: ignore[method-assign]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Measure one test with its fixtures."""
        browser = item.get_closest_marker("browser") is not None
        before, causes = (time.monotonic(), _own_s(), _browser_s() if browser else 0.0), Counter(_CAUSES)
        yield
        wall_s, own_s = time.monotonic() - before[0], _own_s() - before[1]
        spent = Counter(_CAUSES)
        spent.subtract(causes)
        found = {cause: seconds for cause, seconds in spent.items() if seconds > 0}
        inside = sum(seconds for cause, seconds in found.items() if not cause.startswith("child"))
        if browser:
            found["child: Chromium"] = max(0.0, _browser_s() - before[2])
        random = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        found["made-up examples (hypothesis)" if random else "the tests themselves"] = max(0.0, own_s - inside)
        self._tests.append({"test": item.nodeid, "wall_s": wall_s, "causes": found})

    def pytest_sessionfinish(self) -> None:
        """Write it down."""
        path = Path(os.environ[_NOTES]) / f"{os.getpid()}.json"
        path.write_text(json.dumps({"tests": self._tests, "counts": _COUNTS}))


def pytest_configure(config: pytest.Config) -> None:
    """In every process that runs tests."""
    if os.environ.get(_NOTES) and (hasattr(config, "workerinput") or not config.getoption("numprocesses", None)):
        config.pluginmanager.register(Costs(), "costs")


def _table(title: str, rows: list[tuple[float, str]], total: float, most: int) -> None:
    print(f"\n{title}")
    for seconds, name in sorted(rows, reverse=True)[:most]:
        print(f"{seconds:8.1f} s {seconds / total:6.1%}  {name}")


def main(arguments: list[str]) -> int:
    """Run the suite and print where its time went."""
    with tempfile.TemporaryDirectory() as notes:
        line = [sys.executable, "-m", "pytest", "-p", "benchmarks.suite_costs", *(arguments or ["-n", "2"])]
        began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        code = subprocess.call(line, cwd=ROOT, env={**os.environ, _NOTES: notes, "PYTHONPATH": str(ROOT)})
        wall_s, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        noted = [json.loads(path.read_text()) for path in Path(notes).iterdir()]
    counts = sum((Counter(one["counts"]) for one in noted), Counter())
    by_file, by_cause, by_test = Counter(), Counter(), []
    for test in (test for one in noted for test in one["tests"]):
        by_file[test["test"].partition("::")[0]] += sum(test["causes"].values())
        by_cause.update(test["causes"])
        by_test.append((test["wall_s"], test["test"]))
    total = sum(by_cause.values()) or 1.0
    cpu_s = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    print(f"\n{len(by_test)} tests, {wall_s:.0f} s; CPU {cpu_s:.0f} s, of it {total:.0f} s in tests and their fixtures")
    named = [(spent, f"{cause} ({counts[cause]:,})" if counts[cause] else cause) for cause, spent in by_cause.items()]
    _table("CPU by cause", named, total, 20)
    _table("CPU by file", [(seconds, name) for name, seconds in by_file.items()], total, 40)
    _table("Slowest tests (time on the clock)", by_test, sum(seconds for seconds, _ in by_test), 40)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
