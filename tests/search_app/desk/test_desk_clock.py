"""Captions are sent to the desk beside an official text: seen before, published with it, and not left behind."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import clocked_session as session
from tests.search_app.desk.desk_office import Office, office, sent, token

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("horas"), minutes=1) as made:
        yield made


@pytest.fixture(scope="module")
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


def brought(staff: FlaskClient, mesa: str, **files: str) -> TestResponse:
    """A text and captions, as files."""
    name = "video.vtt" if files.get("archivo", "").startswith("WEBVTT") else "oficial.txt"
    named = {"archivo": name, "tiempos": "video.es.vtt"}
    data = {field: (io.BytesIO(text.encode()), named[field]) for field, text in files.items()}
    return sent(staff, "/acervo/agregar", {"mesa": mesa, "tipo": "transcripcion", **data})


def published(furnished: Office, staff: FlaskClient, address: str) -> TestResponse:
    page = staff.get(address)
    hidden = {name: page.text.split(f'name="{name}" value="')[1].split('"')[0] for name in ("visto", "base")} if (
        'name="visto"' in page.text) else {}  # fmt: skip
    answer = staff.post(address, data={"token": token(page), "accion": "publicar", **hidden})
    assert answer.status_code == 303, answer.text
    furnished.desk.worker.wait(address.rpartition("/")[2], 60)
    return staff.get(f"/acervo/encargos/{address.rpartition('/')[2]}")


def test_a_text_with_its_captions_is_published_with_their_seconds(furnished: Office, staff: FlaskClient) -> None:
    """The preview says which share; of what was sent no text is left behind."""
    address = brought(staff, "foro/mesa-2", archivo=session.official(), tiempos=session.vtt()).headers["Location"]
    assert "Tomadas de los subtítulos en 100 % de las palabras" in staff.get(address).text
    assert "<h1>Publicado</h1>" in published(furnished, staff, address).text
    passages = furnished.maker.passages("foro/mesa-2")
    assert [passage.start_s for passage in passages] == [session.second(turn) for turn in range(4)]
    received = furnished.maker.corpus / "_recibidos" / address.rpartition("/")[2]
    assert [path.name for path in received.iterdir()] == ["encargo.json"]
    quien = staff.get("/acervo/foro/mesa-2/hablantes").text
    assert "Este texto dice él mismo quién habla" in quien


def test_replacing_captions_says_that_they_are_kept_for_their_seconds(furnished: Office, staff: FlaskClient) -> None:
    """Here captions of other words: the page warns, the desk's first page says what lacks, and nothing is lost."""
    address = brought(staff, "foro/mesa-1", archivo=session.official()).headers["Location"]
    page = staff.get(address).text
    assert "Ninguna: los subtítulos no coinciden con el texto." in page
    assert "no parecen de la misma sesión" in page
    published(furnished, staff, address)
    names = {path.name for path in (furnished.maker.corpus / "foro" / "mesa-1").iterdir()}
    assert {"subtitulos.vtt", "transcripcion.txt"} <= names
    assert "100 % de las palabras sin hora" in staff.get("/acervo/").text


def test_captions_without_a_text_and_an_empty_file_are_told(staff: FlaskClient) -> None:
    alone = brought(staff, "foro/mesa-3", tiempos=session.vtt())
    assert (alone.status_code, "Elija también el texto" in alone.text) == (400, True)
    empty = brought(staff, "foro/mesa-3", archivo=session.official(), tiempos="")
    assert (empty.status_code, "El archivo «video.es.vtt» está vacío" in empty.text) == (400, True)


def test_captions_that_are_none_are_told_in_the_preview(staff: FlaskClient) -> None:
    """And cannot be published."""
    address = brought(staff, "foro/mesa-2", archivo=session.official(), tiempos="WEBVTT\n").headers["Location"]
    page = staff.get(address).text
    assert "No se puede leer así" in page
    assert 'value="publicar" disabled' in page
    address = brought(staff, "foro/mesa-2", archivo=session.vtt(), tiempos=session.vtt()).headers["Location"]
    assert "No se puede leer así" in staff.get(address).text
