"""``editar``, ``programa``: what is known of an event or of a mesa; an event and its mesas, from its programme."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO

import click

from indexer.cli.group import Call, cli, page_of, writing
from indexer.cli.output import answer, carry_out, print_json, read_json
from indexer.errors import CorpusError
from indexer.history import Step
from indexer.model.page_fields import EVENT_FIELDS, LABELS, SESSION_FIELDS, Field, FieldType, fields_of
from indexer.operations.page_editing import edit_page, page_view
from indexer.operations.programme import programme_view, write_programme
from indexer.readers.paragraphs import some

_PROGRAMME = 'Lee {"programa"} o {"campos": {…}, "mesas": [{"campos": {…}, "participantes": […]}]} de la entrada.'
_INPUT = 'Lee {"base", "campos": {…}, "participantes": […], "fuentes": […], "hechos": […]} de la entrada.'


def _options(events: Sequence[Field], mesas: Sequence[Field]) -> Callable[..., Any]:
    """An option for each field that is one value."""
    of_event, of_mesa = ({field.key: field for field in fields} for fields in (events, mesas))

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for key, field in reversed((of_event | of_mesa).items()):
            both = key in of_event.keys() & of_mesa.keys()
            where = "evento o mesa" if both else "evento" if key in of_event else "mesa"
            if field.kind is not FieldType.ROWS:
                says = f"{field.label} ({where}). {field.note}".strip()
                command = click.option(field.option, key, metavar=field.kind.value, help=says)(command)
        return command

    return decorated


@cli.command()
@click.argument("destino", metavar="EVENTO[/MESA]")
@_options(EVENT_FIELDS, SESSION_FIELDS)
@click.option("--escribir", is_flag=True, help=_INPUT)
@click.option("--simular", is_flag=True, help="Dice qué datos cambiaría; no escribe nada.")
@writing
def editar(destino: str, escribir: bool, simular: bool, call: Call, **campos: str | None) -> int:
    """Cambia los datos de un evento o de una mesa (un valor vacío quita el dato); sin opciones, los dice."""
    page = page_of(destino, session=False)
    given = {key: value for key, value in campos.items() if value is not None}
    if escribir and given:
        raise click.UsageError("escriba --escribir o los datos como opciones, no las dos cosas.")
    if escribir or given:
        asked = read_json() if escribir else {"campos": given}
        if simular:
            told = page_view(call.settings, page, asked)
            return answer(
                call, told, [f"Cambiaría: {some([LABELS[one].lower() for one in told['cambia']], 6) or 'nada'}"]
            )

        def change(taken: Step) -> str:
            edit_page(taken, call.settings, page, asked)
            return taken.summary or "Ya estaba así."

        return carry_out(call, "editar", page, change, lambda: page_view(call.settings, page))
    told = page_view(call.settings, page)
    values = ((f, told[f.key] if f.kind is FieldType.ROWS else [told["campos"][f.key]]) for f in fields_of(page))
    return answer(call, told, (f"{f.label}: {_said(value)}" for f, every in values for value in every if value))


def _said(value: Any) -> str:
    if isinstance(value, dict | list):
        return "; ".join(_said(one) for one in (value.values() if isinstance(value, dict) else value) if one)
    return "sí" if value is True else str(value)


@cli.command()
@click.argument("evento", metavar="EVENTO")
@click.argument("archivo", type=click.File(encoding="utf-8-sig", errors="replace"), metavar="ARCHIVO", required=False)
@_options(EVENT_FIELDS, ())
@click.option("--simular", is_flag=True, help="Dice qué se entendió; no escribe nada.")
@click.option("--escribir", is_flag=True, help=_PROGRAMME)
@writing
def programa(
    evento: str, archivo: TextIO | None, simular: bool, escribir: bool, call: Call, **campos: str | None
) -> int:
    """Crea un evento y sus mesas, con sus participantes, del texto de su programa; o las agrega a uno que ya está."""
    page, given = page_of(evento, session=False), {key: value for key, value in campos.items() if value is not None}
    if page.session is not None:
        raise click.UsageError("el programa es de un evento: escriba solo EVENTO.")
    if escribir == (archivo is not None):
        raise click.UsageError("diga el ARCHIVO del programa, o --escribir y mándelo por la entrada.")
    asked = {"programa": archivo.read(), "campos": given} if archivo else read_json()
    asked = {**asked, **programme_view(asked)} if asked.get("programa") else asked
    if simular and call.as_json:
        print_json({key: asked.get(key, []) for key in ("campos", "mesas", "aparte")})
        return 0
    if not call.as_json:
        _tell_programme(asked)
    if simular:
        return 0
    if archivo and not asked["mesas"]:
        raise CorpusError("En ese texto no se encontró ninguna mesa: ponga cada una en su renglón, «Mesa 1. Título»")
    call.settings.corpus.mkdir(parents=True, exist_ok=True)
    return carry_out(
        call, "programa", page, lambda taken: write_programme(taken, call.settings.corpus, page.event, asked)
    )


def _tell_programme(asked: Mapping[str, Any]) -> None:
    for mesa in asked.get("mesas", ()):
        known = mesa.get("campos", {})
        numbered = f"Mesa {known['numero']}. " if known.get("numero") else ""
        click.echo(f"{numbered}{known.get('titulo')} ({known.get('fecha') or 'sin fecha'})")
        for person in mesa.get("participantes", ()):
            click.echo(f"  {_said({**person, 'modera': 'modera'} if person.get('modera') else person)}")
    for line in asked.get("aparte", ()):
        click.echo(f"No es de una mesa: {line}")
