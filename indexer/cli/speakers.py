"""``hablantes``: who speaks at a mesa."""

from __future__ import annotations

import click

from indexer.cli.group import Call, cli, page_of, writing
from indexer.cli.output import count, print_json, publish, read_json, telling
from indexer.language.inferred_names import called
from indexer.operations.open_pages import open_page
from indexer.operations.speakers import rename_speaker, speakers_view, write_speakers

_UNPUBLISHED = "Quién habla ya está en el acervo, pero sin publicar"


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
