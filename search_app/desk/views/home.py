"""``/acervo/``: the first page of the desk."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from flask import g, render_template

from indexer.index.protocol import SearchIndex
from indexer.language.folding import fold
from search_app.asking.listing import read_list
from search_app.desk.forms.destination import Choice, EventChoices, choices
from search_app.desk.forms.mesa_filters import LACKS, marks, missing, narrowed, selectors
from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.views.guard import current_desk, desk
from search_app.desk.views.registers import similar_names
from search_app.desk.views.roles import may_use
from search_app.http.answers import current_index, pairs
from search_app.shown.collection import Collection, once_per_edition

LAST = 5
_NARROWED_BY = {"faltan": ("evento", "falta"), "mesas": ("evento", "estado", "falta")}


@desk.get("/acervo/")
def home() -> str:
    """The first page of the desk."""
    waits = current_desk().jobs
    jobs = [job for job in waits.all() if job.state != "hecho" and may_use(current_desk(), g.account, job)]
    commands = current_desk().commands
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(_open_reports, commands)
        try:
            last, notice = commands.ask("historial", *g.account.events, options={"ultimos": str(LAST)})["pasos"], ""
        except CommandFailed as error:
            last, notice = [], str(error)
    asked = read_list(pairs(), "/acervo/", "faltan", "mesas")
    with current_index().now() as (index, collection):
        own = {slug for slug in collection.events if g.account.covers(frozenset([slug]))}
        known = {page: marked for page, marked in marks(index, collection).items() if page.partition("/")[0] in own}
        every = [one for one in missing(index, collection) if one.page.event in own]
        offered = selectors(pairs(), collection, _NARROWED_BY.get(asked.only, ()))
        asked = replace(asked, chosen=tuple((one.name, one.chosen) for one in offered if one.chosen))
        lacks = [one for one in every if narrowed(one.page, asked.chosen, known)]
        pages = [
            (event, page)
            for event, page in _pages(index, collection)
            if narrowed(page.value if page else event.slug, asked.chosen, known)
        ]
        people = len(similar_names(index, collection))
    lacking = asked.part(
        len(lacks), lacks.__getitem__, ("mesa", "mesas"), lambda: [fold(one.title) for one in lacks], of="faltan"
    )
    listed = asked.part(
        len(pages), pages.__getitem__, ("página", "páginas"),
        lambda: [fold(f"{page.title if page else 'anuncio'} {event.title}") for event, page in pages], of="mesas",
    )  # fmt: skip
    return render_template(
        "desk/home.html",
        borradores=[e for e in jobs if e.state == "borrador"],
        por_publicar=[e for e in jobs if e.state == "por_revisar"],
        esperan=[(e, waits.before(e)) for e in jobs if e.waiting],
        fallidos=[e for e in jobs if e.state == "fallo"],
        danados=waits.damaged(),
        pasos=last,
        aviso=notice,
        nada_falta=not every,
        selectores=offered,
        faltas=[
            (key, name, n) for key, name in LACKS.items() if (n := sum(("falta", key) in m for m in known.values()))
        ],
        faltan=lacking,
        mesas=listed,
        eventos=[(event, [page for _, page in rows]) for event, rows in groupby(listed.rows, itemgetter(0))],
        reportes=waiting.result(),
        parecidos=people,
    )


@once_per_edition
def _pages(_: SearchIndex, collection: Collection) -> list[tuple[EventChoices, Choice | None]]:
    """Every page that can be worked at; None for the announcement, after the mesas of its event."""
    return [(event, page) for event in choices(collection) for page in (*event.pages, None)]


def _open_reports(commands: Commands) -> int | None:
    """How many reports wait; None where that cannot be said."""
    with contextlib.suppress(CommandFailed):
        found: list[dict[str, str]] = commands.ask("reportes").get("reportes", [])
        return sum(one.get("estado") != "cerrado" for one in found)
    return None
