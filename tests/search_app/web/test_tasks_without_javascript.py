"""What a researcher does, in one go, over the shipped corpus, in a browser that runs no script."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.config import Settings
from indexer.engines import open_index
from indexer.pipeline import update
from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served

pytestmark = needs_chromium
CORPUS = Path(__file__).resolve().parents[3] / "corpus"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Any]:
    root = tmp_path_factory.mktemp("sin-guion")
    shutil.copytree(CORPUS, root / "corpus")
    assert update(Settings(root / "corpus", root / "indice")).published
    index = open_index(root / "indice")
    with (
        served(create_app(index)) as address,
        opened(browser, java_script_enabled=False, base_url=address) as found,
    ):
        yield found
    index.close()


def taken(page: Any, name: str) -> Path:
    """What a link gives to take away."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).first.click()
    return Path(download.value.path())


def test_every_task_of_a_researcher_is_done_without_a_script(page: Any) -> None:
    # Search, refine by two facets, take one out, order by time.
    page.goto("/buscar?ficticio=si")
    page.get_by_role("searchbox").or_(page.get_by_label("Buscar en lo que se dijo")).first.fill("capacitación casilla")
    page.get_by_role("button", name="Buscar").click()
    assert "fragmentos con todas las palabras" in page.locator("h1").inner_text()
    all_of_them = page.locator("h1").inner_text()
    page.get_by_role("link", name="Consejera A").first.click()
    page.get_by_role("link", name="Subtítulos automáticos").first.click()
    narrowed = page.locator("h1").inner_text()
    assert narrowed != all_of_them
    page.get_by_role("link", name="Quitar el filtro").first.click()
    assert page.locator("h1").inner_text() != narrowed
    page.get_by_role("link", name="En el orden de las sesiones").click()
    results = page.url

    # Read a hit in its context, go to the next one, open its lasting address.
    page.get_by_role("link", name="Ver en su contexto").first.click()
    assert page.locator("mark").count() > 0
    assert "#p" in page.url
    first = page.url
    page.get_by_role("link", name="Siguiente").first.click()
    assert page.url != first
    page.goto(results)
    page.get_by_role("link", name="Citar").first.click()
    fragment = page.url
    said = page.locator(".dicho").nth(1).inner_text()

    # Cite it, and take it away in Word and for a manager of references.
    assert "Consta" in page.locator("blockquote, .cita").first.inner_text()
    with zipfile.ZipFile(taken(page, "Word")) as document:
        assert "word/footnotes.xml" in document.namelist()
    assert "\n@misc{" in taken(page, "BibTeX").read_text(encoding="utf-8")
    assert json.loads(taken(page, "CSL-JSON").read_text(encoding="utf-8"))

    # Check a quotation of it, then the same with a word changed.
    words = said.split()[:9]
    for typed, verdict in ((words, "Textual"), ([*words[:4], "zanahoria", *words[5:]], "Casi")):
        page.goto("/cotejar?ficticio=si")
        page.get_by_label("Pegue la cita").fill(" ".join(typed))
        page.get_by_role("button", name="Cotejar").click()
        assert verdict.lower() in page.locator("main h2").first.inner_text().lower()

    # A word in its contexts, sorted; two searches compared by person; a person's page.
    page.goto("/en-contexto?q=casilla&ficticio=si")
    page.get_by_role("link", name="palabra siguiente").click()
    assert page.locator("mark").count() > 5
    page.goto("/comparar?q=capacitaci%C3%B3n&q=prep&ficticio=si")
    page.get_by_role("link", name="Por quien habla").click()
    assert page.locator("svg").count() > 0
    assert page.locator("table").count() > 0
    page.goto("/personas/?ficticio=si")
    page.get_by_role("link", name="Consejera A").first.click()
    assert "Consejera A" in page.locator("h1").inner_text()
    page.goto("/temas/?ficticio=si")
    assert page.locator("table").count() > 0

    # Several fragments and whole results taken away; the feed and the description for the browser.
    page.goto(f"/exportar?f={fragment.partition('//')[2].partition('/')[2]}")
    assert taken(page, "CSV").read_text(encoding="utf-8-sig").count("\n") > 1
    page.goto(results)
    assert page.get_by_role("link", name="Atom").count() == 1
    assert page.locator('link[rel="search"]').count() == 1
