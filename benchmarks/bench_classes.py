"""The classes of questions at one size: every engine builds, opens and answers in children of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bench_children import ENGINES, Child, EngineFailed, EngineName
from benchmarks.bench_cold import cold
from benchmarks.bench_measures import agreement, summary
from benchmarks.bench_rows import Found, Question

BATCH = 25
"""Questions of one class that an engine answers before the next has its turn: the first finds the caches of others."""
WARM = 50
"""Questions of its class that an engine answers before each batch and that are not counted: whoever has waited for its
turn begins cold. They come from ``SPARE`` others in turn, so that no cache of answers meets them again soon."""
SPARE = 200
COLD_SIZES = (10_000, 100_000)
COMPARED = 30
"""Questions of each class whose answers are compared."""
REFERENCE = "consta"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure.

    Attributes:
        rows, size: The file of fragments, and how many of them.
        questions: Of each class.
        spare: Of each class, questions that are answered and not counted.
        cold: Of class a, questions to ask after idleness; none where that is not measured.
        engines: Which ones.
        folder: Where indexes are written.
        peers: The Python of the peers.
        budget_s: CPU seconds of one engine in one class, after which the rest of its questions are left out.
    """

    rows: Path
    size: int
    questions: dict[str, list[Question]]
    spare: dict[str, list[Question]]
    cold: list[Question]
    engines: Sequence[EngineName]
    folder: Path
    peers: Path
    budget_s: float


@dataclass(frozen=True, slots=True)
class Present:
    """What there is.

    Attributes:
        engines: Those that can be measured.
        versions: Of all that is measured.
        missing: Of those that are not there, why and what to do.
    """

    engines: list[EngineName]
    versions: dict[str, str]
    missing: dict[str, str]


def present(peers: Path, wanted: Sequence[EngineName] = ENGINES) -> Present:
    """The engines that are there."""
    found, versions, missing = [], {}, {}
    for engine in wanted:
        try:
            with Child(engine, peers) as child:
                answer = child.do("hello")
        except (EngineFailed, FileNotFoundError) as error:
            answer = {"missing": str(error)}
        if "missing" in answer:
            missing[engine.shown] = f"{answer['missing']}; to have it: {engine.cure}"
        else:
            found.append(engine)
            versions.update(answer["version"])
            versions[f"Python of {engine.shown}"] = answer["python"]
    return Present(found, versions, missing)


def measure(plan: Plan, progress: Callable[[str], None]) -> dict[str, Any]:
    """Build, open, ask, compare."""
    building: dict[str, Any] = {}
    failed: dict[str, str] = {}
    for engine in plan.engines:
        if not engine.builds:
            continue
        folder = _folder(plan, engine)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        progress(f"{plan.size:,} fragmentos: construye {engine.shown}")
        try:
            with Child(engine, plan.peers) as child:
                building[engine.key] = child.do("build", rows=str(plan.rows), size=plan.size, folder=str(folder))
        except EngineFailed as error:
            failed[engine.key] = str(error)
    with ExitStack() as stack:
        children, opening = [], {}
        for engine in plan.engines:
            if engine.module not in building:
                continue
            child = stack.enter_context(Child(engine, plan.peers))
            first = next(iter(plan.questions.values()))[0]._replace(mesa=None, person=None)
            try:
                opening[engine.key] = child.do("open", folder=str(_folder(plan, engine)), question=first)
            except EngineFailed as error:
                failed[engine.key] = str(error)
                continue
            children.append((child, frozenset(child.do("hello")["classes"]) & plan.questions.keys()))
        progress(f"{plan.size:,} fragmentos: {len(children)} motores contestan por turnos")
        times = _ask(plan, children, failed)
        rested = cold([child for child, _ in children if child.engine.key not in failed], plan.cold, progress)
        memory = {child.engine.key: child.do("memory") for child, _ in children if child.engine.key not in failed}
        agreed = _compare(plan, children, failed)
    for engine in plan.engines:
        if engine.builds:
            shutil.rmtree(_folder(plan, engine), ignore_errors=True)
    return {
        "build": building, "open": opening, "times": times, "memory": memory, "agreement": agreed, "failed": failed,
        "cold": rested,
    }  # fmt: skip


def _folder(plan: Plan, engine: EngineName) -> Path:
    return plan.folder / f"{engine.module}-{plan.size}"


Asked = list[tuple[Child, frozenset[str]]]


def _ask(plan: Plan, children: Asked, failed: dict[str, str]) -> dict[str, Any]:
    """A batch of each class of each engine in turn: what else the machine does hits all alike."""
    spent: dict[tuple[str, str], list[float]] = {}
    empty: dict[tuple[str, str], int] = {}
    for number, (kind, batch) in enumerate(_batches(plan.questions)):
        turn = number % len(children) if children else 0
        spare = plan.spare.get(kind, [])
        first = number // len(plan.questions) * WARM % max(1, len(spare))
        warm = spare[first : first + WARM]
        for child, classes in children[turn:] + children[:turn]:
            key = (child.engine.key, kind)
            if kind not in classes or child.engine.key in failed or sum(spent.get(key, ())) > 1000 * plan.budget_s:
                continue
            try:
                answer = child.do("ask", kind=kind, questions=batch, warm=warm)
            except EngineFailed as error:
                failed[child.engine.key] = str(error)
                continue
            spent.setdefault(key, []).extend(ns / 1e6 for ns in answer["ns"])
            empty[key] = empty.get(key, 0) + answer["empty"]
    found: dict[str, Any] = {}
    for (engine, kind), each in spent.items():
        found.setdefault(engine, {})[kind] = summary(each, empty[engine, kind])
    return found


def _batches(questions: dict[str, list[Question]]) -> Iterator[tuple[str, list[Question]]]:
    """One batch of each class, then the next of each."""
    for start in range(0, max(map(len, questions.values()), default=0), BATCH):
        for kind, each in questions.items():
            if each[start : start + BATCH]:
                yield kind, each[start : start + BATCH]


def _compare(plan: Plan, children: Asked, failed: dict[str, str]) -> dict[str, Any]:
    """Answers beside those of the reference, where it is among the engines."""
    answers: dict[str, dict[str, list[Found]]] = {}
    for child, classes in children:
        if child.engine.key in failed:
            continue
        for kind in plan.questions.keys() & classes:
            batch = plan.questions[kind][:COMPARED]
            try:
                told = child.do("found", kind=kind, questions=batch)
            except EngineFailed as error:
                failed[child.engine.key] = str(error)
                break
            answers.setdefault(child.engine.key, {})[kind] = [Found(*each) for each in told]
    mine = answers.get(REFERENCE, {})
    return {
        engine: {kind: agreement(mine[kind], found) for kind, found in sorted(of.items()) if kind in mine}
        for engine, of in answers.items()
    }
