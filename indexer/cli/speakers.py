"""``hablantes``: who speaks at a mesa."""

from collections.abc import Iterator
from typing import Any

import click

from indexer.cli.group import Call, cli, page_of, writing
from indexer.cli.output import answer, carry_out, count, read_json
from indexer.language.inferred_names import called
from indexer.operations.open_pages import open_page
from indexer.operations.speakers import rename_speaker, speakers_view, write_speakers


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
        return carry_out(
            call, "hablantes", page, lambda taken: write_speakers(taken, open_page(call.settings, page), values),
            lambda: speakers_view(open_page(call.settings, page)),
        )  # fmt: skip
    if unir is not None and into is not None:
        return carry_out(
            call, "hablantes", page, lambda taken: rename_speaker(taken, open_page(call.settings, page), unir, into)
        )
    told = speakers_view(open_page(call.settings, page))
    return answer(call, told, _lines(told))


def _lines(told: dict[str, Any]) -> Iterator[str]:
    for label in told["etiquetas"]:
        name = called(label["etiqueta"], label["persona_inferida"])
        yield f"{name} ({count(label['turnos'], 'turno', 'turnos')})"
    for change in told["cambios"]:
        yield f"{change['inicio_s']:>10.1f}  {change['persona'] or 'no se sabe'}"
    lacking = told["faltan"]
    yield f"Faltan por atribuir: {count(lacking, 'tramo', 'tramos')}." if lacking else "No falta nadie por decir."
    for one in told["fragmentos"]:
        if one["persona_inferida"]:
            yield f"Por confirmar, en el fragmento {one['numero']}: {called(one['persona'], True)}."
