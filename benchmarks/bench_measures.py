"""What is made of times: percentiles, ratios, how far answers agree."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.bench_rows import Found


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that so large a share of them does not exceed (nearest rank: a value that was seen).

    Raises:
        ValueError: There is none.
    """
    if not values:
        raise ValueError("no values")
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def summary(spent_ms: Sequence[float], empty: int = 0) -> dict[str, Any]:
    """Percentiles of times, with how many there were and how many answers were empty."""
    if not spent_ms:
        return {}
    found = {f"p{int(100 * share)}": percentile(spent_ms, share) for share in (0.5, 0.95, 0.99)}
    return {**found, "mean": statistics.fmean(spent_ms), "n": len(spent_ms), "empty": empty}


def ratios(values: dict[str, float]) -> dict[str, float]:
    """Each to the least of them."""
    least = min(values.values(), default=0)
    return {name: value / least for name, value in values.items()} if least > 0 else {}


def agreement(mine: Sequence[Found], theirs: Sequence[Found]) -> dict[str, float]:
    """How far one engine's answers agree with those of another, question by question.

    Returns:
        ``hits``: their matches a match of mine, over all questions; ``top``: the share of the first ten in common
        (of the shorter list); ``counted``: their largest mesas' counts a count of mine, where facets were asked for;
        ``marked``: the share of their results that carry a mark, where snippets were.
    """
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a.numbers and b.numbers]
    common = [len(set(a.numbers) & set(b.numbers)) / min(len(a.numbers), len(b.numbers)) for a, b in pairs]
    shown = sum(len(found.numbers) for found in theirs)
    return {
        "hits": _share(sum(found.hits for found in theirs), sum(found.hits for found in mine)),
        "top": statistics.fmean(common) if common else 0.0,
        "counted": _share(*(sum(sum((found.mesas or {}).values()) for found in side) for side in (theirs, mine))),
        "marked": _share(sum(found.marked for found in theirs), shown),
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
