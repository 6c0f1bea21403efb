"""``reporte``, ``reportes``, ``respuesta``: what readers say is wrong, and what they are answered."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import click
import msgspec

from indexer.cli.group import Call, cli, page_of, reading, writing
from indexer.cli.output import answer, read_json
from indexer.model import PageId
from indexer.operations.reader_reports import OPEN, Report, by_key, close, damaged, report, reports

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
    found, key = report(call.settings.corpus, *place, read_json())
    told = {"reporte": found.id, "clave": key, "hasta": str(found.link_until)}
    return answer(call, told, [f"Reporte {found.id}."])


@cli.command()
@reading
def respuesta(call: Call) -> int:
    """Dice cómo va un reporte y qué se respondió. Lee {"clave"} de la entrada: la que se dio al reportarlo."""
    one = by_key(call.settings.corpus, read_json().get("clave"))
    none = "Todavía no hay respuesta." if one.state == OPEN else "Se cerró sin respuesta."
    return answer(call, _told(one), [one.answer or none])


@cli.command()
@click.option("--cerrar", metavar="ID", help="Cierra un reporte.")
@click.option("--motivo", metavar="TEXTO", help="Por qué se cierra, o qué se corrigió: una nota para el personal.")
@click.option("--respuesta", metavar="TEXTO", help="Lo que leerá, en su enlace, quien lo reportó.")
@click.option("--mesa", metavar="EVENTO/MESA", help="Solo si el reporte es de esta página.")
@writing
def reportes(cerrar: str | None, motivo: str | None, respuesta: str | None, mesa: str | None, call: Call) -> int:
    """Dice lo que los lectores reportaron, lo más nuevo primero; o cierra un reporte, y lo responde."""
    if cerrar is None and (motivo or respuesta or mesa):
        raise click.UsageError("--motivo, --respuesta y --mesa van con --cerrar ID.")
    root, page = call.settings.corpus, page_of(mesa, session=False) if mesa else None
    found = (close(root, cerrar, motivo, respuesta, page),) if cerrar else reports(root)
    told = {"reportes": [_told(one) for one in found], "avisos": (faults := damaged(root))}
    return answer(call, told, _lines(found), (f"Aviso: {fault}." for fault in faults))


def _lines(found: Sequence[Report]) -> Iterator[str]:
    for one in found:
        yield f"{one.id} · {one.page}#p{one.number} · {one.state}\n  «{one.sentence}»\n  {one.text}"
        if one.answer:
            yield f"  Respuesta: {one.answer}"
    if not any(one.state == OPEN for one in found):
        yield "No hay reportes en espera."


def _told(one: Report) -> dict[str, Any]:
    """A report as it is answered: whether its link is good, and until when; never what the link is known by."""
    keys = {key: value for key, value in msgspec.to_builtins(one).items() if key not in ("version", "clave")}
    return {**keys, "hasta": one.link_until and one.link_until.isoformat()}
