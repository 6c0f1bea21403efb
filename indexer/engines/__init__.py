"""The engines: the only registry. What is heavy is imported when it is asked for."""

from pathlib import Path

from indexer.config import EngineSettings, setting
from indexer.errors import ConstaError
from indexer.generations import Generations
from indexer.index.protocol import Engine, SearchIndex


def engine(settings: EngineSettings | None = None) -> Engine:
    """Return the engine that writes and opens every index.

    Args:
        settings: Which one; what the environment says by default.

    Raises:
        ConstaError: No engine has this name.
    """
    settings = settings or EngineSettings.make()
    match settings.name:
        case "whoosh":
            from indexer.engines.whoosh.engine import WhooshEngine

            return WhooshEngine(setting("sentido_modelo"))
        case "opensearch":
            from indexer.engines.opensearch.engine import OpenSearchEngine

            return OpenSearchEngine(settings.options)
        case unknown:
            raise ConstaError(f"CONSTA_MOTOR: no hay un motor que se llame «{unknown}». Escriba: whoosh u opensearch")


def open_index(root: Path, settings: EngineSettings | None = None) -> SearchIndex:
    """Open the current generation below an index folder. It is verified, and cannot be deleted until it is closed.

    Args:
        root: The index folder.
        settings: As for ``engine``.

    Raises:
        IndexMissing: Nothing was published there.
        IndexDamaged: It does not match its manifest, or another version of Consta wrote it.
        ConstaError: No engine has this name.
    """
    chosen = engine(settings)
    lease = Generations(root).lease(chosen.by_block)
    try:
        return chosen.open(lease.folder, lease.close)
    except BaseException:
        lease.close()
        raise


__all__ = ["engine", "open_index"]
