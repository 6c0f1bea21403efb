"""The service at full size: from its start to the first answer, the first search, its memory, and what was added."""

from __future__ import annotations

import http.client
import json
import random
import statistics
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.bench_opening import opening_cpu_s
from benchmarks.bench_passages import person_name
from benchmarks.bench_processes import free_port, memory_of, run, serving
from benchmarks.bench_rows import Question, event_of

STARTS = 3
TRANSCRIPT_WORDS = 25_000
ADDED = "mesa-agregada"
MARK = "zurribanda"
"""A word that no text has."""
_POLL_S = 0.05
_LIMIT_S = 180


def starts(index: Path, questions: Sequence[Question], progress: Callable[[str], None]) -> dict[str, Any]:
    """Start the server some times on an index that was read before; the median of each."""
    progress("arranque del servidor, primera búsqueda y memoria")
    ready, first, memory = [], [], []
    for number in range(STARTS):
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        with serving(_server(index, port), f"{base}/salud") as (pid, seconds):
            ready.append(seconds)
            mine = questions[number::STARTS]
            start = time.perf_counter()
            _page(base, mine[0])
            first.append(time.perf_counter() - start)
            for question in mine[1:]:
                _page(base, question)
            memory.append(memory_of(pid))
    return {
        "opening_cpu_s": opening_cpu_s(index),
        "start_s": statistics.median(ready),
        "first_search_s": statistics.median(first),
        "memory_mb": max(memory),
        "pages_before_memory": len(questions) // STARTS,
    }


def adding(
    corpus: Path, index: Path, pool: Sequence[str], seed: int, progress: Callable[[str], None]
) -> dict[str, Any]:
    """Add a long transcript while the index is served, until a search of the running server finds it."""
    progress(f"agrega una transcripción de {TRANSCRIPT_WORDS:,} palabras")
    page = f"{event_of(0)}/{ADDED}"
    made = run(["indexer", "nuevo", page, "--titulo", "Mesa agregada", "--corpus", corpus, "--indice", index])
    if made.status:
        raise RuntimeError(made.output)
    path = corpus.parent / "transcripcion.txt"
    path.write_text(transcript(pool, seed), encoding="utf-8")
    port = free_port()
    with serving(_server(index, port), f"http://127.0.0.1:{port}/salud"):
        found: list[float] = []
        start = time.perf_counter()
        waiting = threading.Thread(target=_until_found, args=(port, start, found), daemon=True)
        waiting.start()
        cost = run(["indexer", "agregar", path, "--mesa", page, "--corpus", corpus, "--indice", index])
        waiting.join(_LIMIT_S)
    if cost.status or not found:
        raise RuntimeError(cost.output or "what was added was not found")
    return {
        "words": len(path.read_text(encoding="utf-8").split()),
        "command_s": cost.wall,
        "searchable_s": found[0],
        "cpu_s": cost.cpu,
        "peak_mb": cost.peak_mb,
    }


def _server(index: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "search_app", "servir", "--indice", str(index), "--puerto", str(port)]


def _page(base: str, question: Question) -> None:
    urllib.request.urlopen(f"{base}/buscar?{urlencode({'q': ' '.join(question.words)})}", timeout=60).read()


def _until_found(port: int, start: float, found: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.perf_counter() - start < _LIMIT_S:
        try:
            connection.request("GET", f"/api/buscar?q={MARK}&corregir=no")
            answer = json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()
            answer = {}
        if answer.get("total"):
            found.append(time.perf_counter() - start)
            return
        time.sleep(_POLL_S)


def transcript(pool: Sequence[str], seed: int) -> str:
    """Turns of eight people; the word to look for is in the last one."""
    draw = random.Random(f"{seed} transcript")
    turns, words = [], 0
    while words < TRANSCRIPT_WORDS:
        first = draw.randrange(len(pool) - 8)
        text = " ".join(pool[first : first + draw.randint(1, 8)])
        words += len(text.split())
        turns.append(f"{person_name(draw.randrange(8))}: {text}")
    return "\n\n".join([*turns, f"{person_name(0)}: Al final se habló de la {MARK}, y nada más."]) + "\n"
