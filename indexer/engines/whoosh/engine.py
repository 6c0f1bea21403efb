"""The Whoosh engine behind the neutral protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.engines.whoosh.schema import FORMAT
from indexer.engines.whoosh.searcher import WhooshIndex
from indexer.engines.whoosh.writer import write
from indexer.index.protocol import Changes


class WhooshEngine:
    """Writes and opens generations.

    Attributes:
        name: Part of the fingerprint of the analysis: an index that another format wrote is rebuilt.
    """

    name = f"whoosh-{FORMAT}"

    def write(self, folder: Path, previous: Path | None, changes: Changes) -> None:
        """Write a generation into ``folder``; see ``Engine.write``."""
        write(folder, previous, changes)

    def open(self, folder: Path, on_close: Callable[[], None] | None = None) -> WhooshIndex:
        """Open a generation whose manifest was verified.

        Raises:
            IndexDamaged: It cannot be opened, or another version of Consta wrote it.
        """
        return WhooshIndex(folder, on_close)
