"""Slow clients: half-sent headers and bodies, dripping connections, slow readers of an export.

In turn --half of each and both at once, --drip connections that send a byte every 5 s, --readers that take an export a
byte a second; while each of them waits, ordinary pages are asked for. Goal: each comes within 1 s of quiet time, which
is the clock less what the server's threads and this process waited for a CPU that other programs had. Both are printed.
"""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from checks import arguments, scratch, verdict
from corpora import dealt_corpus
from visits import Server

PAGES = ("/salud", "/ayuda", "/buscar?q=agua")
MOST_S, PATIENCE_S = 1.0, 30.0
HEADER = b"GET /buscar?q=agua HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = (
    b"POST /entrar HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\nnombre=ana"
)
EXPORT = "/exportar?q=de+la&formato=json"


def waited_s(pid: int) -> dict[str, float]:
    """How long each thread has waited for a CPU so far."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            found[task.name] = int((task / "schedstat").read_text().split()[1]) / 1e9
    return found


class Figures:
    """Ordinary pages, asked for while others are slow."""

    def __init__(self, server: Server, asks: int) -> None:
        self.server, self.asks, self.bad, self.total = server, asks, 0, 0

    def quiet_s(self, path: str) -> tuple[float, float, int]:
        """Clock and quiet time of one answer, and its status; 0 where none came."""
        before, mine, began = waited_s(self.server.process.pid), waited_s(os.getpid()), time.monotonic()
        status = 0
        with contextlib.suppress(OSError):
            status = self.server.get(path, PATIENCE_S).status
        clock = time.monotonic() - began
        after, mine_after = waited_s(self.server.process.pid), waited_s(os.getpid())
        busy = max((after[name] - before.get(name, 0) for name in after), default=0)
        own = max((mine_after[name] - mine.get(name, 0) for name in mine_after), default=0)
        return clock, max(0.0, clock - busy - own), status

    def measure(self, what: str) -> None:
        cpu, found = self.server.cpu_s(), []
        for number in range(self.asks):
            found.append(self.quiet_s(PAGES[number % len(PAGES)]))
            time.sleep(0.05)
        bad = sum(status != 200 or quiet > MOST_S for _, quiet, status in found)
        self.bad += bad
        self.total += len(found)
        clock, quiet, _ = (max(values) for values in zip(*found, strict=True))
        print(
            f"{'BAD ' if bad else 'ok  '} {what}: {len(found) - bad} of {len(found)} within {MOST_S:.0f} s;",
            f"worst {clock:.2f} s by the clock, {quiet:.2f} s quiet;",
            f"{(self.server.cpu_s() - cpu) / len(found) * 1000:.0f} ms of CPU each, {self.server.memory_mb():.0f} MB",
            flush=True,
        )


def connect(port: int, count: int, data: bytes, buffer: int = 0) -> list[socket.socket]:
    """Connections that have sent something; as many of them as can be had."""
    held = []
    for _ in range(count):
        line = socket.socket()
        line.settimeout(10)
        if buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        try:
            line.connect(("127.0.0.1", port))
            line.sendall(data)
            held.append(line)
        except OSError:
            line.close()
    return held


@contextlib.contextmanager
def holding(
    lines: list[socket.socket], every_s: float = 0, act: Callable[[socket.socket], object] | None = None
) -> Iterator[None]:
    """Keep them, and do something with each now and then."""
    stop = threading.Event()

    def going_on() -> None:
        while act and not stop.wait(every_s):
            for line in lines:
                with contextlib.suppress(OSError):
                    act(line)

    thread = threading.Thread(target=going_on)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        for line in lines:
            line.close()
        time.sleep(1)


def main() -> None:
    given = arguments(__doc__, half=800, drip=1200, readers=200, asks=15, wait=20.0, fragments=3000, seed=7)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with scratch() as work:
        corpus, index = dealt_corpus(work, given.fragments, given.seed)
        with Server(index, corpus=corpus) as server:
            figures = Figures(server, given.asks)
            figures.measure("nobody else")
            with holding(connect(server.port, given.half, HEADER)):
                figures.measure(f"{given.half} half-sent headers")
            with holding(connect(server.port, given.half, BODY)):
                figures.measure(f"{given.half} half-sent bodies")
            both = connect(server.port, given.half, BODY) + connect(server.port, given.half, HEADER)
            with holding(both):
                figures.measure(f"both at once ({len(both)} connections)")
                time.sleep(given.wait)
                figures.measure(f"the same, {given.wait:.0f} s later")
            dripping = connect(server.port, given.drip, HEADER)
            with holding(dripping, 5, lambda line: line.send(b"a", socket.MSG_DONTWAIT)):
                time.sleep(given.wait)
                figures.measure(f"{len(dripping)} that drip a byte every 5 s, after {given.wait:.0f} s")
            size = len(server.get(EXPORT).body)
            request = f"GET {EXPORT} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            reading = connect(server.port, given.readers, request, buffer=2048)
            with holding(reading, 1, lambda line: line.recv(1, socket.MSG_DONTWAIT)):
                figures.measure(f"{len(reading)} that read an export of {size / 1e6:.1f} MB a byte a second")
                time.sleep(given.wait)
                figures.measure(f"the same, {given.wait:.0f} s later")
            figures.measure("all of them gone")
            if not server.alive:
                figures.bad += 1
                print("BAD  the server ended")
    verdict(figures.bad, figures.total, "ordinary pages came within a second of quiet time")


if __name__ == "__main__":
    main()
