"""Processes watched from outside: what CPU they spent, what memory they and their children hold."""

from __future__ import annotations

import compileall
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SAMPLING_S = 0.1


@cache
def compile_all() -> None:
    """Write the bytecode that an installed package has: without it a command spends more on compiling than on its work.

    An environment may forbid Python to keep it (``PYTHONDONTWRITEBYTECODE``).
    """
    for folder in ("indexer", "search_app", "benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=1)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took.

    Attributes:
        wall, cpu: Seconds; CPU of it and of the processes that it started and waited for.
        peak_mb: The most that it and its children held at a time, memory that they share counted once.
        output: What it said.
        status: Its exit code.
    """

    wall: float
    cpu: float
    peak_mb: float
    output: str
    status: int


def run(arguments: Sequence[str | Path]) -> Cost:
    """Run a module of the project and wait for it."""
    compile_all()
    start = time.perf_counter()
    command = [sys.executable, "-W", "ignore", "-m", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    watch = _Watch(process.pid)
    watch.start()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    watch.stopped.set()
    watch.join()
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.peak_mb, output, process.returncode)


def cpu_of(pid: int) -> float:
    """Seconds of CPU of a process so far, all its threads, to the nanosecond: Linux has a clock for each process."""
    return time.clock_gettime((~pid << 3) | 2)


def memory_of(pid: int) -> float:
    """MB that a process holds, what it shares with others in full (RSS)."""
    found = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)
    return int(found[1]) / 1024 if found else 0.0


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: Sequence[str | Path], address: str, limit_s: float = 60) -> Iterator[tuple[int, float]]:
    """A server until the end of the block.

    Yields:
        Its process, and the wall seconds from its start until ``address`` answered.

    Raises:
        RuntimeError: It ended, or did not answer in time.
    """
    compile_all()
    start = time.perf_counter()
    process = subprocess.Popen([*map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(address, timeout=limit_s).read()
                break
            except (urllib.error.URLError, ConnectionError):
                if process.poll() is not None or time.perf_counter() - start > limit_s:
                    raise RuntimeError(f"no answer from {address}") from None
                time.sleep(0.005)
        yield process.pid, time.perf_counter() - start
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class _Watch(threading.Thread):
    """Samples the memory of a process and its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.stopped = threading.Event()
        self.peak_mb = 0.0

    def run(self) -> None:
        while not self.stopped.wait(_SAMPLING_S):
            self.peak_mb = max(self.peak_mb, sum(map(share_mb, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(child)


def share_mb(pid: int) -> float:
    """Its memory, of what it shares with others its part (PSS)."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
