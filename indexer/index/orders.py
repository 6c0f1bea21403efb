"""Every order of results, in one table: the parameter, links, messages and the API's description are made from it."""

from dataclasses import dataclass
from typing import Literal

RANKED = "relevancia"
"""The default."""
CHRONOLOGICAL = "cronologico"
RECENT = "reciente"
SortKey = Literal["score", "place", "newest"]
"""What an engine sorts by: falling scores (ties by place), the place in the order of the sessions, or that order with
the last page first (within a page, passages stay as they were said)."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of results; full matches come before partial ones in each.

    Attributes:
        label: What pages call it.
        key: What the engine sorts by.
    """

    label: str
    key: SortKey


ORDERS: dict[str, Order] = {
    RANKED: Order("Por relevancia", "score"),
    CHRONOLOGICAL: Order("En el orden de las sesiones", "place"),
    RECENT: Order("Lo más reciente primero", "newest"),
}
"""By the value of ``orden``, in the order in which pages offer them."""
