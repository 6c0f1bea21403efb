"""What joins and excludes words in the text of a query: operators in capitals, and dashes before a word."""

import re

from indexer.language.spanish import FUNCTION_WORDS, fold

OR, AND, NOT = "OR", "AND", "NOT"
_OPERATORS = {"OR": OR, "O": OR, "AND": AND, "Y": AND, "NOT": NOT, "NO": NOT}
_SPANISH = ("O", "Y", "NO")
"""Words of Spanish as well: at the beginning of a sentence they are these."""

DASHES = "–−-"
"""Before a word they exclude it. — opens what somebody says, and excludes nothing."""
_NEXT_DASH = re.compile(
    rf"""(?P<closes>(?<=[^\s("{DASHES}])[{DASHES}](?![\w"{DASHES}]))|(?<![^\s("])[{DASHES}](?=[\w"])|\""""
)
"""After a dash that opens: one that closes, or else one that opens as well, or a quote."""
FOLLOWING = re.compile(r' +\(*(?P<term>"(?=[^"]*")|[^\W_]+)')
"""What NOT excludes: a phrase, or a word, with or without parentheses before it."""
_NO_TERM = FUNCTION_WORDS | {fold(written) for written in _OPERATORS}


def operator(text: str, chunk: str, at: int, *, shouted: bool, after_or: bool) -> str | None:
    """The operator that stands at ``at``; None for a word.

    Args:
        text: The text of the query.
        chunk: What stands there between two blanks.
        at: Where.
        shouted: Whether the text has no small letters: there ``NO`` is a word (SUFRAGIO EFECTIVO NO REELECCIÓN).
        after_or: Whether an OR stands before it: «SÍ O NO».
    """
    found = _OPERATORS.get(chunk)
    if found is None or (chunk in _SPANISH and _begins_sentence(text, at)) or (shouted and chunk in ("Y", "NO")):
        return None
    if found is NOT:
        following = FOLLOWING.match(text, at + len(chunk))
        word = chunk == "NO" and (after_or or not text[:at].strip(" ("))
        return None if word or not following or fold(following["term"]) in _NO_TERM else NOT
    return found


def excludes(text: str, at: int, last_quote: int) -> bool:
    """Whether the dash before ``at`` excludes: a word, or a quote that closes, follows at once.

    Not the first of two that hold an aside -as here- between them.
    """
    if at == len(text) or not text[at].isalnum():
        return at < last_quote and text[at] == '"'
    other = _NEXT_DASH.search(text, at)
    return other is None or not other["closes"]


def _begins_sentence(text: str, at: int) -> bool:
    """Whether what stands at ``at`` has its capital from the end of a sentence before it, and not of an ``EE. UU.``."""
    before = text[max(at - 4, 0) : at].rstrip(" (¿¡")
    return before.endswith(("?", "!", "…")) or (before.endswith(".") and before[-2:-1].islower())
