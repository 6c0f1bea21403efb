"""What every engine answers, on a real index on the disk. The collection is in ``conftest.py``."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from dataclasses import replace

import pytest

from indexer.errors import Problem
from indexer.index.catalogue import MOST_WARNINGS
from indexer.index.facets import FACETS
from indexer.index.orders import ORDERS
from indexer.index.protocol import SearchIndex
from indexer.index.query import AnyOf, Filters, Phrase, Prefix, Query, Word
from indexer.index.results import Hit, Results
from indexer.model import PageId
from indexer.model.vocabulary import Topic
from indexer.program import STAFF
from tests.engines.shelf import DEMO, FORO, Collection, Shelf, fragment, with_page

MESA_1 = PageId(FORO, "mesa-1-capacitacion")
MESA_5 = PageId(FORO, "mesa-5-innovacion")
MESA_X = PageId(DEMO, "mesa-5-ensayo")
ANNOUNCEMENT = f"{FORO}#1"


def words(text: str, **more: object) -> Query:
    """A query of loose words."""
    return Query(tuple(Word(word) for word in text.split()), **more)  # type: ignore[arg-type]


def phrase(text: str, slop: int | None = None) -> Phrase:
    """A quoted phrase."""
    return Phrase(tuple(text.split()), slop)


def filtered(**filters: object) -> Query:
    """A query of filters alone."""
    dates = {name: filters.pop(name, None) for name in ("since", "until")}
    return Query(filters=Filters(filters, **dates))  # type: ignore[arg-type]


def ids(results: Results) -> list[str]:
    """The hits, as ``page#number``."""
    return [f"{hit.page}#{hit.passage.number}" for hit in results.hits]


def marked(hit: Hit) -> list[str]:
    """The marked pieces of a hit's text."""
    return [hit.passage.text[start:end] for start, end in hit.marks]


def counts(results: Results, facet: str) -> dict[str | None, int]:
    """A facet as a mapping."""
    return {value.value: value.count for value in results.facets[facet]}


# What matches


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_of_the_table_is_an_order_of_the_engine(index: SearchIndex, order: str) -> None:
    found = index.search(words("capacitación", order=order))
    assert found.total_full > 0
    assert len(found.hits) == found.total_full + found.total_partial


def test_an_empty_query_lists_all_in_the_order_of_the_sessions(index: SearchIndex) -> None:
    found = index.search(Query())
    assert ids(found) == [
        ANNOUNCEMENT, f"{MESA_1}#1", f"{MESA_1}#2", f"{MESA_1}#3", f"{MESA_5}#1", f"{MESA_5}#2", f"{MESA_5}#3",
    ]  # fmt: skip
    assert (found.total_full, found.total_partial) == (7, 0)
    assert all(hit.full and hit.score == 0 and not hit.marks for hit in found.hits)


def test_a_word_meets_its_other_forms_and_the_exact_one_ranks_first(index: SearchIndex) -> None:
    found = index.search(words("capacitación"))
    assert ids(found) == [ANNOUNCEMENT, f"{MESA_1}#2", f"{MESA_1}#1"]
    assert [marked(hit) for hit in found.hits] == [["capacitación"], ["capacitación"], ["capacitar"]]


@pytest.mark.parametrize("typed", ["capacitacion", "CAPACITACIÓN", "capacitacio\u0301n"])
def test_accents_case_and_decomposed_letters_do_not_matter(index: SearchIndex, typed: str) -> None:
    expected, found = index.search(words("capacitación")), index.search(words(typed))
    assert ids(found) == ids(expected)
    assert [hit.score for hit in found.hits] == [hit.score for hit in expected.hits]


def test_full_matches_come_before_partial_ones_and_are_counted_apart(index: SearchIndex) -> None:
    found = index.search(words("capacitación casilla"))
    assert ids(found)[0] == f"{MESA_1}#2"
    assert [hit.full for hit in found.hits] == [True, False, False]
    assert (found.total_full, found.total_partial) == (1, 2)


def test_a_weak_full_match_stands_before_a_strong_partial_one(shelf: Shelf, collection: Collection) -> None:
    long = "urna " + "relleno " * 2_000 + "boleta"
    changed = with_page(collection, MESA_1, (fragment(1, "urna urna urna"), fragment(2, long)))
    found = shelf.open(changed.changes()).search(words("urna boleta"))
    assert ids(found) == [f"{MESA_1}#2", f"{MESA_1}#1"]
    assert found.hits[0].score < found.hits[1].score
    assert [hit.full for hit in found.hits] == [True, False]


