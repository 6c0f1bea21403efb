"""What the pages of the desk work with: commands, jobs, accounts, login sessions and rate limits of one corpus."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import msgspec
from flask import abort, g, has_request_context

from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.completed_steps import CompletedStep, completed_steps
from search_app.desk.jobs.job import CommandCall, Job
from search_app.desk.jobs.job_store import JobStore
from search_app.desk.jobs.touched_events import touched_events
from search_app.desk.jobs.worker import Worker
from search_app.desk.login.accounts import Account, Accounts
from search_app.desk.login.login_sessions import LoginSessions
from search_app.desk.login.rate_limit import RateLimit, SignInPace

QUICK_S = 6.0
"""Seconds that an answer waits for a job before it leads to the job's own page."""

_ANEW: dict[str, Any] = {"state": "espera", "error": "", "done": 0, "answer": None}
NOT_THEIRS = "Su cuenta es de estos eventos: {}. Lo que pide es de otro; pídalo a quien lo cuida."


class StaffDesk:
    """Everything behind the desk of one corpus."""

    def __init__(self, corpus: Path, index: Path) -> None:
        self.commands = Commands(corpus.absolute(), index.absolute())
        self.accounts = Accounts(self.commands)
        self.sessions = LoginSessions(self.accounts.secret, self.commands.corpus)
        self.jobs = JobStore(self.commands.corpus)
        self.worker = Worker(self.jobs, self.commands)
        self.limit = RateLimit(self.commands.corpus)
        self.sign_ins = SignInPace(self.limit)

    def start(self) -> None:
        """Go on with what waits; and know who has an account before somebody asks for a page."""
        self.accounts.anybody()
        self.worker.start()

    def leave_off(self) -> None:
        """Begin to end: take no further job."""
        self.worker.leave_off()

    def stop(self) -> None:
        """Let the job at work end."""
        self.worker.stop()

    def queue(self, job: Job) -> Job:
        """Put a new job on the disk and let it be done, or reviewed."""
        job = self.jobs.put(self._decided(job))
        self.worker.wake()
        return job

    def examine(self, job: Job, call: CommandCall, many: Sequence[tuple[str, IO[bytes]]] = ()) -> Job:
        """Let a command say what it would do with the files of a draft; new with ``many`` files. Nothing is changed."""
        asked = {**_ANEW, "runs": 0, "calls": (call,)}
        if many:
            job = self.jobs.put(msgspec.structs.replace(job, **asked), many=many)
        else:
            job = self.jobs.change(job.id, only=("borrador", "fallo"), **asked) or job
        self.worker.wake()
        return job

    def send(self, job: Job, **values: Any) -> Job | None:
        """Let a draft, what failed or what waits for a review be done; None where it was sent already, or says nothing.

        What was done of it before is not taken on trust: the commands may be other ones now, and a step may have been
        undone. The worker asks the history.
        """
        if not values.get("calls", job.calls):
            return None
        anew = {**_ANEW, "note": "", **values}
        decided = self._decided(msgspec.structs.replace(job, **anew))
        anew |= {"state": decided.state, "reviewer": decided.reviewer}
        sent = self.jobs.change(job.id, only=("borrador", "por_revisar", "fallo"), **anew)
        self.worker.wake()
        return sent

    def _decided(self, job: Job) -> Job:
        """The job as whoever asks may have it: done, or left for a responsable; a 403 where its event is not theirs."""
        if not has_request_context():  # the server itself
            return job
        asker: Account = g.account
        events = touched_events(self.commands, job) if asker.events else None
        if events is not None and not asker.covers(events):
            abort(403, description=NOT_THEIRS.format(", ".join(sorted(asker.events))))
        if not asker.publishes(events):
            return msgspec.structs.replace(job, state="por_revisar", reviewer="")
        return msgspec.structs.replace(job, reviewer="" if asker.name == job.author else asker.name)

    def completed_steps(self, job: Job) -> tuple[CompletedStep, ...]:
        """The steps that a job that failed did take, and that stand."""
        with contextlib.suppress(CommandFailed):
            return completed_steps(self.commands, job) if job.runs else ()
        return ()
