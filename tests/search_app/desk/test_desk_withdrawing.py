"""The page for withdrawing shows the words that go, and asks which of two; neither is preset."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search_app.shown import formatting
from tests.search_app.desk.desk_office import Office, office, sent
from tests.waiting import PATIENCE_S

MESA = "/acervo/foro/mesa-1/retirar"
WHOLE = {"que": "transcripcion", "motivo": "A petición", "confirmacion": "RETIRAR"}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("retirar"), minutes=1) as made:
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


@pytest.mark.parametrize(
    ("asked", "title", "quoted"),
    [
        ("?fragmento=1", "Retirar el fragmento 1 de", 1),
        ("?que=transcripcion", "Retirar la transcripción de", 1),
        ("?que=mesa", "Retirar toda la mesa", 1),
    ],
)
def test_the_words_that_go_are_shown_and_no_way_is_preset(
    staff: FlaskClient, asked: str, title: str, quoted: int
) -> None:
    shown = staff.get(MESA + asked).text
    assert title in shown
    assert shown.count("<blockquote") == quoted
    assert "aquí la consejera gomez anota la caja 0" in shown
    ways = re.findall(r'<input type="radio"[^>]*name="como"[^>]*>', shown)
    assert len(ways) == 2
    assert not [way for way in ways if "checked" in way]
    assert f"hasta el {formatting.day(dt.date.today() + dt.timedelta(30))}" in shown
    assert '<button class="peligro">' in shown


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("?que=fragmento&fragmento=99", "No hay un fragmento 99"),
        ("?que=fragmento&fragmento=x", "Escriba el número del fragmento"),
        ("?que=anuncio", "Elija qué se retira"),
    ],
)
def test_what_is_not_there_is_told_before_anything_is_asked(staff: FlaskClient, asked: str, fault: str) -> None:
    answer = staff.get(MESA + asked)
    assert answer.status_code == 400
    assert fault in answer.text
    assert "Ver lo que se va" in answer.text


def test_without_a_way_nothing_goes_and_what_was_typed_stays(furnished: Office, staff: FlaskClient) -> None:
    answer = sent(staff, MESA, WHOLE, of=MESA)
    assert answer.status_code == 400
    assert "Elija si puede deshacerse o es para siempre" in answer.text
    assert 'value="A petición"' in answer.text
    assert "aquí la consejera gomez" in answer.text
    assert furnished.history() == []


def test_what_can_come_back_says_until_when_and_what_cannot_leaves_no_copy(
    furnished: Office, staff: FlaskClient
) -> None:
    kept = furnished.maker.corpus / "_retirados"
    day = formatting.day(dt.date.today() + dt.timedelta(30))
    for way in ("conservar", "siempre"):
        done = sent(staff, MESA, {**WHOLE, "como": way}, of=f"{MESA}?que=transcripcion").headers["Location"]
        furnished.desk.worker.wait(done.rpartition("/")[2].rpartition("=")[2], PATIENCE_S)
        step = furnished.history()[0]["paso"]
        assert bool(list(kept.glob("[0-9a-f]*"))) is (way == "conservar")
        for page in (staff.get("/acervo/historial"), staff.get(f"/acervo/historial/paso_{step}")):
            assert (f"Se guarda una copia hasta el {day}" in page.text) is (way == "conservar")
        if way == "conservar":
            sent(staff, f"/acervo/historial/paso_{step}", {}, of="/acervo/historial")
            assert staff.get(f"{MESA}?que=transcripcion").status_code == 200
    told = staff.get("/acervo/historial").text
    assert "No se puede deshacer. Lo que había en la transcripción se retiró y no se conservó" in told
    assert ">foro/mesa-1<" not in told