def test_a_phrase_holds_exact_forms_in_order(index: SearchIndex) -> None:
    assert ids(index.search(Query((phrase("la capacitacion electoral"),)))) == [f"{MESA_1}#2"]
    assert ids(index.search(Query((phrase("electoral capacitación"),)))) == []
    assert ids(index.search(Query((phrase("la capacitar"),)))) == []


def test_a_phrase_always_holds_beside_loose_words(index: SearchIndex) -> None:
    found = index.search(Query((Word("consejera"), phrase("la capacitación"))))
    assert ids(found) == []
    found = index.search(Query((Word("casilla"), Word("consejera"), phrase("la capacitación"))))
    assert (ids(found), found.total_full, found.total_partial) == ([f"{MESA_1}#2"], 0, 1)


def test_a_phrase_may_cross_fragments_of_a_turn_and_is_found_where_it_begins(index: SearchIndex) -> None:
    found = index.search(Query((phrase("voto de las mujeres jóvenes"),)))
    assert ids(found) == [f"{MESA_5}#2"]
    assert marked(found.hits[0]) == ["voto de las"]


def test_a_phrase_never_crosses_a_turn(index: SearchIndex) -> None:
    assert ids(index.search(Query((phrase("del INE el Programa"),)))) == []
    assert ids(index.search(Query((phrase("cada municipio gracias"),)))) == []
    assert ids(index.search(Query((phrase("INE programa", 5),)))) == []


@pytest.mark.parametrize(("slop", "found"), [(0, False), (1, False), (2, True), (9, True)])
def test_proximity_allows_so_many_other_words_in_any_order(index: SearchIndex, slop: int, found: bool) -> None:
    hits = index.search(Query((phrase("mujeres voto", slop),))).hits
    assert [f"{hit.page}#{hit.passage.number}" for hit in hits] == ([f"{MESA_5}#2"] if found else [])


def test_proximity_wants_a_word_as_often_as_it_was_typed(index: SearchIndex) -> None:
    assert ids(index.search(Query((phrase("cada cada", 3),)))) == [f"{MESA_1}#2"]
    assert ids(index.search(Query((phrase("cada cada cada", 50),)))) == []
    assert marked(index.search(Query((phrase("cada cada", 3),))).hits[0]) == ["cada", "cada"]


def test_a_prefix_meets_every_word_that_begins_so(index: SearchIndex) -> None:
    found = index.search(Query((Prefix("capacita"),)))
    assert sorted(ids(found)) == [ANNOUNCEMENT, f"{MESA_1}#1", f"{MESA_1}#2"]
    assert ids(index.search(Query((Prefix("zzz"),)))) == []


def test_a_prefix_of_too_many_words_is_cut_with_a_notice(shelf: Shelf, collection: Collection) -> None:
    text = " ".join(f"voz{number}" for number in range(70)) + " voz69 fin"
    changed = with_page(collection, MESA_1, (fragment(1, text), fragment(2, "voz69 sola"), fragment(3, "voz9 voz8")))
    index = shelf.open(changed.changes())
    found = index.search(Query((Prefix("voz"),)))
    assert len(found.notices) == 1
    assert "64" in found.notices[0]
    assert f"{MESA_1}#2" in ids(found)
    assert index.search(Query((Prefix("voz6"),))).notices == ()


def test_an_or_group_is_one_loose_clause_even_with_phrases(index: SearchIndex) -> None:
    group = AnyOf((Word("consejera"), phrase("del INE")))
    found = index.search(Query((group,)))
    assert sorted(ids(found)) == [f"{MESA_1}#3", f"{MESA_5}#1"]
    assert found.total_partial == 0
    found = index.search(Query((Word("gracias"), group)))
    assert [(hit.full, hit.passage.number) for hit in found.hits] == [(True, 3), (False, 1)]


