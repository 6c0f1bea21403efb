"""Starts the server on an index of the shipped corpus and prints what it takes to answer /salud.

    python benchmarks/server.py

Exit code 1 when it is not ready within 1.5 s, uses 150 MB or more, or has loaded spaCy.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEARCHES = (
    "/",
    "/buscar?q=PREP&ficticio=si",
    "/buscar?q=capacitacion",
    "/temas/",
    "/api/buscar?q=acciones+afirmativas",
)


def main() -> int:
    """Start it five times, cold file cache apart; print every figure and the worst."""
    with tempfile.TemporaryDirectory() as work:
        corpus, index = Path(work) / "corpus", Path(work) / "indice"
        shutil.copytree(ROOT / "corpus", corpus)
        build = [sys.executable, "-m", "indexer", "actualizar", "--corpus", corpus, "--indice", index]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        runs = [_run(index) for _ in range(5)]
    for ready, memory, spacy in runs:
        print(f"/salud en {ready:.2f} s; memoria {memory:.0f} MB después de {len(SEARCHES)} páginas; spaCy: {spacy}")
    ready = sorted(run[0] for run in runs)[len(runs) // 2]
    print(f"mediana: /salud en {ready:.2f} s; memoria máxima {max(run[1] for run in runs):.0f} MB")
    return 0 if ready <= 1.5 and max(run[1] for run in runs) < 150 and not any(run[2] for run in runs) else 1


def _run(index: Path) -> tuple[float, float, bool]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = time.perf_counter()
    command = [sys.executable, "-m", "search_app", "servir", "--indice", index, "--puerto", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - start < 30:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/salud", timeout=2).read()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.01)
        ready = time.perf_counter() - start
        for address in SEARCHES:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=5).read()
        status = Path(f"/proc/{process.pid}/status").read_text()
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        memory = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
        return ready, memory, "/spacy/" in maps
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    sys.exit(main())
