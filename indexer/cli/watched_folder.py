"""``vigilar``: a folder whose files are taken in."""

from __future__ import annotations

import time
from pathlib import Path

import click

from indexer import history
from indexer.cli.group import Call, cli, writing
from indexer.cli.output import print_json
from indexer.operations.watched_folder import STILL_S, Watch

_EVERY_S = 1.0
_PATIENCE = 6
"""How often the time of stillness passes before one look at all ends without a file that never is."""


@cli.command()
@click.argument("carpeta", type=click.Path(path_type=Path), metavar="CARPETA")
@click.option("--una-vez", "once", is_flag=True, help="Toma lo que hay y termina.")
@click.option("--quieto", type=click.FloatRange(0, 3_600), default=STILL_S, show_default=True, metavar="SEGUNDOS",
              help="Cuánto tiempo sin cambios debe llevar un archivo para tomarlo.")  # fmt: skip
@writing
def vigilar(carpeta: Path, once: bool, quieto: float, call: Call) -> int:
    """Vigila una carpeta: lee cada archivo que se pone en ella y lo publica, o lo deja en espera con un informe."""
    watch = Watch(call.settings, carpeta, call.author, quieto)
    taken = []
    until = time.monotonic() + _PATIENCE * max(quieto, STILL_S)
    with watch.alone():
        history.recover(call.settings.corpus)
        if not once and not call.as_json:
            click.echo(f"Se vigila {carpeta}. Para terminar: Ctrl+C.")
        while True:
            outcomes = watch.look()
            ends = once and (not watch.grows() or time.monotonic() >= until)
            if ends:
                outcomes += watch.unfinished()
            for outcome in outcomes:
                taken.append(outcome)
                if not call.as_json:
                    became = "publicado" if outcome.why is None else f"en espera: {outcome.why}"
                    click.echo(f"{outcome.name}: {became}")
            if ends:
                break
            time.sleep(min(_EVERY_S, max(quieto, 0.05)))
    if call.as_json:
        print_json(
            {
                "archivos": [
                    {"nombre": o.name, "pagina": o.page, "publicado": o.why is None, "motivo": o.why} for o in taken
                ]
            }
        )
    return 0
