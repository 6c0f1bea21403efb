"""The data of an event and of a mesa are edited in a form; nothing typed is lost, and two people see each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.search_app.desk.desk_office import Office, office, sent

pytestmark = pytest.mark.long

MESA = "/acervo/foro/mesa-2/editar"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("datos"), minutes=1) as made:
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def now(furnished: Office, page: str = "foro/mesa-2") -> dict[str, Any]:
    return furnished.desk.commands.ask("editar", page)


def save(staff: FlaskClient, base: str, address: str = MESA, action: str = "guardar", **typed: str) -> TestResponse:
    fields = {name.replace("__", "."): value for name, value in typed.items()}
    return sent(staff, address, {"base": base, "accion": action, **fields}, of=address)


def test_what_is_typed_is_saved_as_one_step_and_shown_again(furnished: Office, staff: FlaskClient) -> None:
    done = save(
        staff, now(furnished)["base"], titulo="Lo que vino", numero="2", video="https://youtu.be/x1",
        video_inicio_s="1:02:03", participantes__0__nombre="Ana Ruiz", participantes__0__modera="si",
        participantes__3__nombre="Luis Mora", fuentes__0__id="A", fuentes__0__titulo="Boletín",
        hechos__0__texto="Fue en Toluca.", hechos__0__certeza="confirmado", hechos__0__fuentes="A",
    )  # fmt: skip
    assert done.status_code == 303
    shown = staff.get(done.headers["Location"]).text
    assert "Se guardaron los datos de «Lo que vino»" in shown
    assert 'value="1:02:03"' in shown
    assert "https://youtu.be/x1?t=3723" in shown
    said = now(furnished)
    assert [person["nombre"] for person in said["participantes"]] == ["Ana Ruiz", "Luis Mora"]
    assert said["hechos"] == [{"texto": "Fue en Toluca.", "certeza": "confirmado", "fuentes": ["A"]}]
    assert furnished.history()[0]["accion"] == "editar"
    gone = save(staff, said["base"], titulo="Lo que vino", participantes__0__nombre="A", participantes__0__quitar="si")
    assert gone.status_code == 303
    assert (now(furnished)["participantes"], now(furnished)["hechos"]) == ([], [])


def test_what_cannot_be_used_is_said_and_what_was_typed_is_there(furnished: Office, staff: FlaskClient) -> None:
    before = now(furnished)
    answer = save(staff, before["base"], titulo="Uno", numero="dos", desde_s="1:99", participantes__0__cargo="Vocal")
    assert answer.status_code == 400
    for said in ("«Número» dice «dos»", "«La mesa empieza en» dice", "Participantes, renglón 1: «Nombre»"):
        assert said in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in ("Uno", "dos", "1:99", "Vocal"))
    assert now(furnished) == before


def test_more_rows_and_the_link_of_the_video_keep_what_was_typed(furnished: Office, staff: FlaskClient) -> None:
    base = now(furnished)["base"]
    answer = save(staff, base, action="mas-participantes", titulo="Sin guardar", participantes__1__nombre="Eva Sol")
    assert answer.status_code == 200
    assert len(re.findall(r'name="participantes\.\d+\.nombre"', answer.text)) == 6
    assert 'value="Eva Sol"' in answer.text
    tried = save(staff, base, action="probar", titulo="Sin guardar", video="https://youtu.be/x9", video_inicio_s="75")
    assert "https://youtu.be/x9?t=75" in tried.text
    assert 'value="Sin guardar"' in tried.text
    assert now(furnished)["base"] == base


def test_the_second_of_two_people_sees_both(furnished: Office, staff: FlaskClient) -> None:
    base = now(furnished)["base"]
    save(staff, base, titulo="De la primera")
    late = save(staff, base, titulo="De la segunda", fecha="2025-12-05")
    page = staff.get(late.headers["Location"])
    assert "Título: ahora dice De la primera; lo suyo, De la segunda" in page.text
    assert "Fecha: ahora dice nada; lo suyo, 2025-12-05" in page.text
    assert f'name="base" value="{now(furnished)["base"]}"' in page.text
    assert 'value="De la segunda"' in page.text
    assert now(furnished)["campos"]["titulo"] == "De la primera"


def test_an_event_is_edited_and_leads_to_its_mesas(furnished: Office, staff: FlaskClient) -> None:
    address = "/acervo/foro/editar"
    said = now(furnished, "foro")
    days = {"inicio": "2025-12-04", "fin": "2025-12-05"}
    refused = save(staff, said["base"], address, titulo="Foro", **{**days, "fin": "2025-12-01"})
    job = staff.get(refused.headers["Location"])
    assert "es anterior a «Primer día»" in job.text
    again = re.search(r'href="(/acervo/foro/editar\?encargo=[^"]+)"', job.text)
    assert again
    assert 'value="2025-12-01"' in staff.get(again[1]).text
    assert save(staff, said["base"], address, titulo="Foro", sede="Toluca", **days).status_code == 303
    shown = staff.get(address).text
    assert 'value="Toluca"' in shown
    assert "/acervo/foro/mesa-1/editar" in shown
    assert staff.get("/acervo/foro/nada/editar").status_code == 404
