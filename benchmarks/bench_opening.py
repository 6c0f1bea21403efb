"""Opens a published index in a process of its own and prints the CPU seconds: the engine, its catalogue, the look-ups.

python -m benchmarks.bench_opening INDEX
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.bench_processes import compile_all

ROOT = Path(__file__).resolve().parents[1]


def opening_cpu_s(index: Path, times: int = 3) -> float:
    """The least of several openings, each in a new process."""
    compile_all()
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.bench_opening", str(index)]
    return min(float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout) for _ in range(times))


def main(index: Path) -> None:
    """Import first, then open: what is imported is the same for any collection."""
    from indexer.engines.live import LiveIndex
    from indexer.engines.ranking import searcher  # noqa: F401  the engine imports it when it opens something
    from indexer.engines.whoosh import engine, lexicon_file  # noqa: F401
    from search_app.shown.current_index import CurrentIndex
    from search_app.web import application  # noqa: F401  every room's imports

    start = time.process_time()
    with CurrentIndex(LiveIndex(index)).now():
        print(time.process_time() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
