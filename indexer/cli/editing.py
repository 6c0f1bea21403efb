"""``editar``: what is known of an event or of a mesa."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from indexer.cli.group import Call, cli, page_of, writing
from indexer.cli.output import print_json, publish, read_json, telling
from indexer.model.page_fields import EVENT_FIELDS, SESSION_FIELDS, FieldType, fields_of
from indexer.operations.page_editing import edit_page, page_view

_UNPUBLISHED = "Los datos ya están en el acervo, pero sin publicar"
_INPUT = 'Lee {"base", "campos": {…}, "participantes": […], "fuentes": […], "hechos": […]} de la entrada.'


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each field of the table that is one value."""
    fields = {field.option: field for field in (*EVENT_FIELDS, *SESSION_FIELDS) if field.kind is not FieldType.ROWS}
    for option, field in reversed(fields.items()):
        where = [
            name
            for name, held in (("evento", EVENT_FIELDS), ("mesa", SESSION_FIELDS))
            if field.key in {one.key for one in held}
        ]
        says = f"{field.label} ({' o '.join(where)}). {field.note}".strip()
        command = click.option(option, field.key, metavar=field.kind.value, help=says)(command)
    return command


@cli.command()
@click.argument("destino", metavar="EVENTO[/MESA]")
@_options
@click.option("--escribir", is_flag=True, help=_INPUT)
@writing
def editar(destino: str, escribir: bool, call: Call, **campos: str | None) -> int:
    """Cambia los datos de un evento o de una mesa (un valor vacío quita el dato); sin opciones, los dice."""
    page = page_of(destino, session=False)
    given = {key: value for key, value in campos.items() if value is not None}
    if escribir and given:
        raise click.UsageError("escriba --escribir o los datos como opciones, no las dos cosas.")
    if escribir or given:
        asked = read_json() if escribir else {"campos": given}
        with telling(lambda: page_view(call.settings, page)), call.step("editar", page) as taken:
            edit_page(taken, call.settings, page, asked)
        return publish(call, taken, page, unpublished=_UNPUBLISHED, done=taken.summary or "Ya estaba así.")
    told = page_view(call.settings, page)
    if call.as_json:
        print_json(told)
        return 0
    for field in fields_of(page):
        values = told[field.key] if field.kind is FieldType.ROWS else [told["campos"][field.key]]
        for value in filter(None, values):
            click.echo(f"{field.label}: {_said(value)}")
    return 0


def _said(value: Any) -> str:
    if isinstance(value, dict | list):
        return "; ".join(_said(one) for one in (value.values() if isinstance(value, dict) else value) if one)
    return "sí" if value is True else str(value)
