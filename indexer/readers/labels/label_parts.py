"""The parts of a label: article, courtesies, post, name, what follows a comma, what stands in parentheses."""

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from indexer.model import Speaker
from indexer.readers.labels import posts
from indexer.readers.labels.names import is_capitals, is_don, is_surname, known_given_name, person_case, plausible_name
from indexer.readers.words import fold, words

MAX_LABEL = 260
"""The longest label in letters; the longest seen in 16 official transcripts has 144."""


class Certainty(IntEnum):
    """How much a text by itself looks like a label."""

    UNPROVEN = 0
    """Nothing in its words says so: taken only where it is bold and comes back."""
    WEAK = 1
    """A name that may be a heading: taken when it comes back, is bold or a line of its own after a rule."""
    LIKELY = 2
    """A known given name or a bare post: taken where the words after it begin like speech."""
    SURE = 3
    """It carries a post with a name, a courtesy or an unmistakable role."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a label says."""

    speaker: Speaker
    certainty: Certainty


_DESIGNATOR = re.compile(r"\d{1,3}|[IVX]{1,4}|[A-ZÑ]")
_NUMBERS = words("uno una dos tres cuatro cinco seis siete ocho nueve diez once doce")


@dataclass(frozen=True, slots=True)
class Lead:
    """How a label begins: ``length`` words of article, courtesies and post; the post's own words."""

    length: int
    article: bool
    courtesy: bool
    post: tuple[str, ...]

    @property
    def head(self) -> str:
        """The post's telling word, folded: of ``Primera secretaria`` the second."""
        folded = [fold(word).strip(".").partition("-")[0] for word in self.post]
        return folded[1] if len(folded) > 1 and folded[0] in posts.ORDINALS | posts.INDEFINITE else folded[0]


def lead_of(words: list[str]) -> Lead:
    post: list[str] = []
    place, article, courtesy = 0, False, False
    if len(words) > 1 and fold(words[0]) in posts.ARTICLES:
        place, article = 1, True
    if not article and len(words) > 1 and posts.counts_people(words[0], words[1]):
        post.append(words[0])
        place = 1
    while place < len(words):
        folded = fold(words[place]).strip(".").replace(".", "")
        if (posts.role_or_post(folded) and not (folded in posts.CROWD_ROLES and article)) or (
            post and folded in posts.POST_WORDS
        ):
            post.append(words[place])
        elif folded in posts.COURTESIES and not (post and place + 1 == len(words)):  # «Consejero C» is no ciudadano
            courtesy = True
        else:
            break
        place += 1
    if article and not post and not courtesy:
        place, article = 0, False
    return Lead(place, article, courtesy, tuple(post))


def is_designator(words: list[str]) -> bool:
    """Whether a number or a letter tells one of several apart: ``Ponente 2``, ``Consejera A``, ``CONSEJERA UNO``."""
    return len(words) == 1 and (_DESIGNATOR.fullmatch(words[0]) is not None or fold(words[0]) in _NUMBERS)


def certainty_of_designated(head: str) -> Certainty:
    return Certainty.SURE if head in posts.ROLES | posts.CROWD_ROLES | posts.OFFICERS else Certainty.WEAK


def without_courtesy(words: list[str]) -> list[str]:
    place = 0
    while place < len(words) and fold(words[place]).replace(".", "") in posts.COURTESIES:
        place += 1
    return words[place:]


def speaker_of(name: list[str], post: str | None, institution: str | None = None) -> Speaker:
    if post:
        post, found = posts.split_institution(posts.post_case(post))
        institution = institution or found
    return Speaker(name=person_case(" ".join(name)), post=post or None, institution=institution)


