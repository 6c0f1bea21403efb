"""Words in company: what is asked of the words of a collection beyond fragments, and what is answered."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from indexer.index.results import Hit

FORM, LEMMA, PHRASE = "forma", "lema", "frase"
"""What counts as one word: its written form (case and accents apart), or all forms under one stem; of keywords also
phrases of two and three written forms."""
WINDOW = (5, 5)
"""Words before and after an occurrence, by default."""


@dataclass(frozen=True, slots=True)
class LinesAsked:
    """Which lines are wanted of a query, and in which order.

    Attributes:
        word: The word that the lines are of, as a text writes it; empty for what the query marks.
        unit: ``FORM`` or ``LEMMA``: what counts as this word.
        window: With a word, only where it stands so many words before or after a mark; each is a line of its nearest
            mark. None for all of it that the full matches hold.
        rest: True for the word where it is not in them.
        keys: The words by which lines are sorted, by their distance: -1 is the one before, 0 the keyword itself.
        by_speaker: True to sort by who speaks.
    """

    word: str = ""
    unit: str = LEMMA
    window: tuple[int, int] | None = None
    rest: bool = False
    keys: tuple[int, ...] = ()
    by_speaker: bool = False


class Line(msgspec.Struct, frozen=True):
    """One occurrence.

    Attributes:
        hit: The passage in which it stands.
        start, end: Where, in characters.
        beside: How many words after it (before it: below 0) the wanted word stands; 0 where none is wanted.
    """

    hit: Hit
    start: int
    end: int
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a question.

    Attributes:
        total: How many there are.
        fragments, sessions: In how many fragments, and in how many sessions (and announcements).
        part: Reads those from one place up to another.
    """

    total: int
    fragments: int
    sessions: int
    part: Callable[[int, int], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class ContrastAsked:
    """Which words are to be compared with the rest.

    Attributes:
        unit: ``FORM``, ``LEMMA`` or, without a window, ``PHRASE``.
        window: Compare the words that stand so many words before or after what the query marks with all other words
            that its filters leave (collocates). None to compare the words of its full matches with all other visible
            ones (keywords).
        order: A measure of ``ContrastedWord``, the greatest first.
        least: How often a word must stand here.
        function_words: True for the function words alone, False for all but these.
        offset, limit: The slice that is wanted; no limit for all.
    """

    unit: str = LEMMA
    window: tuple[int, int] | None = None
    order: str = "log_likelihood"
    least: int = 3
    function_words: bool = False
    offset: int = 0
    limit: int | None = 50


class ContrastedWord(msgspec.Struct, frozen=True):
    """A word that is more frequent here than in the rest. The formulas are in ``engines.ranking.association``.

    Attributes:
        word: Its most frequent form here, as texts write it.
        forms: Its forms here, the most frequent first; no more than three.
        here, rest: How often it stands here, and in the rest.
        log_likelihood, log_dice, percent_diff: How strongly it belongs here; the last is None where the rest lacks it.
        sessions: In how many sessions (and announcements) it stands here.
        deviation: How unevenly it is dispersed over them, from 0 to 1.
    """

    word: str
    forms: tuple[str, ...]
    here: int
    rest: int
    log_likelihood: float
    log_dice: float
    percent_diff: float | None
    sessions: int
    deviation: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """The words that are more frequent here than in the rest.

    Attributes:
        marks: How many occurrences the query has.
        words_here, words_rest: How many words there are, here and in the rest.
        sessions: Over how many sessions those here are spread.
        total: How many words are more frequent here; ``rows`` are the slice that was asked for.
    """

    marks: int
    words_here: int
    words_rest: int
    sessions: int
    total: int
    rows: tuple[ContrastedWord, ...]
