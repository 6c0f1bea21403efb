"""``/acervo/`` and ``/acervo/encargos/``: the first page of the desk, and the progress of a job."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from flask import Response, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.index.protocol import SearchIndex
from indexer.language.folding import fold
from indexer.language.named_people import Proposal, proposals
from indexer.model import PageId
from indexer.model.page_fields import PERSON_FIELDS, TOPIC_FIELDS, fields_of
from search_app.asking.listing import read_list
from search_app.desk.forms.destination import Choice, EventChoices, choices
from search_app.desk.forms.form_fields import InvalidInput, lines, page_of
from search_app.desk.forms.mesa_filters import LACKS, Marks, Missing, marks, missing, narrowed, selectors
from search_app.desk.forms.page_editing import differences
from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.job import CommandCall, Job, State
from search_app.desk.staff_desk import QUICK_S
from search_app.desk.views.guard import current_desk, desk, see_other, sender, within
from search_app.desk.views.roles import may_use
from search_app.http.answers import current_index, pairs
from search_app.shown.collection import Collection, once_per_edition

LAST = 5
UNSENT: tuple[State, ...] = ("borrador", "por_revisar", "fallo")
_FIELDS = {"temas": TOPIC_FIELDS, "personas": PERSON_FIELDS}
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
        known = {page: marked for page, marked in _marks(index, collection).items() if page.partition("/")[0] in own}
        every = [one for one in _lacks(index, collection) if one.page.event in own]
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
def similar_names(index: SearchIndex, collection: Collection) -> tuple[Proposal, ...]:
    """Names that may belong to one person, over what is published."""
    return proposals(index, collection.catalogue)


@once_per_edition
def _lacks(_: SearchIndex, collection: Collection) -> tuple[Missing, ...]:
    return missing(collection)


@once_per_edition
def _marks(index: SearchIndex, collection: Collection) -> Marks:
    return marks(index, collection, _lacks(index, collection))


@once_per_edition
def _pages(_: SearchIndex, collection: Collection) -> list[tuple[EventChoices, Choice | None]]:
    """Every page that can be worked at; None for the announcement, after the mesas of its event."""
    return [(event, page) for event in choices(collection) for page in (*event.pages, None)]


@desk.get("/acervo/encargos/<encargo>")
def job(encargo: str) -> AnyResponse | str:
    """How one job is getting on."""
    found = job_named(encargo)
    if found.state == "borrador" or (found.state == "por_revisar" and found.is_text):
        return see_other(found.retry or f"/acervo/agregar/{found.id}")
    if found.state == "hecho":
        current_index().refresh()
    if found.state == "hecho" and found.after:
        return redirect(_after(found), 303)
    return render_template(
        "desk/job.html",
        encargo=found,
        antes=current_desk().jobs.before(found),
        detenido=_trouble(found),
        sin_publicar=_unpublished(found),
        avance=current_desk().jobs.progress(found) if found.state == "en_curso" else None,
        tomados=current_desk().completed_steps(found) if found.state == "fallo" else (),
        publica=may_publish(found),
        cambios=_changes(found) if found.state == "por_revisar" else (),
    )


def _changes(proposed: Job) -> Sequence[tuple[str, str, str]]:
    """What a proposal would change of its page, topic or person: each field, what it says now and what it would say."""
    call, given = proposed.calls[0], proposed.calls[0].given
    if given and (fields := _FIELDS.get(call.command)):
        rows = current_desk().commands.ask(call.command, options={"lista": call.command == "personas"})[call.command]
        now: dict[str, Any] = {"campos": next((row for row in rows if row[fields[0].key] == given.get("antes")), {})}
    elif given and call.command == "editar" and (page := page_of(call.words[0])) is not None:
        fields, now = fields_of(page), current_desk().commands.ask("editar", str(page))
    else:
        return ()
    campos = {**now["campos"], **given.get("campos", {})}
    return differences(fields, now, {**now, **given, "campos": campos})


@desk.get("/acervo/encargos/<encargo>/estado")
def state(encargo: str) -> Response:
    """The same in a word, how many go before, and on a second line how far it is, for the page that waits."""
    found = job_named(encargo)
    far = current_desk().jobs.progress(found) if found.state == "en_curso" else None
    said = f"{found.state} {current_desk().jobs.before(found)}{' detenido' if _trouble(found) else ''}"
    return Response("\n".join([said, *([" ".join(map(str, far))] if far else [])]), mimetype="text/plain")


@desk.post("/acervo/encargos/<encargo>")
def again(encargo: str) -> AnyResponse:
    """Try once more what failed, publish what waits for it, give that back to its author, or give it up."""
    found = job_named(encargo)
    if request.form.get("accion") == "devolver":
        return give_back(found)
    if request.form.get("accion") == "descartar":
        current_desk().jobs.discard(found.id)
        return see_other("/acervo/")
    if found.state == "por_revisar" and request.form.get("visto") != found.says:
        raise InvalidInput("Quien lo propuso lo cambió desde que usted abrió su página: vea qué haría ahora")
    if found.state == "fallo" and found.calls and found.calls[0].options.get("simular"):
        return done_or_waiting(current_desk().examine(found, found.calls[0]), QUICK_S)
    if found.state in ("fallo", "por_revisar"):
        return done_or_waiting(current_desk().send(found, calls=found.calls) or found, QUICK_S)
    return see_other(f"/acervo/encargos/{found.id}")


def may_publish(job: Job) -> bool:
    """Whether a job that waits for it is this person's to publish."""
    return job.state == "por_revisar" and may_use(current_desk(), g.account, job, publishing=True)


