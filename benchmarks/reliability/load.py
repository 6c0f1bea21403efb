"""Load, in an open loop: searches begin at a given rate whether or not those before have ended; then again while texts
are published. Goal: no error, and p99 below 300 ms at 60 a second, also while something is published.

The CPU of single searches is measured first, and what a queue on one core would do with them at that rate is computed:
on a busy machine believe that and not the clock. At the end the rate rises by steps, each for some seconds, until one
is not held: the highest that was is printed.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checks import COMMAND_S, arguments, scratch
from commands import start
from corpora import dealt_corpus, sentences
from texts import mesa, talk
from visits import Server

MOST_MS = 300
STEP = 20.0
STEP_S = 15.0


def queries(rnd: random.Random, said: list[str]) -> str:
    """What people type: a word, two, a few of a sentence, a phrase, a sentence, a slip."""
    words, kind = rnd.choice(said).split(), rnd.random()
    if kind < 0.35:
        return max(words, key=len)
    if kind < 0.6:
        return " ".join(rnd.sample(words, 2))
    if kind < 0.8:
        return " ".join(rnd.sample(words, min(3, len(words))))
    if kind < 0.9:
        return '"' + " ".join(words[:3]).replace('"', "") + '"'
    if kind < 0.95:
        return " ".join(words[:9])
    slip = list(max(words, key=len))
    slip.insert(rnd.randrange(len(slip)), rnd.choice("aeiourst"))
    return "".join(slip)


def part(values: list[float], share: float) -> float:
    """A quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def told(values: list[float]) -> str:
    """Of times in ms."""
    return f"p50 {part(values, 0.5):.0f} ms, p99 {part(values, 0.99):.0f} ms"


def cpu_ms(server: Server) -> float:
    """CPU of all the threads of a server so far, in fine steps."""
    tasks = Path(f"/proc/{server.process.pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


def queued(costs: list[float], rate: float, rnd: random.Random) -> list[float]:
    """What each of many searches would take on a core of its own, come at random at that rate."""
    now = free = 0.0
    took = []
    for _ in range(100_000):
        now += rnd.expovariate(rate) * 1000
        free = max(free, now) + rnd.choice(costs)
        took.append(free - now)
    return took


@dataclass
class Run:
    """What an open loop saw."""

    took_ms: list[float]
    results: Counter[object]

    @property
    def errors(self) -> int:
        return sum(count for status, count in self.results.items() if status != 200)


async def open_loop(port: int, rate: float, seconds: float, path: Callable[[], str]) -> Run:
    """Requests at that rate, each on a connection of its own."""
    run, tasks, began = Run([], Counter()), [], time.perf_counter()

    async def one() -> None:
        start = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                f"GET {path()} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n".encode()
            )
            data = await asyncio.wait_for(reader.read(), 60)
            writer.close()
            status: object = int(data.split(b" ", 2)[1])
        except Exception as error:
            status = type(error).__name__
        run.took_ms.append((time.perf_counter() - start) * 1000)
        run.results[status] += 1

    while (now := time.perf_counter() - began) < seconds:
        while len(tasks) < now * rate:
            tasks.append(asyncio.create_task(one()))
        await asyncio.sleep(0.002)
    await asyncio.gather(*tasks)
    return run


def publish(corpus: Path, index: Path, number: int) -> subprocess.Popen[str]:
    """Begin an update with one text more."""
    mesa(corpus, f"nueva-{number}", of="evento-1", transcripcion_txt=talk(random.Random(number), 20))
    return start("actualizar", corpus=corpus, index=index)


def highest_rate(server: Server, rate: float, path: Callable[[], str]) -> float:
    """The last rate, a step above the one before, at which no search fails and p99 stays below the goal."""
    while True:
        run = asyncio.run(open_loop(server.port, rate + STEP, STEP_S, path))
        if run.errors or part(run.took_ms, 0.99) > MOST_MS:
            print(f"not held: {rate + STEP:.0f}/s, {told(run.took_ms)}, {dict(run.results)}", flush=True)
            return rate
        rate += STEP


def main() -> None:
    given = arguments(__doc__, rate=60.0, seconds=60.0, searches=400, fragments=3000, seed=7)
    rnd, said, runs = random.Random(given.seed), sentences(), {}

    def path() -> str:
        return "/buscar?q=" + urllib.parse.quote(queries(rnd, said))

    with scratch() as work:
        corpus, index = dealt_corpus(work, given.fragments, given.seed)
        with Server(index) as server:
            for _ in range(20):
                server.get(path())
            costs = []
            for _ in range(given.searches):
                before = cpu_ms(server)
                server.get(path())
                costs.append(cpu_ms(server) - before)
            mean = statistics.mean(costs)
            print(
                f"{len(costs)} searches one by one: {mean:.1f} ms of CPU each, {told(costs)}, most {max(costs):.0f} ms"
            )
            print(f"one core could do {1000 / mean:.0f} a second;", end=" ")
            print(f"computed for one at {given.rate:.0f}/s: {told(queued(costs, given.rate, rnd))}", flush=True)
            for number, what in enumerate(("alone", "while a text is published")):
                update = publish(corpus, index, number) if number else None
                run = runs[what] = asyncio.run(open_loop(server.port, given.rate, given.seconds, path))
                if update:
                    print("the update ended with", update.wait(COMMAND_S))
                print(f"{what}: {told(run.took_ms)}, {dict(run.results)}, load {os.getloadavg()[0]:.1f}", flush=True)
            highest = highest_rate(server, given.rate, path)
    slow = sum(took > MOST_MS for run in runs.values() for took in run.took_ms)
    late = sum(part(run.took_ms, 0.99) > MOST_MS for run in runs.values())
    errors = sum(run.errors for run in runs.values())
    total = sum(len(run.took_ms) for run in runs.values())
    print(f"{slow} over {MOST_MS} ms; {errors} errors; {late} of {len(runs)} runs with a p99 above it")
    every = told([took for run in runs.values() for took in run.took_ms])
    print(f"the highest rate held: {highest:.0f} a second", flush=True)
    print(f"{total - errors} of {total} searches answered at {given.rate:.0f}/s; {every}, {errors} errors")
    raise SystemExit(bool(errors or late or not total))


if __name__ == "__main__":
    main()
