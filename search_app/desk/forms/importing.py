"""Many files at once: what was understood of them, line by line, and what staff changed in it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from search_app.desk.forms.form_fields import folder_name, line
from search_app.desk.jobs.job import CommandCall, Job

FIELDS = {"titulo": "El título", "fecha": "La fecha", "evento": "El evento", "mesa": "La mesa", "version": "La versión"}
"""What can be changed of a recording, as a program and a message call it."""
OUT = "fuera"
SEEN = "visto"
EVENT = "evento"
NEW_EVENT = "titulo_evento"
AT_ONCE = 100
"""Recordings on one page: each has five fields."""


class ImportRow(NamedTuple):
    """A recording on the page.

    Attributes:
        number: Its place among all, from 1: what its fields are called by.
        values: Of each field, what stands in it: as it was changed, else as it was understood.
        can_change: Whether it has a text, so that it can be mended.
    """

    number: int
    told: Mapping[str, Any]
    values: Mapping[str, str]
    left_out: bool
    can_change: bool


def import_rows(job: Job) -> tuple[ImportRow, ...]:
    """Every recording, those that are not imported as they are first."""
    return tuple(sorted(_rows(job), key=lambda row: row.told["estado"] not in ("falta", "omitida")))


def _rows(job: Job) -> list[ImportRow]:
    found = []
    for number, told in enumerate((job.examined or {}).get("renglones", ()), start=1):
        values = {name: job.typed.get(f"{name}{number}", str(told.get(name) or "")) for name in FIELDS}
        out = job.typed.get(f"{OUT}{number}", "si" if told["estado"] == "omitida" else "") == "si"
        readable = told["version"] is not None or told["tipo"] != "transcripcion"
        found.append(ImportRow(number, told, values, out, readable and told["estado"] != "repetida"))
    return found


def typed_with(job: Job, form: Mapping[str, str]) -> dict[str, str]:
    """What was typed of a draft so far, with what a form of one page says.

    What is as it was understood is not kept, unless it was typed before: then it was understood from that.

    Raises:
        InvalidInput: Something is too long.
    """
    typed = job.typed | event_typed(form)
    for row in _rows(job):
        if f"{SEEN}{row.number}" not in form:
            continue
        for key, called in FIELDS.items():
            name, shown = f"{key}{row.number}", str(row.told.get(key) or "")
            value = line(form, name, 300, called=f"{called} de «{row.told['archivo']}»")
            if value != shown or typed.pop(name, None) == shown:
                typed[name] = value
        typed[f"{OUT}{row.number}"] = "si" if form.get(f"{OUT}{row.number}") == "si" else ""
    return typed


def event_typed(form: Mapping[str, str]) -> dict[str, str]:
    """What a form says of the event: one that there is, or the title of a new one. Raises ``InvalidInput``."""
    called = {EVENT: "El evento", NEW_EVENT: "El título del evento"}
    return {name: line(form, name, 300, called=words) for name, words in called.items() if name in form}


def import_call(job: Job, *, simulated: bool, one_event: bool) -> CommandCall:
    """The command that imports the files of a job as shown; or that, told what changed, says what it would do.

    Args:
        simulated: Whether it only says so.
        one_event: Whether whoever asks may change some events only: then nothing goes to another than the one chosen.
    """
    changes: list[dict[str, str]] = []
    for row in _rows(job):
        out = row.left_out or (not simulated and row.told["estado"] != "importar")
        told = [name for name in FIELDS if not simulated or f"{name}{row.number}" in job.typed]
        change = {"omitir": "si"} if out else {name: row.values[name] for name in told}
        if change and row.can_change:
            changes.append({"archivo": str(row.told["archivo"]), **change})
    options: dict[str, str | bool] = {"con-cambios": True}
    options |= {name: True for name, wanted in (("simular", simulated), ("solo", one_event)) if wanted}
    if title := job.typed.get(NEW_EVENT):
        options |= {"titulo-evento": title, "evento": folder_name(title, frozenset(), "evento")}
    elif event := job.typed.get(EVENT):
        options["evento"] = event
    return CommandCall("importar", (), options, given={"renglones": changes}, with_file=True)
