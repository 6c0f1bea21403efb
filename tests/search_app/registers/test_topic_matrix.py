"""Topics by mesas: blank where nothing is transcribed, and every number leads to its fragments."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import open_index
from search_app.registers import topic_matrix
from search_app.registers.topic_matrix_model import Matrix
from search_app.shown.collection import topic_name
from tests.corpora import CorpusMaker
from tests.search_app.study.studied_forum import VOCABULARY, Studied, opened_forum


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
    assert [column.title for column in found.columns] == [
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
    monkeypatch.setattr(topic_matrix, "SESSIONS", 3)
    first, second = matrix(forum), matrix(forum, ("pagina", "2"))
    assert [column.label for column in second.columns] == ["Mesa 4"]
    assert first.pager.next == "/temas/?pagina=2#cruce"
    assert (second.rows, second.silent) == ((), len(first.rows))
    assert "2 temas sin menciones aquí" in forum.page("/temas/?pagina=2")


def test_an_event_that_does_not_exist_leaves_the_one_that_does(forum: Studied) -> None:
    assert matrix(forum, ("evento", "nada")).title == "Foro de prueba"


def test_texts_of_several_years_come_by_year_and_a_year_leads_to_its_mesas(tmp_path: Path) -> None:
    """The year between has none: blank. A mesa without a day is of both years of its event."""
    maker = CorpusMaker(tmp_path)
    (maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
    for event, first, last in (("uno", "2020-01-01", "2020-12-31"), ("dos", "2022-01-01", "2023-12-31")):
        maker.event(event)
        written = f'titulo = "{event}"\ninicio = {first}\nfin = {last}\n'
        (maker.corpus / event / "evento.toml").write_text(written, encoding="utf-8")
    for event, slug, day in (("uno", "a", "2020-05-06"), ("dos", "b", "2022-12-01"), ("dos", "c", "")):
        told_day = f"fecha = {day}\n" if day else ""
        maker.mesa(slug, event=event, title=slug.upper(), extra=told_day, transcripcion_txt="ANA RUIZ PEÑA: El PREP.\n")
    assert not maker.update().failed
    index = open_index(maker.settings.index)
    try:
        forum = Studied(index)
        years = matrix(forum)
        assert [column.value for column in years.columns] == ["2023", "2022", "2021", "2020"]
        assert told(years)[PREP] == [1, 2, None, 1]
        assert years.columns[1].url == "/temas/?anio=2022#cruce"
        of_year = matrix(forum, ("anio", "2022"))
        assert [(column.label, column.title) for column in of_year.columns] == [("C", "C · dos"), ("1 dic", "B · dos")]
        assert (told(of_year)[PREP], of_year.years) == ([1, 1], "/temas/#cruce")
        for found in (years, of_year, matrix(forum, ("evento", "dos"))):
            linked = [cell for row in found.rows for cell in (*row.cells, row.total) if cell and cell.count]
            assert [forum.total(cell.url) for cell in linked] == [cell.count for cell in linked]
        lines = list(csv.DictReader(io.StringIO(forum.client.get("/temas/?formato=csv").text.removeprefix("\ufeff"))))
        numbers = {line["columna"]: line["fragmentos"] for line in lines if line["tema"] == "prep"}
        assert numbers == {"2020": "1", "2021": "", "2022": "2", "2023": "1"}
    finally:
        index.close()
