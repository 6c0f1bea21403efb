"""The words of posts, courtesies and roles, and how a post is told from its institution."""

import re

from indexer.readers.labels.names import (
    GIVEN_NAMES,
    PARTICLES,
    is_capitals,
    is_don,
    is_heading_word,
    is_surname,
    known_given_name,
    plausible_name,
    with_one_capital,
)
from indexer.readers.words import fold, listed, words

ARTICLES = frozenset({"el", "la"})

COURTESIES = listed("courtesies")


OFFICERS = listed("officers")
POSTS = OFFICERS | listed("other_posts")

OCCUPATIONS = listed("occupations")
OCCUPATION_ENDINGS = (
    *("iatra", "ologo", "ologa", "grafo", "grafa", "onomo", "onoma", "ista", "riador", "riadora", "sofo", "sofa"),
)

ROLES = listed("roles")
CROWD_ROLES = listed("crowd_roles")
CROWD = listed("crowd")
ORDINALS = listed("ordinals")
INDEFINITE = words("un una otro otra")

_THINGS = words("pregunta respuesta intervencion")

VOICES = listed("voices")
POST_WORDS = listed("post_words")
_INSTITUTION_HEADS = listed("institution_heads")
ACRONYMS = listed("acronyms")
PARTIES = listed("parties")
_NOT_BODIES = listed("things")
_LOCAL_BODY = re.compile(r"(?:IEE|IEPC|TEE|OPLE|IEC|CEE)[A-Z]{0,6}")
_MOST_SURNAMES = 5
_LONGEST_UNKNOWN = 8
_LONGEST_OF_TWO = 4  # OPS/OMS
_LOWER = words("el en para por con contra a al u o ante entre sobre")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")


def is_institution_word(word: str) -> bool:
    """Whether an institution's name may begin with this word: ``Instituto``, or an acronym."""
    return fold(word) in _INSTITUTION_HEADS or is_acronym(word)


def is_acronym(word: str) -> bool:
    """Whether it is an acronym, in a text that is not in capitals throughout."""
    bare = word.strip("().,")
    return bare in ACRONYMS or (2 <= len(bare) <= 12 and bare.isalpha() and is_capitals(bare))


def is_body(words: list[str]) -> bool:
    """Whether these words are an organisation that may speak: ``INE``, ``IEE Sonora``, ``Comisión de Quejas``.

    In capitals throughout, only what is known to be an acronym or the head of an institution's name tells it from a
    heading (``ORDEN DEL DÍA``); a single word in capitals (``NOTA``) is none when it is a word of headings.
    """
    first = words[0].strip("().,")
    if is_known_acronym(first):
        return True
    if len(words) == 1:
        told = is_heading_word(fold(first)) or fold(first) in _NOT_BODIES | ORDINALS
        return is_acronym(first) and len(first) <= _LONGEST_UNKNOWN and not told
    return is_institution_word(first) and not (is_capitals(" ".join(words)) and fold(first) not in _INSTITUTION_HEADS)


def names_a_thing(word: str) -> bool:
    """Whether it is one of the acronyms and words that a transcript explains: ``PREP``, ``NOTA``."""
    return fold(word) in _NOT_BODIES


def is_known_acronym(word: str) -> bool:
    """Whether it is the acronym of a body that this room knows, as printed."""
    return fold(word) not in _NOT_BODIES and (word in ACRONYMS or _LOCAL_BODY.fullmatch(word) is not None)


def counts_people(word: str, following: str) -> bool:
    """Whether a word before a post or a role is part of it: ``Primera secretaria``, ``Otra persona``."""
    first, second = fold(word).strip("."), fold(following).strip(".")
    if second in CROWD_ROLES:
        return (first in ORDINALS or first in INDEFINITE) and second not in _THINGS
    return first in ORDINALS and (second in OFFICERS or second in ROLES)


def role_or_post(word: str) -> bool:
    """Whether a label or a post may begin with this word."""
    folded = fold(word).strip(".").partition("-")[0]  # Alcalde-Presidente
    return folded in POSTS or folded in ROLES or folded in CROWD_ROLES


