"""``retirar``: a mesa or a text out of everything."""

from __future__ import annotations

import click

from indexer import pipeline
from indexer.cli.group import Asked, cli, writing
from indexer.cli.telling import publish
from indexer.corpus import desk
from indexer.corpus.withdrawals import NAMES
from indexer.desk.forgetting import forget
from indexer.model import Kind, PageId

_UNPUBLISHED = "Ya no está en el acervo, pero el índice aún lo sirve"


@cli.command()
@click.argument("destino", metavar="EVENTO/MESA")
@click.option("--tipo", type=click.Choice([kind.value for kind in Kind]), help="Solo ese texto; sin él, toda la mesa.")
@click.option("--motivo", metavar="TEXTO", required=True, help="Por qué se retira; se publica con la fecha.")
@click.option(
    "--conservar", is_flag=True, help="Guarda lo retirado en corpus/_retirados, fuera de todo lo que se publica."
)
@writing
def retirar(destino: str, tipo: str | None, motivo: str, conservar: bool, asked: Asked) -> int:
    """Retira una mesa, o un texto suyo, del acervo, del índice y de las ediciones anteriores."""
    settings, page = asked.settings, PageId.parse(destino.strip("/"))
    if not motivo.strip():
        raise click.UsageError("--motivo no puede quedar vacío: es lo que leerá quien siga una cita.")
    if page.session is None and tipo is None:
        raise click.UsageError("diga qué mesa (EVENTO/MESA), o agregue --tipo anuncio para el anuncio del evento.")
    kind = Kind(tipo) if tipo else None
    with asked.step("retirar", page) as taken:
        numbers = pipeline.published_numbers(settings, page, kind)
        gone = desk.withdraw(settings.corpus, page, kind, motivo.strip(), numbers, to=taken)
        taken.summary = f"Se retiró {page if kind is None else f'{NAMES[kind]} de {page}'}: {gone[0].reason}"
        forget(taken, page, kind, keep=conservar)
    if not asked.as_json:
        for withdrawal in gone:
            click.echo(f"Retirado: {withdrawal.path}")
    return publish(asked, taken, page, unpublished=_UNPUBLISHED, fresh=True)
