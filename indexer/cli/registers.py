"""``personas``, ``temas``: who people are, and the topics of the vocabulary; one of them tried on the collection."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import click

from indexer.cli.group import Call, cli, writing
from indexer.cli.output import answer, carry_out, count, read_json
from indexer.operations.root_rows import PEOPLE, TOPICS, RootList, rows_view, try_person, try_topic, write_row
from indexer.operations.similar_people import mark_distinct, merge_people, similar_people

_PERSON = '{"antes": NOMBRE o "", "base", "campos": {"nombre", "variantes", "apellidos", "cargo"}} de la entrada.'
_TOPIC = '{"antes": ID o "", "base", "campos": {"id", "etiqueta", "equivalentes", "signos", …}} de la entrada.'


@cli.command()
@click.option("--unir", metavar="NOMBRE", help="Esta persona es la misma que la de --en.")
@click.option("--en", "into", metavar="NOMBRE", help="Cómo se llama desde ahora.")
@click.option("--distinta", metavar="NOMBRE", help="Esta persona no es la de --de: no se vuelve a proponer.")
@click.option("--de", "other", metavar="NOMBRE", help="De quién es distinta.")
@click.option("--lista", is_flag=True, help="Dice las personas de personas.toml.")
@click.option("--escribir", is_flag=True, help=f"Guarda una persona, nueva o cambiada: lee {_PERSON}")
@click.option("--probar", is_flag=True, help=f"Dice qué hay con cada nombre suyo, sin guardarla: lee {_PERSON}")
@writing
def personas(
    unir: str | None, into: str | None, distinta: str | None, other: str | None, lista: bool, escribir: bool,
    probar: bool, call: Call,
) -> int:  # fmt: skip
    """Dice qué nombres pueden ser de la misma persona, los une, o anota que son distintas; cambia a una persona."""
    if (unir is None) != (into is None) or (distinta is None) != (other is None):
        raise click.UsageError("escriba --unir NOMBRE --en NOMBRE, o --distinta NOMBRE --de NOMBRE.")
    if sum(map(bool, (unir, distinta, lista, escribir, probar))) > 1:
        raise click.UsageError("escriba una sola de --unir, --distinta, --lista, --escribir y --probar.")
    if escribir:
        return _write(call, PEOPLE, "personas")
    view = partial(_view, call, PEOPLE, "personas")
    if unir is not None and into is not None:
        return carry_out(call, "personas", None, lambda taken: merge_people(taken, call.settings, unir, into), view)
    if distinta is not None and other is not None:
        return carry_out(
            call, "personas", None, lambda taken: mark_distinct(taken, call.settings, distinta, other), view
        )
    if lista:
        told = view()
        rows = ((one["nombre"], one["cargo"], ", ".join(one["variantes"])) for one in told["personas"])
        return answer(call, told, (" · ".join(filter(None, row)) for row in rows))
    if probar:
        told = try_person(call.settings, read_json())
        return answer(call, told, (f"«{form['forma']}»: {_fragments(form)}" for form in told["formas"]))
    told = similar_people(call.settings)
    return answer(call, told, _proposals(told["propuestas"]))


@cli.command()
@click.option("--escribir", is_flag=True, help=f"Guarda un tema, nuevo o cambiado: lee {_TOPIC}")
@click.option("--probar", is_flag=True, help=f"Dice qué fragmentos etiquetaría, sin guardarlo: lee {_TOPIC}")
@writing
def temas(escribir: bool, probar: bool, call: Call) -> int:
    """Dice los temas del vocabulario; prueba uno sobre lo publicado, o lo guarda."""
    if escribir and probar:
        raise click.UsageError("escriba --escribir o --probar, no los dos.")
    if escribir:
        return _write(call, TOPICS, "temas")
    if not probar:
        told = _view(call, TOPICS, "temas")
        return answer(call, told, (f"{topic['id']}: {topic['etiqueta']}" for topic in told["temas"]))
    told = try_topic(call.settings, read_json())
    lines = (
        f"«{form['forma']}» ({form['clase']}) etiquetaría {_fragments(form)} de {form['presentes']:,}"
        for form in told["formas"]
    )
    return answer(call, told, lines)


def _write(call: Call, table: RootList, name: str) -> int:
    asked = read_json()
    return carry_out(call, name, None, lambda taken: write_row(taken, table, asked), partial(_view, call, table, name))


def _view(call: Call, table: RootList, name: str) -> dict[str, Any]:
    return {name: rows_view(call.settings, table)}


def _proposals(proposed: list[dict[str, Any]]) -> Iterator[str]:
    for one in proposed:
        others = [f"«{other['nombre']}» ({_fragments(other)})" for other in one["puede_ser"]]
        yield f"«{one['nombre']}» ({_fragments(one)}) y {' o '.join(others)}: ¿son la misma persona?"
    cure = 'Si lo son: personas --unir "NOMBRE" --en "NOMBRE"; si no: --distinta "NOMBRE" --de "NOMBRE"'
    yield cure if proposed else "Ningún nombre se parece a otro."


def _fragments(one: dict[str, int]) -> str:
    return count(one["fragmentos"], "fragmento", "fragmentos")
