"""The desk asks whether two names are one person's; one press unites them, another keeps them apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.search_app.desk.desk_office import Office, office, sent

pytestmark = pytest.mark.long

TEXT = "\n\n".join(
    f"{name}: Hablamos de urnas." for name in ("NORA SILVA", "NORA SILVA PINO", "INÉS VEGA", "INÉS VEGA LUNA") * 2
)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("nombres"), minutes=1) as made:
        made.maker.mesa("mesa-4", title="Nombres", transcripcion_txt=TEXT)
        assert not made.maker.update().failed
        yield made


@pytest.fixture(scope="module")
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


def decided(furnished: Office, staff: FlaskClient, name: str, other: str, what: str) -> TestResponse:
    """Press a button, and read the page that follows."""
    data = {"nombre": name, "otra": other, "accion": what}
    answer = sent(staff, "/acervo/personas", data, of="/acervo/personas")
    assert answer.status_code == 303, answer.text
    for job in furnished.desk.jobs.all():
        furnished.desk.worker.wait(job.id, 60)
    return staff.get("/acervo/personas")


def test_both_pairs_are_asked_and_each_is_decided_by_one_press(furnished: Office, staff: FlaskClient) -> None:
    """The first page of the desk counts them; what was decided is a step with its author, and is asked no more."""
    assert "2 nombres pueden ser de alguien" in staff.get("/acervo/").text
    page = staff.get("/acervo/personas").text
    assert 'Son la misma<span class="oculto">: Nora Silva y Nora Silva Pino</span>' in page
    assert 'href="/personas/ines-vega-luna"' in page
    page = decided(furnished, staff, "Nora Silva", "Nora Silva Pino", "unir").text
    assert "Nora" not in page.partition('id="todas"')[0]
    page = decided(furnished, staff, "Inés Vega", "Inés Vega Luna", "distintas").text
    assert "Ningún nombre se parece a otro." in page
    persons = {passage.person for passage in furnished.maker.passages("foro/mesa-4")}
    assert persons == {"Nora Silva Pino", "Inés Vega", "Inés Vega Luna"}
    steps = [(step["accion"], step["autor"], step["resumen"]) for step in furnished.history()[:2]]
    assert steps == [
        ("personas", "ana", "«Inés Vega» y «Inés Vega Luna» son personas distintas"),
        ("personas", "ana", "«Nora Silva» y «Nora Silva Pino» son la misma persona: Nora Silva Pino"),
    ]
    assert "pueden ser de alguien" not in staff.get("/acervo/").text


def test_a_form_without_names_is_told(staff: FlaskClient) -> None:
    answer = sent(staff, "/acervo/personas", {"nombre": "Nora Silva"}, of="/acervo/personas")
    assert (answer.status_code, "Elija los dos nombres" in answer.text) == (400, True)


def test_the_page_is_behind_the_door(furnished: Office) -> None:
    stranger = furnished.client(signed_in=False)
    assert stranger.get("/acervo/personas").status_code == 303
    assert stranger.post("/acervo/personas", data={"nombre": "a", "otra": "b"}).status_code == 403
