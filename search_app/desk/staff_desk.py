"""What the pages of the desk work with: commands, jobs, accounts, login sessions and rate limits of one corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.completed_steps import CompletedStep, completed_steps
from search_app.desk.jobs.job import Job
from search_app.desk.jobs.job_store import JobStore
from search_app.desk.jobs.worker import Worker
from search_app.desk.login.accounts import Accounts
from search_app.desk.login.login_sessions import LoginSessions
from search_app.desk.login.rate_limit import RateLimit, SignInPace

QUICK_S = 6.0
"""Seconds that an answer waits for a job before it leads to the job's own page."""


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
        """Put a new job on the disk and let it be done."""
        job = self.jobs.put(job)
        self.worker.wake()
        return job

    def send(self, job: Job, **values: Any) -> Job | None:
        """Let a draft, or what failed, be done; None where it was sent already, or says nothing that can be done.

        What was done of it before is not taken on trust: the commands may be other ones now, and a step may have been
        undone. The worker asks the history.
        """
        if not values.get("calls", job.calls):
            return None
        anew: dict[str, Any] = {"state": "espera", "error": "", "done": 0, "answer": None, **values}
        sent = self.jobs.change(job.id, only=("borrador", "fallo"), **anew)
        self.worker.wake()
        return sent

    def completed_steps(self, job: Job) -> tuple[CompletedStep, ...]:
        """The steps that a job that failed did take, and that stand."""
        if not job.runs:
            return ()
        try:
            return completed_steps(self.commands, job)
        except CommandFailed:
            return ()
