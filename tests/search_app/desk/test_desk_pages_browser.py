"""The pages of the desk, in real Chromium: axe, narrow screens, two people at one mesa, what readers report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.engines.live import LiveIndex
from search_app.desk.jobs.job import CommandCall
from search_app.desk.staff_desk import StaffDesk
from search_app.web.application import create_app
from tests.search_app.browsing import by_day_and_by_night, needs_chromium, opened, served, until_so, violations
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, captions, furnish, office, panel, sent

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("paginas"), minutes=3) as made:
        yield made


@pytest.fixture(scope="module")
def base(furnished: Office) -> Iterator[str]:
    with served(furnished.app) as address:
        yield address


def enter(page: Any, base: str, after: str = "") -> None:
    page.goto(f"{base}/entrar?next={after}")
    page.fill("#nombre", NAME)
    page.fill("#clave", PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()


def saved(page: Any) -> str:
    """Save, and wait for what the desk says of it."""
    page.get_by_role("button", name="Guardar y publicar").click()
    notice = page.locator("main .hecho[role=status], main [role=alert]").first
    notice.wait_for()
    return str(notice.inner_text())


def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    furnished: Office, base: str, browser: Any, axe: str
) -> None:
    client = furnished.client()
    draft = sent(client, "/acervo/agregar", {"texto": panel(1, "álamo"), "mesa": "foro/mesa-1"}).headers["Location"]
    failed = furnished.desk.jobs.new(NAME, "?", state="fallo", title="Una prueba", error="No se pudo.", retry=draft)
    waits = furnished.desk.jobs.new(NAME, "?", state="hecho", title="Otra", page="foro/mesa-1", answer={"paso": 1})
    edits = {"fragmentos": [{"numero": 1, "antes": "gomez", "correcciones": [{"de": "gomez", "a": "Gómez"}]}]}
    calls = (CommandCall("corregir", ("foro/mesa-1",), {"escribir": True}, edits),)
    offered = furnished.desk.jobs.new("eva", "?", state="por_revisar", title="Una propuesta", calls=calls)
    for job in (failed, waits, offered):
        furnished.desk.jobs.put(job)
    given = {"frase": "las listas", "texto": "Dice listas y son pistas", "desde": "web ?"}
    furnished.desk.commands.ask("reporte", "foro/mesa-1#p1", given=given)
    mesa = "/acervo/foro/mesa-1"
    pages = [
        "/acervo/", f"/acervo/encargos/{offered.id}", "/acervo/cuentas",
        "/acervo/agregar", draft, f"/acervo/encargos/{failed.id}", f"/acervo/encargos/{waits.id}",
        f"{mesa}/hablantes", f"{mesa}/corregir", "/acervo/corregir?buscar=gomez&por=G%C3%B3mez", f"{mesa}/reemplazar",
        f"{mesa}/retirar", "/acervo/foro/retirar", "/acervo/historial", "/acervo/reportes",
        "/acervo/reportar?pagina=foro/mesa-1", "/foro/mesa-1/p1", "/ayuda/acervo",
    ]  # fmt: skip
    with opened(browser) as page:
        page.goto(f"{base}/entrar")
        assert violations(page, axe) == []
        enter(page, base)
        for address in pages:
            assert page.goto(base + address).status == 200, address
            for size in by_day_and_by_night(page):
                assert violations(page, axe) == [], (address, size)
                assert page.evaluate("document.body.scrollWidth <= innerWidth"), (address, size)


def test_the_second_of_two_people_sees_what_the_first_changed_and_loses_nothing(base: str, browser: Any) -> None:
    size = {"width": 1366, "height": 768}
    with opened(browser, viewport=size) as first, opened(browser, viewport=size) as second:
        for page in (first, second):
            enter(page, base, "/acervo/foro/mesa-1/hablantes")
        first.locator("article").nth(0).get_by_role("button", name="Desde aquí habla Ana Ruiz").click()
        assert "Hecho y publicado" in saved(first)
        second.locator("article").nth(0).get_by_role("button", name="Desde aquí habla Luis Mora").click()
        second.locator("article").nth(1).get_by_role("button", name="Desde aquí habla Eva Sol").click()
        told = saved(second)
        assert "Otra persona cambió esto" in told
        assert "0:00: ahora dice Ana Ruiz; lo suyo, Luis Mora" in told
        assert second.locator(".habla").nth(1).inner_text() == "Eva Sol"
        assert "Hecho y publicado" in saved(second)
        assert second.locator(".habla").all_inner_texts()[:2] == ["Luis Mora", "Eva Sol"]


def test_two_people_mend_one_mesa_and_nothing_typed_is_lost(base: str, browser: Any) -> None:
    with opened(browser) as first, opened(browser) as second:
        for page in (first, second):
            enter(page, base, "/acervo/foro/mesa-3/corregir")
            page.locator("article summary").first.click()
        for page, word in ((first, "tardes"), (second, "noches")):
            box = page.locator("article textarea").first
            box.fill(box.input_value().replace("días", word))
        assert "Hecho y publicado" in saved(first)
        told = saved(second)
        assert "Otra persona cambió esto" in told
        assert "Los dos cambiaron el fragmento 1:" in told
        assert "noches" in second.locator("article textarea").first.input_value()
        assert "tardes" in second.locator("article .dicho").first.inner_text()
        assert "Hecho y publicado" in saved(second)
        assert "noches" in second.locator("article .dicho").first.inner_text()


def test_whoever_saves_last_does_not_take_back_what_the_other_corrected_and_checked(base: str, browser: Any) -> None:
    with opened(browser) as first, opened(browser) as second:
        for page in (first, second):
            enter(page, base, "/acervo/foro/mesa-1/corregir")
        for page, number, word in ((first, 1, "ana"), (second, 2, "beta")):
            row = page.locator("article").nth(number - 1)
            row.locator("summary").click()
            box = row.locator("textarea")
            box.fill(f"{word} {box.input_value()}")
        first.locator("article").nth(0).get_by_label("Cotejado con el video").check()
        assert "Hecho y publicado" in saved(first)
        assert "Hecho y publicado" in saved(second)
        said = second.locator("article .dicho").all_inner_texts()
        assert [said[0].split()[0], said[1].split()[0]] == ["ana", "beta"]
        assert second.locator("article").nth(0).get_by_label("Cotejado con el video").is_checked()


def test_what_the_other_person_wrote_can_be_left(base: str, browser: Any) -> None:
    with opened(browser) as first, opened(browser) as second:
        for page in (first, second):
            enter(page, base, "/acervo/foro/mesa-3/corregir")
            page.locator("article summary").first.click()
        for page, word in ((first, "tardes"), (second, "noches")):
            box = page.locator("article textarea").first
            box.fill(f"{word} {box.input_value()}")
        saved(first)
        saved(second)
        second.get_by_label("Dejar lo de la otra persona").check()
        assert "No había nada que cambiar" in saved(second)
        assert "tardes" in second.locator("article .dicho").first.inner_text()


def asked_on_leaving(page: Any) -> list[str]:
    """Follow a link of the desk, and stay where one is asked; what was asked."""
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    here = page.url
    page.locator("nav.escritorio a").first.click(no_wait_after=True)
    until_so(page, lambda: asked or page.url != here)
    if not asked:
        page.remove_listener("dialog", stay)
    return asked


def test_leaving_corrections_that_were_not_saved_asks_first(base: str, browser: Any) -> None:
    with opened(browser) as page:
        address = f"{base}/acervo/foro/mesa-1/corregir"
        enter(page, base, "/acervo/foro/mesa-1/corregir")
        row = page.locator("article").nth(1)
        row.locator("summary").click()
        box = row.locator("textarea")
        was = box.input_value()
        box.fill(f"{was} {was}")
        assert asked_on_leaving(page) == ["beforeunload"]
        assert page.url == address
        assert box.input_value() == f"{was} {was}"
        box.fill(was)
        row.get_by_label("Cotejado con el video").check()
        assert asked_on_leaving(page) == ["beforeunload"]
        assert "Hecho y publicado" in saved(page)  # nothing is asked of who saves
        assert asked_on_leaving(page) == []
        page.wait_for_url("**/acervo/")


def test_leaving_a_text_that_was_pasted_and_not_sent_asks_first(base: str, browser: Any) -> None:
    with opened(browser) as page:
        enter(page, base, "/acervo/agregar")
        page.fill("#texto", panel(1, "nogal"))
        assert asked_on_leaving(page) == ["beforeunload"]
        page.select_option("#mesa", "foro/mesa-2")
        page.get_by_role("button", name="Ver qué se entendió").click()
        page.get_by_role("heading", name="Qué se entendió").wait_for()


def test_enter_in_the_name_of_another_person_puts_it_on_the_list_and_saves_nothing(base: str, browser: Any) -> None:
    with opened(browser) as page:
        enter(page, base, "/acervo/foro/mesa-1/hablantes")
        page.wait_for_url("**/hablantes", wait_until="load")
        page.fill("#otra", "Sara Flores")
        page.press("#otra", "Enter")
        page.locator("article").nth(1).get_by_role("button", name="Desde aquí habla Sara Flores").click()
        page.fill("#otra", "Eva Dos")
        page.press("#otra", "Enter")
        assert page.locator(".personas-teclas button[data-persona='Eva Dos']").count() == 1
        assert page.locator(".habla").nth(1).inner_text() == "Sara Flores"
        assert page.locator("main .hecho[role=status]:visible").count() == 0
        assert asked_on_leaving(page) == ["beforeunload"]


def test_a_speaker_is_called_as_another_and_two_become_one(base: str, browser: Any) -> None:
    with opened(browser) as page:
        enter(page, base, "/acervo/foro/mesa-3/hablantes")
        row = page.locator(".renombrar li", has_text="LA PRESIDENTA")
        row.locator("input[name=a]").fill("Rosa Vega")
        row.get_by_role("button").click()
        page.locator("main .hecho[role=status]").wait_for()
        assert "Rosa Vega" in page.goto(f"{base}/foro/mesa-3/").text()


def test_a_reader_reports_an_error_and_reads_in_a_private_link_what_staff_answer(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(f"{base}/foro/mesa-1/p1")
        page.get_by_text("Reportar un error").click()
        page.fill("#que-esta-mal", "Dice «gomez» y es Gámez")
        page.get_by_role("button", name="Enviar").click()
        assert "quedó anotado" in page.inner_text("main")
        link = page.locator("main a[href*='/acervo/respuesta?clave=']").inner_text()
        enter(page, base, "/acervo/reportes")
        row = page.locator(".pasos li", has_text="es Gámez")
        assert row.get_by_role("link", name="Mesa 1. Bodegas, fragmento 1", exact=True).count() == 1
        row.locator("summary").click()
        row.get_by_label("Respuesta para quien lo reportó").fill("Gracias.\nYa dice Gámez.")
        row.get_by_role("button", name="Responder y cerrar").click()
        page.locator("main .hecho[role=status]").wait_for()
        assert page.locator(".pasos li", has_text="es Gámez").count() == 0
    with opened(browser, refused=True) as page:  # whoever has the link, without an account
        answer = page.goto(link)
        assert "Ya dice Gámez." in page.inner_text("main")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert page.goto(f"{link}x").status == 404


def test_the_sound_of_the_video_says_where_a_change_stands(base: str, browser: Any) -> None:
    with opened(browser) as page:
        enter(page, base, "/acervo/foro/mesa-1/hablantes")
        page.wait_for_url("**/hablantes", wait_until="load")
        page.evaluate("document.dispatchEvent(new CustomEvent('consta:segundo', {detail: 62.4}))")
        assert page.locator(".tramo.aqui").get_attribute("data-s") == "60.0"
        page.keyboard.press("2")
        assert page.locator(".tramo[data-s='60.0']").get_attribute("data-quien") in ("Luis Mora", None)
        assert page.locator(".tramo.cambia[data-s='60.0']").count() == 1
        page.keyboard.press("0")
        assert page.locator(".tramo.cambia[data-s='60.0']").count() == 0
        page.keyboard.press("ArrowRight")
        assert page.locator(".tramo.aqui").get_attribute("data-s") == "66.0"
        page.evaluate("document.querySelector('.atribuir').requestSubmit()")


def test_captions_pasted_whole_are_read_as_what_they_are(furnished: Office) -> None:
    client = furnished.client()
    shown = sent(client, "/acervo/agregar", {"texto": captions(1, "sauce"), "mesa": "foro/mesa-2"}).headers["Location"]
    assert "con tiempos" in client.get(shown).text


def test_while_it_waits_the_page_says_how_many_go_before_and_keeps_up(tmp_path: Path, browser: Any) -> None:
    maker = furnish(tmp_path, minutes=1)
    index = LiveIndex(maker.settings.index)
    desk = StaffDesk(maker.corpus, maker.settings.index)  # nobody works at its jobs
    first, second, mine = (
        desk.jobs.put(desk.jobs.new(NAME, "?", state="espera", title=f"Agregar {n}")) for n in range(3)
    )
    waiting = sorted((first, second, mine), key=lambda job: job.id)
    with served(create_app(index, desk=desk)) as base, opened(browser) as page:
        enter(page, base, f"/acervo/encargos/{waiting[2].id}")
        assert "2 antes que el suyo" in page.inner_text(".etapas")
        desk.jobs.finish(waiting[0].id, {})
        page.get_by_text("1 antes que el suyo").wait_for()
        page.goto(f"{base}/acervo/")
        assert "espera su turno: 1 antes que este" in page.inner_text("main")
        page.go_back()
        desk.jobs.finish(waiting[1].id, {})
        page.get_by_text("Su turno").wait_for()
        desk.jobs.finish(waiting[2].id, {})
        page.get_by_role("heading", name="Publicado").wait_for()
    index.close()


def test_a_step_shows_its_files_and_their_lines_before_and_after(
    furnished: Office, base: str, browser: Any, axe: str
) -> None:
    ask = furnished.desk.commands.ask
    for person in ("Ana Ruiz", "Eva Sol"):
        given = {"base": ask("hablantes", "foro/mesa-1")["base"], "cambios": [{"inicio_s": 12, "persona": person}]}
        number = ask("hablantes", "foro/mesa-1", options={"escribir": True}, given=given)["paso"]
    with opened(browser, viewport={"width": 360, "height": 768}) as page:
        enter(page, base, f"/acervo/historial/paso_{number}")
        assert "foro/mesa-1/hablantes.tsv" in page.inner_text("main")
        (line,) = page.locator(".diferencias li").all()
        assert line.locator(".antes").text_content() == "Antes: 0:12 · Ana Ruiz"
        assert line.locator(".despues").text_content() == "Después: 0:12 · Eva Sol"
        assert violations(page, axe) == []
        assert page.evaluate("document.body.scrollWidth <= innerWidth")
        assert page.request.get(f"{base}/acervo/historial/paso_{number + 50}").status == 404
        assert page.request.get(f"{base}/acervo/historial/paso_{10**20}").status == 404
