"""What stands in parentheses in a label: an acronym, a post, a name; places and times tell nothing of who speaks."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model.transcript import Speaker
from indexer.readers.evidence import Certainty, Reading
from indexer.readers.label_head import without_courtesy
from indexer.readers.name_order import is_don, is_occupation, is_surname
from indexer.readers.names import fold, is_capitals, person_case, plausible_name
from indexer.readers.posts import (
    ARTICLES,
    COURTESIES,
    OFFICERS,
    PARTIES,
    is_acronym,
    is_known_acronym,
    post_case,
    split_institution,
)

NOTE = re.compile(r"[(\[]([^()\[\]]{0,120})[)\]]")
_ASIDE = re.compile(r"\d|curul|esca[ñn]o|enlace|videollamada|video|vía|remot|virtual|hora|inaudible", re.IGNORECASE)


def with_notes(reading: Reading, notes: list[str]) -> Reading:
    """What the notes of a label add to what its other words say."""
    for note in notes:
        words = note.split()
        given = len(words) > 1 and is_don(words[0])
        words = without_courtesy(words)
        if words and not _ASIDE.search(note):
            reading = _with_note(reading, words, given=given)
    return reading


def _with_note(reading: Reading, words: list[str], *, given: bool) -> Reading:
    speaker, note = reading.speaker, " ".join(words)
    if given and speaker.name and plausible_name(words, least=1):  # «El señor PÉREZ (don Luis)»
        return Reading(replace(speaker, name=f"{person_case(note)} {speaker.name}"), Certainty.SURE)
    if speaker.name and not speaker.post and is_occupation(words[0]):
        own, institution = split_institution(post_case(note))
        return Reading(Speaker(speaker.name, None, own, speaker.institution or institution), Certainty.SURE)
    if speaker.role and _names(speaker.role, words):
        named = Speaker(person_case(note), None, post_case(speaker.role), speaker.institution)
        return Reading(named, Certainty.SURE)
    if len(words) == 1 and is_acronym(note):
        post, institution = speaker.post, speaker.institution
        if institution and note not in institution.split():
            post = f"{post} ({note})" if post and post.endswith(institution) else post
            institution = f"{institution} ({note})"
        return Reading(replace(speaker, post=post, institution=institution or note), reading.certainty)
    return reading


def _names(role: str, words: list[str]) -> bool:
    """Whether the words beside a post are its holder's name; one word may be a party (``Diputado (Morena)``)."""
    if fold(" ".join(words)) in PARTIES:
        return False
    if len(words) > 1:
        return is_surname(words)
    if is_known_acronym(words[0]) or not plausible_name(words, least=1):
        return False
    if not is_capitals(words[0]):
        return True
    # In capitals it may be an acronym that nobody knows: «EL SEÑOR PRESIDENTE (BENET)», but «REPRESENTANTE (XYZ)».
    first, *others = (fold(word).strip(".") for word in role.split())
    return (first in ARTICLES or first in COURTESIES) and any(word in OFFICERS for word in others)
