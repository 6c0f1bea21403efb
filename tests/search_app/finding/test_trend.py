"""The trend of a search: every column is its search, nothing on record is not nought; real files, a real index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.engines.live import LiveIndex
from search_app.asking.periods import periods
from search_app.shown.dates import period
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.browsing import by_day_and_by_night, needs_chromium, opened, served, violations

BUDGET = "CONSEJERA ANA RUIZ: El presupuesto del año.\n\nSEÑOR LUIS PEÑA: Presupuesto y bodegas.\n"
OTHER = "SEÑOR LUIS PEÑA: Las bodegas electorales.\n"
SAID = {"2019-03-15": BUDGET, "2019-11-02": BUDGET, "2021-05-06": OTHER, "2023-01-10": f"{BUDGET}\n{OTHER}"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Four sessions over five years, two of which have no text; one whose day is not confirmed, over two years."""
    maker = CorpusMaker(tmp_path_factory.mktemp("tendencia"))
    for event, first, last in (("consejo", "2019-01-01", "2024-12-31"), ("foro", "2022-12-01", "2023-02-28")):
        maker.event(event)
        written = f'titulo = "{event}"\ninicio = {first}\nfin = {last}\n'
        (maker.corpus / event / "evento.toml").write_text(written, encoding="utf-8")
    for day, said in SAID.items():
        maker.mesa(f"s-{day}", event="consejo", title=day, extra=f"fecha = {day}\n", transcripcion_txt=said)
    maker.mesa("sin-dia", event="foro", title="Sin día", transcripcion_txt=BUDGET)
    maker.update()
    index = LiveIndex(maker.settings.index)
    yield create_app(index).test_client()
    index.close()


def trend(client: FlaskClient, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/tendencia", query_string={"q": "presupuesto", **asked})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def numbers(found: dict[str, Any]) -> dict[str, int | None]:
    return {one["periodo"]: one["fragmentos"] for one in found["periodos"]}


def test_years_without_text_are_no_noughts_and_who_has_no_day_counts_in_each_it_may_be_of(client: FlaskClient) -> None:
    found = trend(client, por="anio")
    assert numbers(found) == {"2019": 4, "2020": None, "2021": 0, "2022": 2, "2023": 4}
    assert (found["total"], found["en_varios"]) == (8, 2)
    assert [one["por_mil"] for one in found["periodos"][1:3]] == [None, 0]
    assert numbers(trend(client, por="anio", evento="foro")) == {"2022": 2, "2023": 2}
    assert numbers(trend(client, por="anio", persona="Ana Ruiz")) == {
        "2019": 2, "2020": None, "2021": None, "2022": 1, "2023": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"por": "anio", "desde": "2019-03-20", "hasta": "2022"}, ["2019-03-20/2019-12-31", "2020", "2021", "2022"]),
        ({"anio": "2019"}, [f"2019-{month:02}" for month in range(3, 12)]),
        ({"q": "presupuesto anio:2023", "por": "anio"}, ["2023"]),
        ({"por": "decenio"}, ["2010/2019", "2020/2029"]),
        ({"anio": ["2019", "2021"], "por": "mes", "evento": "consejo"}, None),
        ({"q": "bodegas -presupuesto", "por": "mes", "hasta": "2021-05-03"}, None),
        ({"desde": "2030"}, []),
        ({"q": "nada-de-esto", "persona": "Nadie"}, []),
    ],
)
def test_every_column_is_the_search_that_it_leads_to(
    client: FlaskClient, asked: dict[str, Any], names: list[str] | None
) -> None:
    found = trend(client, **asked)
    assert names in (None, [one["periodo"] for one in found["periodos"]])
    for one in found["periodos"]:
        within = {"q": "presupuesto", **asked, "desde": one["desde"], "hasta": one["hasta"]}
        assert client.get("/api/buscar", query_string=within).get_json()["total"] == (one["fragmentos"] or 0)
        if one["url"]:
            leads = client.get(one["url"].replace("/buscar", "/api/buscar")).get_json()
            assert leads["total"] == one["fragmentos"]


