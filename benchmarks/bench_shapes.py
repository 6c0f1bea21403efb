"""Every public address over collections of three shapes, beside the same page of the shipped corpus and of half of it.

    python benchmarks/bench_shapes.py                                        all of it; part of make bench
    python benchmarks/bench_shapes.py --folder /tmp/shapes --shapes pequenas --only /personas/

Prints the tables. Collections that are in the folder already are taken as they are; the others are built there. CPU is
the server's own, read between requests that ask for gzip, as a browser does; whole and half are asked in turn.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_addresses import Address, addresses  # noqa: E402
from benchmarks.bench_collections import SHAPES, Shape, build_collection, text_pool  # noqa: E402
from benchmarks.bench_commands import commands  # noqa: E402
from benchmarks.bench_goals import shape_goals  # noqa: E402
from benchmarks.bench_measures import percentile  # noqa: E402
from benchmarks.bench_opening import opening_cpu_s  # noqa: E402
from benchmarks.bench_passages import SEED  # noqa: E402
from benchmarks.bench_processes import cpu_of, free_port, memory_of, run, serving  # noqa: E402
from benchmarks.bench_shapes_table import shapes_section  # noqa: E402
from benchmarks.bench_table import goals_table  # noqa: E402

SHIPPED = "embarcado"
HALF = "mitad"
FEWEST, MOST = 12, 40
"""Requests of an address, at least one of each of its paths; after the fewest, no more than ``SHORT_MS`` of CPU."""
SHORT_MS = 60
"""A page of a millisecond needs more requests than one of ten, if its least time is to say whether it grows."""
BUDGET_MS = 1_500
"""CPU after which an address is not asked any more."""
STARTS = 3
_SETTLING_S = 0.002
"""Between an answer and the reading of the clock: a server may still tidy up."""

Progress = Callable[[str], None]
Pool = Callable[[], Sequence[str]]
"""Makes the sentences of the texts; asked only where something is built."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request took.

    Attributes:
        cpu_ms: Of the server's process.
        kb, gzip_kb: The page as it is, and as it was sent.
        html: Whether a browser shows it.
    """

    cpu_ms: float
    kb: float
    gzip_kb: float
    html: bool


class Server:
    """A server over one index, asked over one connection.

    Args:
        stack: Ends it.
        index: The folder of the index.
    """

    def __init__(self, stack: ExitStack, index: Path) -> None:
        self._port = free_port()
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "search_app",
            "servir",
            "--indice",
            index,
            "--puerto",
            str(self._port),
        ]
        health = f"http://127.0.0.1:{self._port}/salud"
        self.pid, self.start_s = stack.enter_context(serving(command, health, limit_s=120))
        self.start_cpu_s = cpu_of(self.pid)
        self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        stack.callback(self._connection.close)

    def ask(self, path: str) -> Answer:
        """One request.

        Raises:
            RuntimeError: It was not answered with a page.
        """
        before = cpu_of(self.pid)
        self._connection.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        time.sleep(_SETTLING_S)
        spent = cpu_of(self.pid) - before
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        plain = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
        html = answer.headers.get_content_type() == "text/html"
        return Answer(1000 * spent, len(plain) / 1000, len(body) / 1000, html)


def measure_shapes(
    shapes: Sequence[Shape], folder: Path, pool: Pool, seed: int, progress: Progress, only: str = ""
) -> dict[str, Any]:
    """All shapes and the shipped corpus, as bench_shapes_table and bench_goals take them."""
    found: dict[str, Any] = {"shapes": {}}
    shipped = _shipped(folder)
    with ExitStack() as stack:
        found["shipped"] = _pages(addresses(shipped, seed), [Server(stack, shipped)], only)
    for shape in shapes:
        pair = (folder / shape.key, shape), (folder / HALF / shape.key, shape.half())
        built = {}
        for place, each in pair:
            if not (place / "indice").is_dir():
                progress(f"construye {place}")
                built[each.sessions] = build_collection(each, place, pool(), seed)
        progress(f"mide las páginas de {shape.key}")
        index, half = (place / "indice" for place, _ in pair)
        opened = _opening(index)
        with ExitStack() as stack:
            servers = [Server(stack, index), Server(stack, half)]
            pages = _pages(addresses(half, seed), servers, only)
            memory = memory_of(servers[0].pid)
        found["shapes"][shape.key] = {
            "shown": shape.shown, "sessions": shape.sessions, "built_cpu_s": built, "memory_mb": memory, **opened,
            "pages": pages,
        }  # fmt: skip
    return found


def _shipped(folder: Path) -> Path:
    corpus, index = folder / SHIPPED / "corpus", folder / SHIPPED / "indice"
    if not index.is_dir():
        shutil.copytree(ROOT / "corpus", corpus)
        run(["indexer", "actualizar", "--corpus", corpus, "--indice", index])
    return index


def _opening(index: Path) -> dict[str, float]:
    walls, cpus = [], []
    for _ in range(STARTS):
        with ExitStack() as stack:
            server = Server(stack, index)
            walls.append(server.start_s)
            cpus.append(server.start_cpu_s)
            first = server.ask("/buscar?q=elecciones").cpu_ms
    return {
        "opening_cpu_s": opening_cpu_s(index), "start_s": min(walls), "start_cpu_s": min(cpus),
        "first_search_ms": first, "fragments": _fragments(index),
    }  # fmt: skip


def _fragments(index: Path) -> int:
    from indexer.engines import open_index

    opened = open_index(index)
    try:
        return opened.overview().passages
    finally:
        opened.close()


def _pages(asked: Sequence[Address], servers: Sequence[Server], only: str) -> dict[str, Any]:
    """Every address of the first server; where there is a second of half the size, how much dearer the first is."""
    for server in servers:
        server.ask("/buscar?q=elecciones")
    return {address.name: measured_page(address, servers) for address in asked if only in address.name}


def measured_page(address: Address, servers: Sequence[Server]) -> dict[str, Any]:
    """One address, asked of the first server and of the second in turn."""
    whole, *halves = servers
    cold = [server.ask(address.paths[0]) for server in servers]
    answers: dict[str, list[Answer]] = {path: [] for path in address.paths}
    least: dict[str, list[float]] = {}
    fewest, spent_ms = max(FEWEST, len(address.paths)), 0.0
    for number, path in enumerate(itertools.islice(itertools.cycle(address.paths), MOST)):
        if spent_ms > BUDGET_MS or (number >= fewest and spent_ms > SHORT_MS):
            break
        answers[path].append(whole.ask(path))
        others = [half.ask(path).cpu_ms for half in halves]
        spent = [answers[path][-1].cpu_ms, *others]
        least[path] = [min(pair) for pair in zip(spent, least.get(path, spent), strict=True)]
        spent_ms += spent[0]
    every = [one for each in answers.values() for one in each]
    largest = max(every, key=lambda one: one.kb)
    found = {
        "reach": address.reach, "cpu_ms": percentile([one.cpu_ms for one in every], 0.5),
        "first_ms": cold[0].cpu_ms, "kb": largest.kb, "gzip_kb": largest.gzip_kb, "html": largest.html,
        "slowest": max(least, key=lambda path: least[path][0]),
    }  # fmt: skip
    if halves:
        found["doubled"] = sum(spent[0] for spent in least.values()) / sum(spent[1] for spent in least.values())
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = [shape.key for shape in SHAPES]
    parser.add_argument("--shapes", default=",".join(known), help=f"of {', '.join(known)}, with commas")
    parser.add_argument("--folder", type=Path, help="where collections are, or are built; else a temporary one")
    parser.add_argument("--only", default="", help="addresses whose name holds this")
    parser.add_argument("--commands", action="store_true", help="the commands too, on copies of the long sessions")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    shapes = [shape for shape in SHAPES if shape.key in options.shapes.split(",")]
    with tempfile.TemporaryDirectory(prefix="consta-shapes-") as temporary:
        folder = options.folder or Path(temporary)
        pool, seed = partial(text_pool, options.seed), options.seed
        found = measure_shapes(shapes, folder, pool, seed, lambda said: print(said, file=sys.stderr), options.only)
        if options.commands:
            found["commands"] = commands(folder / "largas", Path(temporary), pool(), seed)
        print("\n".join([goals_table(shape_goals(found)), *shapes_section(found)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
