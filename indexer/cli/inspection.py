"""``examinar``, ``comparar``: what a file is, and what it would replace."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from indexer.cli.group import FILE, KIND, Call, cli, page_of, reading
from indexer.cli.output import answer, count, percent
from indexer.language.inferred_names import INFERRED_NAME
from indexer.model import Kind
from indexer.operations.inspection import examine
from indexer.operations.replacement import compare


@cli.command()
@click.argument("archivo", type=FILE, metavar="ARCHIVO")
@click.option("--mesa", metavar="EVENTO/MESA", help="A dónde iría: sus participantes se reconocen.")
@click.option("--tipo", type=KIND, default=Kind.TRANSCRIPT.value, help="Qué es: por omisión, la transcripción.")
@click.option("--nombre", metavar="NOMBRE", help="Cómo se llamaba el archivo al recibirlo.")
@click.option("--tiempos", type=FILE, metavar="SUBTÍTULOS", help="Subtítulos de los que se tomarían sus horas.")
@reading
def examinar(archivo: Path, mesa: str | None, tipo: str, nombre: str | None, tiempos: Path | None, call: Call) -> int:
    """Dice qué se entiende de un archivo antes de agregarlo. No escribe nada."""
    page = page_of(mesa, session=False) if mesa else None
    told = examine(call.settings, archivo, Kind(tipo), page, nombre, tiempos)
    answer(call, told, _lines(told), _notices(told))
    return int(not call.as_json and any(problem["gravedad"] == "error" for problem in told["problemas"]))


def _lines(told: dict[str, Any]) -> Iterator[str]:
    if told["formato"]:
        times = "con tiempos" if told["con_tiempos"] else "sin tiempos"
        if told["alineado"]:
            times += f" de los subtítulos en {percent(told['alineado'])} de las palabras"
        turns = count(told["turnos"], "turno", "turnos")
        words = count(told["palabras"], "palabra", "palabras")
        yield f"{told['formato'][:1].upper()}{told['formato'][1:]}, {times}: {turns}, {words}."
    for speaker in told["hablantes"]:
        person = f" = {speaker['persona']}" if speaker["persona"] not in (None, speaker["etiqueta"]) else ""
        inferred = f"; {speaker['inferidos']} con {INFERRED_NAME}" if speaker["inferidos"] else ""
        yield f"  {speaker['etiqueta']}{person} ({count(speaker['turnos'], 'turno', 'turnos')}{inferred})"
    for like in told["parecidos"]:
        same = "el mismo archivo" if like["igual"] else f"{like['parte']:.0%} de su texto"
        yield f"Ya está en {like['pagina']}: {same}."


def _notices(told: dict[str, Any]) -> Iterator[str]:
    for one in told["personales"]:
        place = f"{one['izquierda']}[{one['texto']}]{one['derecha']}"
        yield f"¿Dato personal? {one['testar']}, {one['que_es']}, fragmento {one['fragmento']}: {place}"
    if told["personales"]:
        yield "Para quitarlos al agregarlo: agregar … --testar con sus números, como 1,3"
    for problem in told["problemas"]:
        yield f"{'Error' if problem['gravedad'] == 'error' else 'Aviso'}: {problem['texto']}"


@cli.command()
@click.argument("archivo", type=FILE, metavar="ARCHIVO")
@click.option("--mesa", metavar="EVENTO/MESA", required=True, help="La mesa (o el evento) cuyo texto reemplazaría.")
@click.option("--tipo", type=KIND, default=Kind.TRANSCRIPT.value, help="Qué es: por omisión, la transcripción.")
@click.option("--nombre", metavar="NOMBRE", help="Cómo se llamaba el archivo al recibirlo.")
@click.option("--tiempos", type=FILE, metavar="SUBTÍTULOS", help="Subtítulos de los que se tomarían sus horas.")
@reading
def comparar(archivo: Path, mesa: str, tipo: str, nombre: str | None, tiempos: Path | None, call: Call) -> int:
    """Dice qué cambiaría al reemplazar un texto: qué fragmentos quedan y cuáles no. No escribe nada."""
    told = compare(call.settings, archivo, Kind(tipo), page_of(mesa, session=False), nombre, tiempos)
    return answer(call, told, _differences(told))


def _differences(told: dict[str, Any]) -> Iterator[str]:
    yield (
        f"Quedan igual {told['iguales']}; cambian {told['cambian']}; nuevos, {told['nuevos']}; "
        f"desaparecen {told['desaparecen']}."
    )
    for one in told["diferencias"]:
        yield f"p{one['numero']}" + (f" (lleva a p{one['sigue_en']})" if one["sigue_en"] else "")
        for sign, text in (("-", one["antes"]), ("+", one["despues"])):
            if text is not None:
                yield f"  {sign} {' '.join(text.split())[:110]}"
    yield f"Para reemplazarlo solo si nadie lo cambia antes: agregar … --reemplazar --base {told['base']}"
