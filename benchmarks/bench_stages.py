"""Where the CPU of a question goes, stage by stage: what of it a faster kernel could take at all.

    python benchmarks/bench_stages.py INDEX [--size 100000]

``INDEX`` is a folder that ``bench_work.py --index`` built, of the same size. Each stage without those inside it, in µs:
the mean of the middle half of the questions, so that a row adds up. The clocks cost some 15 µs per question. Decision
0088 reads it.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_collections import text_pool  # noqa: E402
from benchmarks.bench_engines import consta  # noqa: E402
from benchmarks.bench_passages import SEED, passages  # noqa: E402
from benchmarks.bench_queries import Questions  # noqa: E402
from benchmarks.bench_rows import CLASSES  # noqa: E402
from indexer.engines.ranking import searcher  # noqa: E402

QUESTIONS = 250
WARM = 50


class Clock:
    """What each stage spends, without the stages that it calls."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inside = 0

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return the call, timed."""

        def told(*args: Any, **kwargs: Any) -> Any:
            outside, self._inside = self._inside, 0
            start = time.process_time_ns()
            try:
                return call(*args, **kwargs)
            finally:
                spent = time.process_time_ns() - start
                self.spent[stage] += spent - self._inside
                self._inside = outside + spent

        return told


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path, help="the folder of an index")
    parser.add_argument("--size", type=int, default=10_000, help="its fragments")
    options = parser.parse_args(arguments)
    questions = Questions(list(passages(text_pool(), options.size)), SEED)
    facets = searcher.facets
    table: dict[str, dict[str, float]] = {}
    for kind in CLASSES:
        engine: Any = consta.make("documents")
        engine.open(options.index)
        clock, index = Clock(), engine._index
        ranker = index._ranker
        for owner, name, stage in (
            (index._corrector, "correct", "correcting words"),
            (index._resolver, "resolve", "resolving words"),
            (index._filtering, "select", "filters"),
            (index._reader, "term", "terms: look-up and decoding"),
            (ranker, "answer", "matching"),
            (ranker._scorer, "bigram", "pairs of words"),
            (ranker, "page", "scores and the first ten"),
            (ranker, "_lend", "what neighbours lend"),
            (index._hits, "of", "hits and marks"),
        ):
            setattr(owner, name, clock.timed(stage, getattr(owner, name)))
        searcher.facets = clock.timed("facets", facets)
        ask = clock.timed("the rest", engine.ask)
        found: list[Counter[str]] = []
        for question in questions.of(kind, WARM + QUESTIONS):
            clock.spent = Counter()
            ask(kind, question)
            found.append(clock.spent)
        middle = sorted(found[WARM:], key=Counter.total)[QUESTIONS // 4 : -QUESTIONS // 4]
        for stage in dict.fromkeys(stage for spent in middle for stage in spent):
            table.setdefault(stage, {})[kind] = mean(spent[stage] for spent in middle) / 1e3
        table.setdefault("all", {})[kind] = mean(map(Counter.total, middle)) / 1e3
    searcher.facets = facets
    table["all"] = table.pop("all")
    print("| µs | " + " | ".join(CLASSES) + " |\n| --- |" + " --- |" * len(CLASSES))
    for stage, of in table.items():
        print(f"| {stage} | " + " | ".join(f"{of.get(kind, 0):,.0f}" for kind in CLASSES) + " |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
