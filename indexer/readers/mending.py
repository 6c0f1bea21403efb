"""UTF-8 that was read as Windows text and saved again (``sesiÃ³n``), mended where the way back is exact."""

from __future__ import annotations

import re

_BYTES = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(0x80, 0xC0)}
_BYTES |= {chr(n): n for n in range(0x80, 0xA0)}  # where it was read as Latin-1
_FOLLOWS = "[" + re.escape("".join(_BYTES)) + "]"
_LEADS = {"Â": 0xC2, "Ã": 0xC3, "Å": 0xC5, "Æ": 0xC6, "Ë": 0xCB, "â": 0xE2, "ð": 0xF0}
# Only what Spanish text is made of: accented letters and ¿¡«» (Â, Ã), dashes and quotes (â), pictures (ð), and what
# these became the second time (Å, Æ, Ë). Another capital before a sign, as in «CAFÉ», is what it looks like.
_TWICE = re.compile(f"[ÂÃÅÆË]{_FOLLOWS}|â{_FOLLOWS}{{2}}|ð{_FOLLOWS}{{3}}")


def mended(text: str) -> tuple[str, int]:
    """The text with those letters as they were meant, and how many there were."""
    count = 0
    for _ in range(2):  # some went through it twice
        text, found = _TWICE.subn(_meant, text)
        count += found
        if not found:
            break
    return text, count


def _meant(found: re.Match[str]) -> str:
    printed = found.group()
    try:
        return bytes([_LEADS[printed[0]], *(_BYTES[letter] for letter in printed[1:])]).decode()
    except UnicodeDecodeError:
        return printed
