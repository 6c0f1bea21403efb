"""Terms compared: each number is that of the search it leads to, and a column adds up to the whole search."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from indexer.errors import QueryRejected
from search_app.study.bar_chart import WIDEST, Value, chart
from search_app.study.comparison import ComparisonPage, comparison_page
from search_app.study.comparison_counts import read_comparison
from search_app.study.comparison_periods import folded
from search_app.study.comparison_rows import Cell, Row
from search_app.study.dispersion import deviation_of_proportions
from tests.search_app.study.studied_forum import Studied, opened_forum

BY = ("mesa", "dia", "persona", "entidad")


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    with opened_forum(tmp_path_factory.mktemp("comparar")) as found:
        yield found


def asked(forum: Studied, *pairs: tuple[str, str]) -> ComparisonPage:
    return comparison_page(read_comparison(pairs), forum.index, forum.collection)


def told(page: ComparisonPage) -> dict[str, list[int | None]]:
    return {row.label: [cell.count if cell else None for cell in row.cells] for row in page.part.rows}


def test_each_term_is_counted_by_mesa_in_the_order_of_the_sessions(forum: Studied) -> None:
    assert told(asked(forum, ("q", "PREP"), ("q", "presupuesto"))) == {
        "Mesa 1. Uno": [3, 3],
        "Mesa 3. Tres": [0, 1],
        "Mesa 2. Dos": [0, 1],
        "Anuncio": [1, 1],
        "Mesa 4. Cuatro": [None, None],
    }


def test_a_mesa_without_text_is_blank_and_one_without_transcript_says_so(forum: Studied) -> None:
    notes = {row.label: row.note for row in asked(forum, ("q", "presupuesto")).part.rows}
    assert notes["Mesa 3. Tres"] == "sin transcripción: solo se cuenta su descripción"
    assert notes["Mesa 4. Cuatro"] == "sin transcripción"
    only = asked(forum, ("q", "presupuesto"), ("tipo", "transcripcion"))
    assert told(only) == {
        "Mesa 1. Uno": [3], "Mesa 2. Dos": [1], "Mesa 3. Tres": [None], "Mesa 4. Cuatro": [None],
    }  # fmt: skip
    html = forum.page("/comparar?q=presupuesto")
    assert re.search(r"Mesa 4. Cuatro .*?</th><td><span class=\"oculto\">sin texto</span></td><td></td>", html)


def test_days_take_their_mesas_and_one_that_is_not_confirmed_stands_apart(forum: Studied) -> None:
    page = asked(forum, ("q", "presupuesto"), ("por", "dia"))
    assert [(row.label, row.note) for row in page.part.rows] == [
        ("4 de diciembre de 2025", None),
        ("5 de diciembre de 2025", None),
        ("4 y 5 de diciembre de 2025", "día no confirmado"),
        ("Anuncio", "no es de ninguna mesa"),
    ]
    assert list(told(page).values()) == [[3], [1], [1], [1]]


def test_months_follow_one_another_and_those_without_text_or_mention_are_one_row(forum: Studied) -> None:
    """Mesa 3 has no day: its event is of December, as are the others."""
    page = asked(forum, ("q", "presupuesto"), ("q", "urna"), ("por", "mes"), ("ficticio", "si"))
    assert told(page) == {"diciembre de 2025": [8, 1]}
    assert [[column.url for column in line] for line in page.lines] == [
        [f"/buscar?q={text}&ficticio=si&desde=2025-12&hasta=2025-12"] for text in ("presupuesto", "urna")
    ]
    assert [forum.total(line[0].url) for line in page.lines] == [8, 1]
    assert page.chart is None
    rows = [
        Row(f"{month:02}", "sin texto" if n is None else None, 10, (None if n is None else Cell(n, "", None),))
        for month, n in enumerate((0, 0, None, 2, 0, 0), 1)
    ]
    assert [(row.label, row.note, row.words) for row in folded(rows, "mes")] == [
        ("01 a 02", "2 meses sin menciones", 20), ("03", "sin texto", 10), ("04", None, 10),
        ("05 a 06", "2 meses sin menciones", 20),
    ]  # fmt: skip


def test_rows_that_hold_none_of_the_terms_are_told_in_one_line_and_stand_in_the_csv(forum: Studied) -> None:
    page = asked(forum, ("q", "urna"))
    assert told(page) == {"Mesa 2. Dos": [1], "Mesa 4. Cuatro": [None]}
    html = forum.page("/comparar?q=urna")
    assert re.search(r"3 mesas sin menciones \([\d,]+ palabras\)", html)
    file = forum.client.get("/comparar?q=urna&q=PREP&formato=csv")
    assert file.mimetype == "text/csv"
    tabbed = forum.client.get("/comparar?q=urna&formato=csv&sep=tabulador").text
    assert tabbed.splitlines()[0] == '\ufeff"termino"\t"fila"\t"fragmentos"\t"palabras"\t"por_mil"'
    assert forum.client.get("/comparar?q=urna&formato=csv&sep=punto").status_code == 400
    lines = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert {(line["termino"], line["fila"]): line["fragmentos"] for line in lines} == {
        ("urna", "Mesa 1. Uno"): "0", ("urna", "Mesa 2. Dos"): "1", ("urna", "Mesa 3. Tres"): "0",
        ("urna", "Mesa 4. Cuatro"): "", ("urna", "Anuncio"): "0", ("PREP", "Mesa 1. Uno"): "3",
        ("PREP", "Mesa 2. Dos"): "0", ("PREP", "Mesa 3. Tres"): "0", ("PREP", "Mesa 4. Cuatro"): "",
        ("PREP", "Anuncio"): "1",
    }  # fmt: skip


def test_dispersion_is_that_of_the_paper() -> None:
    """Gries 2008, section 3.1: five parts of 9, 10, 10, 10 and 11 words, with 1 to 5 hits, have a DP of .18."""
    words = dict(zip("abcde", (9, 10, 10, 10, 11), strict=True))
    found = deviation_of_proportions(dict(zip("abcde", (1, 2, 3, 4, 5), strict=True)), words)
    assert round(found or 0, 2) == 0.18
    assert deviation_of_proportions({"e": 3}, words) == pytest.approx(1 - 11 / 50)
    assert deviation_of_proportions(words, words) == 0
    assert deviation_of_proportions({}, words) is None


def test_people_come_by_how_much_they_have_and_those_without_a_name_last(forum: Studied) -> None:
    page = asked(forum, ("q", "presupuesto"), ("por", "persona"))
    assert told(page) == {
        "Ana Ruiz Peña": [1],
        "Berta Díaz Luna": [1],
        "PREGUNTA (no consta su nombre)": [1],
        "Sin nombre": [3],
    }
    assert next(iter(told(asked(forum, ("q", "gracias"), ("por", "entidad"))))) == "Sonora"


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize(
    "more", [[], [("ficticio", "si")], [("tipo", "transcripcion")], [("mesa", "foro/mesa-1"), ("mesa", "2")]]
)
def test_every_number_is_that_of_its_search_and_columns_add_up(
    forum: Studied, by: str, more: list[tuple[str, str]]
) -> None:
    page = asked(forum, ("q", "presupuesto"), ("q", "PREP"), ("q", "tema:prep"), ("por", by), *more)
    for row in page.part.rows:
        for cell in row.cells:
            if cell and cell.count:
                assert forum.total(cell.url or "") == cell.count, (row.label, cell)
    for place, term in enumerate(page.terms):
        column = sum(cell.count for row in page.part.rows if (cell := row.cells[place]))
        search = urlencode([("q", page.texts[place]), *more])
        assert column == term.total == forum.total(term.url) == forum.total(f"/buscar?{search}")


def test_a_thousand_words_are_those_of_the_row_whatever_was_asked_for(forum: Studied) -> None:
    (row,) = asked(forum, ("q", "casillas"), ("mesa", "1"), ("persona", "Ana Ruiz Peña")).part.rows
    passages = [p for p in forum.passages("foro/mesa-1") if p.person == "Ana Ruiz Peña"]
    words = sum(len(re.findall(r"\w+", p.text)) for p in passages)
    assert row.words == words
    assert row.cells[0] is not None
    assert row.cells[0].rate == f"{1000 / words:.2f}"


def test_four_terms_are_compared_and_the_fifth_is_named(forum: Studied) -> None:
    page = asked(forum, *(("q", text) for text in ("uno", "dos", "uno", "tres", " ", "urna", "PREP")))
    assert page.texts == ("uno", "dos", "tres", "urna")
    assert page.notices == ("Se comparan 4 búsquedas, a lo sumo; sin comparar: «PREP»",)
    assert "sin comparar: «PREP»" in forum.page("/comparar?q=uno&q=dos&q=tres&q=urna&q=PREP")


def test_what_is_asked_for_stays_in_every_address(forum: Studied) -> None:
    page = asked(forum, ("q", "PREP"), ("q", "urna"), ("por", "dia"), ("medida", "mil"), ("tipo", "transcripcion"))
    state = "/comparar?q=PREP&q=urna"
    assert page.bys[-2].url == f"{state}&por=persona&medida=mil&tipo=transcripcion"
    assert page.measures[0].url == f"{state}&por=dia&medida=fragmentos&tipo=transcripcion"
    assert page.chosen[0].url == f"{state}&por=dia&medida=mil"
    assert page.kept == (("por", "dia"), ("medida", "mil"), ("tipo", "transcripcion"))


@pytest.mark.parametrize(
    ("pair", "says"), [(("por", "año"), "por=mesa, por=dia"), (("medida", "x"), "medida=fragmentos o medida=mil")]
)
def test_what_does_not_exist_is_refused_with_what_does(forum: Studied, pair: tuple[str, str], says: str) -> None:
    with pytest.raises(QueryRejected, match=says):
        read_comparison([("q", "PREP"), pair])
    assert forum.client.get("/comparar?" + urlencode([("q", "PREP"), pair])).status_code == 400


def test_a_mistyped_term_is_corrected_and_the_page_says_which(forum: Studied) -> None:
    page = asked(forum, ("q", "PREP"), ("q", "presupesto"))
    assert page.notices == ("B: no hay fragmentos con «presupesto»; se buscó «presupuesto»",)
    assert page.as_typed == "/comparar?q=PREP&q=presupesto&corregir=no"
    assert forum.total(page.terms[1].url) == page.terms[1].total > 0


def test_fictitious_texts_count_only_where_they_are_asked_for_and_are_marked(forum: Studied) -> None:
    assert not any("Nueve" in label for label in told(asked(forum, ("q", "presupuesto"))))
    assert told(asked(forum, ("q", "presupuesto"), ("ficticio", "si")))["Nueve (texto ficticio)"] == [2]
    # Chosen within one term only: there are no words to count it by, and the column still adds up.
    page = asked(forum, ("q", "presupuesto evento:ensayo"))
    assert told(page)["Nueve (texto ficticio)"] == [2]
    assert page.terms[0].total == 2


def test_nothing_asked_for_is_a_form_and_nothing_found_is_said(forum: Studied) -> None:
    assert 'class="barras"' not in forum.page("/comparar")
    assert "Ningún fragmento tiene lo que se compara" in forum.page("/comparar?q=zarzamora&corregir=no")
    assert "no hay ningún texto en el que contar" in forum.page("/comparar?q=PREP&persona=Nadie")


def test_the_drawing_has_a_title_a_description_and_a_link_a_bar(forum: Studied) -> None:
    html = forum.page("/comparar?q=PREP&q=presupuesto")
    drawing = re.search(r"<svg class=\"barras\".*?</svg>", html)
    assert drawing is not None
    assert '<title id="barras-titulo">PREP, presupuesto</title>' in drawing[0]
    assert "La tabla que sigue dice lo mismo" in drawing[0]
    assert drawing[0].count("<a href=") == 2 + 1 + 1 + 2
    assert 'aria-label="A 3: PREP, Mesa 1. Uno: 3 fragmentos"' in drawing[0]
    assert 'fill="url(#trama-2)"' in drawing[0]
    assert "style=" not in html


def test_bars_are_drawn_to_scale_and_a_missing_one_takes_no_room() -> None:
    drawn = chart([("a", [Value(4, "4", "cuatro"), Value(1, "1", "uno")]), ("b", [None, Value(0, "0", "cero")])], 4)
    widths = [[bar.width for bar in group.bars] for group in drawn.groups]
    assert widths == [[WIDEST, WIDEST / 4], [0]]
    assert [bar.series for bar in drawn.groups[1].bars] == [2]
    places = [bar.y for group in drawn.groups for bar in group.bars]
    assert places == sorted(set(places))
    assert drawn.height > places[-1]
    assert chart([("a", [Value(0, "0", "cero")])], 0).groups[0].bars[0].width == 0