def turned_round(surnames: list[str], given: list[str]) -> list[str] | None:
    """``Prado Luna, Elvira`` and ``PRADO, doña Elvira`` as ``Elvira Prado Luna``; None where it is not that.

    A courtesy, or common given names alone after the comma, say that given names stand there. Lists of them end: after
    a common one a rare one may follow, unless a word is an occupation (``MADRE DE ALUMNA, ELVIRA PRADO``).

    Args:
        surnames: The words before the comma, without courtesies.
        given: The words after it.
    """
    courtesy = len(given) > 1 and is_don(given[0])
    given = given[1:] if courtesy else given
    if not 1 <= len(given) <= 3 or not 1 <= len(surnames) <= _MOST_SURNAMES:
        return None
    if not courtesy:
        whole = known_given_name(surnames) and len(surnames) > 2 and fold(surnames[1]) not in PARTICLES
        known = all(fold(word) in GIVEN_NAMES | PARTICLES for word in given)
        rare = known_given_name(given) and not any(map(is_occupation, (surnames[0], *given[1:])))
        if whole or not (known or rare):
            return None
    return [*given, *surnames] if plausible_name(given, least=1) and is_surname(surnames) else None


def turned_name(label: str) -> str:
    """«Pérez Luna, Ana», as meeting programs take it from a directory, the right way round; else the label as it is."""
    surnames, comma, given = label.partition(" (")[0].partition(", ")
    turned = turned_round(surnames.split(), given.split()) if comma else None
    return " ".join(turned) if turned else label


def first_of_name(words: list[str]) -> int:
    """Where a name begins in ``CIRUJANO PEDIATRA HUGO VERA``: after the occupations that stand before a given name."""
    place = 0
    while place < len(words) - 2 and is_occupation(words[place]):
        place += 1
    return place if place and known_given_name(words[place:]) else 0


def is_occupation(word: str) -> bool:
    """Whether a word says what somebody is, beside the posts: ``pediatra``, ``madre``, ``historiadora``."""
    folded = fold(word).strip(".,")
    if folded in GIVEN_NAMES:
        return False
    return folded in OCCUPATIONS or role_or_post(folded) or folded.endswith(OCCUPATION_ENDINGS)


_ADDRESS = ARTICLES | {"sr", "sra", "srta", "senor", "senora", "senorita", "c", "ciudadano", "ciudadana"}


def post_case(post: str) -> str:
    """A post as it is written in a sentence: without article and courtesy, capitals only where Spanish has them.

    One in capitals gets a capital a word but for particles and keeps acronyms (``Director General del IMSS``): the
    names of institutions inside it are proper names, and nothing tells where they begin.
    """
    words = post.split()
    while len(words) > 1 and fold(words[0]).replace(".", "") in _ADDRESS:
        words = words[1:]
    if is_capitals(" ".join(words)):
        words = [_one_word(word, place) for place, word in enumerate(words)]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _one_word(word: str, place: int) -> str:
    bare = word.strip("().,;")
    acronyms = bare in ACRONYMS or ("/" in bare and max(map(len, bare.split("/"))) <= _LONGEST_OF_TWO)
    if acronyms or (word.startswith("(") and bare.isalpha()) or (_ROMAN.fullmatch(bare) and place):
        return word
    if place and (fold(bare) in PARTICLES or fold(bare) in _LOWER):
        return word.lower()
    return with_one_capital(word)


# A post of these is complete without its institution; of others ("Representante del PRD") it is not.
_COMPLETE = words("consejero consejera magistrado magistrada")
_OF = re.compile(r" (?:del|de la|de los|de las|de|al|ante el|ante la) ", re.IGNORECASE)


def split_institution(post: str) -> tuple[str, str | None]:
    """Part ``Consejera Electoral del INE`` into post and institution.

    Args:
        post: As ``post_case`` gives it.

    Returns:
        The post, which keeps the institution where it says nothing without it (``Representante del PRD``,
        ``Director General del IMSS``), and the institution or None.
    """
    for found in _OF.finditer(post):
        tail = post[found.end() :]
        first = tail.split(" ", 1)[0]
        if not is_institution_word(first) or not first[:1].isupper():
            continue
        head = post[: found.start()]
        words = [fold(word) for word in head.split()]
        complete = words[0] in _COMPLETE or (words[0].startswith("secretari") and words[-1].startswith("ejecutiv"))
        return (head if complete else post), tail
    return post, None
