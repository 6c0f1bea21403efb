"""How a question begins: «¿qué dijo …», «¿de qué se habló …», «¿quién habló de …»."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from indexer.language.spanish import Token
from indexer.word_lists import beside, listed

_LISTS = {name: frozenset(words.split()) for name, words in beside(__file__).items()}
SAYING = _LISTS["saying"]
TELLING = SAYING | _LISTS["telling"]
ABOUT = _LISTS["about"]
_BY_NOBODY = frozenset(["se", "quién", "quien", "quiénes", "quienes"])
BEFORE_A_NAME = _LISTS["before_a_name"] | listed("language", "titles") | listed("language", "role_words")


class Opening(NamedTuple):
    """How many words begin a question, the verb included; whether it asks of somebody: «qué se dijo» does not."""

    words: int
    of_somebody: bool


def opening(words: Sequence[Token], verbs: Collection[str]) -> Opening | None:
    """The beginning of a text that asks who said what; None of any other."""
    before: list[str] = []
    for word in words:
        written = word.text.lower()
        if word.form in verbs and not _LISTS["asking"].isdisjoint(before):
            return Opening(len(before) + 1, _BY_NOBODY.isdisjoint(before))
        if written not in _LISTS["asking"] and word.form not in _LISTS["between"]:
            return None
        before.append(written)
    return None
