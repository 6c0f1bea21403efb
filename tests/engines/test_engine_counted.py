"""Counts by the values of a facet, and of two: every value, none cut, against a plain reading of the texts."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from indexer.engines.live import LiveIndex
from indexer.index.facets import FACETS
from indexer.index.protocol import Engine, SearchIndex
from indexer.index.query import NO_VALUE, Filters, Query, Word
from indexer.index.results import Counted, Tally
from indexer.language.spanish import fold
from indexer.model import PageId
from tests.engines import random_search
from tests.engines.reference_search import Reference
from tests.engines.shelf import DEMO, FORO, Collection, Shelf, fragment, with_page
from tests.engines.test_live_index import publish

pytestmark = pytest.mark.long

MESA_1, MESA_5 = f"{FORO}/mesa-1-capacitacion", f"{FORO}/mesa-5-innovacion"
PERSON = "María Núñez Peña"


def told(found: Counted) -> dict[str | None, tuple[int, int, int]]:
    """Fragments, words and turns by value."""
    return {v.value: (v.tally.fragments, v.tally.words, v.tally.turns) for v in found.values}


def test_each_value_has_its_fragments_words_and_turns(index: SearchIndex) -> None:
    found = index.counted(Query(), "persona")
    assert told(found) == {
        "El C. Presidente": (1, 2, 1),
        PERSON: (3, 11 + 15 + 8, 2),
        None: (3, 9 + 11 + 12, 3),
    }
    assert (found.total.fragments, found.total.words, found.total.turns) == (7, 68, 6)


def test_mesas_stand_in_the_order_of_the_sessions_and_what_has_none_last(index: SearchIndex) -> None:
    found = index.counted(Query(), "mesa")
    assert [(value.value, value.label) for value in found.values] == [
        (MESA_1, "Mesa 1. Capacitación"),
        (MESA_5, "Mesa 5. Innovación tecnológica"),
        (None, ""),
    ]


def test_only_full_matches_count(index: SearchIndex) -> None:
    found = index.counted(Query((Word("capacitación"), Word("municipio"))), "mesa")
    assert told(found) == {MESA_1: (1, 11, 1)}


def test_pairs_of_values_are_counted_and_broader_topics_hold_their_narrower_ones(index: SearchIndex) -> None:
    found = index.counted(Query(), "tema", "mesa")
    assert {pair: tally.fragments for pair, tally in found.pairs.items()} == {
        ("recuento", MESA_1): 1, ("computos", MESA_1): 1, ("computos", MESA_5): 1, ("prep", MESA_5): 2,
        (None, MESA_1): 2, (None, MESA_5): 1, (None, None): 1,
    }  # fmt: skip
    assert found.pairs["prep", MESA_5] == Tally(2, 13 + 15, 2, (PageId.parse(MESA_5), 1))
    assert [value.value for value in found.others] == [MESA_1, MESA_5, None]


def test_turns_whose_speaker_is_inferred_are_counted_apart(shelf: Shelf, collection: Collection) -> None:
    """A turn of two fragments once; what is corrected as well is no other thing."""
    said = (
        fragment(1, "Gracias.", person=PERSON),
        fragment(2, "Abro la mesa.", person=PERSON, inferred=True, turn=2, original="Abro la misa."),
        fragment(3, "Y sigo.", person=PERSON, inferred=True, turn=2),
        fragment(4, "¿Y las urnas?", person="PREGUNTA", original="¿Y las urna?"),
    )
    index = shelf.open(with_page(collection, PageId.parse(MESA_5), said).changes())
    found = index.counted(Query(filters=Filters({"mesa": (MESA_5,)})), "persona")
    assert {v.value: (v.tally.turns, v.tally.inferred) for v in found.values} == {PERSON: (2, 1), "PREGUNTA": (1, 0)}
    stored = index.session(PageId.parse(MESA_5))
    assert stored is not None
    assert [passage.inferred for passage in stored.passages] == [False, True, True, False]


def test_the_first_fragment_of_a_value_is_told(index: SearchIndex) -> None:
    first = {value.value: value.tally.first for value in index.counted(Query(), "persona").values}
    assert first[PERSON] == (PageId.parse(MESA_1), 2)
    assert first[None] == (PageId(FORO), 1)


def test_more_values_than_a_facet_shows_are_all_counted(shelf: Shelf, collection: Collection) -> None:
    many = tuple(fragment(n, "Gracias.", person=f"Ponente {n:02}") for n in range(1, 31))
    index = shelf.open(with_page(collection, PageId.parse(MESA_1), many).changes())
    found = index.counted(Query((Word("gracias"),)), "persona")
    assert len(found.values) == 30
    assert sum(value.tally.fragments for value in found.values) == index.search(Query((Word("gracias"),))).total_full


def test_fictitious_fragments_count_only_where_they_are_asked_for(index: SearchIndex) -> None:
    assert DEMO not in told(index.counted(Query(), "evento"))
    assert told(index.counted(Query(with_fictitious=True), "evento"))[DEMO] == (1, 7, 1)
    assert told(index.counted(Query(filters=Filters({"evento": (DEMO,)})), "evento")) == {DEMO: (1, 7, 1)}


def test_nothing_found_counts_nothing(index: SearchIndex) -> None:
    found = index.counted(Query((Word("inexistente"),), correct=False), "mesa", "tema")
    assert (found.total, len(found.values), len(found.others), found.pairs) == (Tally(0, 0, 0), 0, 0, {})


def test_what_was_searched_instead_is_told_as_in_a_search(index: SearchIndex) -> None:
    query = Query((Word("capacitasion"),), raw="capacitasion")
    found, searched = index.counted(query, "mesa"), index.search(query)
    assert found.corrections == searched.corrections
    assert found.corrections[0].applied
    assert found.total.fragments == searched.total_full > 0


def test_a_filter_finds_what_has_no_value_of_it_alone_and_beside_others(index: SearchIndex) -> None:
    def total(**filters: tuple[str, ...]) -> int:
        return index.search(Query(filters=Filters(filters))).total_full

    assert total(persona=(NO_VALUE,)) == 3
    assert total(persona=(NO_VALUE, "El C. Presidente")) == 4
    assert total(mesa=(NO_VALUE,)) == 1
    assert index.search(Query(also=(Filters({"entidad": (NO_VALUE,)}),))).total_full == 4


def test_the_live_index_counts_what_it_serves(tmp_path_factory: pytest.TempPathFactory, collection: Collection) -> None:
    root = tmp_path_factory.mktemp("vivo") / "indice"
    publish(root, collection)
    live = LiveIndex(root, watch_every_s=None)
    assert live.counted(Query(), "evento").total.fragments == 7
    live.close()


SEED, QUERIES = 20251205, 200


@pytest.fixture
def random_index(shelf: Shelf) -> tuple[SearchIndex, Reference]:
    made = random_search.collection(random.Random(SEED))
    return shelf.open(made.changes()), Reference(made)


def test_counts_equal_a_plain_reading_of_the_texts_on_200_random_queries(
    an_engine: Engine, random_index: tuple[SearchIndex, Reference]
) -> None:
    index, reference = random_index
    rng = random.Random(SEED)
    wrong = []
    told = 0
    for number in range(QUERIES):
        query = random_search.query(rng)
        facet, by = rng.sample(list(FACETS), 2)
        found = index.counted(query, facet, by)
        full, *_ = reference.answer(query)
        told += bool(full)
        expected = read(reference, full, facet, by)
        pairs = {(_key(a, facet), _key(b, by)): tally for (a, b), tally in found.pairs.items()}
        counted = {pair: (t.fragments, t.words, t.turns, t.inferred) for pair, t in pairs.items()}
        values = {_key(v.value, facet): v.tally.fragments for v in found.values}
        alone = Counter(value for d in full for value in _of(reference, d, facet))
        if counted != expected or values != alone or found.total.fragments != len(full):
            wrong.append((number, facet, by, query))
    assert not wrong
    assert told > QUERIES / 4


def read(
    reference: Reference, full: list[int], facet: str, by: str
) -> dict[tuple[str | None, str | None], tuple[int, int, int, int]]:
    """Fragments, words, turns and guessed turns of each pair of values."""
    fragments: dict[tuple[str | None, str | None], list[int]] = {}
    for d in full:
        for value in _of(reference, d, facet):
            for other in _of(reference, d, by):
                fragments.setdefault((value, other), []).append(d)
    docs = reference.docs
    return {
        pair: (
            len(found),
            sum(len(docs[d].words) for d in found),
            len({id(docs[d].run) for d in found}),
            len({id(docs[d].run) for d in found if docs[d].passage.inferred}),
        )
        for pair, found in fragments.items()
    }


def _of(reference: Reference, d: int, facet: str) -> set[str | None]:
    """The values of a fragment, or that it has none."""
    return {_key(value, facet) for value in reference.values(d, facet)} or {None}


def _key(value: str | None, facet: str) -> str | None:
    """Spellings of one folded name are one person."""
    return fold(value) if value is not None and facet == "persona" else value
