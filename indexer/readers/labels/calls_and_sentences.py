"""What before a colon is no label: a sentence, a call to those who listen, a point of the minutes."""

from indexer.readers.labels.names import is_heading_word
from indexer.readers.labels.posts import COURTESIES, OFFICERS, POSTS, role_or_post
from indexer.readers.words import fold, listed, words

_OPENERS = listed("openers_of_points")


def opens_point(tokens: list[str]) -> bool:
    """Whether the first word is one of those with which speech and minutes open a point: ``Primero``, ``Acuerdo``."""
    first = fold(tokens[0].strip(".,"))
    return first in _OPENERS or is_heading_word(first)


_SENTENCE = listed("sentence_words")


def is_sentence(text: str) -> bool:
    """Whether a text in mixed case holds a word, or a full stop, that no label holds."""
    for word in text.replace(",", " ").split():
        if word.endswith(".") and len(word) > 4 and not role_or_post(word) and fold(word).strip(".") not in COURTESIES:
            return True
        if word[0].islower() and (fold(word) in _SENTENCE or (word.endswith("ó") and len(word) > 2)):
            return True
    return False


_CALLS = listed("calls")
_CALLING = words("senor senora senorita ciudadano ciudadana licenciado licenciada distinguido distinguida")
_ALL = words("todos todas varios varias algunos algunas diversos diversas")
_PLURAL_COURTESIES = frozenset(word + end for word in COURTESIES for end in ("s", "es") if len(word) > 4)
# A collegiate body to whom a speech is addressed.
_BODIES = words("asamblea congreso consejo cabildo pleno senado camara concejo ayuntamiento tribunal publico jurado")


def is_plural(word: str) -> bool:
    """Whether a folded word is several posts or courtesies at once (``consejeras``, ``compañeros``)."""
    stems = {word[:-1], word[:-2]} if word.endswith("es") else {word[:-1]} if word.endswith("s") else set()
    return word in _PLURAL_COURTESIES or bool(stems & (POSTS | OFFICERS))


def addresses(tokens: list[str]) -> bool:
    """Whether these words call those who listen: ``Señores Consejeros``, ``Estimada Ana``, ``Honorable Asamblea``."""
    folded = [fold(token).strip(".,") for token in tokens]
    if not folded or folded[0] in _ALL:
        return False
    if folded[0] in _CALLS or is_plural(folded[0]):
        return True
    return folded[0] in ("honorable", "h") and len(folded) > 1 and folded[1] in _BODIES


def is_crowd(tokens: list[str]) -> bool:
    """Whether many speak at once: ``Varios señores diputados``, ``TODOS LOS MINISTROS``."""
    folded = [fold(token) for token in tokens]
    return len(folded) > 1 and folded[0] in _ALL and any(is_plural(word) for word in folded[1:])


def calls_someone(tokens: list[str]) -> bool:
    """``Señor presidente: …`` opens a speech to him, again and again; ``SEÑOR PRESIDENTE:`` speaks."""
    return fold(tokens[0]) in ("senor", "senora", "senorita", "usted")


def calls_officer(tokens: list[str]) -> bool:
    """``Señor presidente de la República, licenciado …``: without an article, he is called."""
    folded = [fold(token).strip(".,") for token in tokens[:2]]
    return len(folded) > 1 and folded[0] in _CALLING and folded[1] in OFFICERS
