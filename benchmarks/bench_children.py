"""The children: one process an engine, started, told what to do, and asked in turn."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class EngineName:
    """An engine.

    Attributes:
        key: Name of its module, and the variant of it after a colon: another way to ask the same index.
        shown: As the tables have it.
        python: Whose Python it runs on: ``ours``, ``peers`` (.venv-bench) or ``system``.
        cure: How to get it.
    """

    key: str
    shown: str
    python: str
    cure: str

    @property
    def module(self) -> str:
        """Whose index it asks."""
        return self.key.partition(":")[0]

    @property
    def builds(self) -> bool:
        """False for a variant."""
        return ":" not in self.key


ENGINES = (
    EngineName("consta", "Consta", "ours", "make test"),
    EngineName("stock_whoosh", "Whoosh, stock", "ours", "make test"),
    EngineName("tantivy", "tantivy", "peers", "make bench"),
    EngineName("tantivy:documents", "tantivy, as documented", "peers", "make bench"),
    EngineName("fts5", "SQLite FTS5 (no stems)", "ours", "a Python whose SQLite has FTS5"),
    EngineName("xapian", "Xapian", "system", "apt install python3-xapian"),
    EngineName("bm25s", "bm25s, numpy", "peers", "make bench"),
    EngineName("bm25s:numba", "bm25s, numba", "peers", "make bench"),
)


def interpreter(engine: EngineName, peers: Path = PEERS_PYTHON) -> str | None:
    """The Python that runs it, or None where there is none."""
    if engine.python == "ours":
        return sys.executable
    if engine.python == "peers":
        return str(peers) if peers.is_file() else None
    return shutil.which("python3", path="/usr/bin:/bin")


class EngineFailed(RuntimeError):
    """A child ended, or said that it could not."""


class Child:
    """A child process with one engine."""

    def __init__(self, engine: EngineName, peers: Path = PEERS_PYTHON) -> None:
        python = interpreter(engine, peers)
        if python is None:
            raise FileNotFoundError(f"{peers} does not exist")
        self.engine = engine
        # One thread each: CPU time is what is compared, and the machine has other children.
        alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [python, "-W", "ignore", "-m", "benchmarks.bench_worker", engine.key],
            cwd=ROOT,
            env={**os.environ, **alone, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, order: str, **more: Any) -> Any:
        """Give an order and wait for its answer.

        Raises:
            EngineFailed: The child could not do it.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps({"do": order, **more}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise EngineFailed(f"{self.engine.shown}: the process ended ({order})")
        answer = json.loads(line)
        if isinstance(answer, dict) and "failed" in answer:
            raise EngineFailed(f"{self.engine.shown}: {answer['failed']}")
        return answer

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
