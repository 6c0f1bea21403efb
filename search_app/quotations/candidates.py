"""Candidate fragments where a quotation may stand, found through the index.

What is there word by word holds every phrase of the quotation in its exact forms, so a phrase of eight words finds it
with certainty. What is there with changes still holds some of its threes of words, and some of its rarest ones.
"""

from dataclasses import replace

from indexer.index.orders import CHRONOLOGICAL
from indexer.index.protocol import SearchIndex
from indexer.index.query import AnyOf, Phrase, Query
from indexer.index.results import Hit
from indexer.language.spanish import FUNCTION_WORDS, Token, tokens
from indexer.model import Kind
from search_app.quotations.typed import Quotation

PHRASE = 8
"""Words of the phrase that what is there word by word must hold."""
LONGER_PHRASE = 40
"""Words of the phrase that is asked for where too many fragments hold the first one."""
MOST_EXACT = 300
"""Fragments with that phrase that are looked at, quickly."""
MOST_NEAR = 24
"""Fragments that are compared word by word where the quotation is nowhere as it is."""
_THREES = 12
"""Threes of words that are looked for: each takes as long as a search, and neighbouring ones share two words."""
_RARE = 16


def exact(index: SearchIndex, quotation: Quotation, asked: Query) -> tuple[tuple[Hit, ...], int]:
    """Fragments that hold a phrase of the quotation, in the order of the sessions, and how many there are in all."""
    longest = max(_parts(quotation), key=len, default=[])
    if not longest:
        return (), 0
    query = replace(asked, order=CHRONOLOGICAL, limit=MOST_EXACT, facets=())
    found = index.search(replace(query, clauses=(_phrase(_heaviest(longest)),)))
    if found.total_full > MOST_EXACT and len(longest) > PHRASE:
        found = index.search(replace(query, clauses=(_phrase(longest[:LONGER_PHRASE]),)))
    return _spoken(found.hits), found.total_full


def near(index: SearchIndex, quotation: Quotation, asked: Query) -> tuple[Hit, ...]:
    """The fragments that have most of the quotation's words as neighbours, the likeliest first."""
    threes = [tuple(part[at : at + 3]) for part in _parts(quotation) for at in range(max(1, len(part) - 2)) if part]
    every = -(-len(threes) // _THREES) or 1
    content = {token.form: token for part in _parts(quotation) for token in part if _weight(token)}
    rare = sorted(content.values(), key=lambda token: -_weight(token))[:_RARE]
    terms = dict.fromkeys([*map(_phrase, map(list, threes[::every])), *(_phrase([token]) for token in rare)])
    if not terms:
        return ()
    return _spoken(index.search(replace(asked, clauses=(AnyOf(tuple(terms)),), limit=MOST_NEAR, facets=())).hits)


def _spoken(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Those of what somebody said: never an announcement, a description, a text of our own."""
    return tuple(hit for hit in hits if hit.passage.kind is Kind.TRANSCRIPT and not hit.passage.own_wording)


def _parts(quotation: Quotation) -> list[list[Token]]:
    """The tokens of each part, as the index cuts them."""
    text, found = quotation.compared, quotation.words
    return [tokens(text[found[a].start : found[b - 1].end]) for a, b in quotation.parts if b > a]


def _heaviest(part: list[Token]) -> list[Token]:
    """The eight neighbouring words that say most: the fewest fragments hold them."""
    windows = [part[at : at + PHRASE] for at in range(max(1, len(part) - PHRASE + 1))]
    return max(windows, key=lambda window: sum({token.form: _weight(token) for token in window}.values()))


def _weight(token: Token) -> int:
    return 0 if token.form in FUNCTION_WORDS else len(token.form)


def _phrase(part: list[Token]) -> Phrase:
    return Phrase(tuple(token.text for token in part))
