"""Cautions that a reader must know before quoting."""

from indexer.model import Event, Passage, Version

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
