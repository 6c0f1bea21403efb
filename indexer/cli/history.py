"""``historial``, ``deshacer``: who did what, and taking it back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import click
import msgspec

from indexer import history
from indexer.cli.group import Call, cli, page_of, reading, writing
from indexer.cli.output import answer, publish
from indexer.model import PageId
from indexer.operations.leftover_copies import WithdrawnContent, leftover_copies, pages_of
from indexer.operations.page_titles import page_titles
from indexer.operations.step_differences import step_differences


@cli.command()
@click.argument("destinos", metavar="[EVENTO/MESA]…", nargs=-1)
@click.option("--paso", type=click.IntRange(1, 10**9), metavar="PASO", help="Solo ese paso, con lo que cambió.")
@click.option("--ultimos", type=click.IntRange(1, 10**9), metavar="N", help="Solo los últimos N pasos.")
@click.option("--saltar", type=click.IntRange(0, 10**9), default=0, metavar="N", help="Sin contar los N más nuevos.")
@click.option("--origen", metavar="TEXTO", help="Solo los pasos que vienen de ahí: «web 10.0.0.7».")
@reading
def historial(
    destinos: tuple[str, ...], paso: int | None, ultimos: int | None, saltar: int, origen: str | None, call: Call
) -> int:
    """Dice quién hizo qué, cuándo y desde dónde; lo más nuevo primero."""
    pages = [str(page_of(one, session=False)) for one in destinos]
    history.let_go(call.settings.corpus)
    past = history.Undoing(call.settings.corpus).past(pages, number=paso, origin=origen, skip=saltar, most=ultimos)
    changed = step_differences(call.settings.corpus, past[0].record) if paso is not None and past else None
    files = {} if changed is None else {"archivos": changed}
    titles = page_titles(call.settings.corpus, (one.record.page for one in past if one.record.page))
    told = [{**_told(one), "titulo": titles.get(one.record.page or ""), **files} for one in past]
    none = "Ningún paso es así." if pages or paso or origen or saltar else "Todavía no hay ningún paso."
    return answer(call, {"pasos": told}, _lines(past, titles, changed or []) if past else [none])


def _lines(past: list[history.PastStep], titles: dict[str, str], changed: list[dict[str, Any]]) -> Iterator[str]:
    for one in past:
        record, place = one.record, one.record.page or ""
        when = dt.datetime.fromisoformat(record.date).astimezone().strftime("%Y-%m-%d %H:%M")
        by = f", publicó {record.publisher}" if record.publisher else ""
        undone = f" · lo deshizo el paso {one.undone_by}" if one.undone_by else ""
        who = f"{record.author}{by} ({record.origin})"
        yield f"{record.number:>4} · {when} · {who} · {titles.get(place, place)}{undone}"
        yield f"       {record.summary or record.action}"
        if one.kept_until:
            yield f"       Se conserva una copia hasta el {one.kept_until}; ese día se borra."
    for file in changed:
        yield f"       {file['ruta']} ({file['cambio']})"
        for line in file["renglones"] or ():
            for sign, text in (("-", line["antes"]), ("+", line["despues"])):
                if text is not None:
                    yield f"         {sign} {text}"
        if file["faltan_renglones"]:
            yield f"         … y {file['faltan_renglones']} renglones más"


def _told(one: history.PastStep) -> dict[str, object]:
    record = msgspec.to_builtins(one.record)
    shown = ("paso", "fecha", "autor", "desde", "accion", "pagina", "resumen", "deshace")
    return {
        **{key: record[key] for key in shown},
        "publico": one.record.publisher or None,
        "deshecho_por": one.undone_by,
        "se_puede_deshacer": one.hindrance is None,
        "impedimento": one.hindrance,
        "se_conserva_hasta": one.kept_until,
    }


@cli.command()
@click.argument("paso", type=click.IntRange(1, 10**9), metavar="PASO")
@writing
def deshacer(paso: int, call: Call) -> int:
    """Deja todo como estaba antes de un paso del historial. Deshacer es un paso, y también se puede deshacer."""
    root = call.settings.corpus
    with call.step("deshacer", None) as taken:
        record = history.Undoing(root, taken.read).take_back(taken, paso)
        taken.page = record.page
        again = bool(taken.purged)
        if again and record.page:
            gone = WithdrawnContent(pages_of(root, PageId.parse(record.page), None), None, frozenset(taken.purged))
            taken.clear(leftover_copies(root, gone))
    page = PageId.parse(record.page) if record.page else None
    return publish(call, taken, page, done=taken.summary, purge=again)
