"""Word in context: each occurrence a line, with what stands around it in its turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from indexer.errors import QueryRejected
from indexer.index.company import LinesAsked
from search_app.study.concordance import (
    ConcordanceLine,
    ConcordancePage,
    concordance_page,
    read_concordance,
)
from tests.search_app.study.studied_forum import Studied, opened_forum


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    with opened_forum(tmp_path_factory.mktemp("en-contexto")) as found:
        yield found


def asked(forum: Studied, *pairs: tuple[str, str]) -> ConcordancePage:
    return concordance_page(read_concordance(pairs), forum.index, forum.collection)


def lines(forum: Studied, *pairs: tuple[str, str]) -> Sequence[ConcordanceLine]:
    return asked(forum, *pairs).lines


def read(line: ConcordanceLine) -> str:
    return "".join(line.left) + f"[{line.keyword}]" + "".join(line.right)


def test_every_occurrence_is_a_line_and_both_are_counted(forum: Studied) -> None:
    page = asked(forum, ("q", "casilla"))
    assert page.summary == "2 apariciones en 1 fragmento de 1 mesa o anuncio"
    assert [read(line) for line in page.lines] == [
        "El presupuesto alcanza. [Casillas] abiertas, casillas cerradas.",
        "El presupuesto alcanza. Casillas abiertas, [casillas] cerradas.",
    ]


def test_a_line_says_who_where_when_and_leads_to_its_fragment(forum: Studied) -> None:
    said, captions = (line for line in lines(forum, ("q", "presupuesto"), ("tipo", "transcripcion"))[-2:])
    assert (said.hit.passage.person, said.place, said.clock) == ("Berta Díaz Luna", "Mesa 1. Uno", None)
    assert (said.date, captions.date) == ("4 de diciembre de 2025", "5 de diciembre de 2025")
    assert said.url == f"/foro/mesa-1/?q=presupuesto#p{said.hit.passage.number}"
    assert (captions.hit.passage.person, captions.place, captions.clock) == (None, "Mesa 2. Dos", "0:01")
    assert captions.cautions == ("Subtítulos automáticos",)


def test_the_second_is_that_of_the_cue_in_which_the_word_is_said(forum: Studied) -> None:
    assert [line.clock for line in lines(forum, ("q", "urna"))] == ["0:05", "0:05"]


def test_what_nobody_said_is_not_shown_as_speech(forum: Studied) -> None:
    told = [
        (line.hit.passage.kind.label, line.spoken, line.hit.passage.person)
        for line in lines(forum, ("q", "presupuesto"), ("mesa", "3"))
    ]
    assert told == [("Descripción", False, None)]
    html = forum.page("/en-contexto?q=presupuesto&mesa=3")
    assert "Sin nombre" not in html
    assert "Redacción propia" in html


def test_context_crosses_fragments_of_a_turn(forum: Studied) -> None:
    found = lines(forum, ("q", "PREP"), ("persona", "Ana Ruiz Peña"))
    assert len(found) == 24
    firsts = {}
    for line in found:
        firsts.setdefault(line.hit.passage.number, line)
    _, second, third = firsts.values()
    assert read(second).startswith("personal de cada distrito. El PREP número 8 se probó")
    assert "".join(third.left).endswith("de cada distrito. El ")


def test_context_never_crosses_turns(forum: Studied) -> None:
    (question,) = lines(forum, ("q", "presupuesto"), ("persona", "PREGUNTA"))
    assert read(question) == "¿Y el [presupuesto] del programa?"


def test_lines_are_sorted_by_the_word_before(forum: Studied) -> None:
    found = lines(forum, ("q", "presupuesto"), ("orden", "izquierda"))
    assert [line.left[1].lower() for line in found] == ["del", "del", "el", "el", "el", "el"]
    # Of the same word, by the one before it; a turn that begins there comes first.
    assert [line.left[0].split()[-1:] for line in found] == [["hablamos"], ["y"], [], ["por"], ["trató"], ["¿Y"]]


def test_lines_are_sorted_by_the_word_after_and_nothing_comes_before_something(forum: Studied) -> None:
    found = lines(forum, ("q", "presupuesto"), ("orden", "derecha"))
    words = [line.right[1].lower() for line in found]
    assert words == sorted(words) == ["", "alcanza", "de", "del", "del", "y"]


def test_lines_are_sorted_by_speaker_those_without_a_name_last(forum: Studied) -> None:
    found = lines(forum, ("q", "presupuesto"), ("orden", "persona"))
    assert [line.hit.passage.person for line in found] == [
        "Ana Ruiz Peña",
        "Berta Díaz Luna",
        "PREGUNTA",
        None,
        None,
        None,
    ]
    assert [line.place for line in found[3:]] == ["Foro de prueba", "Mesa 3. Tres", "Mesa 2. Dos"]


def test_the_orders_of_the_results_mean_that_of_the_sessions_and_another_one_is_refused(forum: Studied) -> None:
    for order in ("relevancia", "cronologico", "sesiones", ""):
        assert read_concordance([("q", "x"), ("orden", order)]).order == "sesiones"
    with pytest.raises(QueryRejected, match="sesiones, izquierda, derecha o persona"):
        read_concordance([("q", "x"), ("orden", "alfabeto")])
    assert forum.client.get("/en-contexto?q=x&orden=alfabeto").status_code == 400


def test_only_fragments_that_match_in_full_are_read(forum: Studied) -> None:
    page = asked(forum, ("q", "casillas presupuesto"))
    assert page.summary == "3 apariciones en 1 fragmento de 1 mesa o anuncio"
    assert "Cada palabra es una línea" in (page.explained or "")
    none = asked(forum, ("q", "casillas urna"))
    assert none.summary == "Ninguna aparición"
    assert none.explained == (
        "Ningún fragmento tiene todas las palabras; 2 fragmentos tienen algunas, y aquí no se cuentan."
    )


def test_a_phrase_is_one_occurrence_and_a_topic_is_found_by_its_other_names(forum: Studied) -> None:
    assert [line.keyword for line in lines(forum, ("q", '"urna electrónica"'))] == ["urna electrónica"]
    named = lines(forum, ("q", "Programa de Resultados Electorales Preliminares"), ("tipo", "anuncio"))
    assert [line.keyword for line in named] == ["PREP"]


def test_pages_hold_fifty_lines_and_the_page_past_the_end_says_so(forum: Studied) -> None:
    first = asked(forum, ("q", "de"))
    assert (len(first.lines), first.pager.pages) == (50, 2)
    rest = lines(forum, ("q", "de"), ("pagina", "2"))
    assert f"{50 + len(rest)} apariciones" in first.summary
    assert "más allá de la última" in forum.page("/en-contexto?q=de&pagina=9")
    assert len(lines(forum, ("q", "de"), ("por_pagina", "7"))) == 7


@pytest.mark.parametrize("text", ["de", "PREP", "presupuesto", '"el presupuesto"', "de el presupuesto", "cas*", "nada"])
def test_the_lines_of_a_part_are_those_of_all_occurrences(forum: Studied, text: str) -> None:
    query = read_concordance([("q", text)]).search.query()
    found = forum.index.lines(query, LinesAsked())
    hits = forum.index.search(replace(query, order="cronologico", limit=1_000)).hits
    every = [(hit.passage, *mark) for hit in hits if hit.full for mark in hit.marks]
    assert (found.total, found.fragments) == (len(every), len({id(passage) for passage, *_ in every}))
    for start in (0, 1, 5, 7, 50, 1_000):
        for size in (1, 7, 50):
            told = [(one.hit.passage, one.start, one.end) for one in found.part(start, start + size)]
            assert told == every[start : start + size]


def test_fictitious_texts_stay_out_unless_asked_for_and_are_marked(forum: Studied) -> None:
    assert "ficticio" not in " ".join(c for line in lines(forum, ("q", "presupuesto")) for c in line.cautions)
    found = lines(forum, ("q", "presupuesto"), ("ficticio", "si"))
    assert [line.cautions for line in found if line.hit.passage.person == "Carla Inventada"] == [("Texto ficticio",)]


def test_filters_hold_and_can_be_taken_out(forum: Studied) -> None:
    page = asked(forum, ("q", "presupuesto"), ("persona", "Berta Díaz Luna"), ("orden", "derecha"))
    assert page.summary == "1 aparición en 1 fragmento de 1 mesa o anuncio"
    (chosen,) = page.chosen
    assert chosen.text == "Quién habla: Berta Díaz Luna"
    assert chosen.url == "/en-contexto?q=presupuesto&orden=derecha"


def test_a_mistyped_word_is_corrected_and_the_page_says_so(forum: Studied) -> None:
    page = asked(forum, ("q", "presupesto"), ("orden", "persona"))
    assert page.spelling.notice == "No hay fragmentos con «presupesto»; se buscó «presupuesto»"
    assert page.spelling.as_typed is not None
    assert page.spelling.as_typed.url.startswith("/en-contexto?q=presupesto")
    assert page.spelling.as_typed.url.endswith("&orden=persona")
    assert page.lines[0].url.startswith("/foro/mesa-1/?q=presupuesto#p")


@pytest.mark.parametrize("address", ["", "?q=", "?q=%20", "?mesa=1", "?q=-presupuesto", "?q=%22%22", "?pagina=3"])
def test_without_words_the_page_explains_itself(forum: Studied, address: str) -> None:
    html = forum.page(f"/en-contexto{address}")
    assert "Palabra en contexto" in html
    assert "apariciones" not in html.lower()
    assert 'class="concordancia"' not in html
    assert ("Falta qué contar" in html) is (address in ("?q=-presupuesto", "?q=%22%22"))
