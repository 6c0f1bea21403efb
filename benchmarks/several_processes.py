"""Several server processes over one index: searches per second, errors, CPU per search, memory; a line per number.

    python benchmarks/several_processes.py INDEX [PROCESSES ...]

PROCESSES defaults to 1 2. The questions are of one to three words of the index, seeded, each asked once of
``/api/buscar``. The load comes from as many processes as there are servers, each with one connection to each server;
its CPU, on the same cores, is told. Exit code 1 when there is an error, or two give less than 1.7 times what one gives.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import random
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
SEED = 19
QUESTIONS = 2_000
WARMING = 200
REACH = 1.7


def questions_of(index: Path) -> list[str]:
    """Addresses of searches for words that some fragments have."""
    from indexer.engines.whoosh.segments import FOLDER, Segments

    found = Segments(index / "actual" / FOLDER).terms("exact")
    words = [word for word, fragments in found if fragments > 1 and word.isalpha()]
    draw = random.Random(SEED)
    asked = (" ".join(draw.choices(words, k=draw.randint(1, 3))) for _ in range(WARMING + QUESTIONS))
    return [f"/api/buscar?{urlencode({'q': question})}" for question in asked]


def ask(ports: list[int], addresses: list[str], told: multiprocessing.SimpleQueue[tuple[int, float]]) -> None:
    """Ask every server a share of the questions, side by side; tell how many failed, and the CPU that it took."""
    start, wrong = time.process_time(), []

    def one(port: int, mine: list[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for address in mine:
            try:
                connection.request("GET", address)
                answer = connection.getresponse()
                if answer.status != 200 or "total" not in json.loads(answer.read()):
                    wrong.append(address)
            except (OSError, http.client.HTTPException, ValueError):
                connection.close()
                wrong.append(address)

    threads = [
        threading.Thread(target=one, args=(port, addresses[place :: len(ports)])) for place, port in enumerate(ports)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put((len(wrong), time.process_time() - start))


def load(ports: list[int], addresses: list[str]) -> tuple[float, int, float]:
    """Ask; return the wall seconds, how many failed, and the CPU seconds of those who asked."""
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.SimpleQueue[tuple[int, float]] = context.SimpleQueue()
    askers = [context.Process(target=ask, args=(ports, addresses[n :: len(ports)], told)) for n in range(len(ports))]
    start = time.perf_counter()
    for asker in askers:
        asker.start()
    results = [told.get() for _ in askers]
    for asker in askers:
        asker.join()
    return time.perf_counter() - start, sum(wrong for wrong, _ in results), sum(cpu for _, cpu in results)


def measured(index: Path, processes: int, addresses: list[str]) -> tuple[float, int]:
    """Serve by so many processes, ask, print the line; return searches per second and how many failed."""
    from benchmarks.bench_processes import cpu_of, free_port, memory_of, serving, share_mb

    with ExitStack() as running:
        ports, servers = [free_port() for _ in range(processes)], []
        for port in ports:
            command = [sys.executable, "-m", "search_app", "servir", "--indice", str(index), "--puerto", str(port)]
            servers.append(running.enter_context(serving(command, f"http://127.0.0.1:{port}/salud"))[0])
        load(ports, addresses[:WARMING] * processes)
        before = sum(map(cpu_of, servers))
        wall, wrong, asking = load(ports, addresses[WARMING:])
        cpu = sum(map(cpu_of, servers)) - before
        share, whole = sum(map(share_mb, servers)), sum(map(memory_of, servers))
    print(
        f"{processes} procesos: {QUESTIONS / wall:.0f} búsquedas por segundo, {wrong} errores; CPU de los servidores "
        f"{1_000 * cpu / QUESTIONS:.2f} ms por búsqueda, de quien pregunta {1_000 * asking / QUESTIONS:.2f} ms; "
        f"memoria {share:.0f} MB (lo compartido, una vez), {whole:.0f} MB (cada proceso entero)",
        flush=True,
    )
    return QUESTIONS / wall, wrong


def main() -> int:
    """Measure each number of processes, print how the last compares with the first."""
    index = Path(sys.argv[1])
    addresses = questions_of(index)
    rows = [measured(index, processes, addresses) for processes in map(int, sys.argv[2:] or (1, 2))]
    times = rows[-1][0] / rows[0][0]
    print(f"el último da {times:.2f} veces lo que el primero")
    return 1 if any(wrong for _, wrong in rows) or (len(rows) > 1 and times < REACH) else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
