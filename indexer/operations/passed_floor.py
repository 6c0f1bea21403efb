"""Proposes who speaks from where the text passes the floor: «tiene la palabra …», and a name that is known."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from indexer.language.spanish import FUNCTION_WORDS, fold, tokens
from indexer.model import Passage
from indexer.operations.open_pages import cues_of
from indexer.word_lists import beside

_CALLS = re.compile("|".join(map(re.escape, beside(__file__)["calls"])))
_NEAR = 14
"""Words after such a call among which the name stands."""


def passed_floor(passages: Sequence[Passage], people: Iterable[str]) -> list[dict[str, Any]]:
    """The changes that the text itself announces, at the piece after the name.

    Args:
        passages: Of the transcript, in order, with their cues.
        people: Names that may be meant. Two words of one tell it, or one that no other name has.
    """
    names = {name: [word.form for word in tokens(name) if word.form not in FUNCTION_WORDS] for name in people}
    cues = [(cue["inicio_s"], cue["texto"]) for passage in passages for cue in cues_of(passage)]
    folded = [fold(text) for _, text in cues]
    found: dict[float, dict[str, Any]] = {}
    for at, text in enumerate(folded):
        around = " ".join(folded[at : at + 2])  # a call may be broken over two cues
        call = _CALLS.search(around)
        if call is None or call.start() >= len(text):
            continue
        said, ends = [], []
        for place, cue in enumerate(folded[at : at + 4]):
            words = [word.form for word in tokens(cue if place else text[call.start() :])]
            said += words
            ends += [at + place] * len(words)
        meant = _meant(said[: _NEAR + len(call[0].split())], names)
        if meant is not None and (after := ends[meant[1]] + 1) < len(cues):
            told = " ".join(cue for _, cue in cues[at:after])
            found.setdefault(cues[after][0], {"inicio_s": cues[after][0], "persona": meant[0], "texto": told})
    return list(found.values())


def _meant(said: Sequence[str], names: dict[str, list[str]]) -> tuple[str, int] | None:
    """The one name that is said, and the place of its last word."""
    heard = {name: [said.index(word) for word in words if word in said] for name, words in names.items()}
    told = {
        name: places
        for name, places in heard.items()
        if len(places) > 1 or (places and sum(said[places[0]] in words for words in names.values()) == 1)
    }
    most = max(map(len, told.values()), default=0)
    best = [name for name, places in told.items() if len(places) == most]
    return (best[0], max(told[best[0]])) if len(best) == 1 else None
