"""``hablantes``, ``personas``: who speaks at a mesa, and which names belong to one person."""

from __future__ import annotations

import click

from indexer.cli.group import Call, cli, page_of, writing
from indexer.cli.output import count, print_json, publish, read_json, telling
from indexer.language.inferred_names import called
from indexer.operations.open_pages import open_page
from indexer.operations.similar_people import mark_distinct, merge_people, similar_people
from indexer.operations.speakers import rename_speaker, speakers_view, write_speakers

_UNPUBLISHED = "Quién habla ya está en el acervo, pero sin publicar"
_PEOPLE_UNPUBLISHED = "personas.toml ya lo dice, pero sin publicar"


@cli.command()
@click.argument("destino", metavar="EVENTO/MESA")
@click.option("--escribir", is_flag=True, help='Lee {"base", "cambios": [{"inicio_s", "persona"}]} de la entrada.')
@click.option("--unir", metavar="NOMBRE", help="A quién se llama de otro modo desde ahora.")
@click.option("--en", "into", metavar="NOMBRE", help="Cómo se llama.")
@writing
def hablantes(destino: str, escribir: bool, unir: str | None, into: str | None, call: Call) -> int:
    """Dice quién habla en una mesa, y lo escribe; o llama de otro modo a una persona."""
    page = page_of(destino)
    if (unir is None) != (into is None) or (unir is not None and escribir):
        raise click.UsageError("escriba --unir NOMBRE --en NOMBRE, o --escribir, o ninguno.")
    if escribir:
        values = read_json()
        with telling(lambda: speakers_view(open_page(call.settings, page))), call.step("hablantes", page) as taken:
            write_speakers(taken, open_page(call.settings, page), values)
        return publish(call, taken, page, unpublished=_UNPUBLISHED)
    if unir is not None and into is not None:
        with call.step("hablantes", page) as taken:
            rename_speaker(taken, open_page(call.settings, page), unir, into)
        return publish(call, taken, page, unpublished=_UNPUBLISHED, done=taken.summary)
    told = speakers_view(open_page(call.settings, page))
    if call.as_json:
        print_json(told)
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
def personas(unir: str | None, into: str | None, distinta: str | None, other: str | None, call: Call) -> int:
    """Dice qué nombres pueden ser de la misma persona; los une, o anota que son distintas."""
    if (unir is None) != (into is None) or (distinta is None) != (other is None) or (unir and distinta):
        raise click.UsageError("escriba --unir NOMBRE --en NOMBRE, o --distinta NOMBRE --de NOMBRE, o ninguno.")
    if unir is None and distinta is None:
        return _tell_people(call)
    with call.step("personas", None) as taken:
        if unir is not None and into is not None:
            merge_people(taken, call.settings, unir, into)
        elif distinta is not None and other is not None:
            mark_distinct(taken, call.settings, distinta, other)
    return publish(call, taken, None, unpublished=_PEOPLE_UNPUBLISHED, done=taken.summary)


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
