"""What a researcher does in a browser: reads a word in context, compares terms, looks up a person and an entity."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served, until
from tests.search_app.study.studied_forum import opened_forum

pytestmark = needs_chromium
PAGES = [
    "/en-contexto", "/en-contexto?q=presupuesto&orden=derecha", "/en-contexto?q=nada-de-esto",
    "/compania?q=PREP", "/claves?q=PREP", "/comparar",
    "/comparar?q=PREP&q=presupuesto&q=urna&q=tema:prep", "/comparar?q=PREP&por=persona&medida=mil", "/personas/",
    "/personas/ana-ruiz-pena", "/personas/pregunta", "/entidades/", "/entidades/sonora", "/temas/",
]  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with opened_forum(tmp_path_factory.mktemp("estudio")) as forum, served(create_app(forum.index)) as address:
        yield address


def test_no_page_is_wider_than_a_phone_and_wide_tables_are_reached_with_the_keyboard(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}, color_scheme="dark") as page:
        for address in PAGES:
            page.goto(base + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
            for region in page.locator(".ancha").all():
                assert region.get_attribute("tabindex") == "0"
                assert region.get_attribute("role") == "region"
        page.goto(base + "/comparar?q=PREP&q=presupuesto&q=urna&q=tema:prep")
        table = page.locator(".ancha")
        assert table.evaluate("e => e.scrollWidth > e.clientWidth")
        table.focus()
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.ancha').scrollLeft > 0")


def test_a_word_is_read_in_context_sorted_and_opened_where_it_was_said(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as page:
        page.goto(base + "/en-contexto")
        page.get_by_role("searchbox", name="Palabra, frase o tema").fill("presupuesto")
        page.get_by_role("button", name="Ver en contexto").click()
        page.get_by_role("heading", name="6 apariciones en 6 fragmentos").wait_for()
        page.get_by_role("link", name="Por la palabra siguiente").click()
        page.wait_for_url("**orden=derecha")
        assert page.locator(".der b").all_inner_texts() == ["alcanza", "de", "del", "del", "y"]
        marks = [mark.bounding_box() for mark in page.locator(".concordancia mark").all()]
        assert len({round(box["x"]) for box in marks}) == 1
        page.locator(".concordancia li").nth(1).get_by_role("link").click()
        page.wait_for_url("**/foro/mesa-1/?q=presupuesto#p*")
        assert page.locator(":target mark").all_inner_texts() == ["presupuesto"]


def test_who_stands_beside_a_word_is_followed_to_its_lines_and_taken_away(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as page:
        page.goto(base + "/en-contexto?q=PREP")
        page.get_by_role("link", name="Palabras en compañía").click()
        page.get_by_label("Palabras antes").fill("0")
        page.get_by_role("button", name="Ver").click()
        page.wait_for_url("**antes=0*")
        page.get_by_role("link", name="logDice").click()
        page.get_by_role("link", name="24 líneas de probó aquí").click()
        page.get_by_role("heading", name="24 apariciones en 3 fragmentos").wait_for()
        assert page.locator(".der b").all_inner_texts() == ["probó"] * 24
        line = page.locator(".renglon-kwic").nth(5)
        sides = [line.locator(f".{side}").evaluate("e => e.clientWidth / 8") for side in ("izq", "der")]
        assert min(sides) >= 60  # letters of some 8 pixels
        page.get_by_text("Por varias palabras").click()
        page.get_by_label("Primero").select_option("2.ª a la derecha")
        page.get_by_label("luego").select_option("1.ª a la izquierda")
        page.get_by_role("button", name="Ordenar").click()
        page.wait_for_url("**orden=d2&orden=i1*")
        for name, separator in (("CSV", '","'), ("TSV", "\t")):
            with page.expect_download() as taken:
                page.get_by_role("link", name=name, exact=True).click()
            [head, *lines] = taken.value.path().read_text(encoding="utf-8-sig").splitlines()
            assert (len(lines), separator in head) == (24, True)
        with page.expect_download() as taken:
            page.get_by_role("link", name="Word").click()
        assert zipfile.is_zipfile(taken.value.path())
        page.get_by_role("link", name="Palabras clave").click()
        page.get_by_role("heading", name="Palabras clave").wait_for()


def test_two_terms_are_compared_and_a_bar_and_a_cell_lead_to_the_same_fragments(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as page:
        page.goto(base + "/comparar")
        boxes = page.get_by_role("searchbox")
        form = page.locator("form.comparar")
        assert boxes.count() == 5
        form.get_by_role("searchbox").nth(0).fill("PREP")
        form.get_by_role("searchbox").nth(1).fill("presupuesto")
        form.get_by_role("button", name="Comparar").click()
        page.get_by_role("link", name="Por quien habla").click()
        page.wait_for_url("**por=persona*")
        bar = page.locator(".barras a").first
        leads = bar.get_attribute("href")
        assert page.locator(f'td a[href="{leads}"]').count() == 1
        number = page.locator(f'td a[href="{leads}"]').inner_text().split()[0]
        bar.click()
        page.wait_for_url(base + leads)
        assert page.locator("h1").inner_text().startswith(f"{number} fragmento")


def test_bars_are_told_apart_by_pattern_and_letter_by_day_and_by_night(base: str, browser: Any) -> None:
    for scheme in ("light", "dark"):
        with opened(browser, color_scheme=scheme) as page:
            page.goto(base + "/comparar?q=PREP&q=presupuesto")
            fills = {bar.get_attribute("fill") for bar in page.locator(".barras rect[fill]").all()}
            assert fills == {"url(#trama-1)", "url(#trama-2)"}
            assert {text[0] for text in page.locator(".barras a text").all_text_contents()} == {"A", "B"}
            ink = page.evaluate("getComputedStyle(document.querySelector('#trama-2 rect')).fill")
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert ink != paper


def test_from_a_person_to_what_they_said_and_to_their_entity(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(base + "/personas/")
        page.get_by_role("link", name="Ana Ruiz Peña").click()
        page.wait_for_url("**/personas/ana-ruiz-pena")
        assert page.get_by_role("heading", level=1).inner_text() == "Ana Ruiz Peña"
        page.get_by_role("link", name="Estado de México").click()
        page.wait_for_url("**/entidades/estado-de-mexico")
        page.get_by_role("link", name="Ana Ruiz Peña").first.click()
        page.wait_for_url("**/personas/ana-ruiz-pena")
        page.get_by_role("link", name="Sus palabras clave").click()
        assert page.get_by_text("Quién habla: Ana Ruiz Peña").is_visible()
        page.go_back()
        page.get_by_role("region").get_by_role("link", name="fragmentos de Mesa 1. Uno").click()
        page.wait_for_url("**/buscar?*")
        assert page.locator("h1").inner_text() == "4 fragmentos"


def test_from_the_matrix_of_topics_to_the_fragments_of_a_mesa(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(base + "/temas/")
        page.locator("table.cruce td a").first.click()
        page.wait_for_url("**tema=prep*")
        assert page.locator("h1").inner_text() == "3 fragmentos"