def test_function_words_drop_out_unless_nothing_else_remains(index: SearchIndex) -> None:
    assert ids(index.search(words("la de capacitación"))) == ids(index.search(words("capacitación")))
    alone = index.search(words("a"))
    assert set(ids(alone)) == {f"{MESA_1}#1", f"{MESA_1}#2"}
    assert ids(index.search(Query((Word("a"), phrase("del INE"))))) == [f"{MESA_5}#1"]
    assert ids(index.search(Query((AnyOf((Word("de"), Word("consejera"))),)))) == [f"{MESA_1}#3"]


def test_a_word_of_several_parts_wants_them_all_and_is_marked_whole(index: SearchIndex) -> None:
    found = index.search(words("político-electoral"))
    assert ids(found) == [f"{MESA_5}#3"]
    assert marked(found.hits[0]) == ["político-electoral"]


def test_words_without_a_letter_are_left_out(index: SearchIndex) -> None:
    assert ids(index.search(words("¿¿ capacitación --"))) == ids(index.search(words("capacitación")))
    assert index.search(words("??? ***")).total_full == 7


def test_exclusions_leave_out_stems_and_exact_phrases(index: SearchIndex) -> None:
    found = index.search(replace(words("capacitación"), excluded=(Word("casillas"),)))
    assert ids(found) == [ANNOUNCEMENT, f"{MESA_1}#1"]
    found = index.search(replace(words("capacitación"), excluded=(phrase("capacitación electoral"), Prefix("anun"))))
    assert ids(found) == [f"{MESA_1}#1"]


def test_exclusions_alone_list_the_rest_in_order_of_the_sessions(index: SearchIndex) -> None:
    found = index.search(Query(excluded=(Word("capacitación"),)))
    assert ids(found) == [f"{MESA_1}#3", f"{MESA_5}#1", f"{MESA_5}#2", f"{MESA_5}#3"]
    assert found.total_full == 4
    assert all(hit.full for hit in found.hits)


# Topics


@pytest.mark.parametrize("typed", ["PREP", "Programa de Resultados Electorales Preliminares"])
def test_an_acronym_and_its_long_name_find_the_same(index: SearchIndex, typed: str) -> None:
    found = index.search(words(typed))
    full = [hit for hit in found.hits if hit.full]
    assert {f"{hit.page}#{hit.passage.number}" for hit in full} == {f"{MESA_5}#1", f"{MESA_5}#2"}
    assert found.total_full == 2
    assert [(e.text, e.topic) for e in found.expansions] == [(typed, "prep")]
    pieces = {hit.passage.number: marked(hit) for hit in full}
    assert pieces == {1: ["PREP"], 2: ["Programa de Resultados Electorales Preliminares"]}


def test_the_name_of_a_topic_is_one_clause_whose_words_count_where_little_is_found(index: SearchIndex) -> None:
    found = index.search(words("oficial Programa de Resultados Electorales Preliminares jornada"))
    assert (found.total_full, found.total_partial) == (0, 4)
    named = {f"{MESA_5}#1", f"{MESA_5}#2"}
    assert {hit for hit, _ in zip(ids(found), named, strict=False)} == named
    assert {mark for hit in found.hits[2:] for mark in marked(hit)} <= {
        "resultados",
        "electoral",
        "jornada",
        "programa",
    }


def test_where_enough_is_found_the_name_of_a_topic_stays_one_clause(shelf: Shelf, collection: Collection) -> None:
    texts = (*["El PREP cerró."] * 9, "Los resultados preliminares.", "El PREP cerró.")
    page = tuple(fragment(number, text, topics=()) for number, text in enumerate(texts, 1))
    for size, expected in ((10, (9, 1)), (11, (10, 0))):
        some = replace(collection, pages={MESA_1: page[:size] if size == 10 else page})
        results = shelf.open(some.changes(fresh=True)).search(words("Programa de Resultados Electorales Preliminares"))
        assert (results.total_full, results.total_partial) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("SE", ["#1", "#3"]),
        ("informe SE", ["#1", "#3"]),
        ("se", ["#1", "#2"]),
        ("informe se", ["#1"]),
        ("SE INFORME", ["#1", "#3", "#2"]),
    ],
)
def test_an_acronym_that_is_a_word_in_small_letters_matches_in_capitals_only(
    shelf: Shelf, collection: Collection, typed: str, found: list[str]
) -> None:
    topic = Topic("se", "Supervisor electoral", acronyms=("SE",), capitals_only=("SE",))
    texts = ("El SE rindió un informe.", "Se acabó.", "El supervisor electoral llegó.")
    page = tuple(fragment(number, text, topics=()) for number, text in enumerate(texts, 1))
    only = replace(collection, topics=(topic,), pages={MESA_1: page})
    results = shelf.open(only.changes(fresh=True)).search(words(typed))
    assert sorted(hit.removeprefix(str(MESA_1)) for hit in ids(results)) == sorted(found)


