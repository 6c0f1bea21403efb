"""A speaker's label to the speaker it names, with how sure it is.

Every function takes a short, bounded text (``MAX_LABEL``), so that no label can cost time.
"""

import re

from indexer.model import Speaker
from indexer.readers.labels import posts
from indexer.readers.labels.calls_and_sentences import addresses, is_crowd, is_sentence, opens_point
from indexer.readers.labels.label_parts import (
    MAX_LABEL,
    NOTE,
    Certainty,
    Lead,
    Reading,
    certainty_of_designated,
    is_designator,
    lead_of,
    read_parts,
    speaker_of,
    with_notes,
    without_courtesy,
)
from indexer.readers.labels.names import PARTICLES, is_capitals, is_surname, known_given_name, plausible_name
from indexer.readers.labels.program_voices import is_counted, is_device
from indexer.readers.words import fold

_FLOOR = re.compile(r",?\s*\ben (?:el )?uso de la (?:palabra|voz)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[‘'“\"]([^‘’“”\":]{2,40})[’'”\"](?=[ ,]|$)")  # a nickname, the name of a ship
_SLASH = re.compile(r"(?<=[A-ZÁÉÍÓÚÑ])/(?=[A-ZÁÉÍÓÚÑ])")  # OPS/OMS
_STOP = re.compile(r"\b([A-ZÁÉÍÓÚÜÑ]{4,25})\. (?=[A-ZÁÉÍÓÚÜÑ]{2})")
_CEREMONIES = re.compile(r"(?:(?:el|la) )?maestr[oa] de ceremonias?(?!\w)", re.IGNORECASE)


def read_label(text: str) -> Reading | None:
    """Read a label, without its colon.

    Args:
        text: At most ``MAX_LABEL`` letters, tidied.

    Returns:
        The speaker and how sure it is, or None where no speaker can be meant.
    """
    if not text or len(text) > MAX_LABEL or not (text[0].isalpha() or text[0] in '“"«'):
        return None
    if is_counted(text):
        return Reading(Speaker(role=text), Certainty.SURE)
    text = _comma_after_acronym(text)
    if is_device(text):
        return Reading(Speaker(role=text, inferred=True), Certainty.WEAK)
    notes = [note.strip() for note in NOTE.findall(text)]
    bare = NOTE.sub(" ", text) if notes else text
    bare = " ".join(bare.replace("(", " ").replace(")", " ").split()).replace(" ,", ",").replace(".,", ",")
    if is_capitals(bare):
        bare = _STOP.sub(_comma_after_name, _QUOTED.sub(r"\1", bare)).replace(";", ",")
    bare = bare.strip(' .,;:-–—“”"«»')
    if not bare or any(c in _SLASH.sub("", bare) for c in '?¿!¡;:|=@/…“”"«»'):
        return None
    who = announced(bare)
    if who:
        bare = who[0].upper() + who[1:]
    elif "uso" in bare.lower():
        bare = _FLOOR.sub("", bare)
    if (not is_capitals(bare) and is_sentence(bare)) or addresses(bare.split()):
        return None
    if is_crowd(bare.split()):
        return Reading(Speaker(role=bare), Certainty.LIKELY)
    reading = _read(bare)
    if reading and who:
        reading = Reading(reading.speaker, max(reading.certainty, Certainty.LIKELY))
    return with_notes(reading, notes) if reading else None


def _master_of_ceremonies(role: str, name: str) -> Reading | None:
    """Neither *maestra* nor *ceremonias* by itself is a post."""
    if not name:
        return Reading(Speaker(role=role), Certainty.SURE)
    tokens = without_courtesy(name.split())
    return Reading(speaker_of(tokens, role), Certainty.SURE) if plausible_name(tokens) else None


def _comma_after_acronym(text: str) -> str:
    """``… DEL ESTADO (ISSSTE) MARTÍ BATRES`` lacks the comma before the name."""
    before, closed, after = text.rpartition(")")
    if closed and plausible_name(without_courtesy(after.split())):
        return f"{before}),{after}"
    return text


