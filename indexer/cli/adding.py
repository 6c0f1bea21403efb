"""``nuevo``, ``agregar``: events, mesas and their texts into the corpus."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from indexer.cli.group import FILE, KIND, Call, cli, page_of, writing
from indexer.cli.output import answer, carry_out
from indexer.corpus.adding import add_clock, add_file, text_state
from indexer.corpus.new_pages import new_event, new_session
from indexer.corpus.page_files import CLOCK
from indexer.corpus.page_folders import toml_path
from indexer.history import Conflict, Step
from indexer.model import Kind, PageId, Version
from indexer.operations.personal_data import without_personal_data
from indexer.program import STAFF

_DATE = click.DateTime(formats=["%Y-%m-%d"])


@cli.command()
@click.argument("destino", metavar="EVENTO[/MESA]")
@click.option("--titulo", metavar="TEXTO", required=True, help="Título que verán los lectores.")
@click.option("--fecha", type=_DATE, metavar="AAAA-MM-DD", help="Día de la mesa, o primer día del evento.")
@click.option("--fin", type=_DATE, metavar="AAAA-MM-DD", help="Último día del evento, si dura más de uno.")
@writing
def nuevo(destino: str, titulo: str, fecha: dt.datetime | None, fin: dt.datetime | None, call: Call) -> int:
    """Crea la carpeta de un evento o de una mesa, con su archivo de datos."""
    root, page = call.settings.corpus, page_of(destino, session=False)
    if page.session is None:
        if fecha is None:
            raise click.UsageError("un evento necesita su primer día: agregue --fecha AAAA-MM-DD.")
        root.mkdir(parents=True, exist_ok=True)
    with call.step("nuevo", page, f"Se creó {page}: {titulo}") as taken:
        if page.session is None:
            assert fecha is not None
            folder = new_event(root, page.event, titulo, fecha.date(), (fin or fecha).date(), to=taken)
        else:
            day = fecha.date() if fecha else None
            folder = new_session(root, page.event, page.session, titulo, day, to=taken)
    told: dict[str, Any] = {"paso": taken.number, "edicion": None, "pagina": str(page), "fragmentos": 0, "avisos": []}
    cure = f"Complete sus datos, agregue los textos y publique con: {STAFF} actualizar"
    return answer(call, told, (f"Creado: {folder}", cure))


@cli.command()
@click.argument("archivo", type=FILE, metavar="ARCHIVO", required=False)
@click.option("--mesa", metavar="EVENTO/MESA", help="Mesa a la que pertenece.")
@click.option("--evento", metavar="EVENTO", help="Evento al que pertenece (para su anuncio).")
@click.option("--tipo", type=KIND, help="Qué es: por omisión, la transcripción.")
@click.option("--video", metavar="URL", help="Dirección del video de la mesa.")
@click.option("--version", type=click.Choice([v.value for v in Version]), help="Qué clase de transcripción es.")
@click.option("--tiempos", type=FILE, metavar="SUBTÍTULOS", help="Subtítulos de la misma sesión: de ellos se toman "
              "las horas del texto. Sin ARCHIVO, las del que ya está.")  # fmt: skip
@click.option("--titulo", metavar="TEXTO", help="Título de la mesa, para crearla si todavía no está.")
@click.option("--fecha", type=_DATE, metavar="AAAA-MM-DD", help="Día de esa mesa, con --titulo.")
@click.option("--testar", metavar="N,N", help="Quita del texto estos datos personales, por su número en examinar.")
@click.option("--reemplazar", is_flag=True, help="Sustituye el texto que ya está.")
@click.option("--readmitir", is_flag=True, help="Admite otra vez el mismo texto que se retiró: la decisión cambió.")
@click.option("--base", metavar="SHA256", help="Solo si el texto que ya está es todavía este (lo dice comparar).")
@writing
def agregar(
    archivo: Path | None, mesa: str | None, evento: str | None, tipo: str | None, video: str | None,
    version: str | None, tiempos: Path | None, titulo: str | None, fecha: dt.datetime | None, testar: str | None,
    reemplazar: bool, readmitir: bool, base: str | None, call: Call,
) -> int:  # fmt: skip
    """Agrega un archivo al acervo, tal como se recibió, y lo publica."""
    if (mesa is None) == (evento is None):
        raise click.UsageError("diga dónde va: --mesa EVENTO/MESA, o bien --evento EVENTO.")
    page = PageId.parse((mesa or evento or "").strip("/"))
    if mesa is not None and page.session is None:
        raise click.UsageError("--mesa se escribe EVENTO/MESA, por ejemplo foro-ieem-2025/mesa-1-buenas-practicas.")
    if evento is not None and page.session is not None:
        raise click.UsageError("--evento lleva solo el evento; para una mesa use --mesa EVENTO/MESA.")
    if titulo is not None and page.session is None:
        raise click.UsageError("--titulo es el de una mesa nueva: va con --mesa EVENTO/MESA.")
    if fecha is not None and titulo is None:
        raise click.UsageError("--fecha es el día de una mesa nueva: va con --titulo.")
    if base is not None and not reemplazar:
        raise click.UsageError("--base dice qué texto se reemplaza: va con --reemplazar.")
    if archivo is None and tiempos is None:
        raise click.UsageError("falta el ARCHIVO que se agrega.")
    if archivo is None and (mesa is None or any((tipo, video, version, titulo, base, testar))):
        raise click.UsageError("sin ARCHIVO, --tiempos lleva solo --mesa y, si ya los hay, --reemplazar.")
    kind = Kind(tipo) if tipo else Kind.ANNOUNCEMENT if evento else Kind.TRANSCRIPT
    root = call.settings.corpus

    def add_captions(taken: Step) -> str:
        assert tiempos is not None
        placed = add_clock(root, tiempos, page, replace=reemplazar, readmit=readmitir, to=taken)
        taken.summary = f"Se agregó {placed.name}, para las horas del texto"
        return f"Agregado: {placed}"

    def add(taken: Step) -> str:
        if base is not None and (now := text_state(root, page, kind)) != base.strip().lower():
            raise Conflict(f"El texto de {page} cambió desde que se comparó: vea la diferencia con el de ahora", now)
        if titulo is not None and page.session and toml_path(root / str(page), page) is None:
            new_session(root, page.event, page.session, titulo, fecha.date() if fecha else None, to=taken)
        placed = add_file(
            root, source, page, kind,
            keys={"video": video, "version": version}, replace=reemplazar, readmit=readmitir, clock=tiempos, to=taken,
        )  # fmt: skip
        taken.summary = f"{'Se reemplazó por' if reemplazar else 'Se agregó'} {placed.name}"
        taken.summary += _beside(taken, placed)
        taken.summary += "; se testaron datos personales" if testar else ""
        return f"Agregado: {placed}"

    if archivo is None:
        return carry_out(call, "agregar", page, add_captions)
    with without_personal_data(archivo, kind, testar) as source:
        return carry_out(call, "reemplazar" if reemplazar else "agregar", page, add)


def _beside(taken: Step, placed: Path) -> str:
    """What the step leaves beside a transcript, in words."""
    written = (path.rpartition("/")[2] for path, data in taken.staged.items() if data is not None)
    clock = next((name for name in written if name.partition(".")[0] == CLOCK), None)
    return f"; sus horas, de {clock}" if clock and clock != placed.name else ""
