"""The OpenSearch engine behind the neutral protocol."""

from collections.abc import Callable, Mapping
from pathlib import Path

from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.searcher import Searcher
from indexer.engines.opensearch.writer import state, write
from indexer.errors import Problem
from indexer.index import catalogue as catalogues
from indexer.index.facets import FACETS
from indexer.index.protocol import Changes
from indexer.language.lexicon import Lexicon


class OpenSearchEngine:
    """Writes and opens generations; decision 0090 says what it does and what it does not.

    Attributes:
        by_block: See ``Engine.by_block``.
    """

    by_block: tuple[str, ...] = (catalogues.ANCHORS_FILE,)

    def __init__(self, options: Mapping[str, str]) -> None:
        """``options`` are those of ``Client``."""
        self._client = Client(options)

    @property
    def name(self) -> str:
        """See ``Engine.name``."""
        return f"opensearch-{mapping.VERSION} {' '.join(FACETS)}"

    def faults(self) -> tuple[Problem, ...]:
        """See ``Engine.faults``: what it does not do is said at every start."""
        return (
            Problem(
                "CONSTA_MOTOR",
                "el motor opensearch está a prueba: no ofrece frases, cercanía, concordancias, recuentos, periodos, "
                "correcciones, sugerencias ni retiros",
                "use whoosh si los necesita",
                "aviso",
            ),
        )

    def outdated(self, folder: Path) -> bool:
        """See ``Engine.outdated``: never."""
        return False

    def write(self, folder: Path, previous: Path | None, changes: Changes) -> None:
        """Write a generation into ``folder``; see ``Engine.write``."""
        write(self._client, folder, previous, changes)

    def open(self, folder: Path, on_close: Callable[[], None] | None = None) -> Searcher:
        """Open a generation whose manifest was verified.

        Raises:
            IndexDamaged: Its folder does not say which index is its own.
            EngineUnavailable: The cluster does not answer, or has no such index.
        """
        held = state(folder)
        lexicon = Lexicon.from_json(held["lexicon"])
        return Searcher(self._client, held["index"], folder, catalogues.load(folder), lexicon, on_close)
