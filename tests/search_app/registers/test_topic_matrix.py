"""Topics by mesas: blank where nothing is transcribed, and every number leads to its fragments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from search_app.registers import topic_matrix
from search_app.registers.topic_matrix import Matrix
from search_app.shown.collection import topic_name
from tests.search_app.study.studied_forum import Studied, opened_forum


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    with opened_forum(tmp_path_factory.mktemp("cruce")) as found:
        yield found


def matrix(forum: Studied, *pairs: tuple[str, str]) -> Matrix:
    found = topic_matrix.topic_matrix(pairs, forum.index, forum.collection)
    assert found is not None
    return found


def told(found: Matrix) -> dict[str, list[int | None]]:
    return {topic_name(row.topic): [cell.count if cell else None for cell in row.cells] for row in found.rows}


PREP = "Programa de Resultados Electorales Preliminares (PREP)"


def test_a_mesa_without_transcript_is_blank_and_one_that_does_not_say_it_has_nought(forum: Studied) -> None:
    found = matrix(forum)
    assert [column.numbered_title for column in found.columns] == [
        "Mesa 1. Uno", "Mesa 3. Tres", "Mesa 2. Dos", "Mesa 4. Cuatro",
    ]  # fmt: skip
    assert told(found) == {PREP: [3, None, 0, None], "Resultados": [3, None, 0, None]}
    row = re.search(rf"{re.escape(PREP)}</a></th>(.*?)</tr>", forum.page("/temas/"))
    assert row is not None
    cells = re.findall(r"<td>(.*?)</td>", row[1])
    blank = '<span class="oculto">sin transcripción</span>'
    assert cells[1:4] == [blank, "0", blank]


def test_every_number_is_that_of_its_search_and_a_row_adds_up(forum: Studied) -> None:
    for row in matrix(forum).rows:
        linked = [cell for cell in (*row.cells, row.total) if cell and cell.count]
        assert [forum.total(cell.url) for cell in linked] == [cell.count for cell in linked]
        assert row.total is not None
        assert row.total.count == sum(cell.count or 0 for cell in row.cells if cell)
    assert {row.total and row.total.count for row in matrix(forum).rows} == {
        forum.total("/buscar?tema=resultados&tipo=transcripcion")
    }


def test_a_fictitious_event_is_shown_where_it_is_chosen_and_marked(forum: Studied) -> None:
    assert matrix(forum).events.total == 0
    chosen = matrix(forum, ("evento", "ensayo"))
    assert chosen.fictitious
    assert told(chosen) == {PREP: [1], "Resultados": [1]}
    assert "nadie lo dijo" in forum.page("/temas/?evento=ensayo")
    assert "nadie lo dijo" not in forum.page("/temas/")
    both = matrix(forum, ("ficticio", "si")).events
    assert [link.text for link in both.rows] == ["Ensayo (texto ficticio)", "Foro de prueba"]


def test_more_mesas_than_fit_are_on_further_pages_and_the_sum_is_of_all(
    forum: Studied, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_matrix, "COLUMNS", 3)
    first, second = matrix(forum), matrix(forum, ("pagina", "2"))
    assert [column.number for column in second.columns] == [4]
    assert first.pager.next == "/temas/?pagina=2#cruce"
    assert second.rows[0].total == first.rows[0].total


def test_an_event_that_does_not_exist_leaves_the_one_that_does(forum: Studied) -> None:
    assert matrix(forum, ("evento", "nada")).title == "Foro de prueba"
