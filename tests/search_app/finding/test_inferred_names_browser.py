"""What only a browser can tell of inferred names: axe finds nothing, nothing is too wide, and the mark can be read."""

from __future__ import annotations

from typing import Any

from tests.search_app.browsing import by_day_and_by_night, needs_chromium, opened, served, violations
from tests.search_app.desk.desk_office import NAME, PASSWORD
from tests.search_app.desk.guessing_office import TIMED, UNTIMED, guessing_office

pytestmark = needs_chromium
PAGES = [
    f"{TIMED}/", f"{TIMED}/p2", "/buscar?q=bodega", "/en-contexto?q=bodega", "/comparar?q=bodega&por=persona",
    "/cotejar?cita=La+bodega+guarda+doscientas+urnas", "/personas/", "/personas/ana-ruiz",
    f"/exportar?f={TIMED[1:]}/p2", "/ayuda", f"/acervo{TIMED}/hablantes", f"/acervo{UNTIMED}/hablantes",
    f"/acervo{TIMED}/corregir", "/acervo/",
]  # fmt: skip


def test_pages_with_inferred_names_are_well_made(tmp_path: Any, browser: Any, axe: str) -> None:
    with guessing_office(tmp_path) as furnished, served(furnished.app) as base, opened(browser) as page:
        page.goto(f"{base}/entrar?next=/acervo/")
        page.fill("#nombre", NAME)
        page.fill("#clave", PASSWORD)
        page.get_by_role("button", name="Entrar", exact=True).click()
        page.wait_for_url("**/acervo/")
        for address in PAGES:
            page.goto(base + address)
            for size in by_day_and_by_night(page):
                assert violations(page, axe) == [], (address, size)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, size)
        page.goto(f"{base}{TIMED}/")
        assert page.get_by_role("heading", name="Eva Paz (nombre inferido)").count() == 1
