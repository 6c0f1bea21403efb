"""A corrected text says so wherever it is shown; its original is never out of reach, nor taken for what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.engines import open_index
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

CAPTIONS = """WEBVTT

00:01.000 --> 00:03.000
el instituto lectoral <b> del estado capacita

00:03.000 --> 00:06.000
con los o ples de todo el país cada año
"""
SPOKEN = (
    "CONSEJERA ANA RUIZ: El computo distrital fue público y duró cuatro horas completas.\n\nPREGUNTA: ¿Y la casilla?\n"
)
CORRECTIONS = (
    "numero\tde\ta\tvez\tautor\tfecha\n"
    "1\tlectoral\tElectoral\t1\tana.privada\t2026-01-02\n"
    "1\to ples\tOPLEs\t1\tana.privada\t2026-01-05\n"
    "1\t\t\t\tana.privada\t2026-02-03\n"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Three mesas: corrected captions, a corrected transcript, one as received."""
    maker = CorpusMaker(tmp_path_factory.mktemp("corregido"))
    maker.event()
    maker.mesa(transcripcion_vtt=CAPTIONS.replace(" <b>", ""), correcciones_tsv=CORRECTIONS)
    maker.mesa("mesa-2", transcripcion_txt=SPOKEN, correcciones_tsv="1\tcomputo\tcómputo\n")
    maker.mesa("mesa-3", transcripcion_txt="CONSEJERA ANA RUIZ: Nadie corrigió esto.\n\nPREGUNTA: ¿No?\n")
    assert not maker.update().problems
    index = open_index(maker.settings.index)
    yield create_app(index, public_url="https://consta.example.mx").test_client()
    index.close()


def results(client: FlaskClient, text: str) -> list[dict[str, Any]]:
    """What the API finds."""
    found = client.get("/api/buscar", query_string={"q": text, "corregir": "no"}).get_json()
    return [one for one in found["resultados"] if one["completo"]]


