"""Restarts of a server under load. Goal: no request fails, and every server ends with exit code 0.

Searches begin at --rate per second, whether or not those before have ended; ten clients keep their connections beside
them. Every server has the staff's desk, and gets the listening socket from here, as from systemd (``LISTEN_FDS``). One
is replaced in two ways, --trials times each: the next one answers before the last is told to end (SIGTERM), or the last
has ended before the next begins, as with ``systemctl restart``.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import signal
import socket
import subprocess
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path

from checks import PROJECT, PYTHON, arguments, scratch, verdict
from corpora import dealt_corpus, sentences

KEPT = 10
PAUSE_S = 1.5
"""Seconds of load between two restarts."""
PATIENCE_S = 60.0
# A shell, because LISTEN_PID is the server's own process, known only once it is there.
HANDED = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@" 3<&{}'


class Load:
    """Searches without pause."""

    def __init__(self, port: int, rate: float, words: list[str], chance: random.Random) -> None:
        self.seen: Counter[str] = Counter()
        self.took_s: list[float] = []
        self.ended = asyncio.Event()
        self._port, self._rate, self._words, self._chance = port, rate, words, chance

    async def run(self) -> None:
        """Until ``ended``."""
        kept = [asyncio.create_task(self._on_one_connection()) for _ in range(KEPT)]
        made: list[asyncio.Task[None]] = []
        began = time.perf_counter()
        while not self.ended.is_set():
            while len(made) < (time.perf_counter() - began) * self._rate:
                made.append(asyncio.create_task(self._told(self._on_a_new_connection)))
            await asyncio.sleep(0.002)
        await asyncio.gather(*made, *kept)

    async def _told(self, asking: Callable[[], Coroutine[None, None, int]]) -> None:
        start = time.perf_counter()
        try:
            said = str(await asyncio.wait_for(asking(), PATIENCE_S))
        except (TimeoutError, OSError, EOFError, ValueError) as error:
            said = type(error).__name__
        self.seen[said] += 1
        self.took_s.append(time.perf_counter() - start)

    async def _on_a_new_connection(self) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        with contextlib.closing(writer):
            return (await self._ask(reader, writer, "close"))[0]

    async def _on_one_connection(self) -> None:
        """A search every third of a second on a connection that is kept until the server says that it closes."""
        line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

        async def asking() -> int:
            nonlocal line
            line = line or await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = line
            line = None
            status, closes = await self._ask(reader, writer, "keep-alive")
            if closes:
                writer.close()
            else:
                line = reader, writer
            return status

        while not self.ended.is_set():
            await self._told(asking)
            await asyncio.sleep(self._chance.uniform(0.2, 0.5))
        if line:
            line[1].close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: str) -> tuple[int, bool]:
        query = urllib.parse.quote(" ".join(self._chance.sample(self._words, self._chance.randint(1, 3))))
        writer.write(f"GET /buscar?q={query} HTTP/1.1\r\nHost: localhost\r\nConnection: {kept}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        await reader.readexactly(int(re.search(r"Content-Length: (\d+)", head)[1]))  # type: ignore[index]
        return int(head.split(" ", 2)[1]), "Connection: close" in head


async def server(listening: socket.socket, corpus: Path, index: Path) -> asyncio.subprocess.Process:
    """Start one, and wait until it answers: it says so."""
    command = [PYTHON, "-u", "-m", "search_app", "servir", f"--corpus={corpus}", f"--indice={index}"]
    started = await asyncio.create_subprocess_exec(
        "sh", "-c", HANDED.format(listening.fileno()), "sh", *command,
        cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[listening.fileno()],
    )  # fmt: skip
    assert started.stdout is not None
    await asyncio.wait_for(started.stdout.readline(), PATIENCE_S)
    return started


async def end(started: asyncio.subprocess.Process) -> int:
    """Tell it to end; its exit code."""
    started.send_signal(signal.SIGTERM)
    return await asyncio.wait_for(started.wait(), PATIENCE_S)


async def restarted(listening: socket.socket, corpus: Path, index: Path, times: int, load: Load) -> bool:
    """Restart it both ways; whether each server ended well."""
    codes: list[int] = []
    serving = await server(listening, corpus, index)
    loading = asyncio.create_task(load.run())
    for way in ("the next one before the last ends", "the last ends first"):
        before, first = sum(load.seen.values()), len(load.took_s)
        for _ in range(times):
            await asyncio.sleep(PAUSE_S)
            if way.startswith("the next"):
                following = await server(listening, corpus, index)
                codes.append(await end(serving))
            else:
                codes.append(await end(serving))
                following = await server(listening, corpus, index)
            serving = following
        await asyncio.sleep(PAUSE_S)
        took = sorted(load.took_s[first:])
        print(
            f"{way}, {times} times: {sum(load.seen.values()) - before} searches, "
            f"half within {took[len(took) // 2] * 1000:.0f} ms, the longest {took[-1]:.1f} s",
            flush=True,
        )
    load.ended.set()
    await loading
    codes.append(await end(serving))
    print("exit codes:", *codes)
    return not any(codes)


def main() -> None:
    given = arguments(__doc__, trials=5, rate=30.0, fragments=2000, seed=7)
    words = sorted({word for sentence in sentences() for word in sentence.split() if word.isalpha() and len(word) > 4})
    with scratch() as work, socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        corpus, index = dealt_corpus(work, given.fragments, given.seed)

        async def tried() -> tuple[bool, Load]:
            load = Load(listening.getsockname()[1], given.rate, words, random.Random(given.seed))
            return await restarted(listening, corpus, index, given.trials, load), load

        well, load = asyncio.run(tried())
    failed = sum(count for said, count in load.seen.items() if said != "200")
    print(f"what was answered: {dict(load.seen)}")
    total = sum(load.seen.values())
    verdict(failed or not well, total, f"searches answered over {2 * given.trials} restarts at {given.rate:.0f}/s")


if __name__ == "__main__":
    main()