def test_without_expansion_only_the_words_are_searched(index: SearchIndex) -> None:
    found = index.search(words("PREP", expand=False))
    assert (ids(found), found.expansions) == ([f"{MESA_5}#1"], ())


def test_quoted_names_of_topics_are_not_widened(index: SearchIndex) -> None:
    assert ids(index.search(Query((phrase("PREP"),)))) == [f"{MESA_5}#1"]


def test_an_alternative_may_name_a_topic(index: SearchIndex) -> None:
    found = index.search(Query((AnyOf((Word("PREP"), Word("consejera"))),)))
    assert set(ids(found)) == {f"{MESA_5}#1", f"{MESA_5}#2", f"{MESA_1}#3"}


# Filters


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"mesa": ("5",)}, [f"{MESA_5}#1", f"{MESA_5}#2", f"{MESA_5}#3"]),
        ({"mesa": ("mesa-5-innovacion",)}, [f"{MESA_5}#1", f"{MESA_5}#2", f"{MESA_5}#3"]),
        ({"mesa": (str(MESA_1), "5"), "tipo": ("descripcion",)}, [f"{MESA_1}#1"]),
        ({"tipo": ("anuncio", "descripcion")}, [ANNOUNCEMENT, f"{MESA_1}#1"]),
        ({"persona": ("maria nuñez peña",)}, [f"{MESA_1}#2", f"{MESA_5}#2", f"{MESA_5}#3"]),
        ({"persona": ("maria-nunez-pena",)}, [f"{MESA_1}#2", f"{MESA_5}#2", f"{MESA_5}#3"]),
        ({"persona": ("Pena",)}, [f"{MESA_1}#2", f"{MESA_5}#2", f"{MESA_5}#3"]),
        ({"persona": ("Mar",)}, []),
        ({"persona": ("el c. presidente",)}, [f"{MESA_1}#3"]),
        ({"entidad": ("Sonora",)}, [f"{MESA_1}#2", f"{MESA_5}#2", f"{MESA_5}#3"]),
        ({"entidad": ("IEE Sonora",)}, [f"{MESA_1}#2", f"{MESA_5}#2", f"{MESA_5}#3"]),
        ({"menciona": ("INE",)}, [f"{MESA_5}#1"]),
        ({"menciona": ("instituto nacional electoral",)}, [f"{MESA_5}#1"]),
        ({"tema": ("recuento",)}, [f"{MESA_1}#2"]),
        ({"tema": ("computos",)}, [f"{MESA_1}#2", f"{MESA_5}#2"]),
        ({"tema": ("Cómputos",)}, [f"{MESA_1}#2", f"{MESA_5}#2"]),
        ({"version": ("estenografica",)}, [f"{MESA_1}#2", f"{MESA_1}#3"]),
        ({"evento": ("no-existe",)}, []),
        ({"mesa": ("99",)}, []),
        ({"tema": ("prep",), "entidad": ("sonora",)}, [f"{MESA_5}#2"]),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_it_names(index: SearchIndex, filters: dict[str, object], expected: list[str]) -> None:
    assert ids(index.search(filtered(**filters))) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (dt.date(2025, 12, 5), None, 4),  # the announcement and the undated session may be of the 5th
        (None, dt.date(2025, 12, 4), 7),
        (dt.date(2025, 12, 6), None, 0),
        (dt.date(2025, 12, 4), dt.date(2025, 12, 4), 7),
        (None, dt.date(2025, 12, 3), 0),
    ],
)
def test_dates_take_the_session_or_the_range_of_its_event(
    index: SearchIndex, since: dt.date | None, until: dt.date | None, expected: int
) -> None:
    assert index.search(filtered(since=since, until=until)).total_full == expected


