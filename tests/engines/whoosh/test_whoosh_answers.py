"""The engine against Whoosh's own searcher over the same files: random queries of every kind, in three indexes.

``CONSTA_SEED=7 CONSTA_QUERIES=20000`` asks others, and more of them.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from indexer.engines import engine
from indexer.engines.ranking import scorer
from indexer.engines.whoosh import segment_merging, writer
from indexer.index.protocol import SearchIndex
from indexer.index.query import Query
from indexer.index.results import FacetValue
from indexer.language.spanish import fold
from tests.engines import random_kinds, random_search
from tests.engines.random_kinds import KINDS, Kinds
from tests.engines.shelf import Collection, Shelf
from tests.engines.whoosh.whoosh_reference import WhooshReference

pytestmark = pytest.mark.long

SEED = int(os.environ.get("CONSTA_SEED", "20251204"))
QUERIES = int(os.environ.get("CONSTA_QUERIES", "2268"))
"""In all: as many of each kind in each index."""
MOST_VALUES, OTHERS = 20, "(otros)"


@dataclass(frozen=True)
class Both:
    """One index, open twice.

    Attributes:
        collection: What is in it.
        merges: Of each merge while it was written, how many segments became one.
    """

    index: SearchIndex
    reference: WhooshReference
    collection: Collection
    merges: tuple[int, ...]


def written_at_once(rng: random.Random, shelf: Shelf) -> Collection:
    collection = random_kinds.collection(rng)
    shelf.write(collection.changes())
    return collection


def with_segments_and_deletions(rng: random.Random, shelf: Shelf) -> Collection:
    """Small updates: the old segments stay, with deleted documents."""
    collection = written_at_once(rng, shelf)
    for pages in (1, 2, 1):
        collection, touched = random_kinds.changed(rng, collection, pages)
        shelf.write(collection.changes(touched))
    return collection


def with_a_merged_segment(rng: random.Random, shelf: Shelf) -> Collection:
    """Large updates, after which the engine merges, and small ones."""
    collection = written_at_once(rng, shelf)
    for _ in range(3):
        collection, touched = random_search.updated(rng, collection)
        shelf.write(collection.changes(touched))
    for _ in range(2):
        collection, touched = random_kinds.changed(rng, collection, 1)
        shelf.write(collection.changes(touched))
    return collection


INDEXES: dict[str, Callable[[random.Random, Shelf], Collection]] = {
    made.__name__: made for made in (written_at_once, with_segments_and_deletions, with_a_merged_segment)
}


@pytest.fixture(scope="module", params=list(INDEXES.values()), ids=list(INDEXES))
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """An index, without what neighbours add, beside Whoosh."""
    made: Callable[[random.Random, Shelf], Collection] = request.param
    shelf = Shelf(tmp_path_factory.mktemp("generaciones"), engine())
    merges: list[int] = []

    def merge(storage: FileStorage, index: str, segments: Sequence[W3Segment]) -> W3Segment:
        merges.append(len(segments))
        return segment_merging.merge(storage, index, segments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "merge", merge)
        collection = made(random.Random(f"{SEED} {made.__name__}"), shelf)
        for bonus in ("BIGRAM", "LENT", "LENT_TO_ANSWERS"):
            patch.setattr(scorer, bonus, 0.0)
        patch.setattr(scorer, "ASKED_COUNTS", 1.0)
        index, reference = shelf.open(), WhooshReference(shelf.folders[-1], collection)
        yield Both(index, reference, collection, tuple(merges))
    reference.close()
    shelf.close()


def told(facet: str, values: tuple[FacetValue, ...]) -> list[tuple[str, int]]:
    """What the engine counts of a facet; people by folded name, as spellings of one name are one value."""
    return [(fold(v.value or OTHERS) if facet == "persona" else v.value or OTHERS, v.count) for v in values]


def cut(counts: Counter[str]) -> list[tuple[str, int]]:
    """The largest, equal ones in the order of the sessions, and the rest in one."""
    ranked = counts.most_common()
    rest = sum(n for _, n in ranked[MOST_VALUES:])
    return ranked[:MOST_VALUES] + ([(OTHERS, rest)] if rest else [])


def differences(both: Both, query: Query) -> tuple[list[str], int]:
    """What the engine answers otherwise than Whoosh; how many fragments Whoosh finds."""
    found, expected = both.index.search(query), both.reference.answer(query)
    wrong = []
    totals, wanted = (found.total_full, found.total_partial), (expected.full, len(expected.ranked) - expected.full)
    if totals != wanted:
        wrong.append(f"totals {totals}, not {wanted}")
    hits = [(f"{hit.page}#{hit.passage.number}", hit.full, hit.score) for hit in found.hits]
    shown = expected.ranked[query.offset : query.offset + query.limit]
    if [(name, full) for name, full, _ in hits] != [(name, full) for name, full, _ in shown]:
        wrong.append(f"fragments {hits}, not {shown}")
    scores = {name: score for name, _, score in expected.ranked}
    for name, _, score in hits:
        if abs(score - scores.get(name, 0.0)) > 1e-9:
            wrong.append(f"{name}: {score}, not {scores.get(name)}")
    for facet, counts in expected.counts.items():
        # Equal counts of people stand by the alphabet: there are too few of them for a rest.
        order = sorted if facet == "persona" else list
        if order(told(facet, found.facets[facet])) != order(cut(counts)):
            wrong.append(f"facet {facet}: {told(facet, found.facets[facet])}, not {cut(counts)}")
    return wrong, len(expected.ranked)


@pytest.mark.parametrize("kind", KINDS)
def test_queries_of_every_kind_are_answered_as_whoosh_answers_them(both: Both, kind: str) -> None:
    """Same fragments in the same order, scores to 1e-9, totals, facets of sessions and people."""
    kinds = Kinds(random.Random(f"{SEED} {kind}"), both.collection)
    finding = 0
    each = -(-QUERIES // (len(INDEXES) * len(KINDS)))
    for number in range(each):
        query = replace(KINDS[kind](kinds), correct=False)
        wrong, found = differences(both, query)
        assert wrong == [], f"CONSTA_SEED={SEED}, query {number}: {query}"
        finding += bool(found)
    if kind == "nothing":
        assert finding == 0
    else:
        assert finding >= each // 10, "queries that find nothing tell little"


def test_the_indexes_are_what_they_are_called(both: Both, request: pytest.FixtureRequest) -> None:
    """One segment; several with deleted documents; one that was made of several, and others."""
    segments, deleted = both.reference.segments, both.reference.deleted
    match request.node.callspec.id:
        case "written_at_once":
            assert (segments, deleted, both.merges) == (1, 0, ())
        case "with_segments_and_deletions":
            assert segments > 2
            assert deleted > 5
        case _:
            assert max(both.merges) > 1
            assert segments > 1
