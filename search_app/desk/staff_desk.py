"""The staff's desk: what is behind ``/entrar`` and ``/acervo``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.completed_steps import Taken, standing
from search_app.desk.jobs.jobs import Errand, Errands
from search_app.desk.jobs.worker import Worker
from search_app.desk.login.accounts import Accounts
from search_app.desk.login.login_sessions import Sessions
from search_app.desk.login.rate_limit import Attempts

TRIES_A_MINUTE = 5
QUICK_S = 6.0
"""Seconds that an answer waits for an errand before it leads to the errand's own page."""


class Desk:
    """Everything behind the desk of one corpus."""

    def __init__(self, corpus: Path, index: Path) -> None:
        self.commands = Commands(corpus.absolute(), index.absolute())
        self.accounts = Accounts(self.commands)
        self.sessions = Sessions(self.accounts.secret)
        self.errands = Errands(self.commands.corpus)
        self.worker = Worker(self.errands, self.commands)
        self.sign_ins = Attempts(TRIES_A_MINUTE)
        self.reports = Attempts(TRIES_A_MINUTE)

    def start(self) -> None:
        """Go on with what waits; and know who has an account before somebody asks for a page."""
        self.accounts.anybody()
        self.worker.start()

    def stop(self) -> None:
        """Let the errand at work end."""
        self.worker.stop()

    def queue(self, errand: Errand) -> Errand:
        """Put a new errand on the disk and let it be done."""
        errand = self.errands.put(errand)
        self.worker.wake()
        return errand

    def send(self, errand: Errand, **values: Any) -> Errand | None:
        """Let a draft, or what failed, be done; None where it was sent already, or says nothing that can be done.

        What was done of it before is not taken on trust: the orders may be other ones now, and a step may have been
        undone. The worker asks the history.
        """
        if not values.get("orders", errand.orders):
            return None
        anew: dict[str, Any] = {"state": "espera", "error": "", "done": 0, "answer": None, **values}
        sent = self.errands.change(errand.id, only=("borrador", "fallo"), **anew)
        self.worker.wake()
        return sent

    def taken(self, errand: Errand) -> tuple[Taken, ...]:
        """The steps that an errand that failed did take, and that stand."""
        if not errand.runs:
            return ()
        try:
            return standing(self.commands, errand)
        except CommandFailed:
            return ()
