"""Alphabetical order in Spanish: the sort key of names, labels and words that people read in lists."""

from indexer.language.spanish import fold

_AFTER_EVERY_LETTER = "\uffff"


def alphabetical(text: str) -> tuple[str, str, str]:
    """The sort key of a text: ñ comes after n, as the alphabet has it. Between equals accents decide, then case."""
    return of_folded(fold(text)), text.lower(), text


def of_folded(text: str) -> str:
    """The first part of the key, of a text that is folded already; no other of them has the same one."""
    return text.replace("ñ", f"n{_AFTER_EVERY_LETTER}")
