"""The command line: ``python -m search_app servir`` serves the pages, ``buscar`` asks from a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.config import Settings, said, setting
from indexer.console import SpanishGroup, config_option, option, run
from indexer.errors import QueryRejected, SettingInvalid
from indexer.folder_owner import act_as_owner
from indexer.program import STAFF

if TYPE_CHECKING:
    from indexer.index.protocol import SearchIndex
    from indexer.index.results import Results
    from search_app.asking.parameters import Asked
    from search_app.shown.collection import Collection


_separator = click.option(
    "--sep", default="", metavar="SEPARADOR", help="De CSV: coma, punto-y-coma o tabulador [coma]."
)


@click.group(cls=SpanishGroup)
def cli() -> None:
    """Busca en lo que se dijo en sesiones grabadas."""


@cli.command()
@option("corpus")
@option("indice")
@option("direccion")
@option("puerto")
@option("url_publica")
@option("proxies_de_confianza")
@option("encabezado_de_usuario")
@option("hilos")
@option("conexiones")
@option("metricas")
@option("descargas")
@config_option
def servir(corpus: str | None, indice: str | None, **options: Any) -> None:
    """Sirve las páginas y la API hasta que se le detenga. Con el acervo, también el escritorio del personal."""
    from indexer.engines import engine
    from indexer.engines.live import LiveIndex
    from search_app.desk.staff_desk import StaffDesk
    from search_app.http.public_address import NotPublic, site
    from search_app.http.server_log import keep_log
    from search_app.web import serving
    from search_app.web.application import create_app

    read = {name: setting(name, value) for name, value in options.items()}
    public, host, port = read["url_publica"], read["direccion"], read["puerto"]
    if read["encabezado_de_usuario"] and not read["proxies_de_confianza"]:
        place = said("encabezado_de_usuario", options["encabezado_de_usuario"]).place
        raise SettingInvalid(f"{place}: diga también en proxies_de_confianza qué servidor de delante lo escribe")
    try:
        prefix = site(public).prefix
    except NotPublic as error:
        raise SettingInvalid(f"{said('url_publica', options['url_publica']).place} {error}") from error
    settings = Settings.make(corpus, indice)
    desk = None
    if said("corpus", corpus).value:
        act_as_owner(settings.corpus, settings.index)
        desk = StaffDesk(settings.corpus, settings.index)
    keep_log()
    for fault in engine().faults():
        click.echo(str(fault), err=True)
    index = LiveIndex(settings.index)
    try:
        app = create_app(
            index,
            public_url=public,
            host=host,
            proxies=read["proxies_de_confianza"],
            desk=desk,
            metrics=read["metricas"],
            user_header=read["encabezado_de_usuario"],
            kept=read["descargas"],
        )
        server = serving.listen(app, host, port, threads=read["hilos"], connection_limit=read["conexiones"])
        port = server.port
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Consta está en http://{shown}:{port}{prefix}/ (para detenerla: Ctrl+C)")
        if desk is not None:
            desk.start()
            if not desk.accounts.anybody():
                where = "" if settings.corpus == Path("corpus").absolute() else f" --corpus {settings.corpus}"
                click.echo(f"El escritorio del personal se abre con su primera cuenta: {STAFF} cuenta NOMBRE{where}")
        serving.run(server, index.reopen, desk.leave_off if desk else lambda: None)
    finally:
        if desk is not None:
            desk.stop()
        index.close()


@cli.command(context_settings={"ignore_unknown_options": True})  # «-palabra» is a text as well
@click.argument("texto")
@option("indice")
@config_option
@click.option(
    "--formato", type=click.Choice(["texto", "json", "csv"]), default="texto", help="Cómo se muestra [texto]."
)
@click.option("--pagina", default="1", metavar="N", help="Qué página de resultados [1].")
@click.option("--por-pagina", default="10", metavar="N", help="Cuántos resultados, de 1 a 100 [10].")
@_separator
def buscar(texto: str, indice: str | None, formato: str, pagina: str, por_pagina: str, sep: str) -> None:
    """Busca TEXTO, con la misma gramática que la página (véase /ayuda)."""
    from search_app.asking.parameters import read
    from search_app.finding.results_page import answered
    from search_app.shown.collection import Collection
    from search_app.shown.serializing import separator

    with _opened(indice) as index:
        pairs = [("q", texto), ("pagina", pagina), ("por_pagina", por_pagina)]
        try:
            between = separator(sep)
            asked, results = answered(read(pairs), index)
            collection = Collection(index.overview())
        except QueryRejected as error:
            raise click.UsageError(f"{error}.") from error
    from search_app.finding.json_results import COLUMNS, answer, fragment
    from search_app.shown.serializing import to_csv, to_json

    if formato == "json":
        click.echo(to_json(answer(asked, results, collection.catalogue.edition), indent=2))
    elif formato == "csv":
        click.echo(to_csv(COLUMNS, map(fragment, results.hits), between), nl=False)
    else:
        click.echo(_as_text(asked, results, collection))


@cli.command()
@click.argument("destino", default=".", type=click.Path(path_type=Path))
@option("indice")
@option("url_publica")
@option("puerto")
@config_option
@click.option(
    "--formato", "formats", multiple=True, help="csv.zip, jsonl, texto.zip, tei, qdpx, vtt.zip o todo [todo]."
)
@click.option("--texto", "text", metavar="TEXTO", default="", help="Solo lo que esta búsqueda encuentra.")
@click.option("--de", "page", metavar="EVENTO[/MESA]", help="Solo un evento, o una mesa.")
@click.option("--ficticio", "fictitious", is_flag=True, help="También los textos ficticios.")
@_separator
def exportar(
    destino: Path,
    indice: str | None,
    formats: tuple[str, ...],
    text: str,
    page: str | None,
    fictitious: bool,
    sep: str,
    **at: Any,
) -> None:
    """Escribe en la carpeta DESTINO el acervo, una búsqueda o un evento, como /exportar."""
    from indexer.durable import being_written, sweep
    from search_app.citations.cited import today
    from search_app.exporting.corpus import gathered
    from search_app.exporting.kept_editions import take_out_withdrawn
    from search_app.exporting.packages import PACKAGES, file_name, write_package
    from search_app.exporting.selecting import ExportContext
    from search_app.exporting.selection import NotSelected
    from search_app.http.public_address import site
    from search_app.shown.addresses import under
    from search_app.shown.collection import Collection
    from search_app.shown.serializing import separator

    if unknown := [name for name in formats if name not in PACKAGES]:
        raise click.UsageError(f"No hay el formato «{unknown[0]}»: escriba {', '.join(PACKAGES)}.")
    pairs = [("todo_de", page)] if page else [("q", text), *([("ficticio", "si")] if fictitious else ())]
    public = site(setting("url_publica", at["url_publica"]))
    base = public.base or f"http://localhost:{setting('puerto', at['puerto'])}"
    with _opened(indice) as live, live.pinned() as index, under(public.prefix):
        try:
            corpus = gathered(ExportContext(index, Collection(index.overview()), base, today(), separator(sep)), pairs)
        except (NotSelected, QueryRejected) as error:
            raise click.UsageError(str(error).rstrip(".") + ".") from error
        destino.mkdir(parents=True, exist_ok=True)
        sweep(destino.glob(".consta-*.tmp"))  # what a run that was killed left
        for name in formats or ("todo",):
            path = destino / f"{file_name(corpus, name)}.zip"
            with being_written(path, 0o644) as file:
                write_package(file, corpus, PACKAGES[name])
            click.echo(path)
        for path in take_out_withdrawn(destino, corpus.context):
            click.echo(f"{path}: se le quitó lo que se retiró después", err=True)


@contextmanager
def _opened(indice: str | None) -> "Iterator[SearchIndex]":
    from indexer.engines import open_index

    index = open_index(Settings.make(None, indice).index)
    try:
        yield index
    finally:
        index.close()


def _as_text(asked: "Asked", results: "Results", collection: "Collection") -> str:
    """Results for a terminal, as the page lays them out, the address of each below its text."""
    from indexer.language.inferred_names import called
    from search_app.asking.spelling import spelling
    from search_app.finding.results_page import item, summary
    from search_app.shown.formatting import plain_snippet

    lines = [summary(asked, results) + "."]
    said = spelling(asked, results)
    if said.notice:
        lines.append(f"{said.notice}.")
    if said.meant:
        lines.append(f"¿Quiso decir «{said.meant.text}»?")
    lines += [f"Aviso: {notice}." for notice in (*asked.searched.notices, *asked.notices, *results.notices)]
    for one in (item(hit, "", collection) for hit in results.hits):
        passage = one.hit.passage
        partial = None if one.hit.full else "con algunas de las palabras"
        place = (one.place, one.date, passage.kind.label, one.clock, *one.cautions, partial)
        speaker = ", ".join(filter(None, (called(passage.person, passage.inferred), passage.post)))
        lines += ["", " · ".join(filter(None, place)), *filter(None, [speaker])]
        lines += [plain_snippet(passage.text, one.hit.marks), one.lasting]
    return "\n".join(lines)


if __name__ == "__main__":
    run(cli, "python -m search_app")
