"""Which commands of a job are done: the history of the corpus says it, so that a repeated job does nothing twice.

Every command signs its step with a mark, made of the job, the command's position in it and all that the command says.
So what was sent once and is sent again with other commands is never taken for done, and what was undone since is done
again.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from search_app.desk.jobs.commands import Commands
from search_app.desk.jobs.job import Job

_LONG_ENOUGH = 8


class CompletedStep(NamedTuple):
    """A step of a job that stands: its number, which command took it (``mark``), and what it did, in a line."""

    number: int
    mark: str
    summary: str


def mark(job: Job, number: int) -> str:
    """What the step of a command has for its origin; commands count from 0."""
    said = msgspec.json.encode((number, job.calls[number]), order="sorted")
    return f"{job.origin}_{hashlib.sha256(said).hexdigest()[:_LONG_ENOUGH]}"


def completed_steps(commands: Commands, job: Job) -> tuple[CompletedStep, ...]:
    """The steps of a job that nobody has undone, the oldest first. Raises ``CommandFailed``."""
    own = f"{job.origin}_"
    return tuple(
        CompletedStep(int(step["paso"]), str(step["desde"]), str(step.get("resumen") or step.get("accion") or ""))
        for step in reversed(commands.ask("historial", options={"origen": own}).get("pasos", []))
        if str(step.get("desde", "")).startswith(own) and step.get("deshecho_por") is None
    )


def first_to_do(job: Job, taken: Iterable[CompletedStep]) -> int:
    """The command to go on with: those before it were noted as done, or have a step that stands."""
    marks = {one.mark for one in taken}
    for number in range(len(job.calls)):
        if number >= job.done and mark(job, number) not in marks:
            return number
    return len(job.calls)
