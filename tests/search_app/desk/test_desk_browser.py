"""What staff do, in real Chromium: add, say who speaks, mend, undo, replace, withdraw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.search_app.browsing import needs_chromium, opened, served, until
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, captions, change_forty_times, office, panel
from tests.waiting import until as wait_until

pytestmark = needs_chromium

SCREEN = {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("escritorio"), minutes=60) as made:
        yield made


@pytest.fixture(scope="module")
def base(furnished: Office) -> Iterator[str]:
    with served(furnished.app) as address:
        yield address


class Staff:
    """Somebody at the desk whose clicks are counted."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base, self.clicks = page, base, 0
        page.goto(f"{base}/acervo/")
        page.fill("#nombre", NAME)
        page.fill("#clave", PASSWORD)
        page.get_by_role("button", name="Entrar", exact=True).click()
        page.wait_for_url("**/acervo/")

    def click(self, what: Any) -> None:
        self.clicks += 1
        what.click()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def done(self) -> None:
        """Wait for what was published."""

        def published() -> bool:
            assert "No se pudo" not in self.page.title(), self.page.inner_text("main")
            return bool(self.page.locator(".hecho[role=status]").count()) and "Publicando" not in self.page.title()

        wait_until(published, lambda: self.page.inner_text("main"))


def found(page: Any, base: str, words: str) -> int:
    """How many fragments match in full."""
    return int(page.request.get(f"{base}/api/buscar", params={"q": words}).json()["total"])


def test_ten_minutes_of_pasted_captions_are_searchable_within_six_clicks(base: str, browser: Any) -> None:
    with opened(browser, **SCREEN) as page:
        staff = Staff(page, base)
        assert found(page, base, "magnolia") == 0
        staff.click(page.get_by_role("link", name="Agregar un texto"))
        page.select_option("#mesa", label="Mesa 2. Lo que viene")
        staff.clicks += 1
        staff.click(page.locator("#texto"))
        page.keyboard.insert_text(panel(10, "magnolia"))
        staff.press("Ver qué se entendió")
        assert "con tiempos" in page.inner_text("main")
        staff.press("Publicar")
        staff.done()
        assert page.locator("h1").inner_text() == "Publicado"
        assert found(page, base, "magnolia") > 5
        assert staff.clicks < 6


def test_forty_changes_of_speaker_are_forty_actions_and_one_save(base: str, browser: Any) -> None:
    with opened(browser, **SCREEN) as page:
        staff = Staff(page, base)
        page.goto(f"{base}/acervo/foro/mesa-1/hablantes")
        actions = change_forty_times(page)
        until(page, "document.querySelector('.cuantos').textContent === '40 cambios, sin guardar'")
        assert actions == 40
        staff.press("Guardar y publicar")
        staff.done()
        assert page.locator(".faltan-por").inner_text() == "No falta nada por atribuir."
        assert found(page, base, 'persona:"Luis Mora" renglón') > 0
        assert page.locator(".tramo[data-cambio]").count() == 40


def test_a_surname_is_mended_in_the_places_that_were_accepted_and_undone(base: str, browser: Any) -> None:
    with opened(browser, **SCREEN) as page:
        staff = Staff(page, base)
        page.goto(f"{base}/acervo/foro/mesa-1/corregir")
        page.fill("#buscar", "gomez")
        page.fill("#por", "Gómez Luna")
        staff.press("Ver cada lugar")
        boxes = page.locator("input[type=checkbox][name=lugar]")
        assert boxes.count() == 50
        for n in (0, 2):
            boxes.nth(n).check()
        staff.press("Lugares siguientes →")
        assert boxes.count() == 50
        assert "2 lugares están marcados" in page.inner_text("main")
        boxes.first.check()
        staff.press("Corregir los marcados y publicar")
        staff.done()
        assert found(page, base, '"gómez luna"') > 0
        assert "El original dice «gomez»" in page.inner_text("main")
        page.goto(f"{base}/acervo/historial")
        page.get_by_role("button", name="Deshacer").first.click()
        staff.done()
        assert found(page, base, '"gómez luna"') == 0


def test_a_fragment_is_edited_and_checked_against_the_video(base: str, browser: Any) -> None:
    with opened(browser, **SCREEN) as page:
        staff = Staff(page, base)
        page.goto(f"{base}/acervo/foro/mesa-3/corregir")
        row = page.locator("article", has_text="Gomez")
        row.locator("summary").click()
        box = row.locator("textarea")
        box.fill(box.input_value().replace("Gomez", "Gámez"))
        row.get_by_label("Cotejado con el video").check()
        staff.press("Guardar y publicar")
        staff.done()
        assert found(page, base, "Gámez mesa:3") == 1
        assert page.locator("article", has_text="Gámez").get_by_label("Cotejado con el video").is_checked()


