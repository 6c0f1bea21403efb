"""Every order of results, in one table: parameters, links and messages are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class SortKey(Enum):
    """What an engine sorts passages by, full matches before partial ones."""

    SCORE = auto()
    """The score, falling; ties by place."""
    PLACE = auto()
    """The place of the passage in the order of the sessions."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of results.

    Attributes:
        name: Value of the parameter ``orden``.
        label: What pages call it.
        key: What the engine sorts by.
    """

    name: str
    label: str
    key: SortKey


RANKED = "relevancia"
"""The default."""
CHRONOLOGICAL = "cronologico"

ORDERS: dict[str, Order] = {
    order.name: order
    for order in (
        Order(RANKED, "Por relevancia", SortKey.SCORE),
        Order(CHRONOLOGICAL, "En el orden de las sesiones", SortKey.PLACE),
    )
}
"""By name, in the order in which pages offer them."""
