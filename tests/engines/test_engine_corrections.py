"""Mistyped words: what is searched instead, what is only suggested, what is left alone, and who may be told what."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.index.protocol import SearchIndex
from indexer.index.query import AnyOf, Filters, Phrase, Prefix, Query, Word
from indexer.index.results import Correction
from indexer.model import PageId
from indexer.model.session import Event, Participant, Session
from tests.engines.shelf import Collection, Shelf, fragment, with_page

pytestmark = pytest.mark.local

PAGE, FICTION = PageId("foro", "mesa"), PageId("ensayo", "mesa")


def words(text: str, **more: object) -> Query:
    return Query(tuple(Word(word) for word in text.split()), **more)  # type: ignore[arg-type]


@pytest.fixture
def collection() -> Collection:
    """A session of few words said often, and a fictitious one with words of its own."""
    foro = Event("foro", "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 4))
    fiction = Event("ensayo", "Ensayo", dt.date(2024, 1, 1), dt.date(2024, 1, 1), fictitious=True)
    often = "La Capacitación y la capacitación del presupuesto; el Consejo de Zacatecas vota."
    said = [fragment(n, often) for n in range(1, 21)]
    said.append(fragment(21, "Un lapsus: la capasitación. Habló el español Ruiz Gonzáles.", person="Eva Ontiveros"))
    guests = (Participant("Marta Presupuesta"),)
    return Collection(
        (fiction, foro),
        (Session("ensayo", "mesa", "Ensayo"), Session("foro", "mesa", "Mesa", participants=guests)),
        {
            PAGE: tuple(said),
            FICTION: (fragment(1, "El zafiro inventado y la prestidigitación."),),
            PageId("foro"): (fragment(1, "Los cómputos distritales."),),
            PageId("ensayo"): (),
        },
    )


def corrections(index: SearchIndex, query: Query) -> tuple[Correction, ...]:
    return index.search(query).corrections


def test_a_word_that_is_nowhere_is_searched_as_what_was_meant(index: SearchIndex) -> None:
    found = index.search(words("presupesto"))
    assert found.corrections == (Correction("presupesto", "presupuesto", True),)
    assert found.total_full == 20
    assert "presupuesto" in {found.hits[0].passage.text[a:b] for a, b in found.hits[0].marks}


def test_its_marks_are_on_the_page_as_well(index: SearchIndex) -> None:
    page = index.session(PAGE, words("presupesto"))
    assert page is not None
    assert set(page.marks) == set(range(1, 21))


def test_corregir_no_searches_what_was_typed(index: SearchIndex) -> None:
    found = index.search(words("presupesto", correct=False))
    assert (found.corrections, found.total_full, found.total_partial) == ((), 0, 0)


def test_the_correction_is_written_as_the_texts_write_it_with_the_capitals_typed(index: SearchIndex) -> None:
    assert corrections(index, words("capacitasion")) == (Correction("capacitasion", "capacitación", True),)
    assert corrections(index, words("Capacitasion")) == (Correction("Capacitasion", "Capacitación", True),)


def test_n_is_mended_to_ñ(index: SearchIndex) -> None:
    assert corrections(index, words("espanol")) == (Correction("espanol", "español", True),)


def test_a_rare_word_beside_a_far_more_frequent_one_stays_and_is_suggested(index: SearchIndex) -> None:
    found = index.search(words("capasitación"))
    assert found.corrections == (Correction("capasitación", "capacitación", False),)
    assert found.total_full == 1


def test_a_word_of_the_texts_is_left_alone(index: SearchIndex) -> None:
    assert corrections(index, words("capacitaciones del presupuesto vota")) == ()


@pytest.mark.parametrize(
    "left_alone",
    [
        "CONCEJ",  # capitals: an acronym
        "presupuesta",  # a participant's name
        "ontiveros",  # a speaker's
        "preliminares",  # of a topic's name
        "vot4",
        "vto",
        "xilófono",
        "c" * 50_000,
    ],
)
def test_acronyms_names_numbers_and_short_words_are_left_alone(index: SearchIndex, left_alone: str) -> None:
    assert corrections(index, words(left_alone)) == ()


def test_a_long_word_in_capitals_is_only_suggested_otherwise(index: SearchIndex) -> None:
    assert corrections(index, words("PRESUPESTO")) == (Correction("PRESUPESTO", "PRESUPUESTO", False),)
    assert corrections(index, words("vota PRESUPESTO")) == (Correction("PRESUPESTO", "PRESUPUESTO", False),)


def test_where_all_is_typed_in_capitals_long_words_are_no_acronyms(index: SearchIndex) -> None:
    assert corrections(index, words("PRESUPESTO PREP")) == (Correction("PRESUPESTO", "PRESUPUESTO", True),)


def test_a_mended_word_names_its_topic(index: SearchIndex) -> None:
    found = index.search(words("cónputos distritales"))
    assert found.corrections == (Correction("cónputos", "cómputos", True),)
    assert [expansion.topic for expansion in found.expansions] == ["computos"]


def test_quoted_words_are_only_suggested_and_prefixes_and_exclusions_are_not(index: SearchIndex) -> None:
    found = index.search(Query((Phrase(("del", "presupesto")),)))
    assert (found.total_full, found.corrections) == (0, (Correction("presupesto", "presupuesto", False),))
    assert corrections(index, Query((Prefix("presupest"),))) == ()
    assert corrections(index, Query((Word("vota"),), excluded=(Word("presupesto"),))) == ()


def test_words_of_an_or_group_are_mended(index: SearchIndex) -> None:
    found = index.search(Query((AnyOf((Word("presupesto"), Word("lapsus"))),)))
    assert found.corrections == (Correction("presupesto", "presupuesto", True),)
    assert found.total_full == 21


def test_a_word_typed_twice_is_told_once(index: SearchIndex) -> None:
    assert len(corrections(index, words("presupesto presupesto"))) == 1


def test_words_of_fictitious_events_are_told_to_nobody_who_does_not_see_them(index: SearchIndex) -> None:
    assert corrections(index, words("zafito")) == ()
    assert corrections(index, words("zafito", with_fictitious=True)) == (Correction("zafito", "zafiro", True),)
    chosen = words("zafito", filters=Filters({"evento": ("ensayo",)}))
    assert corrections(index, chosen) == (Correction("zafito", "zafiro", True),)


def test_a_word_that_only_fiction_has_is_mended_for_those_who_do_not_see_it(
    shelf: Shelf, collection: Collection
) -> None:
    told = with_page(collection, FICTION, (fragment(1, "El presupuesta inventado."), fragment(2, "presupuestto")))
    index = shelf.open(told.changes())
    assert corrections(index, words("presupuestto")) == (Correction("presupuestto", "presupuesto", True),)
    assert corrections(index, words("presupuestto", with_fictitious=True))[0].applied is False


def test_after_twelve_mistyped_words_the_others_are_left_alone(index: SearchIndex) -> None:
    typed = " ".join(f"presupuest{letter}{letter}" for letter in "bcdfghjklmnpqr")
    assert len(corrections(index, words(typed))) == 12


def test_a_short_word_is_no_slip_for_one_that_nobody_searches_for(shelf: Shelf, collection: Collection) -> None:
    told = with_page(collection, PAGE, tuple(fragment(n, "Pero cada quien, también.") for n in range(1, 9)))
    index = shelf.open(told.changes())
    assert corrections(index, words("perro casa")) == ()
    assert corrections(index, words("tanbién")) == (Correction("tanbién", "también", True),)
    assert index.words("cad", 3) == ()


def test_two_errors_in_a_long_word_are_mended(index: SearchIndex) -> None:
    assert corrections(index, words("prezupuezto")) == (Correction("prezupuezto", "presupuesto", True),)


def test_an_index_that_grew_by_updates_corrects_as_one_written_anew(shelf: Shelf, collection: Collection) -> None:
    shelf.write(collection.changes())
    changed = with_page(collection, PAGE, tuple(fragment(n, "La vocación del consejo.") for n in range(1, 5)))
    grown = shelf.open(changed.changes({PAGE}))
    anew = shelf.open(changed.changes(fresh=True))
    for typed in ("presupesto", "capasitación", "vocasión", "consego", "prezupuezto", "votación"):
        assert corrections(grown, words(typed)) == corrections(anew, words(typed)), typed
    assert corrections(grown, words("presupesto")) == ()
    assert corrections(grown, words("consego")) == (Correction("consego", "consejo", True),)


def test_words_that_begin_so_are_told_as_they_are_written_one_of_each_stem(index: SearchIndex) -> None:
    assert index.words("capa", 5) == (("capacitación", 20), ("capasitación", 1))
    assert index.words("c", 2) == (("capacitación", 20), ("Consejo", 20))
    assert index.words("de", 5) == ()
    assert index.words("xyz", 5) == ()


def test_words_of_fictitious_events_are_told_only_where_they_are_asked_for(index: SearchIndex) -> None:
    assert index.words("zaf", 5) == ()
    assert index.words("zaf", 5, with_fictitious=True) == (("zafiro", 1),)


def test_the_overview_counts_who_speaks(index: SearchIndex) -> None:
    assert index.overview().people == {"Eva Ontiveros": 1}
    assert index.overview().people_fictitious == {}