def read_parts(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    """Read a label of several parts; ``lead`` is how the first begins, ``first`` its words."""
    if lead.post:
        return _post_then_name(parts, lead, first)
    return _turned_round(parts, lead, first) or _post_unknown(parts, first) or _name_then_post(parts, lead, first)


def _post_then_name(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    printed = parts[-1].split()
    last = without_courtesy(printed)
    named = is_surname(last) if len(last) < len(printed) else plausible_name(last)
    if named and not posts.role_or_post(last[0]):
        return Reading(speaker_of(last, ", ".join(parts[:-1])), Certainty.SURE)
    name = first[lead.length :]
    if len(name) > 1 and plausible_name(name):
        return Reading(speaker_of(name, ", ".join((" ".join(lead.post), *parts[1:]))), Certainty.SURE)
    text = ", ".join(parts)
    if is_designator(name) and posts.role_or_post(parts[1].split()[0]):
        return _designated(parts, lead.head)
    if not is_capitals(text):
        return None
    return Reading(Speaker(role=text, institution=posts.split_institution(posts.post_case(text))[1]), Certainty.WEAK)


def _designated(parts: list[str], head: str) -> Reading:
    """``Consejera A, integrante de la Comisión de Organización``: a role as printed, with a post of its own."""
    printed = ", ".join(parts[1:])
    post, institution = posts.split_institution(posts.post_case(printed) if is_capitals(printed) else printed)
    return Reading(Speaker(None, parts[0], post, institution), certainty_of_designated(head))


def _turned_round(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    """``PRADO LUNA, doña Elvira``, ``Prado Luna, Elvira``."""
    given = parts[1].split()
    name = posts.turned_round(first[lead.length :], given)
    sure = lead.courtesy or is_don(given[0])
    certainty = Certainty.SURE if sure else Certainty.LIKELY
    return Reading(speaker_of(name, ", ".join(parts[2:])), certainty) if name else None


def _post_unknown(parts: list[str], first: list[str]) -> Reading | None:
    """``MADRE DE PACIENTE, ELENA RUIZ``: what stands before the person is no post that the lists know."""
    last = without_courtesy(parts[-1].split())
    if (
        not plausible_name(last)
        or posts.is_occupation(last[0])
        or known_given_name(first)
        or not posts.is_occupation(first[0])
    ):
        return None
    return Reading(speaker_of(last, ", ".join(parts[:-1])), Certainty.SURE)


def _name_then_post(parts: list[str], lead: Lead, first: list[str]) -> Reading | None:
    name = first[lead.length :]
    if not plausible_name(name, least=1 if lead.courtesy else 2):
        return None
    post = ", ".join(parts[1:])
    head = next((word.strip(",") for word in post.split() if fold(word) not in posts.ARTICLES), "")
    if not head or any(part.split()[0] in ("a", "al", "en", "con") for part in parts[1:]):
        return None
    if posts.role_or_post(head) or (posts.is_occupation(head) and known_given_name(name)):
        return Reading(speaker_of(name, post), Certainty.SURE)
    shouted = is_capitals(post)
    if posts.is_known_acronym(head) or (posts.is_institution_word(head) and not (shouted and posts.is_acronym(head))):
        if fold(head).startswith("secretari"):
            return Reading(speaker_of(name, post), Certainty.SURE)
        return Reading(speaker_of(name, None, post), Certainty.LIKELY)
    if not shouted or not is_capitals(" ".join(name)):
        return None
    if known_given_name(name) and not known_given_name(post.split()):
        return Reading(speaker_of(name, None, person_case(post)), Certainty.LIKELY)
    return Reading(Speaker(role=", ".join(parts)), Certainty.WEAK)  # which of the two is the person, nobody can tell


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
    if speaker.name and not speaker.post and posts.is_occupation(words[0]):
        own, institution = posts.split_institution(posts.post_case(note))
        return Reading(Speaker(speaker.name, None, own, speaker.institution or institution), Certainty.SURE)
    if speaker.role and _names(speaker.role, words):
        named = Speaker(person_case(note), None, posts.post_case(speaker.role), speaker.institution)
        return Reading(named, Certainty.SURE)
    if len(words) == 1 and posts.is_acronym(note):
        post, institution = speaker.post, speaker.institution
        if institution and note not in institution.split():
            post = f"{post} ({note})" if post and post.endswith(institution) else post
            institution = f"{institution} ({note})"
        return Reading(replace(speaker, post=post, institution=institution or note), reading.certainty)
    return reading


def _names(role: str, words: list[str]) -> bool:
    """Whether the words beside a post are its holder's name; one word may be a party (``Diputado (Morena)``)."""
    if fold(" ".join(words)) in posts.PARTIES:
        return False
    if len(words) > 1:
        return is_surname(words)
    if posts.is_known_acronym(words[0]) or not plausible_name(words, least=1):
        return False
    if not is_capitals(words[0]):
        return True
    # In capitals it may be an acronym that nobody knows: «EL SEÑOR PRESIDENTE (BENET)», but «REPRESENTANTE (XYZ)».
    first, *others = (fold(word).strip(".") for word in role.split())
    return (first in posts.ARTICLES or first in posts.COURTESIES) and any(word in posts.OFFICERS for word in others)
