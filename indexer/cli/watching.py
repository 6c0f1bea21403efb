"""``vigilar``: a folder whose files are taken in."""

from __future__ import annotations

import time
from pathlib import Path

import click

from indexer import history
from indexer.cli.group import Asked, cli, writing
from indexer.cli.telling import answer
from indexer.desk.watching import Watch

_EVERY_S = 1.0


@cli.command()
@click.argument("carpeta", type=click.Path(path_type=Path), metavar="CARPETA")
@click.option("--una-vez", "once", is_flag=True, help="Toma lo que hay y termina.")
@writing
def vigilar(carpeta: Path, once: bool, asked: Asked) -> int:
    """Vigila una carpeta: lee cada archivo que se pone en ella y lo publica, o lo deja en espera con un informe."""
    watch = Watch(asked.settings, carpeta, asked.author)
    taken = []
    with watch.alone():
        history.recover(asked.settings.corpus)
        if not once and not asked.as_json:
            click.echo(f"Se vigila {carpeta}. Para terminar: Ctrl+C.")
        while True:
            for outcome in watch.look():
                taken.append(outcome)
                if not asked.as_json:
                    became = "publicado" if outcome.why is None else f"en espera: {outcome.why}"
                    click.echo(f"{outcome.name}: {became}")
            if once and not watch.grows():
                break
            time.sleep(_EVERY_S)
    if asked.as_json:
        answer(
            {
                "archivos": [
                    {"nombre": o.name, "pagina": o.page, "publicado": o.why is None, "motivo": o.why} for o in taken
                ]
            }
        )
    return 0
