"""``mover``, ``unir``: another address for an event, a mesa or its transcript; one mesa of two."""

from collections.abc import Callable
from pathlib import Path

import click

from indexer.cli.group import Call, cli, page_of, writing
from indexer.cli.output import answer, carry_out
from indexer.corpus.folders import ANCHORS
from indexer.corpus.moving import lend_transcript, merge, move
from indexer.corpus.redirects import pairs_of
from indexer.durable import sha256
from indexer.history import Conflict, Step
from indexer.index.redirects import REDIRECTS_FILE
from indexer.model import Kind, PageId

_simulate = click.option("--simular", is_flag=True, help="Dice qué cambiaría y adónde llevarían las direcciones.")
_seen = click.option("--base", metavar="SUMA", help="Solo si todo sigue como lo dijo --simular.")


@cli.command()
@click.argument("origen", metavar="EVENTO[/MESA]")
@click.argument("destino", metavar="EVENTO[/MESA]")
@click.option("--tipo", type=click.Choice([Kind.TRANSCRIPT.value]), help="Solo la transcripción, a una mesa sin ella.")
@_simulate
@_seen
@writing
def mover(origen: str, destino: str, tipo: str | None, simular: bool, base: str | None, call: Call) -> int:
    """Cambia la dirección de una mesa o de un evento; las de antes llevan a las nuevas, con sus números."""
    old, new = page_of(origen, session=tipo is not None), page_of(destino, session=tipo is not None)
    said = f"{'La transcripción de ' if tipo else ''}{old} está ahora en {new}"
    return _carry_out(call, "mover", (old, new), lend_transcript if tipo else move, said, simular, base)


@cli.command()
@click.argument("origen", metavar="EVENTO/MESA")
@click.argument("destino", metavar="EVENTO/MESA")
@_simulate
@_seen
@writing
def unir(origen: str, destino: str, simular: bool, base: str | None, call: Call) -> int:
    """Hace de dos mesas una: los textos, participantes y hechos de la primera quedan en la segunda."""
    old, new = page_of(origen), page_of(destino)
    return _carry_out(call, "unir", (old, new), merge, f"{old} es ahora parte de {new}", simular, base)


def _carry_out(
    call: Call, action: str, pages: tuple[PageId, PageId], does: Callable[[Path, PageId, PageId, Step], None],
    said: str, simulate: bool, base: str | None,
) -> int:  # fmt: skip
    def change(taken: Step) -> None:
        does(call.settings.corpus, *pages, taken)
        taken.summary = said
        if base and base != (now := _state(taken)):
            raise Conflict("Alguien cambió una de las dos desde que vio qué cambiaría: véalo otra vez y decida", now)

    if not simulate:
        return carry_out(call, action, pages[1], change)
    trial = Step(call.settings.corpus, str(pages[1]), "")
    change(trial)
    return _tell(call, trial)


def _state(step: Step) -> str:
    """Another one whenever a file of the pages that a step changes is another."""
    files = (f"{name} {sha256(step.before(name) or b'')}" for name in sorted(step.staged) if "/" in name)
    return sha256("\n".join(files).encode())


def _tell(call: Call, trial: Step) -> int:
    """What a step would change, and where addresses would lead."""
    before, after = (pairs_of(data) for data in (trial.before(REDIRECTS_FILE), trial.staged[REDIRECTS_FILE]))
    leads = {old: new for old, new in after.items() if before.get(old) != new}
    files = [name for name, data in trial.staged.items() if data is not None and not name.endswith(ANCHORS)]
    files.remove(REDIRECTS_FILE)
    told = {"resumen": trial.summary, "direcciones": leads, "archivos": files, "avisos": [], "base": _state(trial)}
    moves = (f"{old} llevaría a {new}" for old, new in leads.items())
    return answer(call, told, (*(f"Quedaría: {name}" for name in files), *moves, "No se escribió nada."))
