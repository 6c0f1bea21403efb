"""A researcher pastes a quotation, with and without JavaScript, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from indexer.engines import open_index
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.browsing import needs_chromium, opened, served
from tests.search_app.quotations.quoted_forum import write_forum

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    maker = CorpusMaker(tmp_path_factory.mktemp("cotejo-navegador"))
    write_forum(maker)
    index = open_index(maker.settings.index)
    with served(create_app(index)) as address:
        yield address
    index.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pasted_quotation_is_answered_with_verdict_difference_and_speaker(
    base: str, browser: Any, scripts: bool
) -> None:
    with opened(browser, java_script_enabled=scripts, viewport={"width": 360, "height": 800}) as page:
        page.goto(base + "/")
        page.get_by_role("link", name="Cotejar una cita").click()
        page.get_by_label("Pegue la cita").fill("No creo que el presupuesto\nalcance para 15 distritos")
        page.get_by_role("button", name="Cotejar").click()
        assert page.get_by_role("heading", name="Casi: no es textual").is_visible()
        assert "15" in page.locator("del").inner_text()
        assert "quince" in page.locator("ins").inner_text()
        said = page.get_by_role("definition").filter(has_text="quince distritos, aunque la comisión está convencida")
        assert said.is_visible(), "what was said goes on to the end of its sentence"
        assert page.get_by_role("heading", name="Ana Ruiz").is_visible()
        assert page.get_by_text("Cambia un número: la cita dice «15»; el texto, «quince».").is_visible()

        # What was asked is still there, and is put right.
        page.get_by_label("Pegue la cita").fill("No creo que el presupuesto alcance para quince distritos")
        page.get_by_role("button", name="Cotejar").click()
        assert page.get_by_role("heading", name="Textual").is_visible()
        assert page.locator("del").count() == 0
        page.reload()
        assert page.get_by_role("heading", name="Textual").is_visible()
        page.get_by_role("link", name="Citar").click()
        assert page.get_by_role("heading", name="Cómo citarlo").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("cita", ["", "x" * 900, "no lo creo (...) 15", "la urna electrónica falló en tres municipios"])
def test_nothing_overflows_and_the_policy_is_met(base: str, browser: Any, width: int, cita: str) -> None:
    with opened(browser, viewport={"width": width, "height": 800}, color_scheme="dark") as page:
        page.goto(f"{base}/cotejar?cita={cita}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
