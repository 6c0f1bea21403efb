"""Cautions that a reader must know before quoting, and the date of a session in words."""

from __future__ import annotations

from indexer.model import Version
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from search_app.shown.formatting import day, days

FICTITIOUS = "Texto ficticio, escrito para probar el buscador: nadie lo dijo."
OWN_WORDING = "Redacción propia, a partir de fuentes: no es cita de lo que se dijo."
AUTOMATIC = "Subtítulos automáticos, sin revisar: coteje con el video antes de citar; no es una versión oficial."
CHECKED = "Subtítulos automáticos, cotejados con el video por el personal: no es una versión oficial."


def caution(passage: Passage, event: Event) -> str | None:
    """What a reader must know before quoting a fragment; None when nothing stands in the way."""
    if event.fictitious:
        return FICTITIOUS
    if passage.own_wording:
        return OWN_WORDING
    if passage.version is Version.AUTOMATIC_CAPTIONS:
        return AUTOMATIC if passage.checked is None else CHECKED
    return None


def date_words(event: Event, session: Session | None) -> str:
    """The day of a session, or that it is not confirmed; of an event, its range."""
    if session is None:
        return days(event.start, event.end)
    if session.date:
        return day(session.date)
    return f"fecha no confirmada (el evento fue {when(event)})"


def when(event: Event) -> str:
    """The days of an event, after ``fue``: ``el 4 de diciembre de 2025``, ``los días 4 y 5 de diciembre de 2025``."""
    words = days(event.start, event.end)
    if event.start == event.end:
        return f"el {words}"
    return words if words.startswith("del ") else f"los días {words}"