def test_fields_of_the_text_hold_beside_the_parameters(index: SearchIndex) -> None:
    query = Query(
        filters=Filters({"tipo": ("transcripcion",)}),
        also=(Filters({"mesa": ("1",)}), Filters({"persona": ("x", "y")})),
    )
    assert ids(index.search(query)) == []
    query = replace(query, also=(Filters({"mesa": ("1",)}),))
    assert ids(index.search(query)) == [f"{MESA_1}#2", f"{MESA_1}#3"]
    assert counts(index.search(query), "tipo") == {"transcripcion": 2, "descripcion": 1}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (words("ficticia"), False),
        (words("ficticia", with_fictitious=True), True),
        (words("ficticia", filters=Filters({"evento": (DEMO,)})), True),
        (words("ficticia", filters=Filters({"mesa": (str(MESA_X),)})), True),
        (words("ficticia", also=(Filters({"evento": (DEMO,)}),)), True),
        (words("ficticia", filters=Filters({"mesa": ("5",)})), False),
        (words("ficticia", filters=Filters({"mesa": ("mesa-5-ensayo",)})), False),
        (words("ficticia", filters=Filters({"evento": (FORO,)})), False),
    ],
)
def test_fictitious_events_are_hidden_unless_asked_for(index: SearchIndex, query: Query, shown: bool) -> None:
    found = index.search(query)
    assert ids(found) == ([f"{MESA_X}#1"] if shown else [])
    assert (DEMO in counts(found, "evento")) is shown


# Facets


def test_facets_count_full_and_partial_matches_in_words(index: SearchIndex) -> None:
    found = index.search(words("capacitación casilla"))
    assert [(v.value, v.label, v.count) for v in found.facets["mesa"]] == [(str(MESA_1), "Mesa 1. Capacitación", 2)]
    assert {v.label for v in found.facets["tipo"]} == {"Anuncio", "Descripción", "Transcripción"}
    assert set(found.facets) == set(FACETS)


def test_a_facet_is_counted_without_its_own_filter(index: SearchIndex) -> None:
    found = index.search(filtered(mesa=("1",), tipo=("transcripcion",)))
    assert counts(found, "mesa") == {str(MESA_1): 2, str(MESA_5): 3}
    assert counts(found, "tipo") == {"transcripcion": 2, "descripcion": 1}
    assert counts(found, "persona") == {"María Núñez Peña": 1, "El C. Presidente": 1}


def test_choosing_a_value_of_a_facet_finds_as_many_as_it_said(index: SearchIndex) -> None:
    for facet, values in index.search(Query()).facets.items():
        assert values
        for value in values:
            assert index.search(filtered(**{facet: (value.value,)})).total_full == value.count


def test_beyond_the_twenty_largest_a_facet_sums_up(shelf: Shelf, collection: Collection) -> None:
    people = [fragment(n, "voto", person=f"Persona {n:02}") for n in range(1, 24)] + [
        fragment(24, "voto", person="Persona 23")
    ]
    index = shelf.open(with_page(collection, MESA_1, tuple(people)).changes())
    values = index.search(words("voto", filters=Filters({"mesa": ("1",)}))).facets["persona"]
    assert (values[0].value, values[0].count) == ("Persona 23", 2)
    assert len(values) == 21
    assert (values[-1].value, values[-1].label, values[-1].count) == (None, "otros", 3)


def test_spellings_of_one_person_are_one_value(shelf: Shelf, collection: Collection) -> None:
    spoken = [fragment(1, "uno", person="José Peña"), fragment(2, "dos", person="JOSE PEÑA")]
    spoken += [fragment(3, "tres", person="José Peña"), fragment(4, "cuatro", person="José Pena")]
    index = shelf.open(with_page(collection, MESA_1, tuple(spoken)).changes())
    found = index.search(filtered(mesa=("1",)))
    assert counts(found, "persona") == {"José Peña": 3, "José Pena": 1}


@pytest.mark.parametrize("other", ["Jose Maria", "JOSÉ MARÍA", "JOSE MARIA"])
def test_of_spellings_as_frequent_the_accented_one_is_shown(shelf: Shelf, collection: Collection, other: str) -> None:
    spoken = (fragment(1, "uno", person=other), fragment(2, "dos", person="José María"))
    index = shelf.open(with_page(collection, MESA_1, spoken).changes())
    assert counts(index.search(filtered(mesa=("1",))), "persona") == {"José María": 2}


# The list


