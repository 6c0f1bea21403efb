"""The engines: the only registry. What is heavy is imported when it is asked for."""

from __future__ import annotations

from pathlib import Path

from indexer.generations import Generations
from indexer.index.protocol import Engine, SearchIndex


def engine() -> Engine:
    """The engine that writes and opens every index."""
    from indexer.engines.whoosh.engine import WhooshEngine

    return WhooshEngine()


def open_index(root: Path) -> SearchIndex:
    """Open the current generation below an index folder: verified, and held until it is closed.

    Raises:
        IndexMissing: Nothing was published there.
        IndexDamaged: It does not match its manifest, or another version of Consta wrote it.
    """
    held = Generations(root).hold()
    try:
        return engine().open(held.folder, held.close)
    except BaseException:
        held.close()
        raise


__all__ = ["engine", "open_index"]
