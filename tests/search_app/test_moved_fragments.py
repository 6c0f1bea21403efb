"""The address of a fragment that an edit took away leads to the nearest one; of a withdrawn one it says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer import history
from indexer.desk.forgetting import withdraw_fragment
from indexer.engines import open_index
from indexer.model import PageId
from search_app.web import create_app
from tests.corpora import CorpusMaker

SPEECH = (
    "CONSEJERA ANA PRUEBA: La capacitación de quienes integran las casillas empieza en marzo.\n\n"
    "CONSEJERA EVA PRUEBA: Los paquetes llegan a la bodega con sus cintas y sus sellos.\n\n"
    "CONSEJERA LUZ PRUEBA: Las actas se digitalizan en cada uno de los centros de acopio.\n"
)


@pytest.fixture
def edited(maker: CorpusMaker) -> Iterator[FlaskClient]:
    """A mesa whose second fragment gave way to a fourth, and whose third was withdrawn."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    said = "Los paquetes llegan a la bodega con sus cintas y sus sellos"
    text = SPEECH.replace(said, "El conteo rápido no sustituye a los cómputos de ningún consejo")
    (folder / "transcripcion.txt").write_text(text, encoding="utf-8")
    maker.update()
    with history.step(maker.corpus, "ana", "terminal", "retirar", "foro/mesa-1") as taken:
        withdraw_fragment(taken, maker.settings, PageId("foro", "mesa-1"), 3, "A petición de parte", keep=False)
    maker.update()
    index = open_index(maker.settings.index)
    yield create_app(index).test_client()
    index.close()


def test_the_old_address_leads_to_the_nearest_fragment_which_says_so(edited: FlaskClient) -> None:
    moved = edited.get("/foro/mesa-1/p2")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/foro/mesa-1/p4?antes=2")
    page = edited.get("/foro/mesa-1/p4?antes=2").get_data(as_text=True)
    assert "Buscaba el fragmento 2" in page
    assert "El conteo rápido" in page


def test_what_else_was_asked_for_goes_along(edited: FlaskClient) -> None:
    assert edited.get("/foro/mesa-1/p2?q=conteo").headers["Location"] == "/foro/mesa-1/p4?antes=2&q=conteo"


@pytest.mark.parametrize("asked", ["", "?antes=1", "?antes=99", "?antes=<b>", "?antes=", "?antes=0002"])
def test_nobody_is_told_of_a_change_that_was_none(edited: FlaskClient, asked: str) -> None:
    answer = edited.get(f"/foro/mesa-1/p4{asked}")
    assert answer.status_code == 200
    assert "Buscaba el fragmento" not in answer.get_data(as_text=True)


def test_a_withdrawn_fragment_is_gone_and_says_why(edited: FlaskClient) -> None:
    gone = edited.get("/foro/mesa-1/p3")
    assert gone.status_code == 410
    assert "A petición de parte" in gone.get_data(as_text=True)


def test_what_was_never_there_is_not_found(edited: FlaskClient) -> None:
    assert edited.get("/foro/mesa-1/p77").status_code == 404


def test_a_selection_takes_the_nearest_fragment_and_never_a_withdrawn_one(edited: FlaskClient) -> None:
    taken = edited.get("/exportar?f=foro/mesa-1/p2&formato=json")
    assert taken.status_code == 200
    assert taken.json is not None
    assert [one["id"] for one in taken.json["resultados"]] == ["foro/mesa-1#p4"]
    assert edited.get("/exportar?f=foro/mesa-1/p3&formato=json").status_code == 410