def test_pages_of_the_list_join_without_gap_or_repetition(index: SearchIndex) -> None:
    query = words("capacitación casilla votos mujeres PREP")
    whole = index.search(replace(query, limit=100))
    parts = [index.search(replace(query, limit=2, offset=offset)) for offset in range(0, 8, 2)]
    assert [name for part in parts for name in ids(part)] == ids(whole)
    assert all(part.total_partial == whole.total_partial == len(whole.hits) for part in parts)


@pytest.mark.parametrize(("offset", "limit"), [(7, 10), (10**30, 10), (0, 0), (-5, 3)])
def test_a_page_past_the_end_is_empty(index: SearchIndex, offset: int, limit: int) -> None:
    found = index.search(Query(offset=offset, limit=limit))
    assert len(found.hits) == (3 if offset < 0 else 0)
    assert found.total_full == 7


def test_chronological_order_keeps_full_matches_first(index: SearchIndex) -> None:
    found = index.search(words("capacitación casilla", order="cronologico"))
    assert ids(found) == [f"{MESA_1}#2", ANNOUNCEMENT, f"{MESA_1}#1"]


@pytest.mark.local
def test_the_newest_session_comes_first_in_reading_order_and_no_partial_match_before_a_full_one(
    index: SearchIndex,
) -> None:
    found = index.search(words("capacitación casilla", order="reciente"))
    assert ids(found) == [f"{MESA_1}#2", f"{MESA_1}#1", ANNOUNCEMENT]
    everything = index.search(Query(order="reciente"))
    assert ids(everything) == [
        f"{MESA_5}#1", f"{MESA_5}#2", f"{MESA_5}#3", f"{MESA_1}#1", f"{MESA_1}#2", f"{MESA_1}#3", ANNOUNCEMENT,
    ]  # fmt: skip
    parts = [index.search(words("capacitación casilla", order="reciente", offset=at, limit=1)) for at in range(3)]
    assert [id for part in parts for id in ids(part)] == ids(found)
    assert (
        [h.score for part in parts for h in part.hits]
        == [h.score for h in found.hits]
        != sorted(h.score for h in found.hits)
    )


def test_equal_scores_stand_in_the_order_of_the_sessions(shelf: Shelf, collection: Collection) -> None:
    same = tuple(fragment(number, "boleta única") for number in range(1, 30))
    index = shelf.open(with_page(collection, MESA_1, same).changes())
    assert ids(index.search(words("boleta", limit=7))) == [f"{MESA_1}#{n}" for n in range(1, 8)]


# Pages, overview, words


def test_a_fragment_comes_back_as_it_was_written(index: SearchIndex, collection: Collection) -> None:
    for page, passages in collection.pages.items():
        for passage in passages:
            assert index.passage(page, passage.number) == passage
    assert index.passage(MESA_1, 99) is None
    assert index.passage(PageId("no", "existe"), 1) is None


def test_a_stretch_of_a_page_is_its_fragments_in_reading_order(index: SearchIndex, collection: Collection) -> None:
    passages = collection.pages[MESA_5]
    assert index.stretch(MESA_5, 0, 99) == passages
    assert index.stretch(MESA_5, 1, 2) == passages[1:2]
    assert index.stretch(MESA_5, -5, 1) == passages[:1]
    assert index.stretch(MESA_5, 3, 2) == index.stretch(MESA_5, 99, 100) == ()
    assert index.stretch(PageId("no", "existe"), 0, 9) == ()


def test_a_page_comes_in_reading_order_with_marks_where_the_words_match(index: SearchIndex) -> None:
    page = index.session(MESA_5, Query((Word("PREP"), Word("jóvenes"))))
    assert page is not None
    assert page.session is not None
    assert (page.id, page.event.slug, page.session.number) == (MESA_5, FORO, 5)
    assert [p.number for p in page.passages] == [1, 2, 3]
    texts = {p.number: p.text for p in page.passages}
    assert {n: [texts[n][a:b] for a, b in spans] for n, spans in page.marks.items()} == {
        1: ["PREP"], 2: ["Programa de Resultados Electorales Preliminares"], 3: ["jóvenes"],
    }  # fmt: skip


