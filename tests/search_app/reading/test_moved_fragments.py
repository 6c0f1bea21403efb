"""The address of a fragment that an edit took away leads to the nearest one; of a withdrawn one it says so."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer import history
from indexer.engines import open_index
from indexer.model import PageId
from indexer.operations.withdrawal import withdraw_fragment
from search_app.shown.formatting import ranges
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.browsing import needs_chromium, opened, served

SPEECH = (
    "CONSEJERA ANA PRUEBA: La capacitación de quienes integran las casillas empieza en marzo.\n\n"
    "CONSEJERA EVA PRUEBA: Los paquetes llegan a la bodega con sus cintas y sus sellos.\n\n"
    "CONSEJERA LUZ PRUEBA: Las actas se digitalizan en cada uno de los centros de acopio.\n"
)


@contextmanager
def opened_site(maker: CorpusMaker) -> Iterator[FlaskClient]:
    """The application over what is published now."""
    index = open_index(maker.settings.index)
    yield create_app(index).test_client()
    index.close()


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


def test_a_lost_number_is_an_anchor_at_the_nearest_fragment_with_its_note(edited: FlaskClient) -> None:
    page = edited.get("/foro/mesa-1/").text
    found = re.findall(r'<article id="p(\d+)".*?</article>', page, re.DOTALL)
    articles = dict(zip(found, re.findall(r'<article id="p\d+".*?</article>', page, re.DOTALL), strict=True))
    assert '<span id="p2" class="fue"></span>' in articles["4"]
    assert "El texto cambió: lo más cercano al fragmento 2 es este." in articles["4"]
    notice = next(article for article in articles.values() if "[Fragmento 3 retirado]" in article)
    assert '<span id="p3"></span>' in notice
    assert "lo más cercano" not in notice
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_lost_number_of_a_page_has_an_anchor_and_they_weigh_little(maker: CorpusMaker) -> None:
    maker.event()
    chance = random.Random(5)

    def said(turn: int) -> str:
        words = "".join(f" {chance.choice(SPEECH.split())}{chance.randrange(999)}" for _ in range(40))
        return f"CONSEJERA ANA PRUEBA: La casilla {turn} abre{words}."

    turns, other = ([said(turn) for turn in range(300)] for _ in range(2))
    folder = maker.mesa(transcripcion_txt="\n\n".join(turns))
    maker.update()
    with opened_site(maker) as client:
        before = len(gzip.compress(client.get("/foro/mesa-1/").data))
    (folder / "transcripcion.txt").write_text("\n\n".join(other), encoding="utf-8")
    maker.update()
    with opened_site(maker) as client:
        page = client.get("/foro/mesa-1/").text
    lost = re.findall(r'<span id="p(\d+)" class="fue"></span>', page)
    assert len(set(lost)) == len(lost) >= 290
    anchors = "".join(re.findall(r'(?:<span id="p\d+" class="fue"></span>)+<p class="menor fueron">.*?</p>', page))
    assert 0 < len(anchors) < 160 * len(lost)
    assert len(gzip.compress(page.encode())) < 1.15 * before


@needs_chromium[0]
@needs_chromium[1]
def test_without_script_a_link_to_a_lost_number_lands_there_and_says_why(edited: FlaskClient, browser: Any) -> None:
    small = {"width": 800, "height": 200}
    with (
        served(edited.application) as base,
        opened(browser, java_script_enabled=False, viewport=small) as page,
    ):
        note = page.locator("#p4 .fueron")
        page.goto(f"{base}/foro/mesa-1/")
        assert note.is_hidden()
        page.goto(f"{base}/foro/mesa-1/#p2")
        assert note.is_visible()
        place = page.locator("#p4").bounding_box()
        assert place is not None
        assert 0 <= place["y"] < small["height"]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([4], "4"), ([4, 5], "4 y 5"), ([4, 5, 6], "4 a 6"), ([1, 2, 4, 7, 8, 9], "1, 2, 4 y 7 a 9")],
)
def test_numbers_in_a_row_are_told_as_a_range(numbers: list[int], said: str) -> None:
    assert ranges(numbers) == said
