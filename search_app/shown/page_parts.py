"""Parts of page models that every room uses: links, pagers, and the outcomes not found, gone, moved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import msgspec

from indexer.model.session import Withdrawal
from search_app.shown.addresses import Pair, search_address


class NotFound(Exception):
    """There is nothing at this address."""


class Gone(Exception):
    """What was at this address was withdrawn."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.path)
        self.withdrawal = withdrawal


class Moved(Exception):
    """What was at this address is at another one, for good."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Link(msgspec.Struct, frozen=True):
    """An address with its words; ``count`` where fragments are counted, ``chosen`` when it is in force."""

    text: str
    url: str
    count: int | None = None
    chosen: bool = False


def counted_link(found: int, *pairs: Pair) -> Link:
    """A number of fragments, and the search that lists them; nothing is linked where nothing was found."""
    return Link(f"{found:,}", search_address(*pairs) if found else "", found)


@dataclass(frozen=True, slots=True)
class Pager:
    """Which part of a list a page shows, and the addresses of the parts beside it; None at the ends."""

    page: int
    pages: int
    previous: str | None = None
    next: str | None = None

    @classmethod
    def of(cls, page: int, entries: int, per_page: int, address: Callable[[int], str]) -> Self:
        """The pager of a list.

        Args:
            page: Part that is shown, from 1; past the end of the list, ``previous`` leads to the last part.
            entries: Length of the whole list.
            per_page: Entries per part.
            address: Address of a part by its number.
        """
        pages = max(1, -(-entries // per_page))
        previous = address(min(page - 1, pages)) if page > 1 else None
        return cls(page, pages, previous, address(page + 1) if page < pages else None)

    @property
    def needed(self) -> bool:
        """Whether there is more than one page."""
        return self.pages > 1
