"""The Whoosh engine behind the neutral protocol."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from indexer.engines.ranking import derived
from indexer.engines.ranking.deriving import derive
from indexer.engines.ranking.searcher import Searcher
from indexer.engines.whoosh import lexicon_file
from indexer.engines.whoosh.schema import FORMAT
from indexer.engines.whoosh.segments import BY_BLOCK, FOLDER, Segments
from indexer.engines.whoosh.writer import write
from indexer.errors import IndexDamaged
from indexer.generations.manifest import block_sums
from indexer.index import catalogue as catalogues
from indexer.index.facets import FACETS
from indexer.index.protocol import Changes


class WhooshEngine:
    """Writes and opens generations.

    Attributes:
        by_block: See ``Engine.by_block``.
    """

    by_block: tuple[str, ...] = (*BY_BLOCK, catalogues.ANCHORS_FILE)

    @property
    def name(self) -> str:
        """Part of the fingerprint of the analysis: an index of another format, or of other facets, is rebuilt."""
        return f"whoosh-{FORMAT} {' '.join(FACETS)}"

    def write(self, folder: Path, previous: Path | None, changes: Changes) -> None:
        """Write a generation into ``folder``; see ``Engine.write``."""
        write(folder, previous, changes)
        with closing(Segments(folder / FOLDER)) as segments:
            segments.write_words()
            derived.save(derive(segments, changes.catalogue), folder)

    def open(self, folder: Path, on_close: Callable[[], None] | None = None) -> Searcher:
        """Open a generation whose manifest was verified.

        Raises:
            IndexDamaged: It cannot be opened, or another version of Consta wrote it.
        """
        catalogue, lexicon = catalogues.load(folder), lexicon_file.load(folder)
        sums = {name.rpartition("/")[2]: found for name, found in block_sums(folder).items()}
        segments = Segments(folder / FOLDER, sums)
        try:
            return Searcher(folder, catalogue, lexicon, segments, derived.load(folder), on_close)
        except (ValueError, IndexError, KeyError, OSError) as error:
            segments.close()
            raise IndexDamaged(folder, f"no se puede leer ({type(error).__name__})") from error
