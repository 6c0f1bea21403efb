"""Who may use each address of the desk: the table ``roles.toml``, and whose an event or a job is."""

from collections.abc import Mapping
from typing import Any

from indexer.word_lists import beside
from search_app.desk.jobs.job import Job
from search_app.desk.jobs.touched_events import touched_events
from search_app.desk.login.accounts import Account
from search_app.desk.staff_desk import NOT_THEIRS, StaffDesk

WHO: dict[str, str] = beside(__file__)["quien"]
OPEN = frozenset(endpoint for endpoint, who in WHO.items() if who in ("cualquiera", "entrada"))
"""What needs no session: signing in, and what a reader reports."""
NAMING_JOBS = ("encargo", "hecho")
"""Parts of an address, or its parameters, that name a job."""
_NOT_EDITORS = "Eso lo hace un responsable, y su cuenta es de editor. Pídalo a quien publica."
_NOT_YOURS = "Eso lo envió otra persona. Lo cambia o lo publica quien lo envió, o un responsable de su evento."


def refusal(desk: StaffDesk, asker: Account, endpoint: str | None, values: Mapping[str, Any], *, writing: bool) -> str:
    """Why somebody may not use an address, and the jobs that its parameters name; empty where they may."""
    who = WHO.get(endpoint or "")
    event = frozenset(filter(None, [values.get("evento")]))
    if who is None or (who == "responsable" and asker.role != "responsable"):
        return _NOT_EDITORS
    if event and not asker.covers(event):
        return NOT_THEIRS.format(", ".join(sorted(asker.events)))
    jobs = filter(None, (desk.jobs.get(values.get(name, "")) for name in NAMING_JOBS))
    return "" if all(may_use(desk, asker, job, writing=writing) for job in jobs) else _NOT_YOURS


def may_use(desk: StaffDesk, asker: Account, job: Job, *, writing: bool = False, publishing: bool = False) -> bool:
    """Whether a job is somebody's to see, to change or to publish: its author's, and of who has its events."""
    if asker.name == job.author and not publishing:
        return True
    events = touched_events(desk.commands, job) if asker.events else None
    return asker.publishes(events) if writing or publishing else asker.covers(events)
