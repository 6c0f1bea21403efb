"""``corregir``: corrections as a layer over a transcript that stays as it was received."""

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import click

from indexer.cli.group import Call, cli, page_of, writing
from indexer.cli.output import answer, carry_out, count, read_json
from indexer.corpus.snapshot import read_corpus
from indexer.engines import open_index
from indexer.errors import IndexDamaged, IndexMissing
from indexer.model import PageId
from indexer.operations.corrections import corrections_view, write_corrections
from indexer.operations.doubtful_words import DoubtfulWords, known_names
from indexer.operations.find_and_replace import correct_places, find_everywhere, pages_of
from indexer.operations.open_pages import OpenPage, last_good, open_page, open_sessions

_INPUT = (
    'Lee {"base", "correcciones": [{"numero", "de", "a", "vez"}], "cotejados": [numero]} de la entrada; con --buscar y '
    '--por, {"lugares": [lugar]}, los que se aceptan: un solo paso, de las mesas que sean.'
)


@cli.command()
@click.argument("destino", metavar="[EVENTO[/MESA]]", required=False)
@click.option("--escribir", is_flag=True, help=_INPUT)
@click.option("--buscar", metavar="TEXTO", help="Dice cada lugar donde está una palabra o un nombre, en una mesa, en "
              "un evento o, sin destino, en todo el acervo.")  # fmt: skip
@click.option("--por", metavar="TEXTO", help="Cómo quedaría cada lugar de --buscar con este texto.")
@click.option("--sin-acentos", is_flag=True, help="Con --buscar, los acentos no distinguen.")
@click.option("--sin-dudosas", is_flag=True, help="No busca palabras dudosas, que es lo que más tarda.")
@writing
def corregir(
    destino: str | None, escribir: bool, buscar: str | None, por: str | None, sin_acentos: bool, sin_dudosas: bool,
    call: Call,
) -> int:  # fmt: skip
    """Muestra las correcciones de una mesa y sus palabras dudosas, las escribe, o busca una palabra en toda ella."""
    if (por is not None or sin_acentos) and buscar is None:
        raise click.UsageError("--por y --sin-acentos van con --buscar TEXTO.")
    if escribir and buscar is not None and por is None:
        raise click.UsageError("para escribir en los lugares de --buscar diga --por qué texto.")
    if sin_dudosas and (escribir or buscar is not None):
        raise click.UsageError("--sin-dudosas va sin --escribir ni --buscar, que nunca las buscan.")
    if destino is None and buscar is None:
        raise click.UsageError("diga qué mesa (EVENTO/MESA), o qué se busca en todo el acervo (--buscar TEXTO).")
    page = None if destino is None else page_of(destino, session=buscar is None)
    if escribir and buscar is not None:
        return _write_places(call, page, buscar, por or "", accents=not sin_acentos)
    if buscar is not None:
        one = page is not None and page.session is not None
        pages = (open_page(call.settings, page),) if page and one else open_sessions(call.settings, page and page.event)
        with last_good(call.settings) as last:
            found = find_everywhere(pages, buscar, por, last, accents=not sin_acentos)
            return answer(call, found, _places(found))
    assert page is not None
    if escribir:
        values = read_json()
        return carry_out(
            call, "corregir", page,
            lambda taken: write_corrections(taken, open_page(call.settings, page), values, call.author),
            lambda: corrections_view(open_page(call.settings, page)),
        )  # fmt: skip
    opened = open_page(call.settings, page)
    told = corrections_view(opened, None if sin_dudosas else _doubtful(opened))
    return answer(call, told, _lines(told, sin_dudosas), (f"Aviso: {notice}" for notice in told["avisos"]))


def _lines(told: dict[str, Any], without_doubts: bool) -> Iterator[str]:
    for one in told["correcciones"]:
        times = f" (vez {one['vez']})" if one["vez"] > 1 else ""
        yield f"p{one['numero']}  «{one['de']}» → «{one['a']}»{times}"
    for one in told["dudosas"]:
        yield f"¿p{one['numero']}?  {one['antes']}[{one['palabra']}]{one['despues']}  ¿{one['cerca_de']}?"
    done = count(len(told["correcciones"]), "corrección", "correcciones")
    checked = count(len(told["cotejados"]), "fragmento cotejado", "fragmentos cotejados")
    doubts = "" if without_doubts else f", {count(len(told['dudosas']), 'palabra dudosa', 'palabras dudosas')}"
    yield f"{done}, {checked}{doubts}."


def _write_places(call: Call, within: PageId | None, sought: str, instead: str, *, accents: bool) -> int:
    chosen: Any = read_json().get("lugares")
    named = pages_of(chosen)
    if within and any(page.event != within.event or within.session not in (None, page.session) for page in named):
        raise click.UsageError(f"hay lugares que no son de {within}: búsquelos sin destino.")
    page = named[0] if len(named) == 1 else None
    return carry_out(
        call, "corregir", page,
        lambda taken: correct_places(taken, call.settings, sought, instead, chosen, call.author, accents=accents),
    )  # fmt: skip


def _doubtful(opened: OpenPage) -> DoubtfulWords:
    frequencies: dict[str, int] = {}
    with suppress(IndexMissing, IndexDamaged), closing(open_index(opened.settings.index)) as index:
        frequencies = dict(index.terms("", 1 << 30))
    return DoubtfulWords(frequencies, *known_names(read_corpus(opened.settings.corpus)))


def _places(found: dict[str, Any]) -> Iterator[str]:
    for one in found["lugares"]:
        yield f"{one['pagina']}#p{one['numero']} (vez {one['vez']})\n  dice:   {one['antes']}"
        if one["despues"] is not None:
            yield f"  diría:  {one['despues']}"
    if found["ya_corregidos"]:
        yield count(found["ya_corregidos"], "lugar ya está corregido.", "lugares ya están corregidos.")
    if found["mas"]:
        yield f"Hay {count(found['mas'], 'lugar', 'lugares')} más: busque más palabras, o en un solo evento."
    yield f"{count(len(found['lugares']), 'lugar', 'lugares')}. No se escribió nada."
