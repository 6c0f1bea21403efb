"""Labels that programs write: voices only counted (``SPEAKER_00``), and devices (``iPhone de Ana``)."""

import re

from indexer.readers.words import fold, listed, words

_KINDS = "speaker|spk|hablante|orador|persona|interlocutor|participante|locutor|voz"
VOICE = rf"(?i:{_KINDS})(?:[ _-]?[0-9]{{1,3}}|[ _-][A-Z])(?!\w)"
_UNKNOWN = r"(?i:(?:unknown|unidentified) speaker(?: [0-9]{1,3})?|(?:hablante|orador) (?:desconocido|no identificado))"
_VOICE = re.compile(f"{VOICE}|{_UNKNOWN}")


def is_counted(label: str) -> bool:
    """Whether a label names nobody: ``SPEAKER_00``, ``spk_1``, ``Hablante 2``, ``Persona A``, ``Unknown Speaker``."""
    return _VOICE.fullmatch(label) is not None


_DEVICES = listed("devices")
_WITH_A_NUMBER = words("moto vivo honor poco pixel lg hp asus acer dell sm alcatel pc")
_OF_SOMEBODY = re.compile(r".{1,60}['’]s (?:iphone|ipad|macbook|galaxy|android|phone)\b.{0,20}", re.IGNORECASE)
_LONGEST = 90


def is_device(text: str) -> bool:
    """Whether a label is a device or an account without a name: ``iPhone de Ana``, ``Galaxy A12``, ``Zoom user``."""
    if len(text) > _LONGEST or not text:
        return False
    first = fold(re.split(r"[ _-]", text, maxsplit=1)[0])
    numbered = any(c.isdigit() for c in text)
    return first in _DEVICES or (first in _WITH_A_NUMBER and numbered) or _OF_SOMEBODY.fullmatch(text) is not None
