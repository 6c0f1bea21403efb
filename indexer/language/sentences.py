"""Sentences of one paragraph, by rules.

Every rule looks at a few characters around a full stop, so that an edit moves only the boundaries beside it: the
numbers of the fragments elsewhere depend on that. No trained pipeline has a say.
"""

import re
import unicodedata

from indexer.word_lists import listed

_STOP = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s|\Z)""")
_SPACE = re.compile(r"\s*")
_QUESTION_AT_THE_END = re.compile(r"\?\W*+(?:\w++\W*+){0,4}+\Z")
_LAST_WORD = re.compile(r"[^\s\"'“”‘’«»()\[\]¿¡—–/]*\Z")
_OPENERS = "¿¡\"'“‘«([—–-•*"
_LOOK = 24
"""Characters that a rule may look back or ahead."""


_ALWAYS = listed("language", "abbreviations")
"""Abbreviations that stand before a name or a number: no sentence ends there."""

_TITLES = listed("language", "abbreviated_titles")
"""Those that stay abbreviations when typed in capitals; SEP or CAP are acronyms."""

_BEFORE_NUMBER = listed("language", "abbreviations_before_numbers")
"""Abbreviations only before a number ("No. 5"); "No. Sí." are two answers."""

_OPEN_ENDED = listed("language", "abbreviations_that_end")
"""Abbreviations that may end a sentence: they do when a capital follows."""

_LABELLED = listed("language", "labelled_things")
"""A single letter after one of these is a name ("Plan B."), not the initial of a person."""

_ENUMERATOR = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])\Z")


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets ``(start, end)`` of the sentences of a paragraph, without the white space between them.

    Every other character belongs to exactly one sentence; a paragraph without full stops is one sentence.
    """
    spans: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for match in _STOP.finditer(text):
        end = match.end()
        following = _skip_space(text, end)
        if following < len(text) and _ends(text, match.start(), end, following):
            spans.append((start, end))
            start = following
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def ends_in_question(text: str) -> bool:
    """Return whether a text ends in a question, perhaps with thanks: «¿…? Muchas gracias, consejera presidenta»."""
    return _QUESTION_AT_THE_END.search(text) is not None


def _skip_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _ends(text: str, stop: int, end: int, following: int) -> bool:
    """Whether the stop at ``stop`` (with its closing quotes up to ``end``) ends a sentence."""
    ahead = text[following : following + _LOOK].lstrip(_OPENERS)[:1]
    lower = bool(ahead) and ahead.islower()
    mark = text[stop:end].rstrip("\"'”’»)]")
    if mark != ".":
        return not lower
    behind = text[max(0, stop - _LOOK) : stop]
    match = _LAST_WORD.search(behind)
    word = unicodedata.normalize("NFC", match.group()) if match else ""
    before = behind[: len(behind) - len(match.group())].rstrip() if match else behind
    key = word.lower()
    if not word:
        return not lower
    if _ENUMERATOR.match(word) and _begins(before, stop <= _LOOK) and end == stop + 1:
        return False
    if len(word) == 1 and word.isalpha():
        previous = before.rsplit(None, 1)[-1:] or [""]
        return word.isupper() and not lower and previous[0].rstrip(".").lower() in _LABELLED
    if key in _ALWAYS and (not word.isupper() or key in _TITLES):
        return False
    if key in _BEFORE_NUMBER and ahead.isdigit():
        return False
    if not lower:
        return True
    return key not in _OPEN_ENDED and sum(map(str.isalpha, word)) >= 4


def _begins(before: str, near_start: bool) -> bool:
    """Whether nothing of the sentence stands before an enumerator ("1. Primero"), unlike in "art. 5. Segundo"."""
    if not before:
        return near_start
    previous = before.rsplit(None, 1)[-1].rstrip(".").lower()
    return before.endswith((".", "!", "?", "…", ":", ";")) and previous not in _ALWAYS | _BEFORE_NUMBER
