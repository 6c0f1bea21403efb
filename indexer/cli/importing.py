"""``importar``: many files at once, published as one step."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from indexer import history
from indexer.cli.group import Call, cli, writing
from indexer.cli.output import answer, count, progress, publish, read_json
from indexer.corpus.toml_edit import one_line
from indexer.errors import CorpusError
from indexer.language.spanish import slug
from indexer.model import Event, PageId
from indexer.operations.importing.batch import planned, put_into_corpus
from indexer.operations.importing.rows import Plan, Row
from indexer.operations.importing.told import told_of

_STATES = {"importar": "se importan", "repetida": "ya están", "omitida": "se dejan fuera", "falta": "falta algo"}


@cli.command()
@click.argument("origen", type=click.Path(path_type=Path), metavar="CARPETA|ZIP|TABLA.csv")
@click.option("--evento", default="", metavar="EVENTO", help="A qué evento van, si la tabla o su carpeta no lo dicen.")
@click.option("--titulo-evento", "title", metavar="TEXTO", help="Crea el evento con este título; sus días son los de "
              "las grabaciones.")  # fmt: skip
@click.option("--solo", "alone", is_flag=True, help="Deja fuera lo que sea de otro evento.")
@click.option("--simular", is_flag=True, help="Solo muestra qué se entendió; no escribe nada.")
@click.option("--con-cambios", "mended", is_flag=True, help="Lee de la entrada un objeto JSON: "
              '{"renglones": [{"archivo", "titulo", "fecha", "evento", "mesa", "version", "omitir"}]}.')  # fmt: skip
@writing
def importar(origen: Path, evento: str, title: str | None, alone: bool, simular: bool, mended: bool, call: Call) -> int:
    """Importa muchos archivos de una vez: los de yt-dlp o Whisper, versiones oficiales, o los de una tabla."""
    rows = read_json().get("renglones") if mended else []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise click.UsageError("«renglones» debe ser una lista de objetos, uno por archivo.")
    told = [told_of({**row, "omitir": "si" if row.get("omitir") in (True, "si") else ""}) for row in rows]
    new = Event(evento or slug(title), one_line(title), dt.date.min, dt.date.max) if title else None
    evento = new.slug if new else evento
    history.recover(call.settings.corpus)
    with (
        progress("Leyendo") as reading,
        planned(call.settings, origen, evento, reading or (lambda *_: None), told, new=new, one_event=alone) as plan,
    ):
        if simular:
            return _print(plan, call)
        chosen = plan.of("importar")
        if not chosen and not plan.of("repetida", "omitida"):
            raise _nothing(plan)
        if not call.as_json:
            _print(plan, call)
        taken = as_step(call, chosen, new)
    page = PageId.parse(taken.page) if taken.page else None
    return publish(call, taken, page, more=plan.as_json())


def as_step(call: Call, rows: Sequence[Row], new: Event | None = None) -> history.Step:
    """Put recordings into the corpus as one step."""
    with call.step("importar", None) as taken, progress("Guardando") as saving:
        put_into_corpus(call.settings.corpus, rows, taken, saving or (lambda *_: None), new)
    return taken


def _nothing(plan: Plan) -> CorpusError:
    whys = Counter(row.why for row in plan.of("falta")) + Counter(one.why for one in plan.left)
    told = "\n".join(f"- {why} ({count(times, 'archivo', 'archivos')})" for why, times in whys.most_common(8))
    error = CorpusError(f"No hay nada que importar:\n{told}")
    error.details = plan.as_json()
    return error


def _print(plan: Plan, call: Call) -> int:
    """The plan: a line per recording, then what is left out and why."""
    states = Counter(row.state for row in plan.rows)
    parts = [f"{words}, {states[state]}" for state, words in _STATES.items() if states[state]]  # type: ignore[index]
    total = f"{count(len(plan.rows), 'grabación', 'grabaciones')}: {'; '.join(parts)}."
    left = (f"No se mira {left.name}: {left.why}" for left in plan.left)
    lines = (*(row.in_words() for row in plan.rows), *left, total)
    return answer(call, plan.as_json(), lines, (f"Aviso: {notice}" for notice in plan.notices))
