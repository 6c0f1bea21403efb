"""A mesa gets another address on its page of the desk, after what would change was shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.search_app.desk.desk_office import PASSWORD, Office, account, enter, office, sent, token
from tests.waiting import until

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("mudanza"), minutes=1) as made:
        yield made


@pytest.fixture(scope="module")
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


def test_what_would_change_is_shown_before_it_is_done_and_the_old_address_leads_on(
    furnished: Office, staff: FlaskClient
) -> None:
    slug = next(path.name for path in sorted(furnished.maker.corpus.glob("foro/mesa-*")))
    address = f"/acervo/foro/{slug}/mover"
    assert address in staff.get("/acervo/").text
    asked = {"que": "mover", "evento": "foro", "nombre": "Otra Mesá"}
    page = staff.get(address, query_string=asked).text
    assert f"<code>/foro/{slug}</code> llevará a <code>/foro/otra-mesa</code>" in page
    assert furnished.history() == []
    answer = sent(staff, address, asked, of=address)
    assert answer.status_code == 303
    assert "Hecho y publicado" in staff.get(answer.headers["Location"]).text
    until(lambda: staff.get(f"/foro/{slug}/").headers.get("Location") == "/foro/otra-mesa/")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"que": "mover", "nombre": "¡!"}, "Escriba otro nombre"),
        ({"que": "unir"}, "Elija a qué mesa"),
        ({"que": "unir", "mesa": "foro/no-hay"}, "No existe la mesa"),
        ({"que": "otra cosa"}, "Elija qué se hace"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(staff: FlaskClient, asked: dict[str, str], told: str) -> None:
    answer = staff.get("/acervo/foro/mesa-2/mover", query_string=asked)
    assert answer.status_code == 200
    assert told in answer.text
    assert "Hacerlo y publicar" not in answer.text


def test_what_was_typed_of_a_mesa_that_somebody_moved_meanwhile_goes_along(
    furnished: Office, staff: FlaskClient
) -> None:
    """But what was to be moved or withdrawn is not done to what the address leads to now."""
    address = "/acervo/foro/mesa-3/hablantes"
    typed = {"token": token(staff.get(address)), "de": "LA PRESIDENTA", "a": "Ana Ruiz"}
    furnished.desk.commands.ask("mover", "foro/mesa-3", "foro/mesa-33")
    until(lambda: staff.get(address).headers.get("Location") == "/acervo/foro/mesa-33/hablantes")
    answer = staff.post(f"{address}/nombre", data=typed)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/acervo/foro/mesa-33/hablantes/nombre")
    assert staff.post(answer.headers["Location"], data=typed).status_code == 303
    until(lambda: "«LA PRESIDENTA» ahora se llama «Ana Ruiz»" in [step["resumen"] for step in furnished.history()])
    steps = len(furnished.history())
    for part, more in (
        ("mover", {"que": "mover", "nombre": "mesa-9"}),
        ("retirar", {"que": "mesa", "como": "siempre"}),
    ):
        assert staff.post(f"/acervo/foro/mesa-3/{part}", data={**typed, **more}).status_code == 404
    assert len(furnished.history()) == steps


def test_whoever_has_an_event_still_has_it_when_it_is_called_otherwise(furnished: Office, staff: FlaskClient) -> None:
    account(furnished.maker.corpus, "luisa", events=["foro"])
    luisa = furnished.client(signed_in=False)
    enter(luisa, "luisa", PASSWORD)
    assert luisa.get("/acervo/foro/editar").status_code == 200
    assert sent(staff, "/acervo/foro/mover", {"que": "mover", "nombre": "foro-2025"}, of="/acervo/foro/mover").location
    until(lambda: luisa.get("/foro/").headers.get("Location") == "/foro-2025/")
    assert luisa.get("/acervo/foro-2025/editar").status_code == 200
