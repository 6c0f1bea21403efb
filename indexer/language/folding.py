"""Folding: what is left of a word when case, accents and invisible characters do not count."""

import re
import unicodedata
from functools import lru_cache

_FOLDED = str.maketrans(
    {"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u",
     "\u00ad": None, "\u200c": None, "\u200d": None, "\u2060": None}
)  # fmt: skip
_MARKS = re.compile("(?<!n)\u0303|[\u0300-\u0302\u0304-\u036f]")

ORDINAL_ENDINGS = "er|[rdtvmn]?o|[rdtvmn]?a"
"""What may stand behind the figures of an ordinal, folded: ``1er``, ``2do``, ``3ra``, ``1.º``."""

_ORDINAL = re.compile(rf"(\d+)\.?(?:{ORDINAL_ENDINGS}|°)")


def fold(text: str) -> str:
    """Lower case without accents, NFKC (``m²`` is ``m2``, ``Ⅳ`` ``iv``); ``ü`` is ``u``, ``ñ`` stays a letter."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower().translate(_FOLDED)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


@lru_cache(maxsize=1 << 16)
def exact_form(word: str) -> str:
    """The folded form of a word or number as written: ``I.N.E.`` is ``ine``, ``1,500`` is ``1500``, ``1.º`` ``1o``."""
    form = fold(word)
    if form[:1].isdigit() and (ordinal := _ORDINAL.fullmatch(form)):
        return ordinal[1] + ("a" if form.endswith("a") else "o")
    return form if form.isalnum() else form.replace("," if form[:1].isdigit() else ".", "")
