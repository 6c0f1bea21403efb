"""Where Consta's time goes, class by class: shares of CPU by file. How many calls a question takes: ``bench_work``.

    python benchmarks/bench_profile.py [--size 100000]

The profiler makes calls dearer than arithmetic: the shares say where to look, ``make bench`` how long it takes.
What numpy and Python's own functions take counts for the file that called them.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_collections import text_pool  # noqa: E402
from benchmarks.bench_engines import consta  # noqa: E402
from benchmarks.bench_passages import SEED, passages  # noqa: E402
from benchmarks.bench_queries import Questions  # noqa: E402
from benchmarks.bench_rows import CLASSES  # noqa: E402

QUESTIONS = 400
WARM = 10
LEAST = 0.02
"""Share from which on a file has a row."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=100_000, help="fragments")
    options = parser.parse_args(arguments)
    rows = list(passages(text_pool(), options.size))
    engine = consta.make("documents")
    with tempfile.TemporaryDirectory(prefix="consta-profile-") as folder:
        engine.build(rows, Path(folder))
        shares: dict[str, Counter[str]] = {}
        for kind in CLASSES:
            engine.open(Path(folder))  # nothing kept from the class before
            questions = Questions(rows, SEED).of(kind, QUESTIONS + WARM)
            for question in questions[:WARM]:
                engine.ask(kind, question)
            profile = cProfile.Profile()
            profile.enable()
            for question in questions[WARM:]:
                engine.ask(kind, question)
            profile.disable()
            stats: Any = pstats.Stats(profile)
            shares[kind] = _by_file(stats.stats)
    print(_table(shares, options.size))
    return 0


def _by_file(stats: dict[Any, Any]) -> Counter[str]:
    """Seconds by file of ours, those of what it calls elsewhere included."""
    found: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in stats.items():
        if (ours := _ours(file)) is not None:
            found[ours] += own
            continue
        for (caller, _, _), (_, _, _, whole) in callers.items():
            if (called_from := _ours(caller)) is not None:
                found[called_from] += whole
    return found


def _ours(file: str) -> str | None:
    path = Path(file)
    inside = path.is_relative_to(ROOT / "indexer") or path.is_relative_to(ROOT / "search_app")
    return str(path.relative_to(ROOT)) if inside else None


def _table(shares: dict[str, Counter[str]], size: int) -> str:
    whole = {kind: sum(found.values()) for kind, found in shares.items()}
    files = {file for kind, found in shares.items() for file, seconds in found.items() if seconds > LEAST * whole[kind]}
    of = {file: {kind: shares[kind][file] / whole[kind] for kind in shares} for file in files}
    lines = [f"Shares of CPU over {size:,} fragments, {QUESTIONS} questions a class", ""]
    lines += ["| file | " + " | ".join(shares) + " |", "| --- |" + " --- |" * len(shares)]
    for file in sorted(files, key=lambda file: -sum(of[file].values())):
        lines.append(f"| `{file}` | " + " | ".join(f"{100 * of[file][kind]:.0f} %" for kind in shares) + " |")
    rest = {kind: 1 - sum(of[file][kind] for file in files) for kind in shares}
    lines.append("| the rest | " + " | ".join(f"{100 * rest[kind]:.0f} %" for kind in shares) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
