"""Prints what a command answers: lines for a person, one JSON object for a program."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click
import msgspec

from indexer import history
from indexer.cli.group import Call
from indexer.config import Settings
from indexer.errors import ConstaError, CorpusError, Problem, memory_errors
from indexer.model import PageId
from indexer.program import STAFF

if TYPE_CHECKING:
    from indexer.pipeline import Progress, Report

_LONGEST_GIVEN = 50_000_000
_BAR = 20
_UNPUBLISHED = "El cambio ya está en el acervo, pero sin publicar"


def print_json(values: Mapping[str, Any]) -> None:
    """Print one JSON object on standard output."""
    click.echo(json.dumps(values, ensure_ascii=False))


def read_json() -> dict[str, Any]:
    """Read the JSON object on standard input. Raises ``UsageError``: there is none."""
    try:
        values = msgspec.json.decode(sys.stdin.buffer.read(_LONGEST_GIVEN + 1))  # it takes no half of a character
    except (ValueError, RecursionError) as error:
        raise click.UsageError("la entrada debe ser un objeto JSON en UTF-8.") from error
    if not isinstance(values, dict):
        raise click.UsageError("la entrada debe ser un objeto JSON.")
    return values


def answer(call: Call, told: Mapping[str, Any], lines: Iterable[str], notices: Iterable[str] = ()) -> int:
    """Print what was asked, an object or lines and, on standard error, notices; returns the exit code."""
    if call.as_json:
        print_json(told)
        return 0
    for line in lines:
        click.echo(line)
    for notice in notices:
        click.echo(notice, err=True)
    return 0


def carry_out(
    call: Call, action: str, page: PageId | None, change: Callable[[history.Step], object],
    view: Callable[[], dict[str, Any]] | None = None,
) -> int:  # fmt: skip
    """Take a step of the history and publish it; returns the exit code.

    Args:
        change: Makes the changes; a text that it returns is told to a person, else the step's summary.
        view: What the page holds now: added to a conflict, for whoever has to decide again.
    """
    try:
        with call.step(action, page) as taken:
            done = change(taken)
    except history.Conflict as conflict:
        conflict.details = {**(view() if view else {}), **conflict.details}
        raise
    return publish(call, taken, page, done=done if isinstance(done, str) else taken.summary)


def publish(
    call: Call, taken: history.Step, page: PageId | None, *, done: str = "", purge: bool = False,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> int:  # fmt: skip
    """Publish a step of the history, and print what was done; returns the exit code.

    Args:
        done: What the step did, for a person.
        purge: True after a withdrawal: nothing of it stays in the index.
        more: What else a program is told.
    """
    from indexer.pipeline import update_in_turn  # the whole of the pipeline: most orders only read

    if done and not call.as_json:
        click.echo(done)
    with progress("Actualizando") as shown, _unpublished(taken, purge=purge):
        report = update_in_turn(call.settings, purge=purge, progress=shown)
    if not call.as_json:
        if taken.number is not None:
            click.echo(f"Paso {taken.number} del historial.")
        return print_report(report, call.settings)
    catalogue = report.catalogue
    touched = {path.rpartition("/")[0] for path in taken.staged} if more else {str(page)}
    records = [record for name, record in catalogue.pages.items() if name in touched] if catalogue else []
    warnings = [*more.get("avisos", ()), *map(str, report.problems)]
    if report.older_left:
        warnings.append("Un servidor todavía tiene abierta una edición anterior: reinícielo y repita actualizar")
    aligned = records[0].aligned if len(records) == 1 else None
    print_json(
        {
            **more,
            "paso": taken.number,
            "edicion": catalogue.edition if catalogue else None,
            "pagina": str(page) if page else None,
            "fragmentos": sum(record.passages for record in records),
            "avisos": warnings,
            **({} if aligned is None else {"alineado": aligned}),
        }
    )
    return 0


@contextmanager
def _unpublished(taken: history.Step, *, purge: bool) -> Iterator[None]:
    """Say that the corpus has changed and the index has not: repeating the same order is then not the cure."""
    try:
        with memory_errors():
            yield
    except ConstaError as error:
        state = "Ya no está en el acervo, pero el índice aún lo sirve" if purge else _UNPUBLISHED
        told = ConstaError(f"{error}\n{state}. En cuanto se resuelva lo anterior, ejecute: {STAFF} actualizar")
        told.details = {**error.details, "paso": taken.number, "publicado": False}
        raise told from error


@contextmanager
def progress(label: str) -> Iterator["Progress | None"]:
    """Shown on a terminal, on standard error; else written where the desk looks (``CONSTA_AVANCE``), if it does."""
    kept = os.environ.get("CONSTA_AVANCE")
    if not sys.stderr.isatty():
        yield (lambda done, total, page: _keep(kept, label, done, total)) if kept else None
        return

    def show(done: int, total: int, page: str) -> None:
        bar = "█" * (_BAR * done // max(total, 1))
        click.echo(f"\r\033[K{label} {bar:░<{_BAR}} {done} de {total} {page[:50]}", nl=False, err=True)

    yield show
    click.echo("\r\033[K", nl=False, err=True)


def _keep(place: str, label: str, done: int, total: int) -> None:
    """Write how far a command is; what goes wrong with that does not stop it."""
    with contextlib.suppress(OSError):
        beside = Path(f"{place}.tmp")
        beside.write_text(f"{done} {total} {label}", encoding="utf-8")
        beside.replace(place)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem on a line of standard error."""
    for problem in problems:
        click.echo(in_words(problem), err=True)


def in_words(problem: Problem) -> str:
    """A problem as a person reads it."""
    return f"{'Aviso' if problem.severity == 'aviso' else 'Error'}: {problem}"


def count(value: int, one: str, many: str) -> str:
    """``3 mesas``."""
    return f"{value} {one if value == 1 else many}"


def percent(share: float) -> str:
    """``97 %``; whole only where nothing lacks."""
    return f"{int(100 * share)} %"


def print_report(report: "Report", settings: Settings) -> int:
    """Print the problems, then what was published; returns the exit code."""
    print_problems(report.problems)
    catalogue = report.catalogue
    if catalogue is None:
        raise CorpusError("No hay nada publicado. Corrija los errores de arriba y repita la orden.")
    passages = sum(record.passages for record in catalogue.pages.values())
    done = count(len(report.changed), "página analizada", "páginas analizadas") if report.published else "sin cambios"
    if report.removed:
        done += f", {count(len(report.removed), 'quitada', 'quitadas')}"
    held = (
        count(len(catalogue.events), "evento", "eventos"),
        count(len(catalogue.sessions), "mesa", "mesas"),
        count(passages, "fragmento", "fragmentos"),
    )
    click.echo(f"Edición {catalogue.edition}: {', '.join(held)} ({done}). Índice: {settings.index}")
    for page in report.changed:
        if page in catalogue.pages and (share := catalogue.pages[page].aligned) is not None:
            click.echo(f"{page}: {percent(share)} de las palabras con su hora, tomada de los subtítulos.")
    if report.older_left:
        click.echo(
            f"Aviso: un servidor todavía tiene abierta una edición anterior. Reinícielo y repita: {STAFF} actualizar",
            err=True,
        )
    if report.failed:
        click.echo("Lo que sí se pudo leer está publicado; lo demás conserva su última versión buena.", err=True)
    return int(report.failed)
