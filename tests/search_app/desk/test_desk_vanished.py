"""What a form is about was withdrawn, moved or given up by somebody else meanwhile: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.search_app.desk.desk_office import Office, office, sent, token
from tests.search_app.desk.test_desk_door import addresses, kept_by
from tests.waiting import until

pytestmark = pytest.mark.long

TYPED = "las urnas de la bodega"
GONE = {"motivo": "Se vendió", "conservar": True, "autor": "luis"}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, minutes=1) as found:
        yield found


def test_every_form_of_what_was_withdrawn_says_who_did_it_and_shows_what_was_sent(made: Office) -> None:
    """Once the withdrawal is undone it is sent again from there."""
    staff = made.client()
    form = {"token": token(staff.get("/acervo/agregar")), "t1": TYPED, "de": "LA PRESIDENTA", "a": "Ana Ruiz"}
    posts = [one.replace("mesa-1", "mesa-3") for one in addresses(made, "POST") if not one.endswith("/retirar")]
    for page, about_mesa in (("foro/mesa-3", True), ("foro", False)):
        step = made.desk.commands.ask("retirar", page, options=GONE)["paso"]
        until(lambda page=page: staff.get(f"/{page}/").status_code == 410)  # type: ignore[misc]
        forms = [one for one in posts if "/foro/" in one and ("/mesa-3/" in one) is about_mesa]
        assert len(forms) > 2
        for address in forms:
            answer = staff.post(address, data=form)
            assert answer.status_code == 404
            assert f'paso_{step}" target="_blank">paso {step}</a>, de luis, el ' in answer.text
            assert "«Se retiró todo: Se vendió»" in answer.text
            assert kept_by(answer.text)["t1"] == TYPED
            assert "Enviar otra vez" in answer.text
        if about_mesa:
            made.desk.commands.ask("deshacer", str(step))
            until(lambda: staff.get("/foro/mesa-3/").status_code == 200)
            assert sent(staff, "/acervo/foro/mesa-3/hablantes/nombre", kept_by(answer.text)).status_code == 303
            assert made.history()[0]["resumen"] == "«LA PRESIDENTA» ahora se llama «Ana Ruiz»"


def test_the_second_of_two_who_move_or_unite_a_mesa_reads_where_it_is_now_and_what_was_sent(made: Office) -> None:
    staff = made.client()
    made.desk.commands.ask("mover", "foro/mesa-2", "foro/otra", options={"autor": "luis"})
    until(lambda: staff.get("/acervo/foro/mesa-2/mover").status_code == 307)
    made.desk.commands.ask("editar", "foro/otra", options={"titulo": "Después"})
    for asked in ({"que": "mover", "nombre": "la-mia"}, {"que": "unir", "mesa": "foro/mesa-3"}):
        answer = sent(staff, "/acervo/foro/mesa-2/mover", asked)
        assert answer.status_code == 404
        assert "«foro/mesa-2 está ahora en foro/otra»" in answer.text
        assert 'href="/acervo/foro/otra/mover"' in answer.text
        assert kept_by(answer.text) == asked
        assert "Enviar otra vez" not in answer.text


def test_what_a_command_refused_is_shown_on_its_page_and_taken_up_from_there(made: Office) -> None:
    staff = made.client()
    asked = {"que": "unir", "mesa": "foro/mesa-3"}
    refused = staff.get(sent(staff, "/acervo/foro/mesa-1/mover", asked).headers["Location"]).text
    assert "Unir foro/mesa-1 foro/mesa-3" in refused.split("Lo que envió", 1)[1]
    assert "/acervo/foro/mesa-1/mover?que=unir&amp;mesa=foro%2Fmesa-3" in refused


def test_a_reader_is_shown_nothing_of_the_desk(made: Office) -> None:
    page = made.client(signed_in=False).get("/acervo/reportar?pagina=foro/no-hay").text
    assert "En esta dirección no hay nada." in page
    assert 'href="/acervo' not in page
