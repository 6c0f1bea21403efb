"""Dates of results: in words, as filters, as a facet, as orders; real files, a real index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.engines.live import LiveIndex
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.browsing import needs_chromium, opened, served

SAID = "CONSEJERA ANA RUIZ: El presupuesto del año.\n\nSEÑOR LUIS PEÑA: Presupuesto y bodegas.\n"
DAYS = {"marzo": "2022-03-15", "fin": "2022-03-31", "abril": "2022-04-01", "mayo": "2024-05-06"}
EVENT = 'titulo = "Consejo"\ninicio = 2022-01-01\nfin = 2024-12-31\n'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Four sessions over three years, and one whose day is not confirmed."""
    maker = CorpusMaker(tmp_path_factory.mktemp("fechas"))
    maker.event("consejo", anuncio_md="Se anuncia el presupuesto.\n")
    (maker.corpus / "consejo" / "evento.toml").write_text(EVENT, encoding="utf-8")
    for name, day in DAYS.items():
        maker.mesa(name, event="consejo", title=name.capitalize(), extra=f"fecha = {day}\n", transcripcion_txt=SAID)
    maker.mesa("sin-dia", event="consejo", title="Sin día", transcripcion_txt="SEÑOR LUIS PEÑA: Presupuesto.\n")
    maker.update()
    index = LiveIndex(maker.settings.index)
    yield create_app(index).test_client()
    index.close()


def found(client: FlaskClient, **asked: Any) -> list[str]:
    """The mesas of a search of transcripts, each once, in the order of its results; ``-`` for one without a day."""
    given = {"q": "presupuesto", "tipo": "transcripcion", "por_pagina": 100, **asked}
    results = client.get("/api/buscar", query_string=given).get_json()["resultados"]
    assert all(result["fecha"] == DAYS.get(result["mesa"]) for result in results)
    return list(dict.fromkeys(result["mesa"].replace("sin-dia", "-") for result in results))


@pytest.mark.parametrize(
    ("bounds", "mesas"),
    [
        ({"desde": "2022", "hasta": "2022"}, ["-", "marzo", "fin", "abril"]),
        ({"hasta": "2022-03"}, ["-", "marzo", "fin"]),
        ({"desde": "2022-3-16", "hasta": "2022-04-01"}, ["-", "fin", "abril"]),
        ({"desde": "2024-02"}, ["-", "mayo"]),
        ({"anio": "2024"}, ["-", "mayo"]),
        ({"q": "presupuesto anio:2022", "orden": "reciente"}, ["abril", "fin", "marzo", "-"]),
        ({"desde": ["2022", "4", ""], "hasta": ["", "", ""]}, ["-", "abril", "mayo"]),
        ({"desde": ["2022-04-01", "2024"]}, ["-", "abril", "mayo"]),
    ],
)
def test_a_year_a_month_or_a_day_bounds_a_search(client: FlaskClient, bounds: dict[str, Any], mesas: list[str]) -> None:
    assert found(client, orden=bounds.pop("orden", "cronologico"), **bounds) == mesas


@pytest.mark.parametrize("desde", ["2022-02-30", "2022-13", "22", "marzo", "0000", ["", "3", ""], ["2022", "", "5"]])
def test_a_date_that_is_none_is_refused_with_its_cure(client: FlaskClient, desde: Any) -> None:
    answer = client.get("/api/buscar", query_string={"q": "presupuesto", "desde": desde})
    assert answer.status_code == 400
    assert "«desde» debe ser un año, un mes con su año o un día que exista" in answer.get_json()["detail"]
    page = client.get("/buscar", query_string={"q": "presupuesto", "desde": desde})
    assert page.status_code == 400
    assert 'value="presupuesto"' in page.text


def test_the_newest_sessions_come_first_each_as_it_was_said_and_so_does_the_feed(client: FlaskClient) -> None:
    assert found(client, orden="reciente") == ["mayo", "abril", "fin", "marzo", "-"]
    results = client.get("/api/buscar?q=presupuesto&orden=reciente").get_json()["resultados"]
    assert [result["id"] for result in results[:3]] == [
        "consejo/mayo#p1", "consejo/mayo#p2", "consejo/abril#p1",
    ]  # fmt: skip
    assert "Mayo · 6 de mayo de 2024" in client.get("/buscar.atom?q=presupuesto").text.split("<entry>")[1]
    # Whoever has all of the words comes before whoever has some, whatever the day.
    assert found(client, q="presupuesto bodegas", orden="reciente")[:2] == ["mayo", "abril"]
    both = client.get("/api/buscar?q=año+bodegas+presupuesto&orden=reciente").get_json()["resultados"]
    assert [result["completo"] for result in both] == sorted((r["completo"] for r in both), reverse=True)


