"""What is sent to the desk and is no transcript leads somewhere useful, and nothing is replaced by a slip."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.search_app.desk.desk_office import Office, office, sent, token
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

VIDEO = b"\0\0\0\x20ftypisom\0\0\2\0mp41" + b"\0" * 64
SHORT = "En esta mesa se habla de las bodegas y de quién las cuida."


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("reconocer"), minutes=2) as made:
        yield made


@pytest.fixture(scope="module")
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


def shown(staff: FlaskClient, **form: object) -> TestResponse:
    """The page of what was sent."""
    return staff.get(sent(staff, "/acervo/agregar", form).headers["Location"])


def test_an_address_alone_becomes_the_video_of_a_mesa(furnished: Office, staff: FlaskClient) -> None:
    page = shown(staff, texto=" https://www.youtube.com/watch?v=abcdefghijk ")
    assert "Es la dirección de un video de YouTube" in page.text
    assert "/ayuda/acervo#subtitulos" in page.text
    form = {"token": token(page), "accion": "publicar"}
    nowhere = staff.post(page.request.path, data=form)
    assert (nowhere.status_code, "Elija a qué mesa" in nowhere.text) == (400, True)
    event = staff.post(page.request.path, data={**form, "mesa": "foro"})
    assert (event.status_code, "Un video es de una mesa" in event.text) == (400, True)
    done = staff.post(page.request.path, data={**form, "mesa": "foro/mesa-1"}, follow_redirects=True)
    furnished.desk.worker.wait(page.request.path.rpartition("/")[2], PATIENCE_S)
    assert done.status_code == 200
    assert (
        'video = "https://www.youtube.com/watch?v=abcdefghijk"'
        in (furnished.maker.corpus / "foro/mesa-1/mesa.toml").read_text()
    )


def test_what_is_no_text_says_where_to_go_and_is_not_published(staff: FlaskClient) -> None:
    page = shown(staff, archivo=(io.BytesIO(VIDEO), "acta.txt"), mesa="foro/mesa-2")
    assert "un video MP4" in page.text
    assert "/ayuda/acervo#subtitulos" in page.text
    form = {"token": token(page), "accion": "publicar", "mesa": "foro/mesa-2"}
    assert staff.post(page.request.path, data=form).status_code == 409
    table = shown(staff, archivo=(io.BytesIO(b"archivo;mesa\na.vtt;mesa-1\n"), "lista.csv"), mesa="foro/mesa-2")
    assert 'href="/acervo/importar"' in table.text


def test_a_short_text_is_a_description_and_no_transcript_is_chosen_to_be_replaced_by_it(staff: FlaskClient) -> None:
    page = shown(staff, texto=SHORT, mesa="foro/mesa-1")
    assert "Parece una descripción" in page.text
    assert '<option value="descripcion" selected>' in page.text
    assert "Qué cambiaría al reemplazar" not in page.text


def test_a_text_that_becomes_far_shorter_is_replaced_only_by_whoever_says_so(staff: FlaskClient) -> None:
    page = shown(staff, texto=SHORT, mesa="foro/mesa-1", tipo="transcripcion")
    assert "El texto nuevo es mucho más corto" in page.text
    assert '<input type="hidden" name="visto"' not in page.text
    base = page.text.split('name="base" value="')[1].split('"')[0]
    form = {"token": token(page), "accion": "publicar", "tipo": "transcripcion", "mesa": "foro/mesa-1", "base": base}
    assert staff.post(page.request.path, data=form).status_code == 409


def test_what_looks_like_personal_data_is_shown_and_what_is_marked_is_not_published(
    furnished: Office, staff: FlaskClient
) -> None:
    said = "ANA RUIZ: Mi teléfono es 55 1234 5678 y mi correo ana@ejemplo.mx es para todos."
    page = shown(staff, texto=said, mesa="foro/mesa-2")
    assert "Mi teléfono es <mark>55 1234 5678</mark>" in page.text
    assert 'name="testar" value="2"' in page.text
    form = {"token": token(page), "accion": "publicar", "tipo": "transcripcion", "testar": "1"}
    staff.post(page.request.path, data=form)
    furnished.desk.worker.wait(page.request.path.rpartition("/")[2], PATIENCE_S)
    held = (furnished.maker.corpus / "foro/mesa-2/transcripcion.txt").read_text()
    assert held == said.replace("55 1234 5678", "[Dato personal retirado]") + "\n"


def test_two_files_are_two(staff: FlaskClient) -> None:
    files = [(io.BytesIO(b"uno"), "uno.txt"), (io.BytesIO(b"dos"), "dos.txt")]
    answer = sent(staff, "/acervo/agregar", {"archivo": files, "mesa": "foro/mesa-2"})
    assert (answer.status_code, "Eligió 2 archivos" in answer.text) == (400, True)
