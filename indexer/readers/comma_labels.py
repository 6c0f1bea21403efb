"""A label with commas: which part is the person, which the post, which the given name."""

from __future__ import annotations

from indexer.model.transcript import Speaker
from indexer.readers.evidence import Certainty, Reading
from indexer.readers.label_head import Lead, certainty_of_designated, is_designator, speaker_of, without_courtesy
from indexer.readers.name_order import is_don, is_occupation, is_surname, turned_round
from indexer.readers.names import fold, is_capitals, known_given_name, person_case, plausible_name
from indexer.readers.posts import (
    ARTICLES,
    is_acronym,
    is_institution_word,
    is_known_acronym,
    post_case,
    role_or_post,
    split_institution,
)


def read_parts(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    """Read a label of several parts.

    Args:
        parts: Two or more, without the commas.
        lead: How the first begins.
        first: The words of the first.
    """
    if lead.post:
        return _post_then_name(parts, lead, first)
    return _turned_round(parts, lead, first) or _post_unknown(parts, first) or _name_then_post(parts, lead, first)


def _post_then_name(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    printed = parts[-1].split()
    last = without_courtesy(printed)
    named = is_surname(last) if len(last) < len(printed) else plausible_name(last)
    if named and not role_or_post(last[0]):
        return Reading(speaker_of(last, ", ".join(parts[:-1])), Certainty.SURE)
    name = first[lead.length :]
    if len(name) > 1 and plausible_name(name):
        return Reading(speaker_of(name, ", ".join((" ".join(lead.post), *parts[1:]))), Certainty.SURE)
    text = ", ".join(parts)
    if is_designator(name) and role_or_post(parts[1].split()[0]):
        return _designated(parts, lead.head)
    if not is_capitals(text):
        return None
    return Reading(Speaker(role=text, institution=split_institution(post_case(text))[1]), Certainty.WEAK)


def _designated(parts: list[str], head: str) -> Reading:
    """``Consejera A, integrante de la Comisión de Organización``: a role as printed, with a post of its own."""
    printed = ", ".join(parts[1:])
    post, institution = split_institution(post_case(printed) if is_capitals(printed) else printed)
    return Reading(Speaker(None, parts[0], post, institution), certainty_of_designated(head))


def _turned_round(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    """``PRADO LUNA, doña Elvira``, ``Prado Luna, Elvira``."""
    given = parts[1].split()
    name = turned_round(first[lead.length :], given)
    sure = lead.courtesy or is_don(given[0])
    certainty = Certainty.SURE if sure else Certainty.LIKELY
    return Reading(speaker_of(name, ", ".join(parts[2:])), certainty) if name else None


def _post_unknown(parts: list[str], first: list[str]) -> Reading | None:
    """``MADRE DE PACIENTE, ELENA RUIZ``: what stands before the person is no post that the lists know."""
    last = without_courtesy(parts[-1].split())
    if not plausible_name(last) or is_occupation(last[0]) or known_given_name(first) or not is_occupation(first[0]):
        return None
    return Reading(speaker_of(last, ", ".join(parts[:-1])), Certainty.SURE)


def _name_then_post(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    name = first[lead.length :]
    if not plausible_name(name, least=1 if lead.courtesy else 2):
        return None
    post = ", ".join(parts[1:])
    head = next((word.strip(",") for word in post.split() if fold(word) not in ARTICLES), "")
    if not head or any(part.split()[0] in ("a", "al", "en", "con") for part in parts[1:]):
        return None
    if role_or_post(head) or (is_occupation(head) and known_given_name(name)):
        return Reading(speaker_of(name, post), Certainty.SURE)
    shouted = is_capitals(post)
    if is_known_acronym(head) or (is_institution_word(head) and not (shouted and is_acronym(head))):
        if fold(head).startswith("secretari"):
            return Reading(speaker_of(name, post), Certainty.SURE)
        return Reading(speaker_of(name, None, post), Certainty.LIKELY)
    if not shouted or not is_capitals(" ".join(name)):
        return None
    if known_given_name(name) and not known_given_name(post.split()):
        return Reading(speaker_of(name, None, person_case(post)), Certainty.LIKELY)
    return Reading(Speaker(role=", ".join(parts)), Certainty.WEAK)  # which of the two is the person, nobody can tell
