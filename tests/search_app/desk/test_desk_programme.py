"""A programme that is pasted becomes an event with its mesas, corrected before, and taken back as one step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.search_app.desk.desk_office import Office, office, sent

pytestmark = pytest.mark.long

NEW = "/acervo/nuevo"
PROGRAMME = """Foro de las Urnas
14 de mayo de 2026
10:00 Mesa 1. Bodegas
Modera: Eva Sol Paz, Consejera Electoral del IEEM
Mesa 2. Boletas
Participan:
• Ana Ruiz Pérez, INE
Clausura
"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("programa"), minutes=1) as made:
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def fields(page: TestResponse) -> dict[str, str]:
    """What stands in the form."""
    found = re.findall(r'<input id="[^"]*" name="([\w.]+)" value="([^"]*)"', page.text)
    texts = re.findall(r'<textarea [^>]*name="([\w.]+)"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)
    return {name: unescape(value) for name, value in (*found, *texts)}


def test_a_programme_is_shown_corrected_and_made_as_one_step(furnished: Office, staff: FlaskClient) -> None:
    assert f'href="{NEW}"' in staff.get("/acervo/").text
    shown = sent(staff, NEW, {"accion": "entender", "programa": PROGRAMME}, of=NEW)
    assert "Se entendieron 2 mesas" in shown.text
    assert "<li>Clausura</li>" in shown.text
    typed = fields(shown)
    assert (typed["titulo"], typed["inicio"], typed["mesas.0.titulo"]) == ("Foro de las Urnas", "2026-05-14", "Bodegas")
    assert typed["mesas.0.participantes"] == "Modera: Eva Sol Paz | Consejera Electoral | IEEM"
    assert typed["mesas.1.participantes"] == "Ana Ruiz Pérez |  | INE"
    typed |= {"mesas.1.titulo": "Boletas y actas", "mesas.2.titulo": "Otra", "mesas.2.quitar": "si"}
    before = len(furnished.history())
    made = sent(staff, NEW, {**typed, "accion": "guardar"}, of=NEW)
    assert made.headers["Location"].startswith("/acervo/foro-de-las-urnas/editar?hecho=")
    page = staff.get(made.headers["Location"]).text
    assert "Se creó el evento «Foro de las Urnas»" in page
    assert "/acervo/foro-de-las-urnas/mesa-2-boletas-y-actas/editar" in page
    mesa = furnished.desk.commands.ask("editar", "foro-de-las-urnas/mesa-2-boletas-y-actas")
    assert (mesa["campos"]["numero"], mesa["campos"]["fecha"]) == (2, "2026-05-14")
    assert [(one["nombre"], one["institucion"]) for one in mesa["participantes"]] == [("Ana Ruiz Pérez", "INE")]
    assert len(furnished.history()) == before + 1
    furnished.desk.commands.ask("deshacer", str(furnished.history()[0]["paso"]))
    assert not (furnished.maker.corpus / "foro-de-las-urnas").exists()


def test_mesas_are_added_to_an_event_by_hand_and_a_number_that_is_taken_is_refused(
    furnished: Office, staff: FlaskClient
) -> None:
    address = f"{NEW}?evento=foro"
    more = sent(staff, NEW, {"accion": "mas-mesas", "evento": "foro", "mesas.0.titulo": "Nueva"}, of=address)
    assert 'name="mesas.3.titulo"' in more.text
    assert fields(more)["mesas.0.titulo"] == "Nueva"
    wrong = {"accion": "guardar", "evento": "foro", "mesas.0.titulo": "Nueva", "mesas.0.numero": "1"}
    job = staff.get(sent(staff, NEW, wrong, of=address).headers["Location"]).text
    assert "Dos mesas del evento tendrían el número 1" in job
    again = re.search(r'href="(/acervo/nuevo\?encargo=[^"]+)"', job)
    assert again
    assert fields(staff.get(again[1]))["mesas.0.titulo"] == "Nueva"
    assert sent(staff, NEW, {**wrong, "mesas.0.numero": "9"}, of=address).status_code == 303
    assert (furnished.maker.corpus / "foro/mesa-9-nueva/mesa.toml").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"titulo": "", "inicio": ""}, "«Título» está sin llenar"),
        ({"titulo": "X", "inicio": "14 de mayo"}, "«Primer día» dice «14 de mayo»"),
        ({"titulo": "X", "inicio": "2026-05-14", "mesas.0.numero": "uno"}, "Mesas, renglón 1: «Título»"),
        ({"accion": "entender", "titulo": "X"}, "Pegue el programa"),
        ({"accion": "entender", "titulo": "X", "programa": "Habrá seis mesas."}, "no se encontró ninguna mesa"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    furnished: Office, staff: FlaskClient, typed: dict[str, str], said: str
) -> None:
    before = len(furnished.history())
    answer = sent(staff, NEW, {"accion": "guardar", **typed}, of=NEW)
    assert said in answer.text
    assert fields(answer)["titulo"] == typed["titulo"]
    assert len(furnished.history()) == before
