"""Names of persons: whether words may be one, which part is the surname, and how one in capitals is written."""

import re

from indexer.readers.words import fold, listed, words
from indexer.word_lists import listed as listed_anywhere

PARTICLES = words("de del la las los y e i da das do dos di van von der den san santa mac mc")

GIVEN_NAMES = listed_anywhere("language", "given_names")

PLACES = listed_anywhere("language", "places")

_NEVER_IN_NAMES = listed("words_of_headings")

_SHORT_NAMES = words("ma fco gpe jr sr hdez glez rdz mtz fdez gtz lpz")
_NAME_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-\ufffd]){0,24}")  # U+FFFD: a letter that was lost

# Endings (folded) of nouns and adverbs that headings hold, and the names that have them.
_ABSTRACT = ("cion", "sion", "idad", "mente", "miento", "logia", "encia", "ancia")
_ABSTRACT_NAMES = listed("names_like_nouns")


def plausible_name(tokens: list[str], least: int = 2) -> bool:
    """Whether words may be a person's name: capitalised, no word of a heading, ``least`` of them besides particles."""
    if not 1 <= len(tokens) <= 9 or fold(" ".join(tokens)) in PLACES:
        return False
    full = 0
    given = known_given_name(tokens)
    for place, token in enumerate(tokens):
        folded = fold(token).rstrip(".")
        if folded in PARTICLES and not (place == 0 and token[:1].isupper()):
            if place in (0, len(tokens) - 1):
                return False
            continue
        if not token[:1].isupper() or not _NAME_TOKEN.fullmatch(token):
            return False
        if is_heading_word(folded) and not (given and place):  # Casillas and Bueno are surnames too
            return False
        if token.endswith(".") and len(token) > 2 and folded not in _SHORT_NAMES:
            return False
        full += 1
    return full >= least


def is_heading_word(word: str) -> bool:
    """Whether a folded word is one of headings and greetings, not of persons."""
    return word in _NEVER_IN_NAMES or (word.endswith(_ABSTRACT) and word not in _ABSTRACT_NAMES)


def known_given_name(tokens: list[str]) -> bool:
    """Whether the first word is a common given name."""
    return bool(tokens) and fold(tokens[0]) in GIVEN_NAMES


def is_capitals(text: str) -> bool:
    """Whether it holds letters, and none in lower case."""
    return text.upper() == text and text.lower() != text


def person_case(name: str) -> str:
    """A name as it is written in Spanish: words in capitals get one, particles none (``María de la Luz Pérez``).

    What is already in mixed case stays as printed.
    """
    shouted = is_capitals(name)
    return " ".join(_one_word(word, place, shouted) for place, word in enumerate(name.split()))


def _one_word(word: str, place: int, shouted: bool) -> str:
    if not is_capitals(word) or len(word.strip(".")) < 2:
        return word.lower() if shouted and place and fold(word) in PARTICLES else word
    if place and fold(word) in PARTICLES:
        return word.lower()
    return with_one_capital(word)


def with_one_capital(word: str) -> str:
    """A word in capitals with one for each of its parts: ``PÉREZ-LUNA`` as ``Pérez-Luna``."""
    return re.sub(r"[^\W\d_]+", lambda part: part[0][:1] + part[0][1:].lower(), word)


_DON = words("don dona d da dna dª")


def is_don(word: str) -> bool:
    """Whether it is the courtesy that stands before a given name."""
    return fold(word).replace(".", "") in _DON


def is_surname(words: list[str]) -> bool:
    """Whether the words may be a surname, a particle in lower case first or not (``de la Torre``)."""
    place = 0
    while place < len(words) - 1 and fold(words[place]) in PARTICLES:
        place += 1
    return plausible_name(words[place:], least=1)
