"""A quotation as a reader pasted it: cleaned, split into words, with its ellipses."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from indexer.errors import QueryRejected
from search_app.asking.typed_text import clean
from search_app.quotations.words import Word, words

LONGEST = 5_000
"""Characters of a quotation; more is a 400."""
SHORT = 2
"""Words up to which a quotation says little: it is looked for only as it is, with a notice."""

_BRACKETED = re.compile(r"\[\s*(?:…|\.(?:\s?\.)+)\s*\]|\(\s*(?:…|\.(?:\s?\.)+)\s*\)")
_BARE = re.compile(r"…|\.{3,}|(?<=\s)\.\s\.\s\.(?=\s)")
_SIC = re.compile(r"[\[(]\s*sic\.?\s*[\])]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in words.

    Attributes:
        text: As it is shown again.
        compared: The same without ``[sic]``; its words stand where they stand in ``text``.
        words: Of it, in order.
        cuts: Indexes of the words before which something was left out (``[…]``): it is in parts.
    """

    text: str
    compared: str
    words: tuple[Word, ...]
    cuts: frozenset[int] = frozenset()

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """First word and end of each part."""
        edges = [0, *sorted(self.cuts), len(self.words)]
        return tuple(pairwise(edges))


def read_quotation(text: str) -> tuple[Quotation, ...]:
    """The ways in which a quotation can be read, the likeliest first.

    ``[…]`` and ``(...)`` always stand for something left out; ``…`` alone may also be how somebody paused.

    Raises:
        QueryRejected: Over 5,000 characters.
    """
    if len(text) <= 4 * LONGEST:
        text = clean(text)
    if len(text) > LONGEST:
        raise QueryRejected(
            f"La cita tiene más de {LONGEST:,} caracteres: coteje una parte más corta, por ejemplo párrafo por párrafo"
        )
    compared = _SIC.sub(lambda match: " " * len(match[0]), text)
    found = tuple(words(compared))
    starts = [word.start for word in found]

    def cuts(*patterns: re.Pattern[str]) -> frozenset[int]:
        places = {bisect_left(starts, match.start()) for each in patterns for match in each.finditer(compared)}
        return frozenset(places - {0, len(found)})

    bracketed, every = cuts(_BRACKETED), cuts(_BRACKETED, _BARE)
    readings = (Quotation(text, compared, found, bracketed),)
    return readings if every == bracketed else (*readings, Quotation(text, compared, found, every))
