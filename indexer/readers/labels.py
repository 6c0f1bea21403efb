"""A speaker's label to the speaker it names, with how sure it is.

Every function takes a short, bounded text (``MAX_LABEL``), so that no label can cost time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.model import Speaker
from indexer.readers.evidence import MAX_LABEL, Certainty, Reading
from indexer.readers.names import PARTICLES, fold, is_capitals, known_given_name, person_case, plausible_name
from indexer.readers.posts import (
    ARTICLES,
    COURTESIES,
    CROWD,
    CROWD_ROLES,
    INDEFINITE,
    OFFICERS,
    ORDINALS,
    POST_WORDS,
    POSTS,
    ROLES,
    VOICES,
    counts_people,
    is_acronym,
    is_body,
    is_institution_word,
    is_known_acronym,
    post_case,
    role_or_post,
    split_institution,
)
from indexer.readers.sentence_words import is_sentence
from indexer.readers.wordlist import words

_NOTE = re.compile(r"[(\[]([^()\[\]]{0,120})[)\]]")
_FLOOR = re.compile(r",?\s*\ben (?:el )?uso de la (?:palabra|voz)\b", re.IGNORECASE)
_CEREMONIES = re.compile(r"(?:(?:el|la) )?maestr[oa] de ceremonias?(?!\w)", re.IGNORECASE)
_DESIGNATOR = re.compile(r"\d{1,3}|[IVX]{1,4}|[A-ZÑ]")
_NUMBERS = words("uno una dos tres cuatro cinco seis siete ocho nueve diez once doce")
_TIME_NOTE = re.compile(r"\d|curul|esca[ñn]o|enlace|videollamada|video|vía|remot|virtual|hora|inaudible", re.IGNORECASE)


def read_label(text: str) -> Reading | None:
    """Read a label, without its colon.

    Args:
        text: At most ``MAX_LABEL`` letters, tidied.

    Returns:
        The speaker and how sure it is, or None where no speaker can be meant.
    """
    if not text or len(text) > MAX_LABEL or not (text[0].isalpha() or text[0] in '“"«'):
        return None
    text = _comma_after_acronym(text)
    notes = [note.strip() for note in _NOTE.findall(text)]
    bare = _FLOOR.sub("", _NOTE.sub(" ", text)) if notes or "uso" in text.lower() else text
    bare = " ".join(bare.replace("(", " ").replace(")", " ").split()).strip(' .,;:-–—“”"«»').replace(" ,", ",")
    if not bare or any(c in bare for c in '?¿!¡;:|=@/…“”"«»'):
        return None
    if not is_capitals(bare) and is_sentence(bare):
        return None
    reading = _read(bare)
    return _with_notes(reading, notes) if reading else None


def _master_of_ceremonies(role: str, name: str) -> Reading | None:
    """Neither *maestra* nor *ceremonias* by itself is a post."""
    if not name:
        return Reading(Speaker(role=role), Certainty.SURE)
    tokens = _without_courtesy(name.split())
    return Reading(_speaker(tokens, role), Certainty.SURE) if plausible_name(tokens) else None


def _comma_after_acronym(text: str) -> str:
    """``… DEL ESTADO (ISSSTE) MARTÍ BATRES`` lacks the comma before the name."""
    before, closed, after = text.rpartition(")")
    if closed and plausible_name(_without_courtesy(after.split())):
        return f"{before}),{after}"
    return text


def _read(text: str) -> Reading | None:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        return None
    ceremonies = _CEREMONIES.match(text)
    if ceremonies:
        return _master_of_ceremonies(ceremonies[0], text[ceremonies.end() :].strip(" ,"))
    first = parts[0].split()
    lead = _lead(first)
    if len(parts) == 1:
        return _read_one(first, lead, text)
    if lead.post:
        return _post_then_name(parts, lead, first)
    return _name_then_post(parts, lead, first)


@dataclass(frozen=True, slots=True)
class _Lead:
    """How a label begins: ``length`` words of article, courtesies and post; the post's own words."""

    length: int
    article: bool
    courtesy: bool
    post: tuple[str, ...]

    @property
    def head(self) -> str:
        """The post's telling word, folded: of ``Primera secretaria`` the second."""
        folded = [fold(word).strip(".") for word in self.post]
        return folded[1] if len(folded) > 1 and folded[0] in ORDINALS | INDEFINITE else folded[0]


