"""How a fragment is cited, in Spanish, ready to be copied: never more official than its source."""

from __future__ import annotations

from indexer.model import Event, Kind, Passage, Session, Version
from search_app.collection import session_title
from search_app.labels import VERSIONS
from search_app.present import clock, day, days

FICTITIOUS = "Texto ficticio, escrito para probar el buscador: nadie lo dijo."
OWN_WORDING = "Redacción propia, a partir de fuentes: no es cita de lo que se dijo."
AUTOMATIC = "Subtítulos automáticos, sin revisar: coteje con el video antes de citar; no es una versión oficial."


def caution(passage: Passage, event: Event) -> str | None:
    """What a reader must know before quoting a fragment; None when nothing stands in the way."""
    if event.fictitious:
        return FICTITIOUS
    if passage.own_wording:
        return OWN_WORDING
    if passage.version is Version.AUTOMATIC_CAPTIONS:
        return AUTOMATIC
    return None


def date_words(event: Event, session: Session | None) -> str:
    """The day of a session, or that it is not confirmed; of an event, its range."""
    if session is None:
        return days(event.start, event.end)
    if session.date:
        return day(session.date)
    return f"fecha no confirmada (el evento fue {_when(event)})"


def _when(event: Event) -> str:
    words = days(event.start, event.end)
    if event.start == event.end:
        return f"el {words}"
    return words if words.startswith("del ") else f"los días {words}"


def citation(passage: Passage, event: Event, session: Session | None, address: str, edition: str) -> str:
    """One paragraph: person and post, session, event, date, kind of version, minute, address, edition."""
    parts = []
    if passage.kind is Kind.TRANSCRIPT and passage.person:
        parts.append(f"{passage.person} ({passage.post})" if passage.post else passage.person)
    if session:
        parts.append(f"«{session_title(session)}»")
    parts.append(event.title)
    parts.append(date_words(event, session))
    if passage.kind is Kind.TRANSCRIPT:
        if passage.version:
            parts.append(VERSIONS[passage.version].lower())
    elif passage.kind is Kind.ANNOUNCEMENT:
        parts.append("ficha del evento" if passage.own_wording else "anuncio")
    else:
        parts.append("descripción de la mesa")
    if passage.start_s is not None:
        parts.append(f"minuto {clock(passage.start_s)}")
    parts.append(f"fragmento {passage.number}")
    text = f"{', '.join(parts)}. Consta, edición {edition}, {address}"
    warning = caution(passage, event)
    return f"{text} [{warning}]" if warning else text
