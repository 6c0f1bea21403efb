"""The commands of staff: ``python -m indexer …``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from indexer import pipeline
from indexer.config import Settings
from indexer.console import SpanishGroup
from indexer.corpus import desk
from indexer.errors import ConstaError, CorpusError
from indexer.model import Kind, PageId, Version
from indexer.pipeline import Report
from indexer.pipeline.report import Progress

_DATE = click.DateTime(formats=["%Y-%m-%d"])


def _places(command: Callable[..., Any]) -> Callable[..., Any]:
    """The two options that every command takes."""
    command = click.option("--indice", metavar="CARPETA", help="El índice (CONSTA_INDICE; si no, .indice).")(command)
    return click.option("--corpus", metavar="CARPETA", help="El acervo (CONSTA_CORPUS; si no, corpus).")(command)


@click.group(cls=SpanishGroup)
def cli() -> None:
    """Construye y cuida el índice de Consta a partir de los textos del acervo."""


@cli.command()
@_places
def actualizar(corpus: str | None, indice: str | None) -> int:
    """Construye el índice, o lo pone al día: solo se analiza de nuevo lo que cambió."""
    settings = Settings.make(corpus, indice)
    with _progress("Actualizando") as progress:
        report = pipeline.update(settings, progress=progress)
    return _tell(report, settings)


@cli.command()
@_places
def revisar(corpus: str | None, indice: str | None) -> int:
    """Revisa el acervo y el índice y dice todo lo que está mal. No escribe nada."""
    settings = Settings.make(corpus, indice)
    with _progress("Revisando") as progress:
        report = pipeline.review(settings, progress=progress)
    _tell_problems(report)
    errors = sum(1 for problem in report.problems if problem.severity == "error")
    click.echo("Sin errores." if not errors else f"{_count(errors, 'error', 'errores')} por corregir.")
    return int(report.failed)


@cli.command()
@click.argument("destino", metavar="EVENTO[/MESA]")
@click.option("--titulo", metavar="TEXTO", required=True, help="Título que verán los lectores.")
@click.option("--fecha", type=_DATE, metavar="AAAA-MM-DD", help="Día de la mesa, o primer día del evento.")
@click.option("--fin", type=_DATE, metavar="AAAA-MM-DD", help="Último día del evento, si dura más de uno.")
@_places
def nuevo(
    destino: str,
    titulo: str,
    fecha: dt.datetime | None,
    fin: dt.datetime | None,
    corpus: str | None,
    indice: str | None,
) -> int:
    """Crea la carpeta de un evento o de una mesa, con su archivo de datos."""
    root, page = Settings.make(corpus, indice).corpus, PageId.parse(destino.strip("/"))
    if page.session is None:
        if fecha is None:
            raise click.UsageError("un evento necesita su primer día: agregue --fecha AAAA-MM-DD.")
        folder = desk.new_event(root, page.event, titulo, fecha.date(), (fin or fecha).date())
    else:
        folder = desk.new_session(root, page.event, page.session, titulo, fecha.date() if fecha else None)
    click.echo(f"Creado: {folder}")
    click.echo("Complete sus datos, agregue los textos y publique con: python -m indexer actualizar")
    return 0


@cli.command()
@click.argument("archivo", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="ARCHIVO")
@click.option("--mesa", metavar="EVENTO/MESA", help="Mesa a la que pertenece.")
@click.option("--evento", metavar="EVENTO", help="Evento al que pertenece (para su anuncio).")
@click.option("--tipo", type=click.Choice([kind.value for kind in Kind]), help="Qué es: por omisión, la transcripción.")
@click.option("--video", metavar="URL", help="Dirección del video de la mesa.")
@click.option("--version", type=click.Choice([v.value for v in Version]), help="Qué clase de transcripción es.")
@click.option("--reemplazar", is_flag=True, help="Sustituye el texto que ya está.")
@_places
def agregar(
    archivo: Path, mesa: str | None, evento: str | None, tipo: str | None, video: str | None, version: str | None,
    reemplazar: bool, corpus: str | None, indice: str | None,
) -> int:  # fmt: skip
    """Agrega un archivo al acervo, tal como se recibió, y lo publica."""
    if (mesa is None) == (evento is None):
        raise click.UsageError("diga dónde va: --mesa EVENTO/MESA, o bien --evento EVENTO.")
    page = PageId.parse((mesa or evento or "").strip("/"))
    if mesa is not None and page.session is None:
        raise click.UsageError("--mesa se escribe EVENTO/MESA, por ejemplo foro-ieem-2025/mesa-1-buenas-practicas.")
    if evento is not None and page.session is not None:
        raise click.UsageError("--evento lleva solo el evento; para una mesa use --mesa EVENTO/MESA.")
    kind = Kind(tipo) if tipo else Kind.ANNOUNCEMENT if evento else Kind.TRANSCRIPT
    settings = Settings.make(corpus, indice)
    placed = desk.add_file(
        settings.corpus, archivo, page, kind,
        video=video, version=Version(version) if version else None, replace=reemplazar,
    )  # fmt: skip
    click.echo(f"Agregado: {placed}")
    with _progress("Actualizando") as progress, _unpublished("El archivo ya está en el acervo, pero sin publicar"):
        report = pipeline.update(settings, progress=progress)
    return _tell(report, settings)


@cli.command()
@click.argument("destino", metavar="EVENTO/MESA")
@click.option("--tipo", type=click.Choice([kind.value for kind in Kind]), help="Solo ese texto; sin él, toda la mesa.")
@click.option("--motivo", metavar="TEXTO", required=True, help="Por qué se retira; se publica con la fecha.")
@_places
def retirar(destino: str, tipo: str | None, motivo: str, corpus: str | None, indice: str | None) -> int:
    """Retira una mesa, o un texto suyo, del acervo, del índice y de las ediciones anteriores."""
    settings, page = Settings.make(corpus, indice), PageId.parse(destino.strip("/"))
    if not motivo.strip():
        raise click.UsageError("--motivo no puede quedar vacío: es lo que leerá quien siga una cita.")
    if page.session is None and tipo is None:
        raise click.UsageError("diga qué mesa (EVENTO/MESA), o agregue --tipo anuncio para el anuncio del evento.")
    kind = Kind(tipo) if tipo else None
    gone = desk.withdraw(settings.corpus, page, kind, motivo.strip(), pipeline.published_numbers(settings, page, kind))
    for withdrawal in gone:
        click.echo(f"Retirado: {withdrawal.path}")
    with _progress("Actualizando") as progress, _unpublished("Ya no está en el acervo, pero el índice aún lo sirve"):
        report = pipeline.update(settings, fresh=True, keep_old=False, progress=progress)
    return _tell(report, settings)


@cli.command()
@_places
def pendientes(corpus: str | None, indice: str | None) -> int:
    """Dice qué falta: transcripciones, quién habla, fechas."""
    rows = pipeline.pending(Settings.make(corpus, indice))
    for row in rows:
        click.echo(f"{row.page} · {row.title}")
        for lack in row.lacks:
            click.echo(f"  falta: {lack}")
    if not rows:
        click.echo("No falta nada.")
    return 0


@contextmanager
def _unpublished(state: str) -> Iterator[None]:
    """Say that the corpus has changed and the index has not: repeating the same order is then not the cure."""
    try:
        yield
    except ConstaError as error:
        raise ConstaError(
            f"{error}\n{state}. En cuanto se resuelva lo anterior, ejecute: python -m indexer actualizar"
        ) from error


@contextmanager
def _progress(label: str) -> Iterator[Progress | None]:
    """Shown on a terminal only, on standard error."""
    if not sys.stderr.isatty():
        yield None
        return

    def show(done: int, total: int, page: str) -> None:
        click.echo(f"\r\033[K{label}: {done} de {total} {page[:60]}", nl=False, err=True)

    yield show
    click.echo("\r\033[K", nl=False, err=True)


def _tell_problems(report: Report) -> None:
    for problem in report.problems:
        click.echo(f"{'Aviso' if problem.severity == 'aviso' else 'Error'}: {problem}", err=True)


def _count(value: int, one: str, many: str) -> str:
    return f"{value} {one if value == 1 else many}"


def _tell(report: Report, settings: Settings) -> int:
    """Say what was published, after all that was wrong."""
    _tell_problems(report)
    catalogue = report.catalogue
    if catalogue is None:
        raise CorpusError("No hay nada publicado. Corrija los errores de arriba y repita la orden.")
    passages = sum(record.passages for record in catalogue.pages.values())
    done = _count(len(report.changed), "página analizada", "páginas analizadas") if report.published else "sin cambios"
    if report.removed:
        done += f", {_count(len(report.removed), 'quitada', 'quitadas')}"
    held = (
        _count(len(catalogue.events), "evento", "eventos"),
        _count(len(catalogue.sessions), "mesa", "mesas"),
        _count(passages, "fragmento", "fragmentos"),
    )
    click.echo(f"Edición {catalogue.edition}: {', '.join(held)} ({done}). Índice: {settings.index}")
    if report.older_left:
        click.echo(
            "Aviso: un servidor todavía tiene abierta una edición anterior. "
            "Reinícielo y repita: python -m indexer actualizar",
            err=True,
        )
    if report.failed:
        click.echo("Lo que sí se pudo leer está publicado; lo demás conserva su última versión buena.", err=True)
    return int(report.failed)