def _lead(words: list[str]) -> _Lead:
    post: list[str] = []
    place, article, courtesy = 0, False, False
    if len(words) > 1 and fold(words[0]) in ARTICLES:
        place, article = 1, True
    if not article and len(words) > 1 and counts_people(words[0], words[1]):
        post.append(words[0])
        place = 1
    while place < len(words):
        folded = fold(words[place]).strip(".").replace(".", "")
        if (role_or_post(folded) and not (folded in CROWD_ROLES and article)) or (post and folded in POST_WORDS):
            post.append(words[place])
        elif folded in COURTESIES and not (post and place + 1 == len(words)):  # «Consejero C» is no ciudadano
            courtesy = True
        else:
            break
        place += 1
    if article and not post and not courtesy:
        place, article = 0, False
    return _Lead(place, article, courtesy, tuple(post))


def _read_one(words: list[str], lead: _Lead, text: str) -> Reading | None:
    rest = words[lead.length :]
    if not lead.post:
        return _bare_name(rest, lead, text)
    if not rest:
        return Reading(Speaker(role=text), _certainty_of_role(lead, text))
    head = lead.head
    if is_designator(rest):
        return Reading(Speaker(role=text), _certainty_of_designated(head))
    if head == "voz" and all(fold(word) in VOICES or word.isdigit() for word in rest):
        return Reading(Speaker(role=text), Certainty.SURE)
    if fold(rest[0]) in {"de", "del", "en", "para", "por", "ante", "a", "con"} and rest[0] != "De":
        return _with_complement(words, rest, text)
    name, tail = _cut_name(rest)
    if plausible_name(name, least=1):
        post = " ".join((*lead.post, *tail))
        sure = head in OFFICERS or len(name) > 1 or lead.article or lead.courtesy
        return Reading(_speaker(name, post), Certainty.SURE if sure else Certainty.WEAK)
    return Reading(Speaker(role=text), Certainty.WEAK) if is_capitals(text) and head in POSTS else None


def is_designator(words: list[str]) -> bool:
    """Whether a number or a letter tells one of several apart: ``Ponente 2``, ``Consejera A``, ``CONSEJERA UNO``."""
    return len(words) == 1 and (_DESIGNATOR.fullmatch(words[0]) is not None or fold(words[0]) in _NUMBERS)


def _certainty_of_designated(head: str) -> Certainty:
    return Certainty.SURE if head in ROLES | CROWD_ROLES | OFFICERS else Certainty.WEAK


def _certainty_of_role(lead: _Lead, text: str) -> Certainty:
    heads = {fold(word).strip(".") for word in lead.post}
    if heads & ROLES:
        return Certainty.SURE
    if is_capitals(text):
        return Certainty.SURE if heads & (OFFICERS | CROWD_ROLES) else Certainty.LIKELY
    if heads & OFFICERS:
        if not lead.article and fold(text).startswith(("senor ", "senora ")):
            return Certainty.WEAK  # «Señor presidente: …» is how a speech begins
        return Certainty.SURE if lead.article or lead.courtesy or len(lead.post) > 1 else Certainty.LIKELY
    return Certainty.WEAK


def _with_complement(words: list[str], rest: list[str], text: str) -> Reading:
    """``Consejera Presidenta del INE``, maybe with a name after the acronym and no comma."""
    for place, word in enumerate(rest[:-2]):
        if word.endswith(")") or (not is_capitals(text) and is_acronym(word)):
            name = _without_courtesy(rest[place + 1 :])
            if len(name) > 1 and plausible_name(name):
                post = " ".join(words[: len(words) - len(rest) + place + 1])
                return Reading(_speaker(name, post), Certainty.SURE)
    proper = all(word[0].isupper() or fold(word) in PARTICLES for word in rest)
    institution = split_institution(post_case(text))[1]
    head = _lead(words).head
    sure = head in OFFICERS and (proper or is_capitals(text))
    unnamed = head in CROWD_ROLES and fold(rest[-1]) in CROWD  # «Persona del público»
    certainty = Certainty.SURE if sure else Certainty.LIKELY if unnamed else Certainty.WEAK
    return Reading(Speaker(role=text, institution=institution), certainty)


