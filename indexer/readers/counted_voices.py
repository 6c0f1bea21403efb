"""Labels that only count voices (``SPEAKER_00``): a recogniser heard them apart and knows nobody."""

from __future__ import annotations

import re

_KINDS = "speaker|spk|hablante|orador|persona|interlocutor|participante|locutor|voz"
VOICE = rf"(?i:{_KINDS})(?:[ _-]?[0-9]{{1,3}}|[ _-][A-Z])(?!\w)"
_UNKNOWN = r"(?i:(?:unknown|unidentified) speaker(?: [0-9]{1,3})?|(?:hablante|orador) (?:desconocido|no identificado))"
_VOICE = re.compile(f"{VOICE}|{_UNKNOWN}")


def is_counted(label: str) -> bool:
    """Whether a label names nobody: ``SPEAKER_00``, ``spk_1``, ``Hablante 2``, ``Persona A``, ``Unknown Speaker``."""
    return _VOICE.fullmatch(label) is not None
