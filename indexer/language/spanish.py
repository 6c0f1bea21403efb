"""Spanish as both sides see it, the build and the query: folding, tokens, stems, sentences, slugs.

Imports nothing heavy: the web process uses it for every search. What was measured behind these choices is in
``docs/decisions/``; how words are folded and stemmed is in ``folding`` and ``stemming``.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from indexer.language.folding import ORDINAL_ENDINGS, exact_form
from indexer.language.folding import fold as fold
from indexer.language.sentences import sentences as sentences
from indexer.language.stemming import stem as stem
from indexer.word_lists import listed

ANALYSIS = "3"
"""Grows when tokens, forms or stems change: an index of another number is built anew."""

LONGEST_TOKEN = 64
"""Letters of a token; what is beyond is cut, on both sides."""

FUNCTION_WORDS = listed("language", "function_words")
"""Folded words that drop out of a query, outside quotes, unless nothing else remains."""

_LETTER = r"[^\W\d_]"
_JOINER = "[\u0300-\u036f\u00ad\u200c\u200d\u2060]"
_WORD = rf"[^\W_]+(?:{_JOINER}+[^\W_]*)*+"
_NOT_GLUED = r"(?![^\W_])"
_SUFFIX = r"(?i:as?|os?|es)"
_TOKEN = re.compile(
    rf"""
    (
        (?=\d) (?:
            (?<![\w.,]) \d{{1,3}} (?:,\d{{3}})++ (?:\.\d++)?+ (?![.,]?\d) {_NOT_GLUED}     # 1,500  1,500.75
          | (?<![\w.]) \d++ \. \d++ (?!\.?\d) {_NOT_GLUED}                               # 3.5
          | (?<![\w.,]) \d{{1,3}} (?: \.?[ºª°] | (?i:{ORDINAL_ENDINGS}) ) {_NOT_GLUED}               # 1.º  2ª  3er
          | (?<![\w:]) \d{{1,2}} : \d{{2}} (?: :\d{{2}} )? (?!:?\d) {_NOT_GLUED}           # 9:30
        )
      | (?=[^\W\d_]{_JOINER}*\.) (?<![\w.]) {_LETTER}{_JOINER}*+ (?:\.{_LETTER}{_JOINER}*+)++ {_NOT_GLUED}  # I.N.E.
      | {_WORD} (?: @ s? (?!\.?[^\W_]) )?                                               # casilla  ciudadan@s
    )
    (?:  # a suffix that is no word of its own: candidatas/os  consejero(a)s  PRD's
        (?=[/(]) (?<={_LETTER}) (?<=[\w\u0300-\u036f].[^\W_]) (?:/{_SUFFIX}|\({_SUFFIX}\)s?) {_NOT_GLUED} (?!{_JOINER})
      | ['’]s {_NOT_GLUED} (?!{_JOINER})
    )?
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word or number of a text.

    Attributes:
        text: As written: ``given_text[start:end]``.
        start, end: Offsets in the given text, in characters.
        form: The folded exact form (``Capacitación`` is ``capacitacion``, ``1,500`` is ``1500``).
    """

    text: str
    start: int
    end: int
    form: str


def tokens(text: str) -> list[Token]:
    """Words and numbers of a text, in order, in linear time.

    Ranges and compounds yield their parts (``2023-2024``, ``político-electoral``); decimals, thousands, times of day
    and dotted acronyms stay whole; the suffix of ``candidatas/os`` and ``consejero(a)s`` is left out.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return _scanned(text)
    return _decomposed(text)


@lru_cache(maxsize=256)
def tokens_in_passing(text: str) -> tuple[Token, ...]:
    """The same, remembered for a while: a build asks twice for those of a fragment, to annotate it and to index it."""
    return tuple(tokens(text))


def _scanned(text: str) -> list[Token]:
    found: list[Token] = []
    new = tuple.__new__  # a build spends a tenth of its time here, and Token's own constructor is slower
    for match in _TOKEN.finditer(text):
        start, end = match.span(1)
        if end - start > LONGEST_TOKEN:
            end = _cut(text, start, end)
        written = text[start:end]
        found.append(new(Token, (written, start, end, exact_form(written))))
    return found


def _decomposed(text: str) -> list[Token]:
    """The tokens of the composed text, with the offsets of the one given: both forms are cut alike."""
    starts = [at for at, letter in enumerate(text) if not at or not unicodedata.combining(letter)]
    ranges = [*pairwise([*starts, len(text)])]
    letters = [unicodedata.normalize("NFC", text[slice(*place)]) for place in ranges]
    places = [place for place, letter in zip(ranges, letters, strict=True) for _ in letter]
    found = _scanned("".join(letters))
    ends = [(places[token.start][0], places[token.end - 1][1]) for token in found]
    return [Token(text[start:end], start, end, token.form) for (start, end), token in zip(ends, found, strict=True)]


@lru_cache(maxsize=1 << 14)
def slug(text: str) -> str:
    """An address: ``[a-z0-9-]`` only; ``ñ`` becomes ``n``; empty when nothing of the text can stand there."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).replace("ñ", "n")).strip("-")


def _cut(text: str, start: int, end: int) -> int:
    """Where the 64th letter of an overlong token ends, its combining marks included."""
    letters = 0
    for place in range(start, end):
        if not unicodedata.combining(text[place]):
            letters += 1
            if letters > LONGEST_TOKEN:
                return place
    return end
