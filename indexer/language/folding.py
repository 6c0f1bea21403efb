"""Folding: what is left of a word when case, accents and invisible characters do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDED = str.maketrans(
    {"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "º": "o", "ª": "a", "ﬁ": "fi", "ﬂ": "fl",
     "\u00ad": None, "\u200c": None, "\u200d": None, "\u2060": None}
)  # fmt: skip
_MARKS = re.compile("(?<!n)\u0303|[\u0300-\u0302\u0304-\u036f]")


def fold(text: str) -> str:
    """Lower case without accents, NFC; ``ü`` is ``u``, ``ñ`` stays a letter of its own."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text.lower()).translate(_FOLDED)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


@lru_cache(maxsize=1 << 16)
def exact_form(word: str) -> str:
    """The folded form of a word or number as written: ``I.N.E.`` is ``ine``, ``1,500`` is ``1500``."""
    form = fold(word)
    return form if form.isalnum() else form.replace("," if form[:1].isdigit() else ".", "")
