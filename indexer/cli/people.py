"""``personas``: names that may be one person's."""

from __future__ import annotations

import click

from indexer.cli.group import Asked, cli, writing
from indexer.cli.telling import answer, count, publish
from indexer.desk.like_people import keep_apart, like_people, unite

_UNPUBLISHED = "personas.toml ya lo dice, pero sin publicar"


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
        return _told(asked)
    with asked.step("personas", None) as taken:
        if unir is not None and into is not None:
            unite(taken, asked.settings, unir, into)
        elif distinta is not None and other is not None:
            keep_apart(taken, asked.settings, distinta, other)
    if not asked.as_json:
        click.echo(taken.summary)
    return publish(asked, taken, None, unpublished=_UNPUBLISHED)


def _told(asked: Asked) -> int:
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
