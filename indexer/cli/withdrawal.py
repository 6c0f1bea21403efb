"""``retirar``: an event, a mesa, a text or a fragment out of everything."""

from dataclasses import replace

import click

from indexer import history
from indexer.cli.group import KIND, Call, cli, writing
from indexer.cli.output import publish
from indexer.cli.reporting import fragment_of
from indexer.config import Settings
from indexer.corpus.withdrawing import NAMES, withdraw
from indexer.model import KEPT_DAYS, Kind, PageId, Withdrawal
from indexer.operations.leftover_copies import pages_of, sweep_copies
from indexer.operations.splitting import divide_day
from indexer.operations.withdrawal import published_numbers, purge_history, withdraw_file, withdraw_fragment


@cli.command()
@click.argument("destino", metavar="EVENTO[/MESA][#pN]")
@click.option("--tipo", type=KIND, help="Solo ese texto; sin él, todo.")
@click.option("--motivo", metavar="TEXTO", required=True, help="Por qué se retira; se publica con la fecha.")
@click.option(
    "--conservar",
    is_flag=True,
    help=f"Guarda lo retirado {KEPT_DAYS} días en corpus/_retirados, fuera de lo que se publica; puede deshacerse.",
)
@writing
def retirar(destino: str, tipo: str | None, motivo: str, conservar: bool, call: Call) -> int:
    """Retira un evento, una mesa, un texto o un fragmento, del acervo, del índice y de las ediciones anteriores."""
    fragment = fragment_of(destino)
    settings, page = call.settings, fragment[0] if fragment else PageId.parse(destino.strip("/"))
    if not motivo.strip():
        raise click.UsageError("--motivo no puede quedar vacío: es lo que leerá quien siga una cita.")
    if fragment and tipo:
        raise click.UsageError("un fragmento se retira sin --tipo.")
    kind = Kind(tipo) if tipo else None
    day = None
    if page.session and kind in (None, Kind.TRANSCRIPT):
        # A step of its own, which is not taken for the withdrawal where a job is repeated after a crash.
        with replace(call, origin=f"antes de: {call.origin}").step("partir", page) as divided:
            day = divide_day(divided, settings, page)
    with call.step("retirar", page) as taken:
        pages = pages_of(settings.corpus, page, kind)
        gone = _withdraw(taken, settings, page, fragment and fragment[1], kind, motivo.strip(), conservar)
        if day is not None:
            withdraw_file(taken, day, gone[0], keep=conservar)
    done = "\n".join(f"Retirado: {withdrawal.path}" for withdrawal in gone)
    if taken.kept_until:
        done += f"\nSe conserva una copia hasta el {taken.kept_until}; ese día se borra y ya no se puede deshacer."
    code = publish(call, taken, page, done=done, purge=True)
    sweep_copies(taken, pages, fragment[1] if fragment else None)
    return code


def _withdraw(
    taken: history.Step, settings: Settings, page: PageId, number: int | None, kind: Kind | None, why: str, keep: bool
) -> tuple[Withdrawal, ...]:
    if number is not None:
        return (withdraw_fragment(taken, settings, page, number, why, keep=keep),)
    # Whatever stood below an event is gone with it, so that no number need be told.
    numbers = published_numbers(settings, page, kind) if page.session or kind else ()
    gone = withdraw(settings.corpus, page, kind, why, numbers, to=taken)
    what = "todo" if kind is None else f"{'el' if kind is Kind.ANNOUNCEMENT else 'la'} {NAMES[kind]}"
    taken.summary = f"Se retiró {what}: {gone[0].reason}"
    purge_history(taken, settings, page, kind, None, keep=keep)
    return gone