def _bare_name(rest: list[str], lead: _Lead, text: str) -> Reading | None:
    if lead.courtesy:
        return Reading(_speaker(rest, None), Certainty.SURE) if plausible_name(rest, least=1) else None
    known_body = is_known_acronym(rest[0]) if rest else False
    if not known_body and plausible_name(rest):
        return Reading(_speaker(rest, None), Certainty.LIKELY if known_given_name(rest) else Certainty.WEAK)
    if len(rest) == 1 and (known_given_name(rest) or re.fullmatch(r"SPEAKER_\d{1,3}", rest[0])):
        if "_" in rest[0]:  # speaker diarisation writes SPEAKER_00
            return Reading(Speaker(role=rest[0]), Certainty.SURE)
        return Reading(_speaker(rest, None), Certainty.WEAK)
    if rest and len(rest) <= 14 and is_body(rest):
        return Reading(Speaker(role=text, institution=text), Certainty.WEAK)
    return None


def _post_then_name(parts: list[str], lead: _Lead, first: list[str]) -> Reading | None:
    last = _without_courtesy(parts[-1].split())
    if plausible_name(last) and not role_or_post(last[0]):
        return Reading(_speaker(last, ", ".join(parts[:-1])), Certainty.SURE)
    name = first[lead.length :]
    if len(name) > 1 and plausible_name(name):
        return Reading(_speaker(name, ", ".join((" ".join(lead.post), *parts[1:]))), Certainty.SURE)
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
    return Reading(Speaker(None, parts[0], post, institution), _certainty_of_designated(head))


def _name_then_post(parts: list[str], lead: _Lead, first: list[str]) -> Reading | None:
    name = first[lead.length :]
    if not plausible_name(name, least=1 if lead.courtesy else 2):
        return None
    post = ", ".join(parts[1:])
    head = [word for word in post.split() if fold(word) not in ARTICLES][:1]
    if not head or any(part.split()[0] in ("a", "al", "en", "con") for part in parts[1:]):
        return None
    if role_or_post(head[0].strip(",")):
        return Reading(_speaker(name, post), Certainty.SURE)
    if is_institution_word(head[0]):
        if fold(head[0]).startswith("secretari"):
            return Reading(_speaker(name, post), Certainty.SURE)
        return Reading(_speaker(name, None, post), Certainty.LIKELY)
    return None


def _cut_name(words: list[str]) -> tuple[list[str], list[str]]:
    """Part ``Ana López del Grupo Parlamentario de Morena`` before the particle of the institution."""
    for place in range(1, len(words) - 1):
        if fold(words[place]) in {"de", "del"}:
            following = next((word for word in words[place + 1 :] if fold(word) not in PARTICLES), "")
            if is_institution_word(following) and (not is_capitals(" ".join(words)) or not following.isalpha()):
                return words[:place], words[place:]
    return words, []


def _without_courtesy(words: list[str]) -> list[str]:
    place = 0
    while place < len(words) and fold(words[place]).replace(".", "") in COURTESIES:
        place += 1
    return words[place:]


def _speaker(name: list[str], post: str | None, institution: str | None = None) -> Speaker:
    if post:
        post, found = split_institution(post_case(post))
        institution = institution or found
    return Speaker(name=person_case(" ".join(name)), post=post, institution=institution)


def _with_notes(reading: Reading, notes: list[str]) -> Reading:
    """What stood in parentheses: an acronym, a post, a name; places and times of day (``desde la curul``) go."""
    speaker, certainty = reading.speaker, reading.certainty
    for note in notes:
        words = _without_courtesy(note.split())
        if not words or _TIME_NOTE.search(note):
            continue
        if speaker.name and not speaker.post and role_or_post(words[0]):
            own, institution = split_institution(post_case(note))
            speaker = Speaker(speaker.name, None, own, speaker.institution or institution)
            certainty = Certainty.SURE
        elif len(words) == 1 and is_acronym(words[0]):
            post, institution = speaker.post, speaker.institution
            if institution and words[0] not in institution.split():
                post = f"{post} ({words[0]})" if post and post.endswith(institution) else post
                institution = f"{institution} ({words[0]})"
            speaker = Speaker(speaker.name, speaker.role, post, institution or words[0])
        elif speaker.role and plausible_name(words):
            speaker = Speaker(person_case(" ".join(words)), None, post_case(speaker.role), speaker.institution)
            certainty = Certainty.SURE
    return Reading(speaker, certainty)
