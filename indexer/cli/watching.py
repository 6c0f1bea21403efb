"""``vigilar``: ``importar``, again and again, over a folder: what is whole is published and put away."""

import os
import shutil
import time
from pathlib import Path

import click

from indexer.cli.group import Call, cli, writing
from indexer.cli.importing import as_step
from indexer.cli.output import print_json
from indexer.corpus.folders import printable
from indexer.durable import sweep, temporary_below, write_atomic
from indexer.errors import ConstaError, CorpusError, reason
from indexer.file_lock import is_open_for_writing, locked
from indexer.operations.importing.batch import planned
from indexer.operations.importing.recordings import base_of
from indexer.operations.importing.sources import changed_at
from indexer.operations.leftover_copies import forget_withdrawn
from indexer.pipeline import update_in_turn

PUBLISHED, WAITING, REPORT = "_publicados", "_en-espera", ".informe.txt"
NEW, THERE, HELD_UP = "publicado", "ya estaba", "en espera"
_Outcome = tuple[Path, str, str | None, str | None]  # a file, what became of it, its page, and why


@cli.command()
@click.argument("carpeta", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="CARPETA")
@click.option("--evento", default="", metavar="EVENTO", help="A qué evento va lo que no lo diga.")
@click.option("--una-vez", "once", is_flag=True, help="Toma lo que hay y termina.")
@click.option("--quieto", type=click.FloatRange(0, 3_600), default=10.0, show_default=True, metavar="SEGUNDOS",
              help="Cuánto tiempo sin cambios debe llevar un archivo para tomarlo.")  # fmt: skip
@writing
def vigilar(carpeta: Path, evento: str, once: bool, quieto: float, call: Call) -> None:
    """Vigila una carpeta: importa y publica lo que se pone en ella, o lo deja en espera con un informe."""
    folder, taken, told = carpeta.resolve(), list[dict[str, str | bool | None]](), set[_Outcome]()
    places = [call.settings.corpus.resolve(), call.settings.index.resolve()]
    if any(folder.is_relative_to(place) or place.is_relative_to(folder) for place in places):
        raise CorpusError("La carpeta que se vigila y el acervo o el índice no pueden estar una dentro de otra")
    if (lock := locked(folder)) is None:
        raise CorpusError(f"Otra orden vigila ya {printable(str(folder))}: espere a que termine")
    sweep(path for name in (PUBLISHED, WAITING) for path in temporary_below(folder / name))
    until, ends, withdrawn = time.monotonic() + 6 * max(quieto, 10.0), False, None
    while not ends:
        found, moving = list[_Outcome](), set[Path]()
        try:
            dropped = changed_at(folder)
            moving = {p for p, at_s in dropped.items() if time.time() - at_s < quieto or is_open_for_writing(p)}
            parts = {base_of(str(path)) for path in moving}
            whole = {path for path in dropped.keys() - {one[0] for one in told} if base_of(str(path)) not in parts}
            withdrawn = forget_withdrawn(call.settings.corpus, folder / PUBLISHED, REPORT, withdrawn)
            found = _imported(call, folder, evento, whole) if whole else []
        except (OSError, ConstaError) as error:  # the next look tries again
            found = [(folder, HELD_UP, None, str(error))]
        left = sorted(moving) if (ends := once and (not moving or time.monotonic() >= until)) else ()
        found += [(path, HELD_UP, None, "todavía se está escribiendo: se queda para la próxima vez") for path in left]
        for name, became, page, why in [(printable(one[0].name), *one[1:]) for one in found if one not in told]:
            taken.append({"nombre": name, "pagina": page, "publicado": became == NEW, "motivo": why})
            click.echo(": ".join(filter(None, (name, became, why))), err=call.as_json)
        told = {one for one in (*told, *found) if one[0].exists()}  # what cannot be moved is told once
        time.sleep(0 if ends else min(1.0, max(quieto, 0.05)))
    os.close(lock)
    if call.as_json:
        print_json({"archivos": taken})


def _imported(call: Call, folder: Path, event: str, whole: set[Path]) -> list[_Outcome]:
    said: dict[Path, list[tuple[str, str | None, str | None, str]]] = {path: [] for path in whole}
    with planned(call.settings, folder, event, only=whole) as plan:
        as_step(call, [row for row in plan.of("importar") if not row.waits])
        update_in_turn(call.settings)
        for row in plan.rows:
            became = HELD_UP if row.waits else NEW if row.state == "importar" else THERE
            page = str(row.page) if became == NEW else None
            for path in {file.origin for file in row.files}:
                said[path].append((became, page, row.waits or row.why or None, row.in_words()))
        for left in plan.left:
            said[left.origin].append((HELD_UP, None, left.why, f"{left.name}: {left.why}"))
    return [_put_away(path, folder, lines) for path, lines in sorted(said.items())]


def _put_away(path: Path, folder: Path, lines: list[tuple[str, str | None, str | None, str]]) -> _Outcome:
    empty = HELD_UP, None, "no hay en él nada que importar", ""
    became, page, why, _ = min(lines, key=lambda line: (HELD_UP, NEW, THERE).index(line[0]), default=empty)
    target = folder / (WAITING if became == HELD_UP else PUBLISHED) / path.name
    target.parent.mkdir(exist_ok=True)
    if target.exists() or len(os.fsencode(path.name)) > 200:  # 255 bytes with the report's ending
        target = target.with_name(f"{time.time_ns()}-{os.fsencode(path.name)[-150:].decode('utf-8', 'ignore')}")
    text = "\n\n".join((f"{became.capitalize()}: {path.name}", *(told for *_, told in lines), ""))
    try:
        write_atomic(target.with_name(target.name + REPORT), text.encode("utf-8", "replace"))
        shutil.move(path, target)
    except OSError as error:
        why = f"{why or became}; no se puede mover ({reason(error)}): revise los permisos de las carpetas"
        return path, HELD_UP, page, why
    return path, became, page, why
