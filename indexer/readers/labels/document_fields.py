"""The head of a document: date, place, who is present, who takes part. Fields with a colon, which nobody says."""

import re

from indexer.readers.labels.candidates import Candidate, Labels, Lines
from indexer.readers.labels.label_parts import without_courtesy
from indexer.readers.labels.names import plausible_name
from indexer.readers.labels.posts import is_occupation
from indexer.readers.paragraphs import SENTENCE_ENDS
from indexer.readers.words import listed, words

_FIELDS = listed("document_fields")
_NEVER_SAY = words("ausentes presentes")
_NEXT_FIELD = re.compile(r"\b[A-ZÁÉÍÓÚÑ][^\W\d_]{2,15}:(?!\d)")
_LONGEST = 60
"""Lines into which the head of a document may run."""
_LONGEST_NAME = 6

_PARTS = re.compile(r"\s*(?:[,;/|]|\by\b|\be\b)\s*")


def fields_of(lines: Lines, labels: Labels) -> list[int]:
    """Which of the first labels are fields of the document's head and open no turn.

    A head ends with the first label that has speech behind it.
    """
    fields: list[int] = []
    for n, label in sorted(labels.items()):
        if label is None or n > _LONGEST or not _is_field(lines, n, label, labels):
            break
        fields.append(n)
    return fields


def cast_of(labels: Labels) -> list[int]:
    """Those of the labels that only ever have a person's name behind them: a list of who holds which post."""
    named: dict[str, list[bool]] = {}
    for label in labels.values():
        if label and label.mark == ":":
            named.setdefault(label.key, []).append(bool(label.rest) and _names_somebody(label.rest))
    return [
        n
        for n, label in labels.items()
        if label and label.reading.speaker.name is None and all(named.get(label.key, [False]))
    ]


def _is_field(lines: Lines, n: int, label: Candidate, labels: Labels) -> bool:
    if label.whole:  # below «SECRETARIA:», in capitals as well
        above = labels.get(n - 1)
        return above is not None and above.mark == ":" and not above.rest and _looks_like_field(lines, n + 1)
    if label.mark != ":":
        return False
    listed = label.key in _FIELDS
    unnamed = label.reading.speaker.name is None
    if not label.rest:
        below = labels.get(n + 1)
        listed = n + 1 not in labels or (below is not None and below.whole and _looks_like_field(lines, n + 2))
        return unnamed and listed and n + 1 < len(lines) and _names_somebody(lines[n + 1].text)
    if label.key in _NEVER_SAY or (unnamed and _is_followed_by_field(label.rest)):
        return True
    if _names_somebody(label.rest):
        return unnamed
    if label.reading.speaker.name and is_occupation(label.rest.split()[0]):  # «Elvira Prado: moderadora»
        return not label.rest.endswith(SENTENCE_ENDS)
    return listed and not label.rest.endswith(SENTENCE_ENDS)


def _looks_like_field(lines: Lines, n: int) -> bool:
    return n < len(lines) and ":" in lines[n].text[:_LONGEST]


def _is_followed_by_field(text: str) -> bool:
    """``Irma Ponce - Cargo: dueña``: a name, and on the same line another field."""
    found = _NEXT_FIELD.search(text[:_LONGEST])
    before = text[: found.start()].strip(" -–—|,;/.").split() if found else []
    return plausible_name(without_courtesy(before), least=1)


def _names_somebody(text: str) -> bool:
    """Whether a text is nothing but persons, maybe with their posts: ``Elvira Prado, Óscar Nieto y Luz Vela``."""
    if text.endswith(("?", "!", "…")):
        return False
    parts = [part.split() for part in _PARTS.split(text[:500].rstrip(".;")) if part and part != "DNI"]
    persons = [words for words in parts if plausible_name(without_courtesy(words)) or _is_called_don(words)]
    return bool(persons) and all(words in persons or is_occupation(words[0]) for words in parts)


def _is_called_don(words: list[str]) -> bool:
    """``Dª PILAR CANO BUENO``: after a courtesy even a surname that is a common word is one."""
    name = without_courtesy(words)
    return (
        1 < len(name) <= _LONGEST_NAME and len(name) < len(words) and all(w.isalpha() and w[0].isupper() for w in name)
    )
