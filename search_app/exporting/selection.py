"""The selection that an export writes, before any format."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from indexer.errors import ConstaError
from indexer.index.results import Hit, Page
from indexer.model import Kind, PageId
from indexer.model.session import Withdrawal
from search_app.citations.cited import FICTITIOUS_MARK, Cited

MOST = 1_000
"""Fragments of one download."""
LARGEST_SELECTION = 256 * 1024
"""Bytes of a form that names so many: twice what the longest names take that are usual."""


class SelectionKind(StrEnum):
    """Which of the three things an address asks for."""

    NOTHING = "nada"
    FRAGMENTS = "fragmentos"
    SEARCH = "busqueda"
    PAGE = "pagina"


@dataclass(frozen=True, slots=True)
class Missing:
    """A fragment that was asked for and is not there; ``withdrawal`` when it once was."""

    asked: str
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What is taken away.

    Attributes:
        heading: What it is, in words.
        name: Of the file, without its ending: letters, digits and hyphens.
        hits: The fragments; of a search that is not written yet the first alone.
        cite: Says what a citation says of one.
        total: How many there are; more than ``hits`` where they were cut.
        notices: What the reader must know, a sentence each, without a full stop.
        address: Where the same can be had again; the page of selections where that would be too long an address.
        text: Of the search; None where none was asked.
        page: The whole page, where one was asked for.
        missing: What was asked for and is not there.
        separator: What stands between two cells of a table.
    """

    kind: SelectionKind
    heading: str
    name: str
    hits: tuple[Hit, ...]
    cite: Callable[[Hit], Cited]
    total: int
    edition: str
    consulted: dt.date
    address: str
    notices: tuple[str, ...] = ()
    text: str | None = None
    page: Page | None = None
    missing: tuple[Missing, ...] = ()
    separator: str = ","

    @property
    def cited(self) -> tuple[Cited, ...]:
        """What a citation says of each fragment, in their order; made when a file is written."""
        return tuple(map(self.cite, self.hits))

    @property
    def file(self) -> str:
        """The name of the file; it too says what was never said."""
        return f"{self.name}-{FICTITIOUS_MARK.lower().replace(' ', '-')}" if self.fictitious else self.name

    @property
    def whole(self) -> Page:
        """The page that it is of.

        Raises:
            ValueError: It is of none.
        """
        if self.page is None:
            raise ValueError(self.heading)
        return self.page

    @property
    def id(self) -> PageId:
        """Which page it is of; see ``whole``."""
        return self.whole.id

    @property
    def timed(self) -> bool:
        """Whether any of it was said at a known second."""
        return any(hit.passage.kind is Kind.TRANSCRIPT and hit.passage.start_s is not None for hit in self.hits)

    @property
    def fictitious(self) -> bool:
        """Whether any of it was never said."""
        return any(hit.event.fictitious for hit in self.hits)


class NotSelected(ConstaError):
    """What was asked for is not given: the status of the answer, and why, in Spanish."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def page_words(page: PageId) -> str:
    """A page's address as part of a file's name."""
    return str(page).replace("/", "-")
