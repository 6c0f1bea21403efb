"""Two parts of a label with a comma between them: which is the person, which the post, which the given name."""

from __future__ import annotations

from indexer.readers.names import GIVEN_NAMES, PARTICLES, fold, known_given_name, plausible_name
from indexer.readers.posts import OCCUPATION_ENDINGS, OCCUPATIONS, role_or_post

_DON = frozenset({"don", "dona", "d", "da", "dna", "dª"})
_MOST_SURNAMES = 5


def is_don(word: str) -> bool:
    """Whether it is the courtesy that stands before a given name."""
    return fold(word).replace(".", "") in _DON


def turned_round(surnames: list[str], given: list[str]) -> list[str] | None:
    """``Prado Luna, Elvira`` and ``PRADO, doña Elvira`` as ``Elvira Prado Luna``; None where it is not that.

    Args:
        surnames: The words before the comma, without courtesies.
        given: The words after it.
    """
    courtesy = len(given) > 1 and is_don(given[0])
    given = given[1:] if courtesy else given
    if not 1 <= len(given) <= 3 or not surnames or len(surnames) > _MOST_SURNAMES:
        return None
    if not courtesy and not all(fold(word) in GIVEN_NAMES or fold(word) in PARTICLES for word in given):
        return None
    if not courtesy and (fold(surnames[0]) in GIVEN_NAMES and len(surnames) > 2):
        return None
    if not plausible_name(given, least=1) or not is_surname(surnames):
        return None
    return [*given, *surnames]


def turned_name(label: str) -> str:
    """«Pérez Luna, Ana», as meeting programs take it from a directory, the right way round; else the label as it is."""
    surnames, comma, given = label.partition(" (")[0].partition(", ")
    turned = f"{given} {surnames}"
    if not comma or not plausible_name(given.split(), least=1) or not plausible_name(surnames.split(), least=1):
        return label
    return turned if plausible_name(turned.split()) and known_given_name(given.split()) else label


def is_surname(words: list[str]) -> bool:
    """Whether the words may be a surname, a particle in lower case first or not (``de la Torre``)."""
    place = 0
    while place < len(words) - 1 and fold(words[place]) in PARTICLES:
        place += 1
    return plausible_name(words[place:], least=1)


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
