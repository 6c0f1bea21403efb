"""Labels that only count voices (``SPEAKER_00``): a recogniser heard them apart and knows nobody."""

from __future__ import annotations

import re

VOICE = r"(?:speaker|spk|hablante|orador|persona|interlocutor|participante|locutor|voz)[ _-]?(?:[0-9]{1,3}|[A-Z])"
_VOICE = re.compile(VOICE, re.IGNORECASE)


def is_counted(label: str) -> bool:
    """Whether a label only counts: ``SPEAKER_00``, ``spk_1``, ``Hablante 2``, ``Persona A``."""
    return _VOICE.fullmatch(label) is not None
