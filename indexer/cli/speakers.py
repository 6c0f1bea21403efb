"""``hablantes``, ``personas``: who speaks at a mesa, and which names belong to one person."""

from __future__ import annotations

import click

from indexer.cli.group import Asked, cli, page_of, writing
from indexer.cli.output import answer, count, given, publish
from indexer.history import Conflict
from indexer.language.inferred_names import called
from indexer.operations.open_pages import open_page
from indexer.operations.similar_people import keep_apart, like_people, unite
from indexer.operations.speakers import call, naming, write_changes

_UNPUBLISHED = "Quién habla ya está en el acervo, pero sin publicar"
_PEOPLE_UNPUBLISHED = "personas.toml ya lo dice, pero sin publicar"


@cli.command()
@click.argument("destino", metavar="EVENTO/MESA")
@click.option("--escribir", is_flag=True, help='Lee {"base", "cambios": [{"inicio_s", "persona"}]} de la entrada.')
@click.option("--unir", metavar="NOMBRE", help="A quién se llama de otro modo desde ahora.")
@click.option("--en", "into", metavar="NOMBRE", help="Cómo se llama.")
@writing
def hablantes(destino: str, escribir: bool, unir: str | None, into: str | None, asked: Asked) -> int:
    """Dice quién habla en una mesa, y lo escribe; o llama de otro modo a una persona."""
    page = page_of(destino)
    if (unir is None) != (into is None) or (unir is not None and escribir):
        raise click.UsageError("escriba --unir NOMBRE --en NOMBRE, o --escribir, o ninguno.")
    if escribir:
        values = given()
        try:
            with asked.step("hablantes", page) as taken:
                write_changes(taken, open_page(asked.settings, page), values)
        except Conflict as conflict:
            conflict.details = {**naming(open_page(asked.settings, page)), **conflict.details}
            raise
        return publish(asked, taken, page, unpublished=_UNPUBLISHED)
    if unir is not None and into is not None:
        with asked.step("hablantes", page) as taken:
            call(taken, open_page(asked.settings, page), unir, into)
        if not asked.as_json:
            click.echo(taken.summary)
        return publish(asked, taken, page, unpublished=_UNPUBLISHED)
    told = naming(open_page(asked.settings, page))
    if asked.as_json:
        answer(told)
        return 0
    for label in told["etiquetas"]:
        name = called(label["etiqueta"], label["persona_inferida"])
        click.echo(f"{name} ({count(label['turnos'], 'turno', 'turnos')})")
    for change in told["cambios"]:
        click.echo(f"{change['inicio_s']:>10.1f}  {change['persona'] or 'no se sabe'}")
    lacking = told["faltan"]
    click.echo(
        "No falta nadie por decir." if not lacking else f"Faltan por atribuir: {count(lacking, 'tramo', 'tramos')}."
    )
    for one in told["fragmentos"]:
        if one["persona_inferida"]:
            click.echo(f"Por confirmar, en el fragmento {one['numero']}: {called(one['persona'], True)}.")
    return 0


@cli.command()
@click.option("--unir", metavar="NOMBRE", help="Esta persona es la misma que la de --en.")
@click.option("--en", "into", metavar="NOMBRE", help="Cómo se llama desde ahora.")
@click.option("--distinta", metavar="NOMBRE", help="Esta persona no es la de --de: no se vuelve a proponer.")
@click.option("--de", "other", metavar="NOMBRE", help="De quién es distinta.")
@writing
def personas(unir: str | None, into: str | None, distinta: str | None, other: str | None, asked: Asked) -> int:
    """Dice qué nombres pueden ser de la misma persona; los une, o anota que son distintas."""
    if (unir is None) != (into is None) or (distinta is None) != (other is None) or (unir and distinta):
        raise click.UsageError("escriba --unir NOMBRE --en NOMBRE, o --distinta NOMBRE --de NOMBRE, o ninguno.")
    if unir is None and distinta is None:
        return _tell_people(asked)
    with asked.step("personas", None) as taken:
        if unir is not None and into is not None:
            unite(taken, asked.settings, unir, into)
        elif distinta is not None and other is not None:
            keep_apart(taken, asked.settings, distinta, other)
    if not asked.as_json:
        click.echo(taken.summary)
    return publish(asked, taken, None, unpublished=_PEOPLE_UNPUBLISHED)


def _tell_people(asked: Asked) -> int:
    told = like_people(asked.settings)
    if asked.as_json:
        answer(told)
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
