"""Orders the first results by their meaning as well, where a model is at hand (decision 0080)."""

from collections.abc import Callable

import numpy as np

from indexer.engines.meaning.model import Model, Vector
from indexer.engines.meaning.vectors import Vectors
from indexer.engines.ranking.arrays import Floats
from indexer.engines.ranking.ranker import DIGITS, SURELY, Matched, Ranker, Shown
from indexer.index.orders import ORDERS
from indexer.index.query import Query, Word
from indexer.language.folding import fold
from indexer.language.spanish import FUNCTION_WORDS

DEPTH = 100
"""How many results are ordered by meaning as well; what comes after them stays where it is."""


class ByMeaning:
    """Pages of results by words and by meaning, which count as much (z-scores), in full and in partial matches."""

    def __init__(self, ranker: Ranker, vectors: Vectors, model: Callable[[], Model | None]) -> None:
        """``model`` gives that of the vectors; None where it cannot be had."""
        self._ranker = ranker
        self._vectors = vectors
        self._model = model
        self.close = vectors.close

    def page(self, query: Query, found: Matched, start: int, stop: int) -> Shown | None:
        """Return the results from ``start`` up to ``stop``; None where nothing but words may order them."""
        asked = query.meaning and ORDERS[query.order].key == "score" and start < min(stop, DEPTH)
        if not asked or found.fragments.size < 2 or not _in_plain_words(query):
            return None
        if (model := self._model()) is None:
            return None
        best = self._ranker.page(found, 0, max(stop, DEPTH), "score")
        likeness = self._vectors.likeness(model.query(query.raw), best.fragments[:DEPTH])
        scores = np.array(best.scores[:DEPTH])
        full = min(best.complete, DEPTH)
        order = [
            part.start + place
            for part in (slice(0, full), slice(full, scores.size))
            for place in _order(scores[part], likeness[part])
        ]
        order.extend(range(len(order), len(best.fragments)))
        shown = order[start:stop]
        fragments, relevance = [best.fragments[at] for at in shown], [best.scores[at] for at in shown]
        return Shown(fragments, relevance, max(0, best.complete - start), best.full, best.partial)


def _in_plain_words(query: Query) -> bool:
    """Whether a query is a few words as people speak: no quotation, operator or field, which say what is wanted."""
    words = [clause.text for clause in query.clauses if isinstance(clause, Word)]
    plain = len(words) == len(query.clauses) and not query.excluded and not query.also
    return plain and sum(fold(word) not in FUNCTION_WORDS for word in words) > 1


def _order(scores: Floats, likeness: Vector) -> list[int]:
    order: list[int] = (-(_standard(scores) + _standard(likeness)).round(DIGITS)).argsort(kind="stable").tolist()
    return order


def _standard(values: Floats | Vector) -> Floats:
    """Standard scores (z), by their own mean and deviation; 0 where all are alike but for rounding."""
    if not values.size or (deviation := values.std(dtype=np.float64)) < SURELY:
        return np.zeros(values.size)
    standard: Floats = (values - values.mean(dtype=np.float64)) / deviation
    return standard
