"""The site below a folder in real Chromium: what scripts ask for, and the desk's cookies, stay below it as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.search_app.browsing import needs_chromium, opened, served
from tests.search_app.desk.desk_office import NAME, PASSWORD, office
from tests.search_app.web.prefix_walk import PREFIX

pytestmark = needs_chromium


@pytest.fixture
def root(tmp_path: Path) -> Iterator[str]:
    """Where the site begins; its own server hears the whole path, as behind a proxy that takes nothing off."""
    with office(tmp_path, minutes=1, public_url=f"http://foros.example{PREFIX}") as made, served(made.app) as base:
        yield base + PREFIX


def test_suggestions_keys_the_selection_and_the_desk_work_below_the_prefix(root: str, browser: Any) -> None:
    asked: list[str] = []
    with opened(browser) as page:
        page.on("request", lambda request: asked.append(request.url))

        page.goto(f"{root}/")
        page.get_by_role("combobox").press_sequentially("urna")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Escape")

        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("?")
        page.get_by_role("dialog", name="Con el teclado").wait_for()
        page.keyboard.press("Escape")

        page.get_by_role("combobox").fill("urnas")
        page.get_by_role("button", name="Buscar").click()
        page.get_by_role("link", name="Citar").first.click()
        page.get_by_role("button", name="Añadir a mi selección").click()
        page.get_by_role("link", name="Ver mi selección").click()
        page.wait_for_url(f"{root}/exportar?f=foro/**")
        page.get_by_role("button", name="Vaciar mi selección").click()
        page.wait_for_url(f"{root}/exportar")

        page.goto(f"{root}/acervo/historial")
        page.fill("#nombre", NAME)
        page.fill("#clave", PASSWORD)
        page.get_by_role("button", name="Entrar", exact=True).click()
        page.wait_for_url(f"{root}/acervo/historial")
        paths = {cookie["name"]: cookie["path"] for cookie in page.context.cookies()}
        page.get_by_role("button", name="Salir").click()
        page.wait_for_url(f"{root}/entrar")
    assert {path.rstrip("/").removesuffix("/entrar") for path in paths.values()} == {PREFIX}
    assert [url for url in asked if not url.startswith(f"{root}/")] == []
