"""``actualizar``, ``revisar``, ``pendientes``: the index, and what corpus and index lack."""

import click

from indexer import history, pipeline
from indexer.cli.group import cli, places
from indexer.cli.output import count, print_problems, print_report, progress
from indexer.config import Settings
from indexer.program import STAFF


@cli.command()
@places
def actualizar(settings: Settings) -> int:
    """Construye el índice, o lo pone al día: solo se analiza de nuevo lo que cambió."""
    finished = history.recover(settings.corpus)
    if finished is not None:
        click.echo(f"El paso {finished} del historial se había interrumpido: quedó terminado.", err=True)
    history.let_go(settings.corpus)
    with progress("Actualizando") as shown:
        report = pipeline.update(settings, progress=shown)
    return print_report(report, settings)


@cli.command()
@places
def revisar(settings: Settings) -> int:
    """Revisa el acervo y el índice y dice todo lo que está mal. No escribe nada."""
    with progress("Revisando") as shown:
        report = pipeline.review(settings, progress=shown)
    print_problems(report.problems)
    errors = sum(1 for problem in report.problems if problem.severity == "error")
    click.echo("Sin errores." if not errors else f"{count(errors, 'error', 'errores')} por corregir.")
    return int(report.failed)


@cli.command()
@places
def pendientes(settings: Settings) -> int:
    """Dice qué falta: transcripciones, quién habla, horas, fechas; y qué nombres pueden ser de la misma persona."""
    history.let_go(settings.corpus)
    rows, people = pipeline.pending(settings)
    for row in rows:
        click.echo(f"{row.page} · {row.title}")
        for lack in row.lacks:
            click.echo(f"  falta: {lack}")
    for one in people:
        others = " o ".join(f"«{other}»" for other in one.others)
        click.echo(f"¿Son la misma persona? «{one.name}» y {others} (vea: {STAFF} personas)")
    for step in history.Undoing(settings.corpus).kept():
        click.echo(
            f"Copia de lo retirado, hasta el {step.kept_until}: {step.record.summary} (paso {step.record.number})"
        )
    if not rows:
        click.echo("No falta nada.")
    return 0