def give_back(job: Job) -> AnyResponse:
    """A proposal goes back to its author, with what there is to change."""
    if not may_publish(job):
        raise InvalidInput("Esa propuesta ya no espera, o no le toca a su cuenta: vea cómo va en el escritorio")
    note = lines(request.form, "nota", 2_000, called="La nota")
    if not note:
        raise InvalidInput("Escriba en la nota qué hay que cambiar, para quien lo propuso")
    gone = {"state": "fallo", "note": note, "reviewer": g.account.name, "made_s": time.time()}
    current_desk().jobs.change(job.id, only=("por_revisar",), **gone)
    return see_other("/acervo/")


def carry_out(
    title: str,
    *calls: CommandCall,
    after: str,
    page: PageId | str = "",
    retry: str = "",
    reopens: bool = False,
    typed: dict[str, str] | None = None,
) -> AnyResponse:
    """Put a job into the queue, and lead on as soon as it is done.

    Args:
        title, page: What it is, for a person, and the page that it is about.
        calls: The commands to run.
        after: The page to go on with.
        retry: Where what was typed is taken up again when it fails; ``after`` unless told otherwise.
        reopens: Whether that page shows again what a job that failed was to write (``?encargo=``).
        typed: What was typed in the form, for that.
    """
    job = current_desk().jobs.new(
        *sender(), state="espera", title=title, page=str(page), calls=calls, after=after, typed=typed or {}
    )
    again = retry or after
    if reopens:
        again += f"{'&' if '?' in again else '?'}encargo={job.id}"
    return done_or_waiting(current_desk().queue(msgspec.structs.replace(job, retry=again)), QUICK_S)


def done_or_waiting(job: Job, seconds: float) -> AnyResponse:
    """Where somebody goes who has just sent a job: on, when it is done at once; else to the job's page."""
    now = current_desk().worker.wait(job.id, seconds)
    if now is not None and now.state == "hecho" and now.after:
        current_index().refresh()
        return redirect(_after(now), 303)
    if now is not None and now.state == "fallo" and now.retry and (now.answer or {}).get("conflicto"):
        return see_other(now.retry)
    return see_other(f"/acervo/encargos/{job.id}")


def _after(job: Job) -> str:
    """Where one goes on, with the name of what was done, so that the page says it."""
    return f"{within(job.after)}{'&' if '?' in job.after else '?'}hecho={job.id}"


def _trouble(job: Job) -> str:
    """Why it does not get on though it should."""
    return current_desk().worker.trouble(job.id) if job.waiting else ""


def _unpublished(job: Job) -> bool:
    """Whether a text that was added is in the corpus and cannot be read: something of its event or mesa is broken."""
    if job.state != "hecho" or all(call.command != "agregar" for call in job.calls):
        return False
    fragments = (job.answer or {}).get("fragmentos")
    if fragments is not None:
        return not fragments
    page = page_of(job.page)
    with current_index().now() as (_, collection):
        return page is not None and not collection.exists(page)


def job_named(name: str) -> Job:
    """The job of an address; 404 where there is none."""
    found = current_desk().jobs.get(name)
    if found is None:
        abort(404)
    return found


def draft_here(name: str, states: tuple[State, ...] = UNSENT) -> Job:
    """The draft of an address; whoever asks there for one that is none any more, or gives it up, is led on."""
    found = job_named(name)
    if found.state not in states or found.retry not in ("", request.path):
        abort(see_other(f"/acervo/encargos/{found.id}"))
    if request.form.get("accion") == "descartar":
        current_desk().jobs.discard(found.id)
        abort(see_other("/acervo/"))
    return found


def _open_reports(commands: Commands) -> int | None:
    """How many reports wait; None where that cannot be said."""
    with contextlib.suppress(CommandFailed):
        found: list[dict[str, str]] = commands.ask("reportes").get("reportes", [])
        return sum(one.get("estado") != "cerrado" for one in found)
    return None
