"""``partir``: one file of a whole day into the mesas of an event."""

from pathlib import Path
from typing import Any

import click

from indexer.cli.group import FILE, Call, cli, page_of, writing
from indexer.cli.output import answer, carry_out, count, publish, read_json
from indexer.corpus.cuts_file import rows_given, rows_of
from indexer.errors import refuse
from indexer.history import Step
from indexer.language.typed_values import typed_value
from indexer.model import PageId
from indexer.model.page_fields import DAY_FIELDS
from indexer.operations.splitting import day_outline, divide_day, split_day
from indexer.readers.decode import text_of
from indexer.readers.times import clock


@cli.command()
@click.argument("archivo", type=FILE, metavar="ARCHIVO", required=False)
@click.option("--evento", metavar="EVENTO", help="Evento de las mesas.")
@click.option("--cortes", type=FILE, metavar="CORTES.tsv", help="Columnas: inicio_s, fin_s, mesa, titulo.")
@click.option(
    "--escribir", is_flag=True, help='Lee {"cortes": [{"inicio_s", "fin_s", "mesa", "titulo"}]} de la entrada.'
)
@click.option("--video", metavar="URL", help="Dirección del video de todo el día.")
@click.option("--video-inicio-s", metavar="SEGUNDO", help="Segundo del video en que está el 0:00 del archivo.")
@click.option("--fecha", metavar="AAAA-MM-DD", help="Día de las mesas.")
@click.option("--readmitir", is_flag=True, help="Admite otra vez un archivo que se retiró: la decisión cambió.")
@click.option("--dividir", metavar="EVENTO/MESA", help="Da a cada mesa del mismo día su propio archivo.")
@writing
def partir(
    archivo: Path | None, evento: str | None, cortes: Path | None, escribir: bool, readmitir: bool,
    dividir: str | None, call: Call, **given: str | None,
) -> int:  # fmt: skip
    """Parte el archivo de todo un día en sus mesas; sin --cortes, dice dónde se nombra cada una."""
    if dividir is not None:
        day = page_of(dividir)
        return carry_out(call, "partir", day, lambda taken: _divide(taken, call, day))
    if archivo is None or evento is None or (page := page_of(evento, session=False)).session is not None:
        raise click.UsageError("escriba ARCHIVO --evento EVENTO, o --dividir EVENTO/MESA.")
    if cortes is None and not escribir:
        return _tell(call, page.event, archivo)
    rows = list(
        rows_given(read_json().get("cortes")) if cortes is None else rows_of(text_of(cortes.read_bytes()), cortes.name)
    )

    told = {key: typed_value(DAY_FIELDS[key], value) for key, value in given.items() if value}
    told |= {"video_inicio_s": told.get("video_inicio_s")} if "video" in told else {}
    with call.step("partir", page) as taken:
        made = list(map(str, split_day(taken, call.settings, page.event, archivo, rows, told, readmit=readmitir)))
    return publish(call, taken, page, done="\n".join(f"Mesa: {one}" for one in made), more={"mesas": made})


def _divide(taken: Step, call: Call, page: PageId) -> None:
    if divide_day(taken, call.settings, page) is None:
        raise refuse(f"{page} no es parte del archivo de todo un día", "no hay nada que dividir")


def _tell(call: Call, event: str, source: Path) -> int:
    """Where the title of each mesa is spoken."""
    told = day_outline(call.settings, event, source)
    head = f"{count(len(told['fragmentos']), 'fragmento', 'fragmentos')}; termina en {clock(told['fin_s'])}."
    return answer(call, told, (head, *map(_place, told["mesas"])))


def _place(one: dict[str, Any]) -> str:
    places = "ya tiene transcripción" if one["tiene"] else ", ".join(map(clock, one["lugares"]))
    return f"{one['mesa']} ({one['titulo']}): {places or 'no se encontró su título'}"
