"""Sending a job, and taking one up: where a form leads whoever sent it."""

from flask import abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import PageId
from search_app.desk.jobs.job import CommandCall, Job, State
from search_app.desk.staff_desk import QUICK_S
from search_app.desk.views.guard import current_desk, see_other, sender, within
from search_app.desk.views.roles import may_use
from search_app.http.answers import current_index
from search_app.shown.addresses import parameters

UNSENT: tuple[State, ...] = ("borrador", "por_revisar", "fallo")
"""The states of a job that has a form to go back to."""


def carry_out(
    title: str,
    *calls: CommandCall,
    after: str,
    page: PageId | str = "",
    retry: str = "",
    reopens: bool = False,
    keeps: tuple[str, ...] = (),
    typed: dict[str, str] | None = None,
) -> AnyResponse:
    """Put a job into the queue, and lead on as soon as it is done.

    Args:
        title, page: What it is, for a person, and the page that it is about.
        calls: The commands to run.
        after: The page to go on with.
        retry: Where what was typed is taken up again when it fails; ``after`` unless told otherwise.
        reopens: Whether that page shows again what a job that failed was to write (``?encargo=``).
        keeps: The fields of the form that the address of that page takes up again.
        typed: What was typed in the form, for what is reopened.
    """
    again = retry or after
    again += f"{'&' if '?' in again else '?'}encargo={{}}" * reopens
    again += f"?{parameters(pair for pair in request.form.items() if pair[0] in keeps)}" * bool(keeps)
    job = current_desk().jobs.new(
        *sender(), state="espera", title=title, page=str(page), calls=calls, after=after, typed=typed or {}, retry=again
    )
    return done_or_waiting(current_desk().queue(job), QUICK_S)


def done_or_waiting(job: Job, seconds: float) -> AnyResponse:
    """Where somebody goes who has just sent a job: on, when it is done at once; else to the job's page."""
    now = current_desk().worker.wait(job.id, seconds)
    current_index().refresh()
    if now is None:
        abort(404)  # somebody gave it up, or withdrew what it was about
    if now.state == "hecho" and now.after:
        return redirect(where_after(now), 303)
    if now.state == "fallo" and now.retry and (now.answer or {}).get("conflicto"):
        return see_other(now.retry)
    return see_other(f"/acervo/encargos/{job.id}")


def where_after(job: Job) -> str:
    """Where one goes on, with the name of what was done, so that the page says it."""
    return f"{within(job.after)}{'&' if '?' in job.after else '?'}hecho={job.id}"


def may_publish(job: Job) -> bool:
    """Whether a job that waits for it is this person's to publish."""
    return job.state == "por_revisar" and may_use(current_desk(), g.account, job, publishing=True)


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


def interrupted_job(command: str, page: PageId | None = None) -> Job | None:
    """The job of this command, and of this page, that failed and is taken up again (``encargo``)."""
    job = current_desk().jobs.get(request.args.get("encargo", ""))
    ours = job and job.calls and job.calls[0].command == command and page in (None, PageId.parse(job.page))
    return job if ours else None
