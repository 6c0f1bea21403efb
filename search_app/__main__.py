"""The command line: ``python -m search_app servir`` serves the pages, ``buscar`` asks from a terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.config import Settings
from indexer.console import SpanishGroup, run
from indexer.errors import QueryRejected

if TYPE_CHECKING:
    from indexer.index.protocol import SearchIndex
    from indexer.index.results import Results
    from search_app.asking.parameters import Asked


@click.group(cls=SpanishGroup)
def cli() -> None:
    """Busca en lo que se dijo en sesiones grabadas."""


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--indice``."""
    return click.option("--indice", metavar="CARPETA", help="Dónde está el índice [.indice].")(command)


@cli.command()
@index_option
@click.option("--corpus", metavar="CARPETA", help="El acervo; solo lo usa la mesa del personal.")
@click.option("--direccion", default="127.0.0.1", metavar="IP", help="En qué dirección se atiende [127.0.0.1].")
@click.option(
    "--puerto", default=8000, type=click.IntRange(0, 65535), metavar="N", help="En qué puerto se atiende [8000]."
)
@click.option(
    "--url-publica",
    metavar="URL",
    help="Dirección que ve el público; puede llevar carpeta.",
)
def servir(indice: str | None, corpus: str | None, direccion: str, puerto: int, url_publica: str | None) -> None:
    """Sirve las páginas y la API hasta que se le detenga."""
    public = url_publica or os.environ.get("CONSTA_URL_PUBLICA")
    from indexer.engines.live import LiveIndex
    from search_app.desk.staff_desk import StaffDesk
    from search_app.http.path_prefix import NotPublic, site
    from search_app.http.server_log import keep_log
    from search_app.web import serving
    from search_app.web.application import create_app

    try:
        prefix = site(public).prefix
    except NotPublic as error:
        raise click.UsageError(f"--url-publica {error}.") from error
    keep_log()
    settings = Settings.make(corpus, indice)
    desk = StaffDesk(settings.corpus, settings.index) if corpus or os.environ.get("CONSTA_CORPUS") else None
    index = LiveIndex(settings.index)
    try:
        server = serving.listen(create_app(index, public_url=public, desk=desk), direccion, puerto)
        port = getattr(server, "effective_port", puerto)
        host = f"[{direccion}]" if ":" in direccion else direccion
        click.echo(f"Consta está en http://{host}:{port}{prefix}/ (para detenerla: Ctrl+C)")
        if desk is not None:
            desk.start()
        serving.run(server)
    finally:
        if desk is not None:
            desk.stop()
        index.close()


@cli.command(context_settings={"ignore_unknown_options": True})  # «-palabra» is a text as well
@click.argument("texto")
@index_option
@click.option(
    "--formato", type=click.Choice(["texto", "json", "csv"]), default="texto", help="Cómo se muestra [texto]."
)
@click.option("--pagina", default="1", metavar="N", help="Qué página de resultados [1].")
@click.option("--por-pagina", default="10", metavar="N", help="Cuántos resultados, de 1 a 100 [10].")
def buscar(texto: str, indice: str | None, formato: str, pagina: str, por_pagina: str) -> None:
    """Busca TEXTO, con la misma gramática que la página (véase /ayuda)."""
    from search_app.asking.parameters import read
    from search_app.finding.results_page import answered

    with _opened(indice) as index:
        pairs = [("q", texto), ("pagina", pagina), ("por_pagina", por_pagina)]
        try:
            asked, results = answered(read(pairs), index)
            catalogue = index.overview().catalogue
        except QueryRejected as error:
            raise click.UsageError(f"{error}.") from error
    from search_app.finding import json_results
    from search_app.shown.collection import has_several
    from search_app.shown.serializing import to_json

    if formato == "json":
        click.echo(to_json(json_results.answer(asked, results, catalogue.edition), indent=2))
    elif formato == "csv":
        click.echo(json_results.to_csv(results), nl=False)
    else:
        click.echo(_as_text(asked, results, several=has_several(catalogue.events)))


@contextmanager
def _opened(indice: str | None) -> Iterator[SearchIndex]:
    from indexer.engines import open_index

    index = open_index(Path(Settings.make(None, indice).index))
    try:
        yield index
    finally:
        index.close()


def _as_text(asked: Asked, results: Results, *, several: bool) -> str:
    """Results for a terminal, the address of each below its text; ``several`` events are told apart."""
    from indexer.language.inferred_names import called
    from search_app.asking.spelling import spelling
    from search_app.finding.results_page import summary
    from search_app.shown.addresses import fragment_address
    from search_app.shown.collection import hit_title
    from search_app.shown.formatting import clock, plain_snippet

    lines = [summary(asked, results) + "."]
    said = spelling(asked, results)
    if said.notice:
        lines.append(f"{said.notice}.")
    if said.meant:
        lines.append(f"¿Quiso decir «{said.meant.text}»?")
    lines += [f"Aviso: {notice}." for notice in (*asked.searched.notices, *asked.notices, *results.notices)]
    for hit in results.hits:
        passage = hit.passage
        place = [hit_title(hit.event, hit.session, several=several), passage.kind.label]
        if passage.start_s is not None:
            place.append(clock(passage.start_s))
        if hit.event.fictitious:
            place.append("Texto ficticio")
        if passage.own_wording:
            place.append("Redacción propia, a partir de fuentes")
        if not hit.full:
            place.append("con algunas de las palabras")
        speaker = ", ".join(filter(None, (called(passage.person, passage.inferred), passage.post)))
        lines += ["", " · ".join(place)]
        if speaker:
            lines.append(speaker)
        lines += [plain_snippet(passage.text, hit.marks), fragment_address(hit.page, passage.number)]
    return "\n".join(lines)


if __name__ == "__main__":
    run(cli, "python -m search_app")
