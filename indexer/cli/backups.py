"""``respaldar``, ``restaurar``, ``verificar``: everything in one file, and back; and whether it is whole."""

from pathlib import Path

import click

from indexer import history
from indexer.cli.group import Call, cli, reading
from indexer.cli.output import answer, count, in_words, print_json, print_report, progress
from indexer.operations.backup import Backup, back_up, check, restore
from indexer.operations.verifying import verify


@cli.command()
@click.argument("destino", metavar="DESTINO", type=click.Path(path_type=Path))
@reading
def respaldar(destino: Path, call: Call) -> int:
    """Guarda en un archivo el acervo, su historial, las cuentas, los encargos y los reportes, sin detener nada.

    DESTINO es el archivo (.tar.gz), o una carpeta, donde recibe un nombre con la fecha. El índice no va: se construye.
    """
    made = back_up(call.settings, destino.absolute())
    size = made.path.stat().st_size
    lines = [f"Respaldo de {_described(made)}, {size / 1e6:,.1f} MB: {made.path}"]
    return answer(call, {**_told(made), "bytes": size}, lines)


@cli.command()
@click.argument("origen", metavar="ORIGEN", type=click.Path(path_type=Path))
@click.option("--reemplazar", is_flag=True, help="Aparta el acervo que haya, con otro nombre; no lo borra.")
@reading
def restaurar(origen: Path, reemplazar: bool, call: Call) -> int:
    """Pone un respaldo en la carpeta del acervo, que debe estar vacía, y construye el índice.

    Antes comprueba cada archivo: un respaldo dañado no cambia nada. Detenga el servidor mientras.
    """
    done = restore(call.settings.corpus, origen.absolute(), replace=reemplazar)
    notices = [
        f"{one.path} se retiró el {one.date} y el respaldo es anterior, así que volvió: retírelo otra vez con retirar"
        for one in done.withdrawn
    ]
    if not call.as_json:
        click.echo(f"Restaurado: {_described(done.backup)}, en {call.settings.corpus}")
        if done.aside:
            click.echo(f"El acervo que había está en {done.aside}")
        for notice in notices:
            click.echo(f"Aviso: {notice}", err=True)
    history.recover(call.settings.corpus)
    from indexer.pipeline import update_in_turn

    with progress("Construyendo el índice") as shown:
        report = update_in_turn(call.settings, progress=shown)
    if not call.as_json:
        return print_report(report, call.settings)
    notices += map(str, report.problems)
    print_json({**_told(done.backup), "apartado": done.aside and str(done.aside), "avisos": notices})
    return int(report.failed)


@cli.command()
@click.argument("respaldo", metavar="[RESPALDO]", required=False, type=click.Path(path_type=Path))
@click.option("--sin-reparar", is_flag=True, help="Solo lo dice; no escribe nada.")
@reading
def verificar(respaldo: Path | None, sin_reparar: bool, call: Call) -> int:
    """Comprueba cada byte: textos, historial, cuentas, encargos, reportes e índice; repone lo que puede reponerse.

    Con RESPALDO, comprueba ese archivo sin restaurarlo.
    """
    if respaldo is not None:
        made = check(respaldo.absolute())
        return answer(call, _told(made), [f"El respaldo está completo: {_described(made)}."])
    with progress("Construyendo el índice") as shown:
        found = verify(call.settings, repair=not sin_reparar, progress=shown)
    problems = [{"texto": str(problem), "gravedad": problem.severity} for problem in found.problems]
    told = {"bien": not found.failed, "edicion": found.edition, **found.counts, "problemas": problems}
    looked_at = (count(number, many.removesuffix("s"), many) for many, number in found.counts.items())
    wrong = sum(problem.severity == "error" for problem in found.problems)
    outcome = f"{count(wrong, 'error', 'errores')} por corregir." if wrong else "Todo está bien."
    answer(call, told, (f"Se comprobaron {', '.join(looked_at)} y el índice.", outcome), map(in_words, found.problems))
    return int(found.failed)


def _told(made: Backup) -> dict[str, object]:
    return {"respaldo": str(made.path), "edicion": made.edition, "archivos": made.files}


def _described(made: Backup) -> str:
    return f"la edición {made.edition} ({count(made.files, 'archivo', 'archivos')})"
