"""``reporte``, ``reportes``: what readers say is wrong."""

from __future__ import annotations

import re

import click
import msgspec

from indexer.cli.group import Call, cli, page_of, reading
from indexer.cli.output import print_json, read_json
from indexer.model import PageId
from indexer.operations.reader_reports import OPEN, close, damaged, report, reports

_PLACE = re.compile(r"([^#]+)#p([1-9][0-9]{0,8})")


def fragment_of(text: str) -> tuple[PageId, int] | None:
    """``EVENTO/MESA#p42`` as typed; None where it is not of that form."""
    match = _PLACE.fullmatch(text.strip())
    return (page_of(match[1], session=False), int(match[2])) if match else None


@cli.command()
@click.argument("destino", metavar="EVENTO/MESA#pN")
@reading
def reporte(destino: str, call: Call) -> int:
    """Deja en la cola lo que un lector dice que está mal. Lee {"frase", "texto", "desde"} de la entrada."""
    place = fragment_of(destino)
    if place is None:
        raise click.UsageError(f"«{destino}» no es un fragmento: escriba EVENTO/MESA#p42.")
    found = report(call.settings.corpus, *place, read_json())
    if call.as_json:
        print_json({"reporte": found.id})
    else:
        click.echo(f"Reporte {found.id}.")
    return 0


@cli.command()
@click.option("--cerrar", metavar="ID", help="Cierra un reporte.")
@click.option("--motivo", metavar="TEXTO", help="Por qué se cierra, o qué se corrigió.")
@reading
def reportes(cerrar: str | None, motivo: str | None, call: Call) -> int:
    """Dice lo que los lectores reportaron, lo más nuevo primero; o cierra un reporte."""
    root = call.settings.corpus
    found = (close(root, cerrar, motivo),) if cerrar else reports(root)
    if call.as_json:
        keys = (msgspec.to_builtins(one) for one in found)
        told = [{key: value for key, value in one.items() if key != "version"} for one in keys]
        print_json({"reportes": told, "avisos": damaged(root)})
        return 0
    for fault in damaged(root):
        click.echo(f"Aviso: {fault}.", err=True)
    for one in found:
        click.echo(f"{one.id} · {one.page}#p{one.number} · {one.state}")
        click.echo(f"  «{one.sentence}»\n  {one.text}")
    if not any(one.state == OPEN for one in found):
        click.echo("No hay reportes en espera.")
    return 0
