"""A passage as an index keeps it: its terms, what is stored of it, and where its words stand in its text.

===========  ==============================================  ===============================================
field        term                                            numbers of a posting
===========  ==============================================  ===============================================
``page``     ``evento`` or ``evento/mesa``                   number, order, run, first position, words, marks
``exact``    folded form of a word                           its positions
``stem``     folded stem of a word                           its positions
``concept``  id of a topic, where an equivalent form stands  position, words; position, words; …
``former``   folded form of a word of an original            position there, position in the shown text; …
``spelling`` folded form, space, stem: what the lexicon has  none
others       one value of a facet                            none
===========  ==============================================  ===============================================

A *run* is the neighbouring passages of one turn. Positions count the words of a run, so a phrase may cross passages.
Words of an original that a correction replaced stand at the positions of those that replaced them (``originals``).
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.index.results import Spans
from indexer.model.passage import Passage

WIDTHS = {"page": 6, "exact": 1, "stem": 1, "concept": 2, "former": 2}
"""Numbers per occurrence of a term; in the other fields a posting has none."""

CORRECTED, INFERRED, ANSWERS = 1, 2, 4
"""The marks of a passage are the sum of these: its text is not its original; its speaker is inferred; it begins a turn
whose turn before ends in a question."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is stored of a passage.

    Attributes:
        passage: The passage.
        words: Start and end of each word in the text, one after the other, as ``of`` writes them.
    """

    passage: Passage
    words: bytes

    @classmethod
    def of(cls, passage: Passage, edges: Sequence[int]) -> "Document":
        """Make a document of a passage and where its words stand. Most texts are short enough for small numbers."""
        return cls(passage, array(_item(passage.text), edges).tobytes())

    def edges(self) -> memoryview:
        """Return start and end of each word in the text, one after the other."""
        return memoryview(self.words).cast(_item(self.passage.text))

    def marks(self, first: int, spans: Iterable[tuple[int, int]]) -> Spans:
        """Return where matched words stand in the text, sorted and without overlaps.

        Args:
            first: Position of the first word of the passage.
            spans: First and last position of each match; what lies beyond the passage is cut off.
        """
        edges = self.edges()
        found: list[tuple[int, int]] = []
        for low, high in sorted(set(spans)):
            begin, end = max(low - first, 0), min(high - first, len(edges) // 2 - 1)
            if begin > end:
                continue
            start, stop = edges[2 * begin], edges[2 * end + 1]
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], stop))
            else:
                found.append((start, stop))
        return tuple(found)


def _item(text: str) -> Literal["H", "I"]:
    """The type of a number that may be as large as a text is long."""
    return "H" if len(text) < 1 << 16 else "I"
