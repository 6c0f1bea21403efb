"""Restarts a server under load and counts the requests that fail. The goal is none.

    python benchmarks/restart.py [RESTARTS] [SEED]

Searches begin at 30 per second, whether or not those before have ended; ten clients keep their connections beside
them. Every server has the staff's desk, and gets the listening socket from here, as from systemd (``LISTEN_FDS``). One
is replaced in two ways, RESTARTS times each: the next one answers before the last is told to end (SIGTERM), or the last
has ended before the next begins, as with ``systemctl restart``. Exit code 1 when a request failed, or a server ended
with another exit code than 0.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PER_SECOND = 30
KEPT = 10
PAUSE_S = 1.5
"""Seconds of load between two restarts."""
PATIENCE_S = 60.0
# A shell, because LISTEN_PID is the server's own process, known only once it is there.
HANDED = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@" 3<&{}'


class Load:
    """Searches without pause."""

    def __init__(self, port: int, words: list[str], chance: random.Random) -> None:
        self.seen: Counter[str] = Counter()
        self.took_s: list[float] = []
        self.ended = asyncio.Event()
        self._port, self._words, self._chance = port, words, chance

    async def run(self) -> None:
        """Until ``ended``."""
        kept = [asyncio.create_task(self._on_one_connection()) for _ in range(KEPT)]
        made: list[asyncio.Task[None]] = []
        began = time.perf_counter()
        while not self.ended.is_set():
            while len(made) < (time.perf_counter() - began) * PER_SECOND:
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
        writer.write(f"GET /buscar?q={query} HTTP/1.1\r\nHost: a\r\nConnection: {kept}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        await reader.readexactly(int(re.search(r"Content-Length: (\d+)", head)[1]))  # type: ignore[index]
        return int(head.split(" ", 2)[1]), "Connection: close" in head


async def server(listening: socket.socket, corpus: Path, index: Path) -> asyncio.subprocess.Process:
    """Start one, and wait until it answers: it says so."""
    command = [sys.executable, "-u", "-m", "search_app", "servir", f"--corpus={corpus}", f"--indice={index}"]
    started = await asyncio.create_subprocess_exec(
        "sh", "-c", HANDED.format(listening.fileno()), "sh", *command,
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[listening.fileno()],
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


def main() -> int:
    """Restart and count."""
    times, seed = (int(given) for given in (*sys.argv[1:], *("5", "7")[len(sys.argv) - 1 :]))
    print(f"seed {seed}, {PER_SECOND} searches per second and {KEPT} kept connections")
    with tempfile.TemporaryDirectory() as work, socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        corpus, index = Path(work) / "corpus", Path(work) / "indice"
        shutil.copytree(ROOT / "corpus", corpus)
        build = [sys.executable, "-m", "indexer", "actualizar", f"--corpus={corpus}", f"--indice={index}"]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        texts = " ".join(path.read_text(encoding="utf-8") for path in sorted(corpus.rglob("anuncio.*")))
        words = sorted({word for word in re.findall(r"\w+", texts) if len(word) > 4})

        async def tried() -> tuple[bool, Load]:
            load = Load(listening.getsockname()[1], words, random.Random(seed))
            return await restarted(listening, corpus, index, times, load), load

        well, load = asyncio.run(tried())
    failed = sum(count for said, count in load.seen.items() if said != "200")
    print(f"{sum(load.seen.values()) - failed} of {sum(load.seen.values())} searches answered: {dict(load.seen)}")
    return 0 if well and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
