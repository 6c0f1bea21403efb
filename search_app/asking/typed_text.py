"""Text as people type it, made fit to be read, shown, stored and sent."""

import re
import unicodedata

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂", '"'))
"""For ``str.translate``: every typographic quote to the plain one."""

_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text that can be shown, stored and sent: NFC, one space for white space and control characters, no surrogates.

    Characters without a shape of their own (bidirectional marks, zero-width joiners, soft hyphens) are taken out.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if category in ("Cc", "Cs", "Zl", "Zp"):
            kept.append(" ")
        elif category != "Cf":
            kept.append(letter)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", "".join(kept))).strip()
