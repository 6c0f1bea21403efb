"""``personas``: which names belong to one person, and who people are."""

from __future__ import annotations

from typing import Any

import click

from indexer.cli.group import Call, cli, writing
from indexer.cli.output import count, print_json, publish, read_json, telling
from indexer.operations.person_trial import try_person
from indexer.operations.root_rows import PEOPLE, rows_view, write_row
from indexer.operations.similar_people import mark_distinct, merge_people, similar_people

_UNPUBLISHED = "personas.toml ya lo dice, pero sin publicar"
_INPUT = '{"antes": NOMBRE o "", "base", "campos": {"nombre", "variantes", "apellidos", "cargo"}} de la entrada.'


@cli.command()
@click.option("--unir", metavar="NOMBRE", help="Esta persona es la misma que la de --en.")
@click.option("--en", "into", metavar="NOMBRE", help="Cómo se llama desde ahora.")
@click.option("--distinta", metavar="NOMBRE", help="Esta persona no es la de --de: no se vuelve a proponer.")
@click.option("--de", "other", metavar="NOMBRE", help="De quién es distinta.")
@click.option("--lista", is_flag=True, help="Dice las personas de personas.toml.")
@click.option("--escribir", is_flag=True, help=f"Guarda una persona, nueva o cambiada: lee {_INPUT}")
@click.option("--probar", is_flag=True, help=f"Dice qué hay con cada nombre suyo, sin guardarla: lee {_INPUT}")
@writing
def personas(
    unir: str | None,
    into: str | None,
    distinta: str | None,
    other: str | None,
    lista: bool,
    escribir: bool,
    probar: bool,
    call: Call,
) -> int:
    """Dice qué nombres pueden ser de la misma persona, los une, o anota que son distintas; cambia a una persona."""
    if (unir is None) != (into is None) or (distinta is None) != (other is None):
        raise click.UsageError("escriba --unir NOMBRE --en NOMBRE, o --distinta NOMBRE --de NOMBRE.")
    if sum(map(bool, (unir, distinta, lista, escribir, probar))) > 1:
        raise click.UsageError("escriba una sola de --unir, --distinta, --lista, --escribir y --probar.")
    if lista:
        return _tell(call, {"personas": rows_view(call.settings, PEOPLE)})
    if probar:
        return _tell(call, try_person(call.settings, read_json()))
    if not (unir or distinta or escribir):
        return _tell_people(call)
    asked = read_json() if escribir else {}
    with telling(lambda: {"personas": rows_view(call.settings, PEOPLE)}), call.step("personas", None) as taken:
        if unir is not None and into is not None:
            merge_people(taken, call.settings, unir, into)
        elif distinta is not None and other is not None:
            mark_distinct(taken, call.settings, distinta, other)
        else:
            write_row(taken, PEOPLE, asked)
    return publish(call, taken, None, unpublished=_UNPUBLISHED, done=taken.summary)


def _tell(call: Call, told: dict[str, Any]) -> int:
    if call.as_json:
        print_json(told)
        return 0
    for one in told.get("personas", ()):
        click.echo(" · ".join([one["nombre"], *filter(None, [one["cargo"], ", ".join(one["variantes"])])]))
    for form in told.get("formas", ()):
        click.echo(f"«{form['forma']}»: {_fragments(form)}")
    return 0


def _tell_people(call: Call) -> int:
    told = similar_people(call.settings)
    if call.as_json:
        print_json(told)
        return 0
    for one in told["propuestas"]:
        others = [f"«{other['nombre']}» ({_fragments(other)})" for other in one["puede_ser"]]
        click.echo(f"«{one['nombre']}» ({_fragments(one)}) y {' o '.join(others)}: ¿son la misma persona?")
    if told["propuestas"]:
        click.echo('Si lo son: personas --unir "NOMBRE" --en "NOMBRE"; si no: --distinta "NOMBRE" --de "NOMBRE"')
    else:
        click.echo("Ningún nombre se parece a otro.")
    return 0


def _fragments(one: dict[str, int]) -> str:
    return count(one["fragmentos"], "fragmento", "fragmentos")