def _comma_after_name(stop: re.Match[str]) -> str:
    """``ANA PRADO. DIRECTORA DE ACTAS`` has a full stop for the comma; ``LICDA. ANA PRADO`` is short for a word."""
    word = fold(stop[1])
    return stop[0] if word in posts.COURTESIES or posts.role_or_post(word) else f"{stop[1]}, "


def _read(text: str) -> Reading | None:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        return None
    ceremonies = _CEREMONIES.match(text)
    if ceremonies:
        return _master_of_ceremonies(ceremonies[0], text[ceremonies.end() :].strip(" ,"))
    first = parts[0].split()
    lead = lead_of(first)
    if len(parts) == 1:
        return _read_one(first, lead, text)
    return read_parts(parts, lead, first)


def _read_one(words: list[str], lead: Lead, text: str) -> Reading | None:
    rest = words[lead.length :]
    if not lead.post:
        return _bare_name(rest, lead, text)
    if not rest:
        return Reading(Speaker(role=text), _certainty_of_role(lead, text))
    head = lead.head
    if is_designator(rest):
        return Reading(Speaker(role=text), certainty_of_designated(head))
    if head in posts.CROWD_ROLES and all(fold(word) in posts.VOICES or word.isdigit() for word in rest):
        return Reading(Speaker(role=text), Certainty.SURE)
    if fold(rest[0]) in {"de", "del", "en", "para", "por", "ante", "a", "con"} and rest[0] != "De":
        return _with_complement(words, rest, text)
    name, tail = _cut_name(rest)
    if plausible_name(name, least=1):
        begins = posts.first_of_name(name)
        post = " ".join((*lead.post, *name[:begins], *tail))
        name = name[begins:]
        sure = head in posts.OFFICERS or len(name) > 1 or lead.article or lead.courtesy
        return Reading(speaker_of(name, post), Certainty.SURE if sure else Certainty.WEAK)
    return Reading(Speaker(role=text), Certainty.WEAK) if is_capitals(text) and head in posts.POSTS else None


def _certainty_of_role(lead: Lead, text: str) -> Certainty:
    heads = {fold(word).strip(".").partition("-")[0] for word in lead.post}
    if heads & posts.ROLES:
        return Certainty.SURE
    if is_capitals(text):
        return Certainty.SURE if heads & (posts.OFFICERS | posts.CROWD_ROLES) else Certainty.LIKELY
    if heads & posts.OFFICERS:
        if not lead.article and fold(text).startswith(("senor ", "senora ")):
            return Certainty.WEAK  # «Señor presidente: …» is how a speech begins
        return Certainty.SURE if lead.article or lead.courtesy or len(lead.post) > 1 else Certainty.LIKELY
    return Certainty.WEAK


def _with_complement(words: list[str], rest: list[str], text: str) -> Reading:
    """``Consejera Presidenta del INE``, maybe with a name after the acronym and no comma."""
    for place, word in enumerate(rest[:-2]):
        if word.endswith(")") or (not is_capitals(text) and posts.is_acronym(word)):
            name = without_courtesy(rest[place + 1 :])
            if len(name) > 1 and plausible_name(name):
                post = " ".join(words[: len(words) - len(rest) + place + 1])
                return Reading(speaker_of(name, post), Certainty.SURE)
    proper = all(word[0].isupper() or fold(word) in PARTICLES for word in rest)
    institution = posts.split_institution(posts.post_case(text))[1]
    head = lead_of(words).head
    sure = head in posts.OFFICERS and (proper or is_capitals(text))
    unnamed = head in posts.CROWD_ROLES and fold(rest[-1]) in posts.CROWD  # «Persona del público»
    certainty = Certainty.SURE if sure else Certainty.LIKELY if unnamed else Certainty.WEAK
    return Reading(Speaker(role=text, institution=institution), certainty)


