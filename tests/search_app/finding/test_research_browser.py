"""Research over years in real Chromium: questions, lists, from session to session, what is new, on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from indexer.engines.live import LiveIndex
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.browsing import needs_chromium, opened, served, until

pytestmark = needs_chromium
PHONE = {"width": 360, "height": 800}
SAID = {
    "mesa-1": "CONSEJERA ANA DE LA FUENTE: Presupuesto y urnas.\n\nCONSEJERO LUIS ÑUÑO: El presupuesto sin más.\n",
    "mesa-2": "CONSEJERA EVA NAVA: Nada que decir del dinero.\n\nCONSEJERO LUIS NÚÑEZ: Tampoco yo, ni de las urnas.\n",
    "mesa-3": "PREGUNTA: ¿Y el presupuesto?\n\nCONSEJERA EVA NAVA: Las urnas.\n",
}


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> CorpusMaker:
    made = CorpusMaker(tmp_path_factory.mktemp("investigar"))
    made.event()
    for day, (name, text) in enumerate(SAID.items(), 1):
        made.mesa(name, title=f"Sesión {name[-1]}", extra=f"fecha = 2025-12-0{day}\n", transcripcion_txt=text)
    made.update()
    return made


@pytest.fixture(scope="module")
def base(maker: CorpusMaker) -> Iterator[str]:
    index = LiveIndex(maker.settings.index, look_every_s=0)
    with served(create_app(index)) as address:
        yield address
    index.close()


def test_a_question_is_understood_its_person_taken_off_and_a_word_excluded(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(base)
        page.get_by_label("Buscar en lo que se dijo").fill("¿Qué dijo Ana de la Fuente sobre el presupuesto?")
        page.get_by_role("button", name="Buscar").click()
        assert page.locator("#suma").inner_text() == "1 fragmento con todas las palabras"
        page.get_by_role("link", name="Quitar el filtro Quién habla: Ana de la Fuente").click()
        assert page.locator("#suma").inner_text().endswith("3 fragmentos con algunas")
        page.get_by_label("Buscar en lo que se dijo").fill("presupuesto –urnas")
        page.get_by_role("button", name="Buscar").click()
        assert page.locator("#suma").inner_text() == "2 fragmentos"


def test_what_was_said_between_two_months_is_read_newest_first(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False, refused=True) as page:
        page.goto(f"{base}/buscar?q=presupuesto")
        since, until_then = (page.get_by_role("group", name=name) for name in ("Desde", "Hasta"))
        since.get_by_label("Mes").fill("11")
        page.get_by_role("button", name="Ver estas fechas").click()
        assert "un mes con su año" in page.locator("main").inner_text()
        page.get_by_role("button", name="Buscar").click()  # what was asked is still in the box
        since.get_by_label("Año").fill("2025")
        since.get_by_label("Mes").fill("11")
        for field, value in (("Año", "2025"), ("Mes", "12"), ("Día", "2")):
            until_then.get_by_label(field).fill(value)
        page.get_by_role("button", name="Ver estas fechas").click()
        page.get_by_role("link", name="Lo más reciente primero").click()
        assert page.locator("#suma").inner_text() == "2 fragmentos"
        page.get_by_role("link", name="Quitar el filtro Hasta: 2 de diciembre de 2025").click()
        assert page.locator("#suma").inner_text() == "3 fragmentos"
        assert "3 de diciembre de 2025" in page.locator(".resultado").first.inner_text()


def test_the_help_leads_to_each_tool_and_to_an_answer_of_the_api(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(base)
        page.get_by_role("link", name="Cómo buscar").first.click()
        contents = page.get_by_role("navigation", name="En esta página").get_by_role("link")
        anchors = [link.get_attribute("href") for link in contents.all()]
        assert [page.locator(anchor).count() for anchor in anchors] == [1] * len(anchors)
        page.get_by_role("link", name="La primera hora con la API").click()
        example = page.locator("pre[data-lengua=sh]").first.inner_text().split("'")[1]
        page.goto(base + example[example.index("/api/") :].replace("PREP", "presupuesto"))
        assert json.loads(page.locator("pre").inner_text())["total"] == 3


def test_people_stand_in_the_order_of_letters_and_a_particle_stays_with_its_surname(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{base}/personas/")
        names = [name.split("\n")[0] for name in page.locator(".nombres a").all_inner_texts()]
        assert names == ["Ana de la Fuente", "Eva Nava", "Luis Núñez", "Luis Ñuño"]
        page.goto(f"{base}/foro/mesa-1/p1")
        page.get_by_text("BibTeX, RIS y CSL-JSON").click()
        assert "{{de la Fuente}, Ana}" in page.locator("pre").first.inner_text().replace("author = ", "")


def test_from_hit_to_hit_and_on_into_the_next_session_by_key_and_by_link(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(f"{base}/buscar?q=presupuesto&evento=foro&orden=cronologico")
        page.get_by_role("link", name="Ver en su contexto").first.click()
        page.wait_for_url("**/mesa-1/?q=presupuesto&evento=foro#p1")
        page.keyboard.press("n")
        page.wait_for_url("**/mesa-1/?q=presupuesto&evento=foro#p2")
        page.keyboard.press("n")
        page.wait_for_url("**/mesa-3/?q=presupuesto&evento=foro#p1")  # mesa 2 says nothing of it
        page.keyboard.press("p")
        page.wait_for_url("**/mesa-1/?q=presupuesto&evento=foro#p2")
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{base}/foro/mesa-1/?q=presupuesto")
        page.get_by_role("link", name="Siguiente sesión con coincidencias: Sesión 3").first.click()
        assert page.url == f"{base}/foro/mesa-3/?q=presupuesto#p1"
        assert page.get_by_role("link", name="Siguiente sesión con coincidencias").count() == 0


def test_a_phone_begins_with_what_was_asked_for_and_a_label_is_no_person(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False, viewport=PHONE) as page:
        page.goto(f"{base}/buscar?q=presupuesto")
        assert page.locator("main").bounding_box()["y"] < 0.15 * PHONE["height"]
        assert page.locator(".resultado .dicho").first.bounding_box()["y"] < PHONE["height"] / 2
        topics = page.get_by_role("navigation", name="Principal").get_by_role("link", name="Temas")
        assert not topics.is_visible()
        page.get_by_text("Menú", exact=True).click()
        assert topics.is_visible()
        page.get_by_text("Orden y vistas").click()
        page.get_by_role("link", name="Lo más reciente primero").click()
        heading = page.get_by_role("heading", name="PREGUNTA no consta su nombre")
        assert heading.evaluate("e => getComputedStyle(e).fontWeight") == "400"
        other = page.get_by_role("heading", name="Luis Ñuño")
        assert other.evaluate("e => getComputedStyle(e).fontWeight") == "600"


def test_a_search_is_followed_by_the_browser_which_says_what_is_new(
    maker: CorpusMaker, base: str, browser: Any
) -> None:
    with opened(browser, viewport=PHONE) as page:
        page.goto(f"{base}/buscar?q=presupuesto&evento=foro")
        page.get_by_role("link", name="Seguir esta búsqueda").click()
        page.get_by_role("button", name="Guardarla en este navegador").click()
        said = page.locator(".guardadas [role=status]")
        until(page, "document.querySelector('.guardadas [role=status]')?.textContent.startsWith('Nada nuevo')")
        maker.mesa(
            "mesa-4", title="Sesión 4", transcripcion_txt="CONSEJERA EVA NAVA: Urnas.\n\nPREGUNTA: ¿Y el presupuesto?\n"
        )
        maker.update()
        page.goto(f"{base}/seguir")
        until(page, "document.querySelector('.guardadas ul ul a') !== null")
        assert said.inner_text().startswith("1 fragmento nuevo en 1 mesa desde el ")
        page.get_by_role("link", name="Sesión 4").click()
        page.wait_for_url("**/foro/mesa-4/?q=presupuesto&evento=foro#p2")
        page.go_back()
        page.get_by_role("button", name="Ya lo vi").click()
        until(page, "document.querySelector('.guardadas [role=status]').textContent.startsWith('Nada nuevo')")
        page.get_by_role("button", name="Quitar «presupuesto»").click()
        assert page.locator(".guardadas").is_hidden()
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{base}/seguir?q=presupuesto")
        assert page.get_by_role("button", name="Guardarla").count() == 0
        assert (
            page.get_by_role("link", name="esta búsqueda en Atom").get_attribute("href") == "/buscar.atom?q=presupuesto"
        )