def test_years_are_a_facet_whose_counts_are_what_choosing_gives(client: FlaskClient) -> None:
    answer = client.get("/api/buscar?q=presupuesto").get_json()
    years = {one["valor"]: one["n"] for one in answer["facetas"]["anio"]}
    assert years == {"2022": 8, "2023": 2, "2024": 4}
    for year, count in years.items():
        assert client.get(f"/api/buscar?q=presupuesto&anio={year}").get_json()["total"] == count
    shown = client.get("/buscar?q=presupuesto").text
    assert shown.index("anio=2024") < shown.index("anio=2023") < shown.index("anio=2022")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/buscar?q=presupuesto", "<span>Mayo</span> · 6 de mayo de 2024 · Transcripción"),
        ("/buscar?q=presupuesto", "<span>Sin día</span> · fecha no confirmada · Transcripción"),
        ("/buscar?q=presupuesto", ">Mayo, 6 de mayo de 2024</a>"),
        ("/buscar?q=presupuesto&desde=2022-03&hasta=2023", "Desde: marzo de 2022"),
        ("/buscar?q=presupuesto&desde=2022-03&hasta=2023", "Hasta: 2023"),
        ("/en-contexto?q=presupuesto", "Sin día · fecha no confirmada"),
        ("/en-contexto?q=presupuesto&hasta=2022", "15 de marzo de 2022"),
        ("/exportar?f=consejo/mayo/p1", "Mayo · 6 de mayo de 2024"),
        ("/exportar?f=consejo/sin-dia/p1", "Sin día · fecha no confirmada"),
        ("/exportar?f=consejo/mayo/p1&formato=texto", "Mayo · 6 de mayo de 2024 · Transcripción"),
    ],
)
def test_every_place_that_names_a_fragment_says_when(client: FlaskClient, address: str, words: str) -> None:
    assert words in client.get(address).text


def test_sessions_are_listed_newest_first_or_in_their_order(client: FlaskClient) -> None:
    newest, listed = ["mayo", "abril", "fin", "marzo", "sin-dia"], r'<li><a href="/consejo/([a-z-]+)/"'
    for address in ("/", "/consejo/", "/consejo/?orden=reciente"):
        assert re.findall(listed, client.get(address).text) == newest, address
    in_order = client.get("/consejo/?orden=cronologico").text
    assert re.findall(listed, in_order) == ["sin-dia", "marzo", "fin", "abril", "mayo"]
    assert 'href="/consejo/?orden=reciente#mesas">Lo más reciente primero</a>' in in_order
    assert client.get("/consejo/?orden=azar").status_code == 400


@pytest.mark.parametrize("scripts", [False, True])
@needs_chromium[0]
@needs_chromium[1]
def test_a_researcher_says_from_when_and_until_when(client: FlaskClient, browser: Any, scripts: bool) -> None:
    with (
        served(client.application) as base,
        opened(browser, java_script_enabled=scripts, viewport={"width": 1280, "height": 900}) as page,
    ):
        page.goto(f"{base}/buscar?q=presupuesto&tipo=transcripcion&orden=reciente")
        since = page.get_by_role("group", name="Desde")
        since.get_by_label("Año").fill("2022")
        since.get_by_label("Mes").fill("4")
        page.get_by_role("button", name="Ver estas fechas").click()
        assert page.url == f"{base}/buscar?q=presupuesto&tipo=transcripcion&desde=2022-04&orden=reciente"
        assert page.locator("#suma").inner_text() == "5 fragmentos"
        assert (since.get_by_label("Año").input_value(), since.get_by_label("Mes").input_value()) == ("2022", "4")
        page.get_by_role("complementary").get_by_role("link", name="2024", exact=True).click()
        assert page.locator("#suma").inner_text() == "3 fragmentos"
        page.get_by_role("link", name="Quitar el filtro Desde: abril de 2022").click()
        assert "Año: 2024" in page.get_by_role("list", name="Filtros en vigor").inner_text()
