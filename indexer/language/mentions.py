"""Names that a text names, by rules and lists alone: entities, places, persons.

Names of entities are found by their folded words, however their accents and capitals were typed, and of names that
overlap the longest counts. Then rules decide: Guerrero, Hidalgo and Morelos are also surnames and streets, ``sonora``
is also an adjective, and captions write everything in lower case.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.language.entities import Entities
from indexer.language.people_in_text import CLAUSE_END, GIVEN_NAMES, People
from indexer.language.spanish import FUNCTION_WORDS, Token
from indexer.language.vocabulary import ConceptSpan, form_key
from indexer.model.vocabulary import PERSON, PLACE, Entity
from indexer.word_lists import listed

_ALSO_PERSONS = frozenset({"guerrero", "hidalgo", "morelos", "durango", "puebla", "colima", "sonora", "campeche"})
"""Ids of states whose name is a surname, a street or a common word as well."""

_ALSO_WORDS = frozenset({"guerrero", "hidalgo", "morelos", "sonora", "durango"})
"""Of those, the ones that text without capitals takes for a state only after a cue."""

_PLACES = ("estado", PLACE)
_NEED_CAPITAL = listed("language", "institutions_that_are_words")
_SHORT = listed("language", "short_names_of_institutions")
_ARTICLES = frozenset(["el", "la", "los", "las", "del", "al", "de"])
_CUES = listed("language", "cues_of_states")
_CUES_OF_COMMON = frozenset(["en", "desde", "hacia", "hasta"])
_MUNICIPAL = listed("language", "nouns_of_municipalities")
_NO_STATE_AFTER = listed("language", "no_state_after")
"""Folded words after which such a name is a person's, a street's or no name at all."""
_NO_PLACE_AFTER = _NO_STATE_AFTER & listed("language", "called_after_people")

_CASED = 0.02
"""Share of words with a capital from which a text counts as written with capitals."""

Persons = Callable[[str], Sequence[tuple[int, int]]]
"""Where a text names persons, in characters."""


class Named(NamedTuple):
    """A name in a text.

    Attributes:
        value: The id of an entity; of a person the name.
        sort: The sort of the entity (see ``Entity``).
        start, end: Where it stands, in characters.
    """

    value: str
    sort: str
    start: int
    end: int


def named(
    text: str, words: Sequence[Token], entities: Entities, people: People, persons: Persons | None = None
) -> list[Named]:
    """Every name of an entity or of a person in a text.

    Args:
        text: The text.
        words: Its words, as ``spanish.tokens`` gives them.
        entities: What may be named in it.
        people: Of the page.
        persons: Asked only where a name of both a state and a person stands; None where nobody can tell.
    """
    found: list[Named] = []
    taken: set[int] = set()
    spans = _apart(entities.spans(words))
    reading = _Reading(text, words, [(span, entities.entity(span.topic)) for span in spans])
    for span, entity in reading.spans:
        start, end = words[span.first_token].start, words[span.end_token - 1].end
        if persons is not None and entity.id in _ALSO_PERSONS and any(a < end and start < b for a, b in persons(text)):
            continue
        # What matches only in capitals would not have been found without them.
        if span.capitals or reading.counts(entity, span):
            found.append(Named(entity.id, entity.sort, start, end))
            taken.update(range(span.first_token, span.end_token))
    persons_named = people.named(text, words, taken, reading.all)
    return found + [Named(name, PERSON, words[first].start, words[end - 1].end) for name, first, end in persons_named]


def _apart(spans: Iterable[ConceptSpan]) -> list[ConceptSpan]:
    """Those that do not overlap: the longest first, of two as long the first."""
    taken: set[int] = set()
    chosen: list[ConceptSpan] = []
    for span in sorted(spans, key=lambda span: (span.first_token - span.end_token, span.first_token)):
        place = range(span.first_token, span.end_token)
        if taken.isdisjoint(place):
            taken.update(place)
            chosen.append(span)
    return chosen


class _Reading:
    """One text with what may be named in it."""

    def __init__(self, text: str, words: Sequence[Token], spans: Iterable[tuple[ConceptSpan, Entity | None]]) -> None:
        self._text = text
        self._words = words
        self._cased = sum([token.text[0].isupper() for token in words]) >= _CASED * len(words)
        self.spans = [(span, entity) for span, entity in spans if entity is not None]
        self.all = {at for span, _ in self.spans for at in range(span.first_token, span.end_token)}
        sure = [span for span, entity in self.spans if entity.sort in _PLACES and not entity.common]
        self._sure = {at for span in sure for at in range(span.first_token, span.end_token)}

    def counts(self, entity: Entity, span: ConceptSpan) -> bool:
        """Whether a name found in the text is the entity's, and not a common word's or a person's."""
        first, end = span.first_token, span.end_token
        key = _key(span.form)
        if entity.sort in _PLACES or key in _NEED_CAPITAL or key in _SHORT:
            word = self._words[first]
            if self._cased and not word.text[0].isupper() and word.form not in ("estado", "ciudad"):
                return False
        if entity.sort in _PLACES:
            return self._is_place(entity, first, end)
        if key in _SHORT:
            before, after = self._neighbour(first - 1, first), self._neighbour(end, end - 1)
            return self._cased and before is not None and before.form in _ARTICLES and not _is_name(after)
        # «la secretaria de Salud» is a person; where nothing has an accent, nobody can tell.
        post = self._words[first].form == "secretaria" and "í" not in self._words[first].text.lower()
        return not post or self._text.isascii()

    def _is_place(self, entity: Entity, first: int, end: int) -> bool:
        before, after = self._neighbour(first - 1, first), self._neighbour(end, end - 1)
        around = [word.form for word in reversed(self._words[max(0, first - 3) : first])]
        thing = next((form for form in around if form not in _ARTICLES), "")  # «la calle de Sonora»
        if before is not None and (thing in _NO_PLACE_AFTER or (before.form in GIVEN_NAMES and _is_name(before))):
            return False
        beside = bool({first - 1, first - 2, end, end + 1} & (self._sure if entity.common else self.all))
        if entity.common:
            cued = before is not None and (thing in _MUNICIPAL or (self._cased and thing in _CUES_OF_COMMON))
            return (cued or beside) and (end in self.all or not _is_name(after))
        one_word = end - first == 1
        if entity.sort == "estado" and not self._cased and one_word and _is_abbreviation(entity, self._words[first]):
            return False
        if entity.id not in _ALSO_PERSONS or not one_word:
            return True
        if before is not None and before.form in _NO_STATE_AFTER:
            return False
        cued = before is not None and before.form in _CUES
        if not self._cased:
            return entity.id not in _ALSO_WORDS or beside or cued
        if _is_name(before) and first - 1 not in self.all and not cued:
            return False
        return end in self.all or not _is_name(after)

    def _neighbour(self, place: int, of: int) -> Token | None:
        """The word at ``place`` if nothing but space parts it from the one at ``of``."""
        if not 0 <= place < len(self._words):
            return None
        left, right = sorted((self._words[place], self._words[of]), key=lambda token: token.start)
        return None if CLAUSE_END.search(self._text, left.end, right.start) else self._words[place]


@lru_cache(maxsize=4096)
def _key(form: str) -> str:
    return " ".join(form_key(form))


def _is_name(token: Token | None) -> bool:
    """Whether a word is written as a proper name, which an acronym is not (``OPLE Hidalgo``)."""
    if token is None or token.form in FUNCTION_WORDS:
        return False
    return token.text[0].isupper() and not token.text.isupper()


def _is_abbreviation(entity: Entity, token: Token) -> bool:
    return len(token.form) <= 4 and token.form not in form_key(entity.name) and token.form != "cdmx"
