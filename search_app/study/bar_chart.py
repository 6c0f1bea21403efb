"""The geometry of a bar chart, which a template draws as SVG.

Widths are shares of the drawing's width, heights are pixels: so it fits any screen and its letters are never scaled.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LABEL = 24
"""Height of a group's name."""
BAR = 24
"""Height that a bar takes: what a finger can meet."""
THICK = 15
"""Height of the bar itself."""
GAP = 14
"""Between two groups."""
WIDEST = 76.0
"""Share of the width of the longest bar; the rest is for its number."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a bar shows: its size, how that is written, what it is in words, where it leads."""

    size: float
    text: str
    says: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its row begins at ``y``, the bar itself at ``top``; ``width`` is in hundredths of the drawing."""

    series: int
    y: int
    top: int
    width: float
    value: Value


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one name, whose line ends at ``y``."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing."""

    height: int
    groups: tuple[Group, ...]


def chart(groups: Sequence[tuple[str, Sequence[Value | None]]], longest: float) -> Chart:
    """Lay out groups of bars.

    Args:
        groups: The name of each and its values, one a series; None where there is nothing to show a size of.
        longest: The size of the longest bar there may be; those of several pages are drawn to one scale.
    """
    laid, y = [], 0
    for label, values in groups:
        name_at = y + LABEL - 8
        y += LABEL
        bars = []
        for series, value in enumerate(values, 1):
            if value is not None:
                width = round(WIDEST * value.size / longest, 2) if longest > 0 else 0.0
                bars.append(Bar(series, y, y + (BAR - THICK) // 2, width, value))
                y += BAR
        laid.append(Group(label, name_at, tuple(bars)))
        y += GAP
    return Chart(y, tuple(laid))
