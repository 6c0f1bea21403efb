"""Results in real Chromium: refined by facets, opened and left again, and there while one types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served, settled, until, until_so
from tests.search_app.fakes.desk import desk

pytestmark = needs_chromium

CARPAS = "6 fragmentos"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index = desk(tmp_path_factory.mktemp("resultados"))
    with served(create_app(index)) as address:
        yield address
    index.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_search_is_refined_by_two_facets_one_is_taken_out_and_a_hit_opens(
    base: str, browser: Any, scripts: bool
) -> None:
    with opened(browser, java_script_enabled=scripts, viewport={"width": 1280, "height": 900}) as page:
        page.goto(base)
        page.get_by_label("Buscar en lo que se dijo").fill("presupuesto")
        page.get_by_role("button", name="Buscar").click()
        page.get_by_role("complementary").get_by_role("link", name="Ana Ruiz").click()
        page.get_by_role("complementary").get_by_role("link", name="Transcripción").click()
        chosen = page.get_by_role("list", name="Filtros en vigor")
        assert chosen.inner_text().split("\n") == [
            "Quién habla: Ana Ruiz quitar",
            "Tipo de texto: Transcripción quitar",
        ]
        assert "elegido; quitar" in page.get_by_role("complementary").inner_text()
        chosen.get_by_role("link", name="Quitar el filtro Tipo de texto: Transcripción").click()
        assert chosen.inner_text() == "Quién habla: Ana Ruiz quitar"
        found = page.locator("#suma").inner_text()
        page.get_by_role("link", name="Ver en su contexto").first.click()
        # The filter went along: the page counts what the list counted.
        assert found == "2 fragmentos"
        assert "2 fragmentos de esta página coinciden con «presupuesto» (Quién habla: Ana Ruiz)" in page.inner_text(
            "main"
        )
        page.get_by_role("link", name="Buscarlo en todo el acervo").click()
        assert page.locator("#suma").inner_text() == found


def type_and_wait(page: Any, text: str, count: str) -> None:
    page.get_by_role("combobox").press_sequentially(text, delay=10)
    until(page, f"document.getElementById('suma').textContent === {count!r}")


def test_results_follow_the_typing_and_keep_the_focus_and_say_only_the_count(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(base + "/buscar?q=carpas&tipo=transcripcion")
        page.evaluate("window.same = true")
        page.get_by_role("combobox").fill("")
        type_and_wait(page, "presupuesto", "8 fragmentos")
        assert page.url == base + "/buscar?q=presupuesto&tipo=transcripcion"
        assert page.title() == "presupuesto · Consta"
        assert page.evaluate("document.activeElement.name") == "q"
        assert page.locator("#cuenta").inner_text() == "8 fragmentos"
        assert page.locator(".resultado mark").first.inner_text() == "presupuesto"
        assert page.evaluate("window.same")  # one page all along
        page.get_by_role("link", name="Ver en su contexto").first.click()
        page.wait_for_url("**/foro/**")
        page.go_back()
        assert page.get_by_role("combobox").input_value() == "presupuesto"
        assert page.locator("#suma").inner_text() == "8 fragmentos"


def test_a_slow_answer_never_replaces_a_later_one(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(base + "/buscar?q=sala")
        held: list[Any] = []
        ended: list[str] = []
        for how in ("requestfinished", "requestfailed"):
            page.on(how, lambda asked: ended.append(asked.url) if asked.url.endswith("q=carpas") else None)
        page.route("**/buscar?q=carpas", lambda route: held.append(route))
        box = page.get_by_role("combobox")
        with page.expect_request("**/buscar?q=carpas"):
            box.fill("carpas")
        box.fill("")
        type_and_wait(page, "presupuesto", "10 fragmentos")
        for route in held:
            route.continue_()
        until_so(page, lambda: ended)
        settled(page)
        assert page.locator("#suma").inner_text() == "10 fragmentos"


def test_what_is_unfolded_stays_so_and_nothing_is_laid_under_a_reader_who_went_in(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        page.goto(base + "/buscar?q=presupuesto")
        page.locator(".facetas > details > summary").click()
        page.get_by_role("combobox").fill("")
        type_and_wait(page, "carpas", CARPAS)
        assert page.get_by_role("complementary").get_by_role("link", name="Luis Mora").is_visible()
        with page.expect_response("**/buscar?q=*sala"):
            page.get_by_role("combobox").fill("sala")
            page.get_by_role("link", name="Ver en su contexto").first.focus()
        settled(page)
        assert page.locator("#suma").inner_text() == CARPAS


def test_half_a_word_takes_nothing_away_until_the_typing_rests(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(base + "/buscar?q=carpas&corregir=no")
        page.evaluate("""() => {
            const typed = performance.now(), none = () => document.getElementById('suma').textContent;
            const look = () => none() === 'Ningún fragmento' && (window.rested ??= performance.now() - typed);
            new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
        }""")
        page.get_by_role("combobox").fill("zzqq")
        until(page, "window.rested !== undefined")
        assert page.evaluate("rested") > 1_200  # by the page's own clock: 300 ms of typing, a second of rest
        assert page.url == base + "/buscar?q=zzqq"


def test_neighbours_stand_together_in_the_order_of_the_sessions(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(base + "/buscar?q=carpetas+rojas&orden=cronologico")
        assert page.locator("#suma").inner_text() == "4 fragmentos con todas las palabras"
        assert page.locator(".grupo").count() == 1
        assert "4 fragmentos seguidos" in page.locator(".grupo .lugar").first.inner_text()
        assert page.locator(".resultado").count() == 4


def test_a_search_page_weighs_less_than_60_kilobytes_in_all(base: str, browser: Any) -> None:
    with opened(browser) as page:
        sent: list[int] = []
        page.on("response", lambda answer: sent.append(len(answer.body())))
        page.goto(base + "/buscar?q=presupuesto&por_pagina=10", wait_until="networkidle")
        assert len(sent) > 3
        assert sum(sent) < 60 * 1024
