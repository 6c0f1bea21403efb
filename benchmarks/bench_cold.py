"""Questions after idleness: what an institute's reader meets, who asks one every few minutes.

While a process waits, its pages and the processor's caches go to others: its first answers then cost more than the same
answers in a row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.bench_children import Child, EngineFailed
from benchmarks.bench_measures import percentile
from benchmarks.bench_rows import Question

KIND = "a"
IDLE_S = {15: 4, 120: 1}
"""Seconds without a question, and how often each is waited for."""
NEXT = 25
"""Questions after the first whose median is told."""
NEEDED = (1 + NEXT) * sum(IDLE_S.values())


def cold(children: Sequence[Child], questions: Sequence[Question], progress: Callable[[str], None]) -> dict[str, Any]:
    """Ask every engine after all of them have waited, in rotating order; each question once.

    Returns:
        By engine and by seconds of idleness: ``first`` and ``next``, CPU ms of the first question and of the median of
        the ``NEXT`` that follow it (medians over the rounds). Whoever fails, or of whom too few questions are left, is
        not in it.
    """
    rounds = [idle_s for idle_s, times in IDLE_S.items() for _ in range(times)]
    seen: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for number, idle_s in enumerate(rounds):
        batch = questions[number * (1 + NEXT) : (number + 1) * (1 + NEXT)]
        if len(batch) <= NEXT:
            break
        progress(f"{len(children)} motores callan {idle_s} s")
        time.sleep(idle_s)
        turn = number % max(1, len(children))
        for child in (*children[turn:], *children[:turn]):
            try:
                spent = [ns / 1e6 for ns in child.do("ask", kind=KIND, questions=batch)["ns"]]
            except EngineFailed:
                continue
            told = (spent[0], percentile(spent[1:], 0.5))
            seen.setdefault(child.engine.key, {}).setdefault(str(idle_s), []).append(told)
    return {engine: {idle_s: _medians(told) for idle_s, told in of.items()} for engine, of in seen.items()}


def _medians(told: Sequence[tuple[float, float]]) -> dict[str, float]:
    first, following = zip(*told, strict=True)
    return {"first": percentile(first, 0.5), "next": percentile(following, 0.5)}
