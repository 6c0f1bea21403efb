"""What commands of the staff cost over the collection of long sessions: CPU, with that of the readers' child."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench_processes import Cost, run
from benchmarks.bench_service import transcript

ADDED = "foro-1/mesa-agregada"
TIMES = 2


def commands(collection: Path, work: Path, pool: Sequence[str], seed: int) -> dict[str, float]:
    """CPU seconds by command, on a copy of ``collection`` (its ``corpus`` and ``indice``)."""
    corpus, index = work / "commands" / "corpus", work / "commands" / "indice"
    shutil.copytree(collection / "corpus", corpus)
    shutil.copytree(collection / "indice", index, symlinks=True)
    where: list[str | Path] = ["--corpus", corpus, "--indice", index]
    text = work / "commands" / "transcripcion.txt"
    text.write_text(transcript(pool, seed), encoding="utf-8")
    found = {name: min(_done([name, *where]).cpu for _ in range(TIMES)) for name in ("revisar", "pendientes")}
    _done(["nuevo", ADDED, "--titulo", "Mesa agregada", *where])
    found["agregar"] = _done(["agregar", text, "--mesa", ADDED, *where]).cpu
    found["actualizar, nothing changed"] = _done(["actualizar", *where]).cpu
    return found


def _done(arguments: Sequence[str | Path]) -> Cost:
    cost = run(["indexer", *arguments])
    if cost.status:
        raise RuntimeError(cost.output)
    return cost
