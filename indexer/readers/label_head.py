"""How a label begins: article, courtesies, post; and the words that remain, to a speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.model.transcript import Speaker
from indexer.readers.evidence import Certainty
from indexer.readers.names import fold, person_case
from indexer.readers.posts import (
    ARTICLES,
    COURTESIES,
    CROWD_ROLES,
    INDEFINITE,
    OFFICERS,
    ORDINALS,
    POST_WORDS,
    ROLES,
    counts_people,
    post_case,
    role_or_post,
    split_institution,
)
from indexer.readers.wordlist import words

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
        return folded[1] if len(folded) > 1 and folded[0] in ORDINALS | INDEFINITE else folded[0]


def lead_of(words: list[str]) -> Lead:
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
    return Lead(place, article, courtesy, tuple(post))


def is_designator(words: list[str]) -> bool:
    """Whether a number or a letter tells one of several apart: ``Ponente 2``, ``Consejera A``, ``CONSEJERA UNO``."""
    return len(words) == 1 and (_DESIGNATOR.fullmatch(words[0]) is not None or fold(words[0]) in _NUMBERS)


def certainty_of_designated(head: str) -> Certainty:
    return Certainty.SURE if head in ROLES | CROWD_ROLES | OFFICERS else Certainty.WEAK


def without_courtesy(words: list[str]) -> list[str]:
    place = 0
    while place < len(words) and fold(words[place]).replace(".", "") in COURTESIES:
        place += 1
    return words[place:]


def speaker_of(name: list[str], post: str | None, institution: str | None = None) -> Speaker:
    if post:
        post, found = split_institution(post_case(post))
        institution = institution or found
    return Speaker(name=person_case(" ".join(name)), post=post or None, institution=institution)
