"""The text around an occurrence, within its turn."""

from indexer.index.protocol import SearchIndex
from indexer.index.results import Hit
from indexer.model import PageId
from indexer.model.passage import Passage

WIDTH = 110
"""Characters of context on each side: a full line of a wide screen."""


class Turns:
    """Reads fragments beside others as they are needed, each once. For one request."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._known: dict[tuple[PageId, int], Passage | None] = {}

    def before(self, hit: Hit, at: int, width: int) -> str:
        """About ``width`` characters that end where ``hit``'s text is at ``at``: whole words, on one line."""
        text, passage = _line(hit.passage.text[:at]), hit.passage
        while len(text) <= width and (previous := self._beside(hit.page, passage, -1)) is not None:
            text, passage = f"{_line(previous.text).rstrip()} {text.lstrip()}", previous
        if len(text) <= width:
            return text
        cut = len(text) - width
        begin = text.find(" ", cut - 1)  # a word that the cut falls into is left out
        return text[begin + 1 :] if 0 <= begin < len(text) - 1 else text[cut:]

    def after(self, hit: Hit, at: int, width: int) -> str:
        """The same of what follows."""
        text, passage = _line(hit.passage.text[at:]), hit.passage
        while len(text) <= width and (following := self._beside(hit.page, passage, 1)) is not None:
            text, passage = f"{text.rstrip()} {_line(following.text).lstrip()}", following
        if len(text) <= width:
            return text
        end = text.rfind(" ", 0, width + 1)
        return text[:end] if end > 0 else text[:width]

    def _beside(self, page: PageId, passage: Passage, step: int) -> Passage | None:
        """The fragment next to another one, where both are of one turn."""
        order = passage.order + step
        if (page, order) not in self._known:
            found = self._index.stretch(page, order, order + 1)
            self._known[page, order] = found[0] if found else None
        beside = self._known[page, order]
        return beside if beside and (beside.kind, beside.turn) == (passage.kind, passage.turn) else None


def _line(text: str) -> str:
    """On one line, spaces at the ends kept as one."""
    line = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if text[-1:].isspace() and line else ''}"
