"""The head of a document: date, place, who is present, who takes part. Fields with a colon, which nobody says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.readers.candidates import Candidate, Labels
from indexer.readers.label_head import without_courtesy
from indexer.readers.name_order import is_occupation
from indexer.readers.names import plausible_name
from indexer.readers.paragraphs import Paragraph
from indexer.readers.wordlist import words

# Labels (folded) of fields that are words for those who speak as well.
_FIELDS = words(
    """
    asistentes asistente ausentes presentes invitados invitadas invitado invitada participantes participante ponentes
    panelistas integrantes profesor profesora docente maestro maestra alumno alumna estudiante titular responsable
    autor autora publico comentaristas moderadores entrevistadores entrevistados expositores responsables conductores
    """
)
_SAID = (".", "?", "!", "…", "”", '"', "»")
_LONGEST = 60
"""Lines into which the head of a document may run."""

_PARTS = re.compile(r"\s*(?:[,;/|]|\by\b|\be\b)\s*")


def fields_of(lines: Sequence[Paragraph], labels: Labels) -> list[int]:
    """Which of the first labels are fields of the document's head and open no turn.

    A head ends with the first label that has speech behind it.
    """
    fields: list[int] = []
    for n, label in sorted(labels.items()):
        if label is None or n > _LONGEST or not _is_field(lines, n, label, labels):
            break
        fields.append(n)
    return fields


def _is_field(lines: Sequence[Paragraph], n: int, label: Candidate, labels: Labels) -> bool:
    if label.mark != ":":
        return False
    listed = label.key in _FIELDS
    if not label.rest:
        following = lines[n + 1].text if n + 1 < len(lines) and n + 1 not in labels else ""
        return listed and _names_somebody(following)
    if _names_somebody(label.rest):
        return label.reading.speaker.name is None
    if label.reading.speaker.name and is_occupation(label.rest.split()[0]):  # «Elvira Prado: moderadora»
        return label.rest[-1] not in _SAID
    return listed and not label.rest.endswith(_SAID)


def _names_somebody(text: str) -> bool:
    """Whether a text is nothing but persons, maybe with their posts: ``Elvira Prado, Óscar Nieto y Luz Vela``."""
    if text.endswith(("?", "!", "…")):
        return False
    parts = [part.split() for part in _PARTS.split(text[:500].rstrip(".;")) if part]
    persons = [words for words in parts if plausible_name(without_courtesy(words))]
    return bool(persons) and all(words in persons or is_occupation(words[0]) for words in parts)
