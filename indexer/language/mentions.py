"""Entities that a text names, by rules alone.

Names are found by their folded words, however their accents and capitals were typed, and of names that overlap the
longest counts. Then rules decide: Guerrero, Hidalgo and Morelos are also surnames and streets, ``sonora`` is also an
adjective, and captions write everything in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from indexer.language.entities import Entities
from indexer.language.spanish import FUNCTION_WORDS, Token
from indexer.language.vocabulary import ConceptSpan, form_key
from indexer.model.vocabulary import Entity
from indexer.word_lists import listed

_ALSO_PERSONS = frozenset({"guerrero", "hidalgo", "morelos", "durango", "puebla", "colima", "sonora", "campeche"})
"""Ids of states whose name is a surname, a street or a common word as well."""

_ALSO_WORDS = frozenset({"guerrero", "hidalgo", "morelos", "sonora", "durango"})
"""Of those, the ones that text without capitals takes for a state only after a cue."""

_NEEDS_CAPITAL = frozenset({"morena", "movimiento-ciudadano", "pan", "fuerza-por-mexico"})
"""Ids of institutions whose name is made of common words."""

_CUES = listed("language", "cues_of_states")
_NOT_A_STATE_AFTER = listed("language", "no_state_after")
"""Folded words after which such a name is a person's, a street's or no name at all."""

_CLAUSE_END = re.compile(r"[,.;:()!?…\n]")
_CASED = 0.02
"""Share of words with a capital from which a text counts as written with capitals."""

Persons = Callable[[str], Sequence[tuple[int, int]]]
"""Where a text names persons, in characters."""


class Named(NamedTuple):
    """A name in a text.

    Attributes:
        value: The id of the entity.
        sort: Its sort (see ``Entity``).
        start, end: Where it stands, in characters.
    """

    value: str
    sort: str
    start: int
    end: int


def named(text: str, words: Sequence[Token], entities: Entities, persons: Persons | None = None) -> list[Named]:
    """Every name of an entity in a text.

    Args:
        text: The text.
        words: Its words, as ``spanish.tokens`` gives them.
        entities: What may be named in it.
        persons: Asked only where a name of both a state and a person stands; None where nobody can tell.
    """
    spans = _apart(entities.spans(words))
    if not spans:
        return []
    cased = sum(token.text[0].isupper() for token in words) >= _CASED * len(words)
    places = {place for span in spans for place in range(span.first_token, span.end_token)}
    found: list[Named] = []
    for span in spans:
        entity = entities.entity(span.topic)
        if entity is None:
            continue
        start, end = words[span.first_token].start, words[span.end_token - 1].end
        if persons is not None and entity.id in _ALSO_PERSONS and any(a < end and start < b for a, b in persons(text)):
            continue
        # What matches only in capitals would not have been found without them.
        if span.capitals or _counts(entity, text, words, span.first_token, span.end_token, cased, places):
            found.append(Named(entity.id, entity.sort, start, end))
    return found


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


def _counts(
    entity: Entity, text: str, words: Sequence[Token], first: int, end: int, cased: bool, places: set[int]
) -> bool:
    """Whether a name found in a text is the entity's, and not a common word's or a person's."""
    capital = words[first].text[0].isupper()
    if entity.sort == "estado" or entity.id in _NEEDS_CAPITAL:
        if cased and not capital and words[first].form not in ("estado", "ciudad"):
            return False
        if not cased and entity.sort == "estado" and end - first == 1 and _is_abbreviation(entity, words[first]):
            return False
    if entity.id not in _ALSO_PERSONS or end - first > 1:
        return True
    before = _neighbour(text, words, first - 1, first)
    if before is not None and before.form in _NOT_A_STATE_AFTER:
        return False
    if not cased:
        listed = bool({first - 1, first - 2, end, end + 1} & places)
        return entity.id not in _ALSO_WORDS or listed or (before is not None and before.form in _CUES)
    if before is not None and _is_name(before) and first - 1 not in places and before.form not in _CUES:
        return False
    after = _neighbour(text, words, end, end - 1)
    return after is None or not _is_name(after) or end in places


def _neighbour(text: str, words: Sequence[Token], place: int, of: int) -> Token | None:
    """The word at ``place`` if nothing but space parts it from the one at ``of``."""
    if not 0 <= place < len(words):
        return None
    left, right = sorted((words[place], words[of]), key=lambda token: token.start)
    return None if _CLAUSE_END.search(text, left.end, right.start) else words[place]


def _is_name(token: Token) -> bool:
    """Whether a word is written as a proper name, which an acronym is not (``OPLE Hidalgo``)."""
    return token.text[0].isupper() and not token.text.isupper() and token.form not in FUNCTION_WORDS


def _is_abbreviation(entity: Entity, token: Token) -> bool:
    return len(token.form) <= 4 and token.form not in form_key(entity.name) and token.form != "cdmx"
