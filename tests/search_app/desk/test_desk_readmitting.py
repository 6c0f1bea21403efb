"""After a withdrawal: what may be put there again, and how the desk says what it is about to do."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.search_app.desk.desk_office import TRANSCRIPT, Office, office, sent, token
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

OTHER = "LA PRESIDENTA: Otro día se habló de las boletas.\n\nEL SECRETARIO: Y del padrón.\n"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("readmitir"), minutes=1) as made:
        yield made


@pytest.fixture(scope="module")
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


def withdraw(furnished: Office, what: str, **options: str) -> None:
    furnished.desk.commands.ask("retirar", what, options={"motivo": "A petición", **options}, timeout_s=PATIENCE_S)


def shown(staff: FlaskClient, text: str, **typed: str) -> str:
    """Send a text; the address where it is shown."""
    file = (io.BytesIO(text.encode()), "acta.txt")
    return str(sent(staff, "/acervo/agregar", {**typed, "archivo": file}).headers["Location"])


def published(furnished: Office, staff: FlaskClient, address: str, **typed: str) -> str:
    form = staff.get(address)
    staff.post(address, data={"token": token(form), "accion": "publicar", **typed})
    furnished.desk.worker.wait(address.rpartition("/")[2], PATIENCE_S)
    return staff.get(f"/acervo/encargos/{address.rpartition('/')[2]}").text


def test_another_text_is_published_where_one_was_withdrawn_and_the_same_one_only_when_it_is_said(
    furnished: Office, staff: FlaskClient
) -> None:
    withdraw(furnished, "foro/mesa-3", tipo="transcripcion")
    address = shown(staff, TRANSCRIPT, mesa="foro/mesa-3")
    page = staff.get(address).text
    assert "Este mismo texto se retiró de foro/mesa-3 el" in page
    assert 'name="readmitir"' in page
    assert "si la decisión cambió, admítalo otra vez" in published(furnished, staff, address)
    assert staff.get("/foro/mesa-3/p1").status_code == 410

    other = shown(staff, OTHER, mesa="foro/mesa-3")
    page = staff.get(other).text
    assert "publique este texto solo si es otro" in page
    assert 'name="readmitir"' not in page
    assert "<h1>Publicado</h1>" in published(furnished, staff, other)
    assert "se habló de las boletas" in staff.get("/foro/mesa-3/").text
    assert staff.get("/foro/mesa-3/p1").status_code == 410

    withdraw(furnished, "foro/mesa-3", tipo="transcripcion")
    again = shown(staff, OTHER, mesa="foro/mesa-3")
    assert "<h1>Publicado</h1>" in published(furnished, staff, again, readmitir="si")
    assert "se habló de las boletas" in staff.get("/foro/mesa-3/").text


def test_a_new_mesa_of_a_withdrawn_ones_title_has_an_address_of_its_own(furnished: Office, staff: FlaskClient) -> None:
    place = {"titulo_mesa": "Los que se van", "evento": "foro"}
    assert "<h1>Publicado</h1>" in published(furnished, staff, shown(staff, OTHER.replace("Otro", "Un"), **place))
    withdraw(furnished, "foro/los-que-se-van")
    text = OTHER.replace("las boletas", "los sellos y las cintas de cada caja que vuelve")
    assert "<h1>Publicado</h1>" in published(furnished, staff, shown(staff, text, **place))
    assert staff.get("/foro/los-que-se-van/").status_code == 410
    assert staff.get("/foro/los-que-se-van-2/").status_code == 200
