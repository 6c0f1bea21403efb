"""What of an errand was done already: the history says it, never a count.

Every order signs its step with a mark of its own, made of the errand, the order's place in it and all that the order
says. So what was sent once and is sent again with other orders is never taken for done, and what was undone since is
done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from search_app.desk.jobs.commands import Commands
from search_app.desk.jobs.jobs import Errand

_LONG_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of an errand that stands.

    Attributes:
        number: Of the step.
        mark: Which order took it.
        summary: What it did, in a line.
    """

    number: int
    mark: str
    summary: str


def mark(errand: Errand, number: int) -> str:
    """What the step of an order has for its origin; orders count from 0."""
    said = msgspec.json.encode((number, errand.orders[number]), order="sorted")
    return f"{errand.origin}_{hashlib.sha256(said).hexdigest()[:_LONG_ENOUGH]}"


def standing(commands: Commands, errand: Errand) -> tuple[Taken, ...]:
    """The steps of an errand that nobody has undone, the oldest first.

    Raises:
        CommandFailed: The history cannot be read.
    """
    found = [
        step
        for step in commands.ask("historial", options={"origen": f"{errand.origin}_"}).get("pasos", [])
        if isinstance(step, dict)
    ]
    return tuple(
        Taken(int(step["paso"]), str(step["desde"]), str(step.get("resumen") or step.get("accion") or ""))
        for step in reversed(found)
        if str(step.get("desde", "")).startswith(f"{errand.origin}_") and step.get("deshecho_por") is None
    )


def first_to_do(errand: Errand, taken: Iterable[Taken]) -> int:
    """The order to go on with: those before it were noted as done, or have a step that stands."""
    marks = {one.mark for one in taken}
    for number in range(len(errand.orders)):
        if number >= errand.done and mark(errand, number) not in marks:
            return number
    return len(errand.orders)
