"""What the pages of every family are made of: links, lists in parts, and what is not there."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model.session import Withdrawal


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


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words; ``count`` where fragments are counted, ``chosen`` when it is in force."""

    text: str
    url: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a list, and how to move on; addresses are None at the ends."""

    page: int
    pages: int
    previous: str | None
    next: str | None

    @property
    def needed(self) -> bool:
        """Whether there is more than one page."""
        return self.pages > 1
