"""``temas``: the topics of the vocabulary, one tried on the collection, one written."""

from __future__ import annotations

import click

from indexer.cli.group import Call, cli, writing
from indexer.cli.output import count, print_json, publish, read_json, telling
from indexer.operations.root_rows import TOPICS, rows_view, write_row
from indexer.operations.topic_trial import try_topic

_UNPUBLISHED = "El vocabulario ya lo dice, pero sin publicar"
_INPUT = '{"antes": ID o "", "base", "campos": {"id", "etiqueta", "equivalentes", "signos", …}} de la entrada.'


@cli.command()
@click.option("--escribir", is_flag=True, help=f"Guarda un tema, nuevo o cambiado: lee {_INPUT}")
@click.option("--probar", is_flag=True, help=f"Dice qué fragmentos etiquetaría, sin guardarlo: lee {_INPUT}")
@writing
def temas(escribir: bool, probar: bool, call: Call) -> int:
    """Dice los temas del vocabulario; prueba uno sobre lo publicado, o lo guarda."""
    if escribir and probar:
        raise click.UsageError("escriba --escribir o --probar, no los dos.")
    if escribir:
        asked = read_json()
        with telling(lambda: {"temas": rows_view(call.settings, TOPICS)}), call.step("temas", None) as taken:
            write_row(taken, TOPICS, asked)
        return publish(call, taken, None, unpublished=_UNPUBLISHED, done=taken.summary)
    told = try_topic(call.settings, read_json()) if probar else {"temas": rows_view(call.settings, TOPICS)}
    if call.as_json:
        print_json(told)
        return 0
    for topic in told.get("temas", ()) if not probar else ():
        click.echo(f"{topic['id']}: {topic['etiqueta']}")
    for form in told.get("formas", ()):
        tagged = count(form["fragmentos"], "fragmento", "fragmentos")
        click.echo(f"«{form['forma']}» ({form['clase']}) etiquetaría {tagged}")
    return 0