def test_a_text_is_replaced_after_its_difference_was_shown(base: str, browser: Any, tmp_path: Path) -> None:
    official = tmp_path / "acta.txt"
    official.write_text(
        "LA PRESIDENTA: Buenos días, hablamos de las urnas.\n\nEL SECRETARIO: Traje las actas de la jornada.\n"
    )
    with opened(browser, **SCREEN) as page:
        staff = Staff(page, base)
        page.goto(f"{base}/acervo/foro/mesa-3/reemplazar")
        page.set_input_files("#archivo", official)
        staff.press("Ver qué se entendió")
        assert "siguen iguales" in page.inner_text("main") or "sigue igual" in page.inner_text("main")
        page.get_by_text("Ver la diferencia").click()
        assert "actas de la jornada" in page.inner_text(".diferencias")
        staff.press("Reemplazar y publicar")
        staff.done()
        assert found(page, base, "actas de la jornada mesa:3") == 1


def test_a_mesa_is_withdrawn_with_a_reason_after_it_was_confirmed(base: str, browser: Any) -> None:
    with opened(browser, **SCREEN) as page:
        staff = Staff(page, base)
        page.goto(f"{base}/acervo/foro/mesa-3/retirar")
        page.get_by_label("Toda la mesa").check()
        page.get_by_role("button", name="Ver lo que se va").click()
        page.get_by_label("Puede deshacerse").check()
        page.fill("#motivo", "Lo pidió quien habló")
        page.fill("#confirmacion", "retirar")
        staff.press("Retirar")
        staff.done()
        gone = page.request.get(f"{base}/foro/mesa-3/")
        assert gone.status == 410
        assert "Lo pidió quien habló" in gone.text()


def test_the_announcement_of_an_event_is_withdrawn_from_the_first_page(base: str, browser: Any) -> None:
    with opened(browser, **SCREEN) as page:
        staff = Staff(page, base)
        assert found(page, base, "bodegas tipo:anuncio") == 1
        page.get_by_role("link", name="Retirar el anuncio, o todo Foro de prueba").click()
        assert page.get_by_label("Toda la mesa").count() == 0
        page.get_by_label("El anuncio completo").check()
        page.get_by_role("button", name="Ver lo que se va").click()
        page.get_by_label("Para siempre").check()
        page.fill("#motivo", "Se publicó por error")
        page.fill("#confirmacion", "RETIRAR")
        staff.press("Retirar")
        staff.done()
        assert found(page, base, "bodegas tipo:anuncio") == 0
        gone = page.request.get(f"{base}/foro/p1")
        assert gone.status == 410
        assert "Se publicó por error" in gone.text()
        assert page.request.get(f"{base}/foro/").status == 200


def test_a_file_may_be_dropped_and_one_that_is_too_large_is_told_before_it_is_sent(base: str, browser: Any) -> None:
    drop = """(size) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(size)], "acta.vtt"));
      const how = {dataTransfer: data, bubbles: true, cancelable: true};
      document.querySelector(".soltar").dispatchEvent(new DragEvent("drop", how));
      return document.querySelector("#archivo").files[0].name;
    }"""
    with opened(browser, **SCREEN) as page:
        Staff(page, base)
        page.goto(f"{base}/acervo/agregar")
        assert page.evaluate(drop, 10) == "acta.vtt"
        assert page.locator(".soltar [role=alert]").is_hidden()
        page.evaluate(drop, 33 * 1024 * 1024)
        assert "pasa de 32 MB" in page.locator(".soltar [role=alert]").inner_text()
        page.get_by_role("button", name="Ver qué se entendió").click()
        assert page.url.endswith("/acervo/agregar")
        page.goto(f"{base}/acervo/importar")
        page.evaluate("""() => {
          const file = new File(["x"], "a.vtt"), event = new DragEvent("drop", {bubbles: true, cancelable: true});
          const entry = {isDirectory: false, fullPath: "/2025/enero/a.vtt", file: (good) => good(file)};
          const all = [[entry], []];
          const folder = {isDirectory: true, createReader: () => ({readEntries: (good) => good(all.shift())})};
          const value = {types: ["Files"], files: [file], items: [{webkitGetAsEntry: () => folder}]};
          Object.defineProperty(event, "dataTransfer", {value});
          document.querySelector(".soltar").dispatchEvent(event);
        }""")
        until(page, "document.querySelector('.soltar input').files[0]?.name === '2025/enero/a.vtt'")


def test_without_script_a_text_is_added_and_its_speakers_named(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False, **SCREEN) as page:
        staff = Staff(page, base)
        page.goto(f"{base}/acervo/agregar")
        page.get_by_text("La mesa no está en la lista").click()
        page.fill("#titulo_mesa", "Mesa 4: Sin programa")
        page.select_option("#evento", "foro")
        page.fill("#texto", captions(2, "jacaranda"))
        staff.press("Ver qué se entendió")
        staff.press("Publicar")
        staff.done()
        assert found(page, base, "jacaranda mesa:4") > 0
        page.goto(f"{base}/acervo/foro/mesa-4-sin-programa/hablantes")
        assert "Faltan por atribuir" in page.inner_text("main")