def _bare_name(rest: list[str], lead: Lead, text: str) -> Reading | None:
    if lead.courtesy:
        return Reading(speaker_of(rest, None), Certainty.SURE) if is_surname(rest) else None
    begins = posts.first_of_name(rest)
    if begins and plausible_name(rest[begins:]):
        return Reading(speaker_of(rest[begins:], " ".join(rest[:begins])), Certainty.SURE)
    known_body = posts.is_known_acronym(rest[0]) if rest else False
    place = next((n for n, word in enumerate(rest[:-2]) if n > 1 and posts.role_or_post(word)), 0)
    after = next((word for word in rest[place + 1 :] if fold(word) not in posts.POST_WORDS), "")
    if place and known_given_name(rest) and plausible_name(rest[:place]) and fold(after) in PARTICLES:
        return Reading(speaker_of(rest[:place], " ".join(rest[place:])), Certainty.SURE)  # the comma is missing
    if not known_body and plausible_name(rest):
        return Reading(speaker_of(rest, None), Certainty.LIKELY if known_given_name(rest) else Certainty.WEAK)
    if len(rest) == 1 and known_given_name(rest):
        return Reading(speaker_of(rest, None), Certainty.WEAK)
    if rest and len(rest) <= 14 and posts.is_body(rest):
        return Reading(Speaker(role=text, institution=text), Certainty.WEAK)
    return None


def _cut_name(words: list[str]) -> tuple[list[str], list[str]]:
    """Part ``Ana López del Grupo Parlamentario de Morena`` before the particle of the institution."""
    for place in range(1, len(words) - 1):
        if fold(words[place]) in {"de", "del"}:
            following = next((word for word in words[place + 1 :] if fold(word) not in PARTICLES), "")
            if posts.is_institution_word(following) and (not is_capitals(" ".join(words)) or not following.isalpha()):
                return words[:place], words[place:]
    return words, []


_TAKES = r"(?:el )?uso de (?:la|su) (?:palabra|voz)(?: [^:,.]{1,40}?)?"
# «Pregunta a la consejera …» is put to her: each verb has its own particle.
_ANNOUNCES = re.compile(
    r"(?:(?:acto seguido|a continuaci[óo]n|enseguida|seguidamente|con la venia de [^:.]{3,80}?),? )?"
    rf"(?:(?:(?:hace|hizo|(?:retom|recobr|recuper|reanud|ejerc)[aeóo]|en|toma|tom[óo]|contin[úu]a (?:con|en)) {_TAKES}"
    r"|(?:re)?tom(?:a|[óo]) la (?:palabra|voz)"
    r"|(?:vuelve a )?interv(?:ino|iene|enir)(?: (?:nuevamente|de nuevo|otra vez|en primer lugar|a continuaci[óo]n),?)?"
    r"|interpel(?:a|[óo])|replic(?:a|[óo])|respond(?:e|i[óo])|contest(?:a|[óo])|pregunt(?:a|[óo])"
    r"|contin(?:[úu]a|u[óo])|prosigu(?:e|i[óo])|interrump(?:e|i[óo])) (?:el|la)"
    r"|(?:palabras|intervenci[óo]n|(?:contra)?r[ée]plica|a cargo|por parte) (?:del|de la|de)"
    rf"|(?:la presidencia|el presidente|la presidenta|la mesa|se) (?:le )?(?:concede|otorga|cede) {_TAKES}"
    r" (?:al|a la|a)"
    r") (?=[^\W\d_])",
    re.IGNORECASE,
)


def announced(text: str) -> str | None:
    """Who is announced, with the post; None where it is no such sentence (``Tiene la palabra …`` says the chair).

    Args:
        text: What stands before a colon, at most ``MAX_LABEL`` letters.
    """
    found = _ANNOUNCES.match(text)
    return text[found.end() :] if found else None


MOST_WORDS = 12
"""The longest lead; a longer bold start is a sentence."""


def read_lead(text: str) -> Reading | None:
    """Read a bold lead, without its colon, that ``read_label`` does not know.

    Args:
        text: At most ``MAX_LABEL`` letters, tidied.

    Returns:
        The lead as a role, unproven, or None where it opens a point or a sentence.
    """
    tokens = text.split()
    if not 2 <= len(tokens) <= MOST_WORDS or not text[0].isupper() or is_sentence(text):
        return None
    named = tokens[:-1] if tokens[-1].isdigit() else tokens  # «Cadete 2»
    if opens_point(tokens) or not all(c.isalpha() or c in ".,'’-" for token in named for c in token):
        return None
    return Reading(Speaker(role=text), Certainty.UNPROVEN)
