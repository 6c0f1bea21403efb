"""Every engine against a plain reading of the texts, on random queries; an update against a write from nothing."""

from __future__ import annotations

import os
import random
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.index.company import LinesAsked
from indexer.index.protocol import Engine, SearchIndex
from indexer.index.query import Query
from tests.engines import random_search
from tests.engines.reference_search import Reference, union_of
from tests.engines.shelf import Shelf

pytestmark = pytest.mark.long

SEED = int(os.environ.get("CONSTA_SEED", "20251204"))
QUERIES = int(os.environ.get("CONSTA_QUERIES", "300"))
UPDATES = 14


def differences(index: SearchIndex, reference: Reference, query: Query) -> list[str]:
    """What an index answers otherwise than the reference."""
    found = index.search(query)
    full, partial, scores, facets = reference.answer(query)
    names = {id_of(reference, d): d for d in range(len(reference.docs))}
    hits = [names[f"{hit.page}#{hit.passage.number}"] for hit in found.hits]
    wrong = []
    if (found.total_full, found.total_partial) != (len(full), len(partial)):
        wrong.append(f"totals {found.total_full}+{found.total_partial}, not {len(full)}+{len(partial)}")
    if set(hits[: len(full)]) != set(full) or set(hits[len(full) :]) != set(partial):
        wrong.append(f"fragments {hits}, not {full} {partial}")
    for hit, d in zip(found.hits, hits, strict=True):
        if abs(hit.score - scores[d]) > 1e-9 or hit.full != (d in full):
            wrong.append(f"fragment {d}: {hit.score} {hit.full}, not {scores[d]} {d in full}")
        marked = {
            w
            for w, word in enumerate(reference.docs[d].words)
            if any(start < word.end and word.start < end for start, end in hit.marks)
        }
        if marked != union_of(reference.marking, d):
            wrong.append(f"marks of fragment {d}: {marked}, not {union_of(reference.marking, d)}")
        if list(hit.marks) != sorted(hit.marks) or any(a[1] > b[0] for a, b in pairwise(hit.marks)):
            wrong.append(f"marks of fragment {d} overlap: {hit.marks}")
    # Sums in another order may differ in their last digit: equal scores are compared as rounded ones.
    by_score = query.order == "relevancia"
    place = {d: at for at, d in enumerate((*full, *partial))}
    keys = [
        (not hit.full, -round(hit.score, 9) if by_score else place.get(d, -1), d)
        for hit, d in zip(found.hits, hits, strict=True)
    ]
    if keys != sorted(keys):
        wrong.append(f"order {keys}")
    for name, expected in facets.items():
        counted = {value.value: value.count for value in found.facets[name]}
        if name == "persona":  # spellings of one folded name are one value
            expected = reference.by_folded_name(expected)
            counted = reference.by_folded_name(counted)
        if counted != {value: n for value, n in expected.items() if n}:
            wrong.append(f"facet {name}: {counted}, not {dict(expected)}")
    if query.limit >= len(full) and not query.offset:
        marked = sorted((d, mark) for hit, d in zip(found.hits, hits, strict=True) if hit.full for mark in hit.marks)
        lines = index.lines(query, LinesAsked())
        told = [
            (names[f"{one.hit.page}#{one.hit.passage.number}"], (one.start, one.end)) for one in lines.part(0, 10**6)
        ]
        if told != marked or lines.total != len(marked):
            wrong.append(f"lines are {told}, not {marked}")
    return wrong


def id_of(reference: Reference, d: int) -> str:
    """``page#number`` of a fragment."""
    return f"{reference.docs[d].page}#{reference.docs[d].passage.number}"


@pytest.mark.parametrize("part", range(3))
def test_random_queries_are_answered_as_a_plain_reading_answers_them(shelf: Shelf, part: int) -> None:
    """Over an index with several segments and deleted documents."""
    rng = random.Random(f"{SEED} {part}")
    collection = random_search.grown(rng, shelf, 4)
    index, reference = shelf.open(), Reference(collection)
    for number in range(QUERIES // 3):
        query = random_search.query(rng)
        assert differences(index, reference, query) == [], f"CONSTA_SEED={SEED}, part {part}, query {number}: {query}"


@pytest.mark.parametrize("part", range(2))
def test_an_index_that_grew_by_updates_answers_as_one_written_anew(
    tmp_path: Path, an_engine: Engine, part: int
) -> None:
    """Same fragments, order, scores to the last bit, totals, facets, marks, pages and words."""
    rng = random.Random(f"{SEED} updates {part}")
    collection = random_search.collection(rng)
    grown = Shelf(tmp_path / "grown", an_engine)
    grown.write(collection.changes())
    try:
        for step in range(UPDATES):
            collection, touched = random_search.updated(rng, collection)
            grown.write(collection.changes(touched))
            if step % 3 and step < UPDATES - 1:
                continue
            anew = Shelf(tmp_path / f"anew{step}", an_engine)
            old, new = grown.open(), anew.open(collection.changes())
            note = f"CONSTA_SEED={SEED}, part {part}, step {step}"
            for _ in range(25):
                query = random_search.query(rng)
                assert old.search(query) == new.search(query), f"{note}: {query}"
            for page in collection.pages:
                assert old.session(page, query) == new.session(page, query), f"{note}: {page}"
            for prefix in ("", "vo", "capac", "zzz"):
                assert old.terms(prefix, 7) == new.terms(prefix, 7), f"{note}: {prefix}"
            assert old.overview() == new.overview(), note
            anew.close()
    finally:
        grown.close()