def page(client: FlaskClient, address: str) -> str:
    """The text of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("text", ["lectoral", "electoral", '"instituto lectoral del"', '"los o ples de todo"', "OPLEs"])
def test_a_result_has_the_corrected_text_and_says_so(client: FlaskClient, text: str) -> None:
    [found] = [one for one in results(client, text) if one["mesa"] == "mesa-1"]
    assert found["texto"] == "el instituto Electoral del estado capacita con los OPLEs de todo el país cada año"
    assert found["corregido"] is True
    assert found["texto_original"].startswith("el instituto lectoral")
    assert "<mark>" in found["extracto"]
    assert "Texto corregido" in page(client, f"/buscar?q={text}")


def test_a_text_as_received_has_the_keys_of_the_contract_alone(client: FlaskClient) -> None:
    [found] = results(client, "nadie")
    assert {"corregido", "texto_original"}.isdisjoint(found)
    assert "Texto corregido" not in page(client, "/buscar?q=nadie")


def test_the_page_marks_what_was_corrected_and_leads_to_the_original(client: FlaskClient) -> None:
    shown = page(client, "/foro/mesa-1/")
    assert '<ins class="corregido" title="El original dice «o ples»">OPLEs</ins>' in shown
    assert 'href="/foro/mesa-1/?original=si#transcripcion"' in shown
    assert 'href="/foro/mesa-1/correcciones"' in shown
    original = page(client, "/foro/mesa-1/?original=si")
    assert '<del class="corregido" title="Corregido: «OPLEs»">o ples</del>' in original
    assert "como se recibió" in original
    assert "correcciones" not in page(client, "/foro/mesa-3/")


def test_captions_that_were_all_checked_are_not_called_unchecked(client: FlaskClient) -> None:
    shown = page(client, "/foro/mesa-1/")
    assert "cotejados con el video por el personal" in shown
    assert "sin revisar" not in shown


def test_marks_and_corrections_stand_in_one_another(client: FlaskClient) -> None:
    shown = page(client, '/foro/mesa-1/?q="instituto lectoral del"')
    assert re.search(
        r'<mark>instituto </mark><ins class="corregido"[^>]*><mark>Electoral</mark></ins><mark> del</mark>', shown
    )


def test_a_fragment_says_that_it_was_corrected_and_checked_and_not_by_whom(client: FlaskClient) -> None:
    shown = page(client, "/foro/mesa-1/p1")
    assert (
        "Texto corregido por el personal el 5 de enero de 2026 y cotejado con el video el 3 de febrero de 2026" in shown
    )
    assert "subtítulos automáticos, cotejados con el video, texto corregido" in shown
    assert "ana.privada" not in shown
    assert 'href="/foro/mesa-1/p1?original=si"' in shown
    assert '<del class="corregido"' in page(client, "/foro/mesa-1/p1?original=si")


def test_no_citation_of_a_text_as_received_speaks_of_corrections(client: FlaskClient) -> None:
    assert "corregido" not in page(client, "/foro/mesa-3/p1")
    assert "texto corregido" in page(client, "/foro/mesa-2/p1")


def test_the_public_page_says_what_where_and_when_by_the_staff(client: FlaskClient) -> None:
    shown = page(client, "/foro/mesa-1/correcciones")
    text = re.sub(r"<[^>]+>", "", shown)
    assert "decía «lectoral» dice «Electoral»" in text
    assert "Personal, 2 de enero de 2026" in text
    assert "Cotejado con el video por el personal el 3 de febrero de 2026" in text
    assert 'href="/foro/mesa-1/#p1"' in shown
    assert "ana.privada" not in shown
    assert "no tiene correcciones" in page(client, "/foro/mesa-3/correcciones")
    assert client.get("/foro/mesa-9/correcciones").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/foro/",
        "/foro/mesa-1/?original=si",
        "/api/buscar?q=electoral",
        "/exportar?q=electoral&formato=json",
        "/en-contexto?q=oples",
    ],
)
def test_who_corrected_is_nowhere_to_be_read(client: FlaskClient, address: str) -> None:
    assert "ana.privada" not in client.get(address).text


def checked(client: FlaskClient, text: str) -> dict[str, Any]:
    """The answer to a quotation."""
    return dict(client.get("/api/cotejar", query_string={"cita": text}).get_json())


def test_a_quotation_of_the_corrected_text_is_textual_and_the_correction_is_told(client: FlaskClient) -> None:
    found = checked(client, "con los OPLEs de todo el país")
    assert found["veredicto"] == "textual"
    assert "el original dice «o ples»; el texto corregido, «OPLEs»" in found["coincidencias"][0]["advertencias"][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("con los o ples de todo el país", "con los OPLEs de todo el país"),
        ("o ples", "OPLEs"),
        ("El computo distrital fue público", "El cómputo distrital fue público"),
        ("computo", "cómputo"),
        ("estado capacita con los o", "estado capacita con los OPLEs"),
    ],
)
def test_a_quotation_of_the_original_is_nearly_so_and_never_textual(client: FlaskClient, text: str, said: str) -> None:
    found = checked(client, text)
    assert found["veredicto"] == "casi"
    place = found["coincidencias"][0]
    assert place["texto"] == said
    assert place["palabras_distintas"] >= 1
    assert place["resumen"] == "Coincide con el texto original, no con el corregido"
    assert "La cita es del texto original, que el personal corrigió" in place["advertencias"][0]
    assert "La cita es del texto original" in client.get("/cotejar", query_string={"cita": text}).text


def test_a_quotation_beside_a_correction_is_not_touched_by_it(client: FlaskClient) -> None:
    found = checked(client, "de todo el país cada año")
    assert found["veredicto"] == "textual"
    assert "original" not in " ".join(found["coincidencias"][0]["advertencias"])


def test_a_word_in_context_is_counted_once_a_place_in_either_form(client: FlaskClient) -> None:
    for text in ("lectoral", "electoral", "ples", "oples"):
        shown = client.get("/en-contexto", query_string={"q": text, "corregir": "no"}).text
        assert "1 aparición en 1 fragmento" in shown, text


def test_captions_are_exported_as_corrected_with_their_times(client: FlaskClient) -> None:
    said = client.get("/exportar?todo_de=foro/mesa-1&formato=vtt").text
    assert "00:00:01.000 --> 00:00:03.000\nel instituto Electoral del estado capacita" in said
    assert "00:00:03.000 --> 00:00:06.000\ncon los OPLEs de todo el país cada año" in said


@pytest.mark.parametrize("form", ["csv", "json", "texto", "ris", "bibtex", "csl", "docx"])
def test_every_file_can_be_taken(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/exportar?q=electoral&formato={form}")
    assert answer.status_code == 200
    if form != "docx":
        assert "texto corregido" in answer.text
        assert "ana.privada" not in answer.text


def test_words_that_went_are_told_where_the_original_is_read(tmp_path: Path) -> None:
    maker = CorpusMaker(tmp_path)
    maker.event()
    maker.mesa(transcripcion_vtt="WEBVTT\n\n00:01.000 --> 00:02.000\nde de veras\n", correcciones_tsv="1\tde\t\t2\n")
    maker.update()
    index = open_index(maker.settings.index)
    try:
        client = create_app(index).test_client()
        assert "de veras" in page(client, "/foro/mesa-1/")
        assert "El personal quitó estas palabras" in page(client, "/foro/mesa-1/?original=si")
        assert "decía «" in re.sub(r"<[^>]+>", "", page(client, "/foro/mesa-1/correcciones"))
    finally:
        index.close()


def test_a_feed_says_when_an_entry_was_last_corrected(client: FlaskClient) -> None:
    [entry] = client.get("/buscar.atom?q=electoral").text.split("<entry>")[1:]
    assert "<published>2025-12-04T00:00:00-06:00</published>" in entry
    assert "<updated>2026-01-05T00:00:00-06:00</updated>" in entry, "a check changes nothing"
