"""``/cotejar`` and ``/api/cotejar``: what a reader sees, what a program gets."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.engines import open_index
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.quotations.quoted_forum import write_forum

WRONG = "No creo que el presupuesto alcance para 15 distritos, aunque la comisión no está convencida"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    maker = CorpusMaker(tmp_path_factory.mktemp("cotejo"))
    write_forum(maker)
    index = open_index(maker.settings.index)
    yield create_app(index, public_url="https://consta.example.mx").test_client()
    index.close()


def page(client: FlaskClient, cita: str, **more: str) -> str:
    answer = client.get("/cotejar", query_string={"cita": cita, **more})
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def shown(text: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_without_a_quotation_there_is_a_form_and_how_it_is_checked(client: FlaskClient) -> None:
    found = page(client, "")
    assert '<form class="cotejo" action="/cotejar" method="get">' in found
    assert "Cómo se coteja" in found
    assert "veredicto" not in found
    assert "2 de 2 mesas con transcripción" in found


def test_a_textual_quotation_is_said_so_with_speaker_place_and_citation(client: FlaskClient) -> None:
    found = page(client, "nadie la había pedido")
    text = shown(found)
    assert "Textual Está, palabra por palabra, en 1 lugar." in text
    assert "Luis Peña" in text
    assert "Mesa 1. Presupuesto" in text
    citation = re.search(r'<a rel="bookmark" href="(/foro/mesa-1/p\d+)">Citar', found)
    assert citation
    assert "Cómo citarlo" in client.get(citation[1]).get_data(as_text=True)
    context = re.search(r'href="(/foro/mesa-1/\?q=[^"#]*)#p', found)
    assert context
    assert "<mark>nadie la había pedido</mark>" in client.get(context[1]).get_data(as_text=True)


def test_a_difference_is_shown_word_by_word_and_in_words(client: FlaskClient) -> None:
    found = page(client, WRONG)
    assert "Casi: no es textual" in found
    assert re.search(r"para <del>15</del> distritos, aunque la comisión <del>no</del> está convencida</dd>", found)
    text = shown(found)
    assert "La cita No creo que el presupuesto" in text
    said = re.search(r"<dt>Lo que se dijo</dt><dd.*</dd>", found)
    assert said
    assert "para quince distritos, aunque la comisión está convencida de lo contrario." in shown(said[0])
    assert "Difiere en 2 palabras: cambia un número y sobra una negación." in text
    assert "Cambia un número: la cita dice «15»; el texto, «quince»." in text
    assert "Sobra una negación: «no»." in text


def test_captions_are_never_an_official_quotation(client: FlaskClient) -> None:
    text = shown(page(client, "el personal de Toluca llegó a tiempo"))
    assert "Textual, según subtítulos automáticos" in text
    assert "no es una versión oficial" in text
    assert "Quien habla no está identificado" in text
    assert "0:19" in text
    assert "Ver el video en 0:24" in text


def test_what_is_not_found_proves_nothing_and_offers_a_search(client: FlaskClient) -> None:
    found = page(client, "los votos se perdieron en el río")
    assert "No encontrada" in found
    assert "No prueba que nadie lo dijera" in found
    assert 'href="/buscar?q=los+votos+se+perdieron' in found


def test_filters_stay_in_the_form_and_can_be_taken_out(client: FlaskClient) -> None:
    found = page(client, "nadie la había pedido", mesa="foro/mesa-1", persona="Luis Peña", ficticio="si")
    assert '<input type="hidden" name="mesa" value="foro/mesa-1">' in found
    assert '<input type="hidden" name="persona" value="Luis Peña">' in found
    assert 'value="si" checked' in found
    assert "quitar" in found


def test_a_fictitious_text_is_marked(client: FlaskClient) -> None:
    text = shown(page(client, "los votos se cuentan con piedras de colores", ficticio="si"))
    assert "Texto ficticio" in text
    assert "nadie lo dijo" in text


def test_what_was_pasted_is_never_markup(client: FlaskClient) -> None:
    pasted = "<script>alert(1)</script> nadie la había pedido <b>"
    answer = client.get("/cotejar", query_string={"cita": pasted}).get_data(as_text=True)
    assert "<script>alert" not in answer
    assert "<b>" not in answer


@pytest.mark.parametrize("cita", ["", " ", "…", "?!"])
def test_a_program_that_asks_nothing_is_told_what_to_ask(client: FlaskClient, cita: str) -> None:
    answer = client.get("/api/cotejar", query_string={"cita": cita})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert "Falta la cita" in answer.get_json()["detail"]


def test_a_quotation_that_is_too_long_is_a_clear_refusal(client: FlaskClient) -> None:
    long = "palabra " * 700
    answer = client.get("/api/cotejar", query_string={"cita": long})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert "5,000 caracteres" in answer.get_json()["detail"]
    told = client.get("/cotejar", query_string={"cita": long})
    assert told.status_code == 400
    assert "5,000 caracteres" in told.get_data(as_text=True)


def test_a_quotation_of_thousands_of_accented_letters_fits_in_the_address(client: FlaskClient) -> None:
    cita = "canción números político está " * 160
    address = "/api/cotejar?cita=" + quote(cita)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.get_json()["veredicto"] == "no_encontrada"


def test_the_json_has_the_keys_that_are_promised(client: FlaskClient) -> None:
    answer = client.get("/api/cotejar", query_string={"cita": WRONG, "edicion": "0" * 12}).get_json()
    assert list(answer) == ["cita", "edicion", "veredicto", "coincidencias", "cercanas", "avisos"]
    assert (answer["cita"], answer["veredicto"]) == (WRONG, "casi")
    assert any("El acervo cambió" in notice for notice in answer["avisos"])
    (place,) = answer["coincidencias"]
    for key in (
        "id",
        "evento",
        "mesa",
        "persona",
        "cargo",
        "inicio_s",
        "texto",
        "antes",
        "despues",
        "diferencias",
        "url",
        "video",
        "version",
    ):
        assert key in place
    assert {"tipo": "cambia", "cita": "15", "texto": "quince", "naturaleza": ["numero"]} in place["diferencias"]
    assert client.get(place["url"].partition("#")[0]).status_code == 200
    assert client.get(place["permanente"]).status_code == 200


def test_the_head_the_foot_and_the_help_lead_here(client: FlaskClient) -> None:
    assert client.get("/").get_data(as_text=True).count('href="/cotejar"') == 2
    assert "Cotejar una cita" in client.get("/ayuda").get_data(as_text=True)