def test_periods_follow_one_another_to_the_ends_of_the_calendar() -> None:
    for unit, first, last in (("mes", "2019-11", "2020-02"), ("anio", "2019", "2023"), ("decenio", "0001", "9999")):
        found = periods(unit, period(first)[0], period(last)[1])
        assert (found[0].first, found[-1].last) == (period(first)[0], period(last)[1])
        assert all(one.last.toordinal() + 1 == after.first.toordinal() for one, after in pairwise(found))


def test_a_results_page_draws_it_with_links_and_a_table_and_keeps_the_measure(client: FlaskClient) -> None:
    html = client.get("/buscar?q=presupuesto&medida=mil&por_pagina=1&desde=2019").text
    drawing = re.search(r"<svg class=\"columnas.*?</svg>\s*<rect", html, re.DOTALL)
    assert drawing is not None
    leads = re.findall(r'<a href="([^"]*)"', drawing[0])
    assert unescape(leads[0]) == ("/buscar?q=presupuesto&por_pagina=1&medida=mil&desde=2019&hasta=2019")
    assert drawing[0].count("<title>") == len(leads) == 3
    table = html[html.index("En números") :]
    assert all(f'<td><a href="{url}">' in table for url in leads)
    assert '<th scope="row">2020</th><td>sin texto</td><td></td>' in table
    assert '<th scope="row">2021</th><td>0</td><td>0.00</td>' in table
    assert "2 fragmentos sin día confirmado cuentan en cada año de su evento" in html
    # The tallest column is that of the largest share, not of the largest number.
    heights = [int(height) for height in re.findall(r"v(\d+)h-\.8", drawing[0])]
    assert max(heights) == 56
    assert len(set(heights)) > 1
    assert "Todo es de marzo de 2019" in client.get("/buscar?q=presupuesto&hasta=2019-03").text
    assert "columnas" not in client.get("/buscar?q=zarzamora&corregir=no").text


def test_a_kind_of_period_that_does_not_exist_is_refused_with_those_that_do(client: FlaskClient) -> None:
    answer = client.get("/api/tendencia?q=presupuesto&por=semana")
    assert answer.status_code == 400
    assert "escriba por=mes, por=anio o por=decenio" in answer.get_json()["detail"]


@needs_chromium[0]
@needs_chromium[1]
def test_a_researcher_follows_a_word_through_the_years_without_a_program(
    client: FlaskClient, browser: Any, axe: str
) -> None:
    """From the columns to a year, from there to its months, to the comparison, and into the session where it fell."""
    with served(client.application) as base:
        with opened(browser, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as page:
            page.goto(f"{base}/buscar?q=presupuesto")
            page.locator(".columnas a").first.click()
            page.wait_for_url("**/buscar?q=presupuesto&desde=2019&hasta=2019")
            assert page.locator("#suma").inner_text() == "4 fragmentos"
            page.get_by_text("En números").click()
            rows = page.get_by_role("table").locator("tbody tr")
            assert [row.split("\t")[:2] for row in rows.all_inner_texts()] == [
                [f"{month} de 2019", said]
                for month, said in zip(
                    ("marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre"),
                    ("2", *["sin texto"] * 7, "2"),
                    strict=True,
                )
            ]
            page.get_by_role("complementary").get_by_role("link", name="Comparar").click()
            page.wait_for_url("**/comparar?q=presupuesto&desde=2019&hasta=2019&por=mes")
            page.locator("tbody td a").last.click()
            page.wait_for_url("**desde=2019-11&hasta=2019-11")
            page.get_by_role("link", name="Ver en su contexto").first.click()
            assert page.locator(".tira a").count() == 1
        with opened(browser) as page:
            for address in ("/buscar?q=presupuesto", "/comparar?q=presupuesto&q=bodegas&por=anio"):
                page.goto(base + address)
                for _, width in by_day_and_by_night(page):
                    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
                    assert page.evaluate("document.documentElement.scrollWidth") <= width
                    assert violations(page, axe) == []
