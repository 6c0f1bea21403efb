"""What a question asks of the machine, class by class: what is the same on any of them.

    python benchmarks/bench_work.py [--size 100000] [--index FOLDER]

A row each: calls of functions in Python and of functions in C, those of numpy apart (arithmetic with operators and
subscripts are no calls); postings and bytes that come through the store's door; the memory that Python and numpy held
at most, above what they held before; the pages of memory that were read or written at all, 4 kB each (what a process
that was idle has to bring back: Linux alone tells that). Medians over the questions, each asked once of an index that
was just opened and is warm. CPU is told beside them: it is of this machine, and of this minute.
"""

from __future__ import annotations

import argparse
import ctypes
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from benchmarks.bench_collections import text_pool  # noqa: E402
from benchmarks.bench_engines import consta  # noqa: E402
from benchmarks.bench_passages import SEED, passages  # noqa: E402
from benchmarks.bench_queries import Questions  # noqa: E402
from benchmarks.bench_rows import CLASSES  # noqa: E402

QUESTIONS = 200
WARM = 50
NO_HUGE_PAGES = 41
"""Linux's ``PR_SET_THP_DISABLE``: else a byte that is touched may count as 2 MB."""

Ask = Callable[[], object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=10_000, help="fragments")
    parser.add_argument("--index", type=Path, help="a folder that keeps the index: built if it is not there")
    options = parser.parse_args(arguments)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(NO_HUGE_PAGES, 1, 0, 0, 0)
    rows = list(passages(text_pool(), options.size))
    engine: Any = consta.make("documents")
    with tempfile.TemporaryDirectory(prefix="consta-work-") as temporary:
        folder = options.index or Path(temporary) / "index"
        if not folder.is_dir():
            folder.mkdir()
            engine.build(rows, folder)
        questions = Questions(rows, SEED)
        table: dict[str, dict[str, float]] = {}
        for kind in CLASSES:
            asked = questions.of(kind, QUESTIONS + WARM)
            for measure in MEASURES:
                engine.open(folder)
                seen: Counter[str] = Counter()
                _at_the_door(engine, seen)
                for question in asked[:WARM]:
                    engine.ask(kind, question)
                found = []
                for question in asked[WARM:]:
                    seen.clear()
                    told = measure(partial(engine.ask, kind, question))
                    found.append(told | (seen if measure is _spent else {}))
                for name in dict.fromkeys(name for told in found for name in told):
                    table.setdefault(name, {})[kind] = median(told.get(name, 0) for told in found)
    print(f"Per question over {options.size:,} fragments, medians of {QUESTIONS}\n")
    print("| | " + " | ".join(CLASSES) + " |\n| --- |" + " --- |" * len(CLASSES))
    for name, of in table.items():
        shown = (f"{of.get(kind, 0):,.3g}" if of.get(kind, 0) < 10 else f"{of[kind]:,.0f}" for kind in CLASSES)
        print(f"| {name} | " + " | ".join(shown) + " |")
    return 0


def _at_the_door(engine: Any, seen: Counter[str]) -> None:
    """Count what the store hands out."""
    store = engine._index._store
    postings, stored = store.postings, store.stored

    def counted(field: str, term: str) -> Any:
        found = postings(field, term)
        for posted in found:
            seen["postings decoded"] += posted.documents.size
            seen["bytes of postings"] += posted.documents.nbytes + posted.counts.nbytes + posted.numbers.nbytes
        seen["terms read"] += len(found)
        return found

    def told(segment: int, document: int) -> bytes:
        found: bytes = stored(segment, document)
        seen["bytes of stored passages"] += len(found)
        return found

    store.postings, store.stored = counted, told


def _spent(ask: Ask) -> dict[str, float]:
    start = time.process_time_ns()
    ask()
    return {"CPU ms (this machine)": (time.process_time_ns() - start) / 1e6}


def _called(ask: Ask) -> dict[str, float]:
    calls: Counter[str] = Counter()

    def note(_frame: object, event: str, called: Any) -> None:
        if event == "call":
            calls["calls of Python"] += 1
        elif event == "c_call":
            calls["calls of C"] += 1
            ours = isinstance(getattr(called, "__self__", None), np.ndarray)
            calls["calls of numpy among them"] += ours or (getattr(called, "__module__", "") or "").startswith("numpy")

    sys.setprofile(note)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return dict(calls)


def _held(ask: Ask) -> dict[str, float]:
    tracemalloc.start()
    try:
        ask()
        return {"kB held at most": tracemalloc.get_traced_memory()[1] / 1e3}
    finally:
        tracemalloc.stop()


def _touched(ask: Ask) -> dict[str, float]:
    def referenced(work: Ask) -> int:
        Path("/proc/self/clear_refs").write_text("1", encoding="ascii")
        work()
        told = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
        return int(told.partition("Referenced:")[2].split()[0])

    try:
        return {"kB of pages touched": referenced(ask) - referenced(lambda: None)}
    except OSError:
        return {}


MEASURES = (_spent, _called, _held, _touched)

if __name__ == "__main__":
    raise SystemExit(main())
