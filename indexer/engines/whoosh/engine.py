"""The Whoosh engine behind the neutral protocol. What writes and what searches is imported when it is asked for."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from indexer.engines.meaning import vectors
from indexer.engines.meaning.model import Model, opened
from indexer.engines.ranking import derived
from indexer.engines.ranking.passages import Passages
from indexer.engines.whoosh.schema import FORMAT
from indexer.engines.whoosh.segments import BY_BLOCK, FOLDER, Segments
from indexer.errors import IndexDamaged, Problem
from indexer.generations.manifest import block_sums
from indexer.index import catalogue as catalogues
from indexer.index.facets import FACETS
from indexer.index.protocol import Changes, SearchIndex


class WhooshEngine:
    """Writes and opens generations.

    Attributes:
        by_block: See ``Engine.by_block``.
    """

    by_block: tuple[str, ...] = (*BY_BLOCK, catalogues.ANCHORS_FILE, vectors.FILE)

    def __init__(self, model: Path | None = None) -> None:
        """``model`` is the folder of the model whose vectors order the first results as well; None for none."""
        self._model = model

    @property
    def name(self) -> str:
        """Part of the fingerprint of the analysis: an index of another format, or of other facets, is rebuilt."""
        return f"whoosh-{FORMAT} {' '.join(FACETS)}"

    def faults(self) -> tuple[Problem, ...]:
        """See ``Engine.faults``."""
        found = self._model and opened(self._model)
        return (found,) if isinstance(found, Problem) else ()

    def outdated(self, folder: Path) -> bool:
        """See ``Engine.outdated``: vectors are missing, too many, or of another model."""
        kept, model = vectors.model_of(folder), self._usable()
        return kept != model.name if model else bool(kept and self._model is None)

    def _usable(self, name: str = "") -> Model | None:
        """The model; None without one, where it cannot be used, and where it is not the one that is named."""
        found = self._model and opened(self._model)
        return found if isinstance(found, Model) and name in ("", found.name) else None

    def write(self, folder: Path, previous: Path | None, changes: Changes) -> None:
        """Write a generation into ``folder``; see ``Engine.write``."""
        from indexer.engines.ranking.deriving import derive
        from indexer.engines.ranking.hits import Hits
        from indexer.engines.whoosh.writer import write

        write(folder, previous, changes)
        with closing(Segments(folder / FOLDER)) as segments:
            segments.write_words()
            found = derive(segments, changes.catalogue)
            derived.save(found, folder)
            if self._model is None:
                vectors.remove(folder)
                return
            passages = Passages(found, changes.catalogue)
            hits = Hits(segments, passages)
            texts = (hits.document(place).passage.text for place in range(len(passages)))
            vectors.write(folder, changes.before, texts, self._usable(), lambda done: changes.told(done, len(passages)))

    def open(self, folder: Path, on_close: Callable[[], None] | None = None) -> SearchIndex:
        """Open a generation whose manifest was verified.

        Raises:
            IndexDamaged: It cannot be opened, or another version of Consta wrote it.
        """
        from indexer.engines.ranking.by_meaning import ByMeaning
        from indexer.engines.ranking.searcher import Searcher
        from indexer.engines.whoosh import lexicon_file

        catalogue, lexicon = catalogues.load(folder), lexicon_file.load(folder)
        sums = {name.rpartition("/")[2]: found for name, found in block_sums(folder).items()}
        segments = Segments(folder / FOLDER, sums)
        try:
            meaning = None
            if self._model and vectors.model_of(folder):
                rows = vectors.Vectors(folder, sums.get(vectors.FILE, b""))
                meaning = partial(ByMeaning, vectors=rows, model=partial(self._usable, rows.model))
            return Searcher(folder, catalogue, lexicon, segments, derived.load(folder), on_close, meaning)
        except (ValueError, IndexError, KeyError, OSError) as error:
            segments.close()
            raise IndexDamaged(folder, f"no se puede leer ({type(error).__name__})") from error