def test_pages_of_fictitious_events_and_empty_ones_answer(index: SearchIndex) -> None:
    page = index.session(MESA_X)
    assert page is not None
    assert len(page.passages) == 1
    assert page.marks == {}
    empty = index.session(PageId(DEMO))
    assert empty is not None
    assert empty.passages == ()
    assert index.session(PageId(FORO, "no-existe")) is None


def test_single_words_of_a_phrase_and_exclusions_are_never_marked(index: SearchIndex) -> None:
    page = index.session(MESA_1, Query((phrase("cada casilla"),), excluded=(Word("consejera"),)))
    assert page is not None
    assert {n: len(spans) for n, spans in page.marks.items()} == {2: 1}
    assert index.session(MESA_1, Query(excluded=(Word("consejera"),))).marks == {}  # type: ignore[union-attr]


def test_the_overview_counts_topics_with_narrower_ones_and_fictitious_apart(index: SearchIndex) -> None:
    overview = index.overview()
    assert overview.topic_counts == {"prep": 2, "computos": 2, "recuento": 1}
    assert overview.topic_counts_fictitious == {"prep": 1}
    assert overview.passages == 7
    assert overview.catalogue.edition == "3f9c01d2ab77"


def test_terms_are_the_indexed_words_most_frequent_first(index: SearchIndex) -> None:
    assert index.terms("capac", 10) == (("capacitacion", 3), ("capacitar", 1))
    assert index.terms("capac", 1) == (("capacitacion", 3),)
    assert index.terms("zzz", 5) == ()
    assert index.terms("c", 0) == ()


def test_a_generation_is_pinned_by_itself(index: SearchIndex) -> None:
    with index.pinned() as pinned:
        assert pinned.health() == index.health()


def test_health_tells_the_edition(index: SearchIndex) -> None:
    health = index.health()
    assert (health.edition, health.passages) == ("3f9c01d2ab77", 8)
    assert health.built_at.startswith("2026-01-02T03:04:05")


def test_health_tells_the_first_warnings_and_how_many_more(shelf: Shelf, collection: Collection) -> None:
    problems = tuple(Problem(f"mesa-{n}", "falla", "cura", "aviso") for n in range(MOST_WARNINGS + 1_000))
    changes = collection.changes()
    index = shelf.open(replace(changes, catalogue=replace(changes.catalogue, problems=problems)))
    warnings = index.health().warnings
    assert warnings[:MOST_WARNINGS] == tuple(map(str, problems[:MOST_WARNINGS]))
    assert warnings[MOST_WARNINGS:] == (f"… y 1,000 más; todos los dice: {STAFF} revisar",)


def test_an_index_of_nothing_answers(shelf: Shelf) -> None:
    index = shelf.open(Collection((), ()).changes())
    assert index.search(words("capacitación PREP")).total_full == 0
    assert index.search(Query((phrase("a b", 3), Prefix("cap")), excluded=(Word("x"),))).hits == ()
    assert index.terms("a", 5) == ()
    assert index.overview().passages == 0


# Bad input, threads


HOSTILE = [
    "\ud800", "a\ud800b", "\x00", "capaci\x00tación", "a" * 50_000, "ñ" * 70, "(" * 10_000, "*", "e\u0301" * 3_000,
    "capacitacio\u0301n", "\u202eabc", "𝕡𝕣𝕖𝕡", "١٢٣", "ﬁn", "'; DROP TABLE", "I.N.E.", "1,500.75",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text)[:12])
def test_whatever_was_typed_is_answered(index: SearchIndex, text: str) -> None:
    term_kinds = (Word(text), Prefix(text), Phrase((text, "la")), Phrase((text, text), 10**40), Phrase((text,), -3))
    for term in term_kinds:
        index.search(Query((term,)))
        index.search(Query((Word("capacitación"), AnyOf((term, Word("PREP")))), excluded=(term,)))
    for name in FACETS:
        index.search(filtered(**{name: (text,)}))
    index.terms(text, 5)
    assert index.passage(PageId(text, text), 1) is None
    assert index.session(PageId(text)) is None


def test_a_million_letters_are_answered(index: SearchIndex) -> None:
    long = "palabra " * 120_000
    assert index.search(Query((Word("x" * 1_000_000), Word("capacitación")))).total_partial == 3
    assert index.search(Query((Phrase((long,)),))).total_full == 0


