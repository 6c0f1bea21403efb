"""What a researcher does: opens a fragment, copies its citation, chooses three, takes them away."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mammoth
import pytest

from indexer.model import Kind, PageId
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served
from tests.search_app.fakes.forum import forum
from tests.search_app.fakes.memory import index_of

pytestmark = needs_chromium
CHOSEN = ["/foro/mesa-5/p42", "/foro/mesa-5/p44", "/foro/p1"]
IN_ADDRESS = "/exportar?f=foro/mesa-5/p42&f=foro/mesa-5/p44&f=foro/p1"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(create_app(forum())) as address:
        yield address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of a browser of its own; what the policy or a script complains of fails the test."""
    phone = {"width": 360, "height": 800}
    with opened(browser, viewport=phone, permissions=["clipboard-read", "clipboard-write"]) as found:
        yield found


@pytest.fixture
def plain(browser: Any) -> Iterator[Any]:
    """A page without scripts."""
    with opened(browser, java_script_enabled=False) as found:
        yield found


def downloaded(page: Any, link: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("link", name=link, exact=True).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def notes_of(document: bytes) -> int:
    return str(mammoth.convert_to_html(io.BytesIO(document)).value).count('<li id="footnote-')


def test_a_citation_is_copied_as_it_stands(page: Any, base: str) -> None:
    page.goto(base + "/foro/mesa-5/p42")
    page.get_by_role("button", name="Copiar la cita: Nota al pie").click()
    page.get_by_text("Copiada.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == page.locator("#nota").text_content()
    assert text.startswith("Ruiz, Ana (Consejera, Instituto de Prueba), intervención en la mesa 5")
    page.get_by_text("BibTeX, RIS y CSL-JSON").click()
    page.get_by_role("button", name="Copiar la cita: BibTeX").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('@misc'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_three_fragments_are_chosen_and_taken_away_in_word(page: Any, base: str) -> None:
    for address in CHOSEN:
        page.goto(base + address)
        page.get_by_role("button", name="Añadir a mi selección").click()
    page.get_by_role("link", name="Ver mi selección (3 fragmentos)").click()
    assert page.url == base + IN_ADDRESS
    assert page.get_by_role("heading", level=1).inner_text() == "Selección de 3 fragmentos"
    name, document = downloaded(page, "Word")
    assert name == "consta-seleccion-3-fragmentos.docx"
    assert notes_of(document) == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_selection_is_remembered_changed_and_emptied(page: Any, base: str) -> None:
    page.goto(base + CHOSEN[0])
    page.get_by_role("button", name="Añadir a mi selección").click()
    page.goto(base + CHOSEN[1])
    page.get_by_role("button", name="Añadir a mi selección").click()
    page.goto(base + "/exportar")
    page.locator(".elegidos-lista li").nth(1).wait_for()
    page.get_by_role("link", name="Quitar el fragmento 42").click()
    assert page.locator(".elegidos-lista li").count() == 1
    page.goto(base + CHOSEN[0])
    page.get_by_role("button", name="Añadir a mi selección").wait_for()
    page.goto(base + "/exportar")
    page.get_by_role("button", name="Vaciar mi selección").click()
    page.get_by_text("Todavía no ha elegido ningún fragmento").wait_for()
    assert page.url == base + "/exportar"


def test_a_selection_that_somebody_sent_can_be_remembered(page: Any, base: str) -> None:
    page.goto(base + IN_ADDRESS)
    page.get_by_role("button", name="Recordar estos fragmentos en este navegador").click()
    page.get_by_role("button", name="Vaciar mi selección").wait_for()
    assert page.get_by_role("button", name="Recordar estos fragmentos").count() == 0
    page.goto(base + CHOSEN[2])
    assert page.get_by_role("link", name="Ver mi selección (3 fragmentos)").is_visible()


def test_more_than_an_address_holds_are_remembered_sent_and_taken_away(page: Any) -> None:
    foro = Event("foro", "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 5))
    said = tuple(Passage(n, n, Kind.TRANSCRIPT, n, f"El cómputo {n}.") for n in range(1, 501))
    index = index_of((foro,), (Session("foro", "mesa-1", "Uno"),), {PageId("foro", "mesa-1"): said})
    with served(create_app(index)) as base:
        page.goto(base + "/ayuda")
        page.evaluate(
            "localStorage.setItem('consta.seleccion', JSON.stringify("
            "Array.from({length: 499}, (_, n) => `foro/mesa-1/p${n + 1}`)))"
        )
        page.goto(base + "/foro/mesa-1/p500")
        page.get_by_role("button", name="Añadir a mi selección").click()
        page.get_by_role("link", name="Ver mi selección (500 fragmentos)").click()
        page.get_by_role("heading", name="Selección de 500 fragmentos").wait_for()
        page.get_by_role("button", name="Quitar el fragmento 7 de").click()
        page.get_by_role("heading", name="Selección de 499 fragmentos").wait_for()
        with page.expect_download() as started:
            page.get_by_role("button", name="CSV", exact=True).click()
        assert Path(started.value.path()).read_bytes().count(b"foro/mesa-1#p") == 499
        page.goto(base + "/foro/mesa-1/p7")
        page.get_by_role("button", name="Añadir a mi selección").wait_for()


def test_what_a_browser_keeps_is_read_with_care(page: Any, base: str) -> None:
    page.goto(base + "/exportar")
    page.evaluate(
        "localStorage.setItem('consta.seleccion', JSON.stringify(['foro/p1', '<b>', 3, null, 'foro/p1&q=x']))"
    )
    page.goto(base + "/exportar")
    page.locator(".elegidos-lista").wait_for()
    assert page.url == base + "/exportar?f=foro/p1"
    page.evaluate("localStorage.setItem('consta.seleccion', '{')")
    page.goto(base + "/exportar")
    assert page.get_by_text("Todavía no ha elegido ningún fragmento").is_visible()


def test_a_researcher_takes_away_what_a_search_found_as_a_corpus(plain: Any, base: str) -> None:
    plain.goto(base + "/buscar?q=PREP+ensayo")
    plain.get_by_role("link", name="Word, citas y otros").click()
    title = plain.get_by_role("heading", level=1).inner_text()
    name, archive = downloaded(plain, "Todo lo anterior")
    files = zipfile.ZipFile(io.BytesIO(archive))
    assert name.startswith("consta-búsqueda-prep-ensayo-todo-")
    assert files.read("LEEME.txt").decode().startswith(title)
    said = [json.loads(line)["texto"] for line in files.read("fragmentos.jsonl").decode().splitlines()]
    [row, *_] = csv.DictReader(io.StringIO(files.read("fragmentos.csv").decode("utf-8-sig"), newline=""))
    assert row["texto"] == said[0]
    assert said[0] in files.read("texto/foro/mesa-5.txt").decode()
    for line in files.read("SHA256SUMS").decode().splitlines():
        digest, each = line.split("  ")
        assert hashlib.sha256(files.read(each)).hexdigest() == digest


def test_a_whole_event_is_taken_away_from_its_page(plain: Any, base: str) -> None:
    plain.goto(base + "/foro/mesa-5/")
    plain.get_by_role("link", name="Llevarse la mesa").click()
    assert downloaded(plain, "punto y coma")[1].startswith(b'\xef\xbb\xbf"id";')
    plain.goto(base + "/foro/")
    plain.get_by_role("link", name="Llevarse el evento").click()
    assert plain.get_by_role("heading", level=2).all_inner_texts() == [
        "El evento entero, con sus mesas",
        "Solo el anuncio",
    ]
    for link, holds in (("TEI", "tei/foro/mesa-5.xml"), ("CSV", "fragmentos.csv")):
        with plain.expect_download() as started:
            plain.get_by_role("link", name=link, exact=True).first.click()
        assert holds in zipfile.ZipFile(started.value.path()).namelist()


def test_without_scripts_a_citation_is_read_and_a_selection_grows_in_the_address(plain: Any, base: str) -> None:
    plain.goto(base + CHOSEN[0])
    assert plain.get_by_role("button", name="Copiar").count() == 0
    assert plain.locator("#nota").inner_text().startswith("Ruiz, Ana")
    plain.get_by_role("link", name="Añadir a mi selección").click()
    for address in (CHOSEN[1], base + CHOSEN[2]):
        plain.get_by_label("Añadir un fragmento por su dirección").fill(address)
        plain.get_by_role("button", name="Añadir").click()
    assert plain.locator(".elegidos-lista li").count() == 3
    name, document = downloaded(plain, "Word")
    assert name == "consta-seleccion-3-fragmentos.docx"
    assert notes_of(document) == 3
    plain.get_by_role("link", name="Quitar el fragmento 44").click()
    assert plain.locator(".elegidos-lista li").count() == 2
