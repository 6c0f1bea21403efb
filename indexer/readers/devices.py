"""The names that telephones and programs give themselves in a meeting: nobody is called that."""

from __future__ import annotations

import re

from indexer.readers.names import fold
from indexer.readers.wordlist import words

_DEVICES = words(
    """
    iphone ipad ipod macbook imac android samsung galaxy redmi xiaomi huawei motorola oppo realme lenovo zte nokia
    laptop desktop computadora celular telefono tablet windows zoom webex usuario user guest anonimo anonymous
    """
)
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
