"""Labels that only count voices (``SPEAKER_00``): a recogniser heard them apart and knows nobody."""

from __future__ import annotations

import re

VOICE = r"(?:speaker|spk|hablante|orador|persona|interlocutor|participante|locutor|voz)[ _-]?(?:[0-9]{1,3}|[A-Z])"
_UNKNOWN = r"(?:unknown|unidentified) speaker(?: [0-9]{1,3})?|(?:hablante|orador) (?:desconocido|no identificado)"
_VOICE = re.compile(f"{VOICE}|{_UNKNOWN}", re.IGNORECASE)


def is_counted(label: str) -> bool:
    """Whether a label names nobody: ``SPEAKER_00``, ``spk_1``, ``Hablante 2``, ``Persona A``, ``Unknown Speaker``."""
    return _VOICE.fullmatch(label) is not None