def test_many_threads_get_the_answers_of_one(index: SearchIndex) -> None:
    queries = [words("capacitación PREP"), Query((phrase("voto de las mujeres"),)), Query((Prefix("cap"),)), Query()]
    expected = [index.search(query) for query in queries]
    wrong: list[object] = []

    def ask(turn: int) -> None:
        for step in range(40):
            place = (turn + step) % len(queries)
            if index.search(queries[place]) != expected[place]:
                wrong.append(queries[place])
            index.session(MESA_5, queries[place])

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_open_index_answers_though_its_folder_is_deleted(shelf: Shelf, collection: Collection) -> None:
    index = shelf.open(collection.changes())
    shutil.rmtree(index.folder)
    assert index.search(words("capacitación")).hits
    assert index.session(MESA_1) is not None


def test_closing_twice_lets_go_once(shelf: Shelf, collection: Collection) -> None:
    folder = shelf.write(collection.changes())
    closed: list[bool] = []
    index = shelf.engine.open(folder, lambda: closed.append(True))
    index.close()
    index.close()
    assert closed == [True]


# Updates


def test_an_update_replaces_adds_and_takes_out_pages(shelf: Shelf, collection: Collection) -> None:
    shelf.write(collection.changes())
    pages = {p: found for p, found in collection.pages.items() if p != PageId(FORO)}
    pages[MESA_1] = (fragment(7, "Ahora se habla de urnas electrónicas."),)
    after = replace(collection, pages=pages)
    index = shelf.open(after.changes({MESA_1}))
    assert ids(index.search(words("capacitación"))) == []
    assert ids(index.search(words("urnas"))) == [f"{MESA_1}#7"]
    assert index.session(PageId(FORO)) is None
    assert index.terms("capacitac", 5) == (("capacitacion", 1),)
    assert index.health().passages == 5


def test_the_generation_before_keeps_its_bytes_and_its_answers(shelf: Shelf, collection: Collection) -> None:
    first = shelf.write(collection.changes())
    bytes_before = {p.relative_to(first): p.read_bytes() for p in first.rglob("*") if p.is_file()}
    old = shelf.open()
    answer = old.search(words("capacitación"))
    changed = with_page(collection, MESA_1, (fragment(7, "Ahora se habla de urnas electrónicas."),))
    shelf.open(changed.changes({MESA_1}))
    assert {p.relative_to(first): p.read_bytes() for p in first.rglob("*") if p.is_file()} == bytes_before
    assert old.search(words("capacitación")) == answer
    assert old.passage(MESA_1, 2) is not None


def test_what_is_written_anew_holds_no_byte_of_a_withdrawn_text(shelf: Shelf, collection: Collection) -> None:
    secret = with_page(collection, MESA_1, (fragment(1, "zarigüeyaretirada " * 3),))
    shelf.write(secret.changes())
    shelf.write(collection.changes(fresh=True))
    words_left = shelf.open().terms("zari", 5)
    assert words_left == ()
    files = [path.read_bytes() for path in shelf.folders[-1].rglob("*") if path.is_file()]
    assert not any(b"zariguey" in content for content in files)


def test_a_word_that_is_gone_no_longer_widens_a_query(shelf: Shelf, collection: Collection) -> None:
    """«almacén» lets «almacen» meet «almacenamiento»; without it they are strangers, as in an index written anew."""
    other = with_page(collection, MESA_5, (fragment(1, "El almacenamiento de boletas."),))
    both = with_page(other, MESA_1, (fragment(1, "Un almacén de boletas."),))
    assert shelf.open(both.changes()).search(words("almacen")).total_full == 2
    after = with_page(both, MESA_1, (fragment(1, "Nada."),))
    assert shelf.open(after.changes({MESA_1})).search(words("almacen")).total_full == 0
    assert shelf.open(after.changes(fresh=True)).search(words("almacen")).total_full == 0


def test_a_topic_added_to_the_vocabulary_is_found_after_a_fresh_write(shelf: Shelf, collection: Collection) -> None:
    shelf.write(collection.changes())
    more = replace(collection, topics=(*collection.topics, Topic("jovenes", "Juventudes", equivalents=("jóvenes",))))
    index = shelf.open(more.changes(fresh=True))
    found = index.search(words("jovenes"))
    assert [e.topic for e in found.expansions] == ["jovenes"]
    assert ids(found) == [f"{MESA_5}#3"]
